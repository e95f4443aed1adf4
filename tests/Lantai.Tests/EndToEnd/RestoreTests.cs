namespace Lantai.Tests.EndToEnd;

/// <summary>Everything out again: the way back that a store is kept for.</summary>
public sealed class RestoreTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Everything_that_was_taken_in_comes_out_the_same(bool withProof)
    {
        using var shop = Cases();
        Assert.Equal(0, shop.Run("ingest", "--batch", "batch").Code);

        var done = shop.Run(["dip", "build", "--all", "--form", "folder", "--out", "out", "--json", .. withProof ? Array.Empty<string>() : ["--no-proof"]]);

        Assert.True(done.Code == 0, done.ToString());
        Assert.Equal(4, done.Json["whole"]!.GetValue<long>());
        var folders = Directory.GetDirectories(shop.At("out"));
        Assert.Equal(4, folders.Length);
        foreach (var name in new[] { "one", "two", "办件三", "gb" })
        {
            var folder = Assert.Single(folders, f => Path.GetFileName(f).StartsWith(name + "_", StringComparison.Ordinal));
            var compared = shop.RunProgram("diff", "-r", "batch/" + name, folder + "/data");
            Assert.True(compared.Code == 0, compared.ToString());
            Assert.Equal(withProof, Directory.Exists(folder + "/proof"));
            Assert.Equal(withProof ? 0 : 1, shop.Run("dip", "verify", folder, "--key", shop.Key).Code);
        }

        var again = shop.Run("dip", "build", "--all", "--out", "out", "--no-proof", "--json");
        Assert.Equal((0, 4L), (again.Code, again.Json["present"]!.GetValue<long>()));
        Assert.Equal(0, shop.Run("verify", "--key", shop.Key).Code);
    }

    [Fact]
    public void A_damaged_frame_costs_its_file_and_no_other()
    {
        using var shop = Cases();
        Assert.Equal(0, shop.Run("ingest", "--batch", "batch").Code);
        Assert.Equal(0, shop.Run("seal").Code);
        var damaged = false;
        foreach (var pack in Directory.GetFiles(shop.At("store/packs"), "*.pack", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(pack);
            var at = bytes.AsSpan().IndexOf("only in two"u8);
            if (at >= 0)
            {
                bytes[at] ^= 1;
                File.WriteAllBytes(pack, bytes);
                damaged = true;
            }
        }

        Assert.True(damaged);
        var done = shop.Run("dip", "build", "--all", "--out", "out", "--no-proof");

        Assert.Equal(1, done.Code);
        Assert.Contains("DIP-010", done.Out, StringComparison.Ordinal);
        Assert.Contains("b.txt", done.Out, StringComparison.Ordinal);
        var folder = Assert.Single(Directory.GetDirectories(shop.At("out"), "*.incomplete"));
        Assert.Equal("two", Path.GetFileName(folder)[..3]);
        Assert.False(File.Exists(folder + "/data/b.txt"));
        Assert.True(File.Exists(folder + "/data/a.txt"));
        Assert.Equal(3, Directory.GetDirectories(shop.At("out")).Length - 1);
    }

    [Theory]
    [InlineData("--all", "--out", "out", "--form", "zip")]
    [InlineData("--all", "--out", "out", "--version", "1")]
    [InlineData("--all", "--out", "out", "12345678")]
    [InlineData("12345678", "--out", "out", "--no-proof")]
    [InlineData("--out", "out")]
    public void What_does_not_go_together_is_wrong_use(params string[] arguments)
    {
        using var shop = new Workshop().WithStore();

        Assert.Equal(2, shop.Run(["dip", "build", .. arguments]).Code);
        Assert.False(Path.Exists(shop.At("out")));
    }

    private static Workshop Cases()
    {
        var shop = new Workshop().WithStore();
        shop.Write("batch/one/a.txt", new string('a', 200_000));
        shop.Write("batch/one/deep/er/b.txt", "b");
        shop.Write("batch/one/nothing", "");
        _ = Directory.CreateDirectory(shop.At("batch/one/empty/folder"));
        shop.Write("batch/two/a.txt", new string('a', 200_000));
        shop.Write("batch/two/b.txt", "only in two");
        shop.Write("batch/办件三/申请表.txt", "张示例");
        Assert.Equal(0, shop.RunProgram("sh", "-c", "mkdir -p \"batch/gb/$(printf '\\260\\354\\274\\376')\" && printf x > \"batch/gb/$(printf '\\260\\354\\274\\376')/$(printf '\\261\\355.txt')\"").Code);
        return shop;
    }
}
