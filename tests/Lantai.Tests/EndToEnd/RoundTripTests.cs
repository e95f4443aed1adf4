using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Lantai.Tests.EndToEnd;

/// <summary>The program as a user meets it: what goes in comes out, with its proof.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void A_submission_goes_in_and_comes_out_with_its_proof()
    {
        using var shop = new Workshop(language: "zh_CN.UTF-8").WithStore();
        shop.Write("办件一/申请表.txt", "申请人：张示例");
        shop.Write("办件一/结果/决定书.txt", new string('准', 5000));

        var kept = shop.Run("ingest", "办件一", "--receipts", "回执", "--json");
        Assert.True(kept.Code == 0, kept.ToString());
        var aip = kept.Json["submissions"]![0]!["aip"]!.GetValue<string>();
        Assert.Contains(aip, shop.Run("list").Out, StringComparison.Ordinal);
        var shown = shop.Run("show", "local/办件一", "--files");
        Assert.Contains("结果/决定书.txt", shown.Out, StringComparison.Ordinal);
        Assert.Contains("保管期限", shown.Out, StringComparison.Ordinal);
        Assert.Contains("完好 2", shop.Run("audit").Out, StringComparison.Ordinal);
        Assert.Equal(0, shop.Run("health").Code);
        Assert.Equal(0, shop.Run("verify", "--key", shop.Key).Code);
        Assert.Equal(0, shop.Run("key", "show", "--out", "log.vkey").Code);
        foreach (var (form, path) in new[] { ("folder", "dip"), ("zip", "dip.zip"), ("bagit", "bag") })
        {
            Assert.Equal(0, shop.Run("dip", "build", aip[..8], "--out", path, "--form", form).Code);
            var proven = shop.Run("dip", "verify", path, "--key", "log.vkey");
            Assert.True(proven.Code == 0, proven.ToString());
        }

        Assert.Equal("申请人：张示例", File.ReadAllText(shop.At("dip/data/申请表.txt")));
        Assert.Equal(0, shop.Run("receipt", "verify", $"回执/{aip}@1.receipt", "--key", "log.vkey").Code);
        Assert.Equal(0, shop.Run("rebuild", "--compare").Code);
        Assert.Equal(0, shop.Run("rebuild").Code);
        Assert.Contains(aip, shop.Run("list").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_changed_after_it_left_is_not_proven()
    {
        using var shop = new Workshop().WithStore();
        shop.Write("case/a.txt", "a");
        shop.Run("ingest", "case");
        shop.Run("dip", "build", "local/case", "--out", "dip");
        File.AppendAllText(shop.At("dip/data/a.txt"), "b");

        var checkedPackage = shop.Run("dip", "verify", "dip", "--key", shop.Key);

        Assert.Equal(1, checkedPackage.Code);
        Assert.Contains("PRF-002", checkedPackage.Out, StringComparison.Ordinal);
        Assert.Contains("a.txt", checkedPackage.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_submission_is_held_and_another_content_is_a_new_version()
    {
        using var shop = new Workshop().WithStore();
        shop.Write("case/a.txt", "a");
        string Outcome(string path) => shop.Run("ingest", path, "--id", "one", "--json").Json["submissions"]![0]!["outcome"]!.GetValue<string>();

        Assert.Equal("kept", Outcome("case"));
        Assert.Equal("held", Outcome("case"));
        shop.Write("case/b.txt", "b");
        Assert.Equal("kept", Outcome("case"));
        var show = shop.Run("show", "local/one", "--json").Json;
        Assert.Equal(2, show["version"]!.GetValue<long>());
        Assert.Equal(2, show["versions"]!.AsArray().Count);
        Assert.Equal(0, shop.Run("dip", "build", "local/one", "--version", "1", "--out", "old").Code);
        Assert.False(File.Exists(shop.At("old/data/b.txt")));
    }

    [Fact]
    public void A_batch_keeps_the_good_and_refuses_the_bad()
    {
        using var shop = new Workshop().WithStore();
        for (var i = 0; i < 6; i++)
        {
            shop.Write($"batch/good{i}/file.txt", "content " + i);
        }

        shop.Write("batch/single.txt", "one file alone");
        shop.Write("batch/broken.zip", "this is no zip");
        shop.Write("batch/bag/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
        shop.Write("batch/bag/manifest-sha256.txt", new string('0', 64) + "  data/a.txt\n");
        shop.Write("batch/bag/data/a.txt", "not what the manifest says");
        using (var zip = ZipFile.Open(shop.At("batch/good.zip"), ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("内/甲.txt").Open();
            entry.Write(Encoding.UTF8.GetBytes("甲"));
        }

        var done = shop.Run("ingest", "--batch", "batch", "--json");

        Assert.Equal(1, done.Code);
        Assert.Equal(8, done.Json["kept"]!.GetValue<int>());
        Assert.Equal(2, done.Json["refused"]!.GetValue<int>());
        var refused = done.Json["submissions"]!.AsArray().Where(s => s!["outcome"]!.GetValue<string>() == "refused").ToList();
        Assert.Equal(["bag", "broken.zip"], refused.Select(s => s!["name"]!.GetValue<string>()));
        Assert.All(refused, s => Assert.NotEmpty(s!["codes"]!.AsArray()));
        Assert.All(done.Json["findings"]!.AsArray().Select(f => f!["text"]!.GetValue<string>()), text => Assert.DoesNotContain("finding.", text, StringComparison.Ordinal));
        Assert.Equal(8, shop.Run("stats", "--json").Json["aips"]!.GetValue<int>());
    }

    [Fact]
    public void Names_that_are_no_text_are_kept_as_bytes()
    {
        using var shop = new Workshop().WithStore();
        Assert.Equal(0, shop.RunProgram("sh", "-c", "mkdir -p \"batch/$(printf '\\260\\354\\274\\376')\" && printf x > \"batch/$(printf '\\260\\354\\274\\376')/$(printf '\\261\\355.txt')\"").Code);

        var done = shop.Run("ingest", "--batch", "batch", "--names", "GB18030", "--json");

        Assert.True(done.Code == 0, done.ToString());
        Assert.Equal("办件", done.Json["submissions"]![0]!["name"]!.GetValue<string>());
        var file = shop.Run("show", "local/办件", "--files", "--json").Json["files"]![0]!;
        Assert.Equal("表.txt", file["path"]!.GetValue<string>());
        Assert.Equal("se0udHh0", file["pathBytes"]!.GetValue<string>());
    }

    [Fact]
    public void A_name_cannot_rewrite_the_terminal()
    {
        using var shop = new Workshop().WithStore();
        shop.Write("case/\u001b[2J\u202efdp.txt", "x");
        shop.Run("ingest", "case");

        var shown = shop.Run("show", "local/case", "--files");

        Assert.DoesNotContain('\u001b', shown.Out);
        Assert.DoesNotContain('\u202e', shown.Out);
        Assert.Contains("\\u001b[2J", shown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_is_found_and_named_by_audit()
    {
        using var shop = new Workshop().WithStore();
        shop.Write("case/a.txt", "a");
        shop.Run("ingest", "case");
        shop.Run("seal");
        var pack = Directory.GetFiles(shop.At("store/packs"), "*.pack", SearchOption.AllDirectories)[0];
        File.SetUnixFileMode(pack, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var bytes = File.ReadAllBytes(pack);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(pack, bytes);

        var audit = shop.Run("audit");

        Assert.Equal(1, audit.Code);
        Assert.Contains("CHANGED", audit.Out, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(pack), audit.Out, StringComparison.Ordinal);
        Assert.Equal(1, shop.Run("health").Code);
    }

    [Fact]
    public void A_rotated_key_is_led_to_from_the_old_one()
    {
        using var shop = new Workshop().WithStore();
        shop.Write("case/a.txt", "a");
        shop.Run("ingest", "case");
        var old = shop.Key;

        Assert.Equal(0, shop.Run("key", "rotate").Code);
        shop.Run("receipt", "show", "local/case", "--out", "r.receipt");

        Assert.NotEqual(old, shop.Key);
        Assert.Equal(0, shop.Run("verify", "--key", old).Code);
        Assert.Equal(0, shop.Run("receipt", "verify", "r.receipt", "--key", shop.Key).Code);
        Assert.Equal(1, shop.Run("receipt", "verify", "r.receipt", "--key", old).Code);
        Assert.Equal(0, shop.Run("receipt", "verify", "r.receipt", "--key", old, "--store", shop.Store).Code);
    }

    [Fact]
    public void A_locked_key_needs_its_passphrase()
    {
        using var shop = new Workshop();
        Ended Sh(string line) => shop.RunProgram("sh", "-c", line.Replace("lantai", Workshop.Program, StringComparison.Ordinal));
        shop.Write("case/a.txt", "a");

        Assert.Equal(2, shop.Run("init", "store", "--passphrase").Code);
        Assert.Equal(0, Sh("LANTAI_PASSPHRASE=开门 lantai init store --passphrase").Code);
        Assert.Equal(2, shop.Run("ingest", "case").Code);
        Assert.Equal(2, Sh("LANTAI_PASSPHRASE=错 lantai ingest case").Code);
        Assert.Equal(0, Sh("LANTAI_PASSPHRASE=开门 lantai ingest case").Code);
        Assert.Contains("argon2id", shop.Run("key", "export").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_answer_is_one_json_document()
    {
        using var shop = new Workshop().WithStore();
        shop.Write("case/a.txt", "a");
        shop.Write("case.receipt", "no receipt");
        string[][] lines =
        [
            ["ingest", "case"], ["list"], ["show", "local/case"], ["audit"], ["verify"], ["seal"], ["stats"], ["health"], ["key", "show"], ["receipt", "show", "local/case"],
            ["receipt", "verify", "case.receipt"], ["dip", "build", "local/case", "--out", "d"], ["dip", "verify", "d"], ["rebuild", "--compare"], ["show", "nothing"],
            ["list", "--take", "none"], ["ingest"], ["nonsense"], ["stats", "--store", "/nowhere"], ["init", "store"],
        ];
        Assert.All(lines, line =>
        {
            var done = shop.Run([.. line, "--json"]);
            Assert.Equal(done.Code, done.Json["exit"]!.GetValue<int>());
            Assert.IsType<JsonArray>(done.Json["findings"]);
            Assert.Equal("", done.Err);
        });
    }

    [Theory]
    [InlineData(2, "list")]
    [InlineData(2, "ingest", "nowhere")]
    [InlineData(2, "ingest", "a", "--batch", "b")]
    [InlineData(2, "init", "store", "--keys", "store/keys")]
    [InlineData(2, "init", "store", "--pack-size", "huge")]
    [InlineData(2, "audit", "--all", "--due")]
    [InlineData(2, "dip", "build", "x")]
    [InlineData(2, "bogus")]
    [InlineData(2, "health")]
    [InlineData(0, "--help")]
    [InlineData(0, "ingest", "--help")]
    [InlineData(0, "--version")]
    public void Exit_codes_without_a_store(int code, params string[] arguments)
    {
        using var shop = new Workshop();

        var done = shop.Run(arguments);

        Assert.True(done.Code == code, done.ToString());
        Assert.Equal(code == 0, done.Err.Length == 0);
    }
}
