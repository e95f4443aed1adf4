using Lantai.Tests.RecordsManagement;

namespace Lantai.Tests.EndToEnd;

/// <summary>Rules of codes, codes, policy values and accession requirements through the real program.</summary>
public sealed class CodesAndPolicyTests
{
    private const string Fields = "--field fonds=J001 category=WS year=2023 retention=D30 office=BGS";

    [Fact]
    public void Codes_are_assigned_changed_and_never_used_again()
    {
        using var shop = WithFonds();
        _ = Run(shop, 0, "code rule add --ready document-item --width 6 --fonds J001");

        Assert.Equal("J001-WS·2023-D30-BGS-000001", (string)Run(shop, 0, $"code next document-item {Fields}").Json["codes"]![0]!);
        Assert.Equal("J001-WS·2023-D30-BGS-000002", shop.Run($"code next document-item {Fields}".Split(' ')).Out.Trim());
        Assert.Equal("REF-002", Code(Run(shop, 1, "code next document-item --code J001-WS·2023-D30-BGS-000001")));
        _ = Run(shop, 0, $"code change J001-WS·2023-D30-BGS-000001 --rule document-item --to J001-WS·2024-D30-BGS-000001 --reason 更正");
        _ = Run(shop, 0, "code withdraw J001-WS·2023-D30-BGS-000002 --reason 撤回");
        _ = Run(shop, 0, "rebuild");
        Assert.Equal("REF-002", Code(Run(shop, 1, "code next document-item --code J001-WS·2023-D30-BGS-000002")));
        Assert.Equal("J001-WS·2023-D30-BGS-000003", (string)Run(shop, 0, $"code next document-item {Fields}").Json["codes"]![0]!);

        var history = Run(shop, 0, "code history J001-WS·2024-D30-BGS-000001").Json["codes"]!.AsArray();
        Assert.Equal(["replaced", "current"], history.Select(c => (string)c!["state"]!));
        Assert.Equal("2023", (string)Run(shop, 0, "code parse J001-WS·2023-D30-BGS-000003").Json["segments"]!["year"]!);
        Assert.Equal("REF-003", Code(Run(shop, 1, "code parse J001-WS·2023-D30-BGS-3 --rule document-item")));
        foreach (var command in new[] { "code rule list", "code rule show document-item", "code history J001-WS·2024-D30-BGS-000001", "code parse J001-WS·2023-D30-BGS-000003" })
        {
            Assert.DoesNotMatch(@"column\.|-state\.", shop.Run(command.Split(' ')).Out);
        }
    }

    [Fact]
    public void An_overlay_is_adopted_or_refused_with_the_floor_and_shown()
    {
        using var shop = WithFonds();
        _ = shop.Write("o.json", Overlay("3"));
        _ = shop.Write("weak.json", Overlay("7"));
        _ = shop.Write("twice.json", "{\"overlay\":\"o\",\"overlay\":\"p\"}");

        _ = Run(shop, 0, "policy overlay o.json");
        Assert.Equal("POL-010", Code(Run(shop, 1, "policy overlay weak.json")));
        Assert.Equal("REC-004", Code(Run(shop, 1, "policy overlay twice.json")));

        var values = Run(shop, 0, "policy show archiving.deadline --region 350100 --on 2099-01-01").Json["values"]!.AsArray();
        Assert.Equal("3", (string)values.Single(v => (string)v!["key"]! == "archiving.deadline.month")!["values"]![0]!);
        Assert.Equal("6", (string)Run(shop, 0, "policy show archiving.deadline.month --on 2098-12-31").Json["values"]![0]!["values"]![0]!);
        Assert.Equal("3", (string)Run(shop, 0, $"policy show archiving.deadline.month --agency {KnownOffice.Agency} --on 2099-01-01").Json["values"]![0]!["values"]![0]!);
        Assert.Equal("o", (string)Run(shop, 0, "policy list").Json["overlays"]![0]!["overlay"]!);
        Assert.Contains("国办发〔2023〕26号", shop.Run("policy", "show").Out, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"column\.", shop.Run("policy", "show").Out + shop.Run("policy", "list").Out);
    }

