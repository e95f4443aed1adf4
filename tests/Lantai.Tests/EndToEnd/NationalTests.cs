using Lantai.Tests.House;

namespace Lantai.Tests.EndToEnd;

/// <summary>SM3 and SM2 through the real program, and through the independent reader.</summary>
public sealed class NationalTests
{
    [Fact]
    public void A_store_with_SM3_and_SM2_is_verified_by_both_keys_and_by_the_independent_reader()
    {
        using var shop = new Workshop().WithStore("--digests", "sm3", "--sm2");
        _ = shop.Write("case/a.txt", "abc");
        _ = shop.Write("case/b/film.bin", new byte[3_000_000]);
        Assert.Equal(0, shop.Run("ingest", "case").Code);
        var sm2 = shop.Run("key", "show", "--sm2", "--json").Json["key"]!.GetValue<string>();

        var told = shop.Run("verify", "--deep", "--key", shop.Key, "--sm2-key", sm2, "--json");
        var files = shop.Run("show", "local/case", "--files", "--json");
        var reader = shop.RunProgram("python3", Path.Combine(Tree.Root, "tools", "lantai-read.py"), "verify", shop.Store, "--key", shop.Key, "--sm2-key", sm2);

        Assert.True(told.Code == 0, told.ToString());
        Assert.Equal(sm2, (string?)told.Json["signedBySm2"]);
        Assert.All(files.Json["files"]!.AsArray(), f => Assert.Equal(64, ((string?)f!["digests"]!["sm3"])?.Length));
        Assert.Equal("0 findings, 0 remarks\n", reader.Out);
        Assert.Equal(0, shop.Run("verify", "--key", shop.Key).Code);
    }

    [Fact]
    public void A_key_of_SM2_is_added_replaced_and_exported()
    {
        using var shop = new Workshop().WithStore();
        var none = shop.Run("key", "show", "--sm2");
        Assert.Equal(1, none.Code);
        Assert.DoesNotContain("CHK-007", none.Out, StringComparison.Ordinal); // nothing is damaged
        Assert.Contains("lantai key sm2", none.Out, StringComparison.Ordinal);

        var one = shop.Run("key", "sm2", "--json").Json["sm2Key"]!.GetValue<string>();
        var two = shop.Run("key", "sm2", "--json").Json["sm2Key"]!.GetValue<string>();

        Assert.Equal(1, shop.Run("verify", "--key", shop.Key, "--sm2-key", one).Code);
        Assert.Equal(0, shop.Run("verify", "--key", shop.Key, "--sm2-key", two).Code);
        Assert.StartsWith("lantai sm2 key v1\n", shop.Run("key", "export", "--sm2").Out, StringComparison.Ordinal);
        Assert.StartsWith("lantai key v1\n", shop.Run("key", "export").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_asked_for_and_not_known_is_said()
    {
        using var shop = new Workshop().WithStore();
        _ = shop.Write("case/a.txt", "abc");

        Assert.Equal(2, shop.Run("init", shop.At("other"), "--digests", "sm4").Code);
        Assert.Equal(2, shop.Run("ingest", "case", "--digests", "md5").Code);
        Assert.Equal(2, shop.Run("verify", "--sm2-key", shop.Key).Code); // a key of another algorithm
    }

    [Fact]
    public void One_run_may_ask_for_SM3_in_a_store_that_does_not()
    {
        using var shop = new Workshop().WithStore();
        _ = shop.Write("case/a.txt", "abc");

        Assert.Equal(0, shop.Run("ingest", "case", "--digests", "sm3").Code);

        var shown = shop.Run("show", "local/case", "--files", "--json").Json["files"]!.AsArray();
        Assert.Equal("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", (string?)shown[0]!["digests"]!["sm3"]);
        Assert.Equal(0, shop.Run("verify", "--deep", "--key", shop.Key).Code);
    }
}