    [Fact]
    public void Accession_requirements_are_published_once_and_shown()
    {
        using var shop = WithFonds();
        _ = shop.Write("r.json", $$"""{"hall":"{{KnownOffice.Hall}}","version":"1","from":"2026-01-01","formatPolicy":"site 1","metadataProfile":"m","packageProfile":"dat93","channels":["online"]}""");

        _ = Run(shop, 0, "accession publish r.json");
        Assert.Equal("ACC-001", Code(Run(shop, 1, "accession publish r.json")));
        Assert.Equal("1", (string)Run(shop, 0, $"accession show {KnownOffice.Hall} --on 2026-01-01").Json["requirements"]!["version"]!);
        Assert.DoesNotMatch(@"column\.", shop.Run("accession", "show", KnownOffice.Hall, "--on", "2026-01-01").Out);
        _ = Run(shop, 2, $"accession show {KnownOffice.Hall} --on 2025-12-31");
    }

    [Fact]
    public void Items_are_imported_whole_or_not_at_all()
    {
        using var shop = WithFonds();
        _ = shop.Write("good.csv", $"item,name,type,agency\n1,x,公共服务,{KnownOffice.Agency}\n2,y,行政许可,{KnownOffice.Agency}\n");
        _ = shop.Write("bad.csv", $"item,name,type,agency\n3,x,公共服务,{KnownOffice.Agency}\n4,y,行政检查,{KnownOffice.Agency}\n");

        Assert.Equal(2, (int)Run(shop, 0, "item import good.csv").Json["entered"]!);
        Assert.Equal(0, (int)Run(shop, 0, "item import good.csv").Json["entered"]!);
        Assert.Equal("CAT-001", Code(Run(shop, 1, "item import bad.csv")));
        Assert.Equal(2, Run(shop, 0, "item list").Json["items"]!.AsArray().Count);
    }

    [Fact]
    public void Wrong_use_exits_with_2()
    {
        using var shop = WithFonds();
        _ = shop.Write("r.json", "{}");

        _ = Run(shop, 2, "code rule add");
        _ = Run(shop, 2, "code rule add r.json --ready document-item");
        _ = Run(shop, 2, "code rule add --ready nobody");
        _ = Run(shop, 2, "code rule add nowhere.json");
        _ = Run(shop, 1, "code rule add r.json");
        _ = Run(shop, 2, "code rule show nobody");
        _ = Run(shop, 2, "code next x --field year");
        _ = Run(shop, 2, "code next x --field year=1 year=2");
        _ = Run(shop, 2, "code next x --for 1");
        _ = Run(shop, 2, "code history x");
        _ = Run(shop, 2, "policy show nobody");
        _ = Run(shop, 2, "policy show --region 35");
        _ = Run(shop, 2, "policy show --agency nobody");
        _ = Run(shop, 2, $"policy show --agency {KnownOffice.Agency} --region 350100");
        _ = Run(shop, 2, "policy show --on today");
        _ = Run(shop, 2, "policy overlay nowhere.json");
        _ = Run(shop, 2, "item import nowhere.csv");
    }

    /// <summary>An overlay of a province that moves the month of the deadline.</summary>
    internal static string Overlay(string month) =>
        $$"""{"overlay":"o","region":"350000","from":"2099-01-01","values":[{"key":"archiving.deadline.month","values":["{{month}}"],"document":"闽档〔2025〕1号","confidence":"high"}]}""";

    private static string Code(Ended ended) => (string)ended.Json["findings"]!.AsArray().First(f => (string)f!["severity"]! == "error")!["code"]!;

    private static Workshop WithFonds()
    {
        var shop = new Workshop().WithStore();
        _ = Run(shop, 0, $"agency add {KnownOffice.Agency} --region 350100 --name 局");
        _ = Run(shop, 0, $"agency add {KnownOffice.Hall} --type hall --region 350100 --name 馆");
        _ = Run(shop, 0, $"fonds add J001 --creator {KnownOffice.Agency} --name 全宗");
        return shop;
    }

    private static Ended Run(Workshop shop, int code, string command)
    {
        var ended = shop.Run([.. command.Split(' '), "--json"]);

        Assert.True(ended.Code == code, command + "\n" + ended);
        return ended;
    }
}
