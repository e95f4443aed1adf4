using Lantai.Tests.RecordsManagement;

namespace Lantai.Tests.EndToEnd;

/// <summary>From an empty store to an archived case through the real program; every view is lost on the way and made again.</summary>
public sealed class LawOfRecordsTests
{
    private const string Agency = KnownOffice.Agency;
    private const string Item = "0100190012";
    private const string Digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Code = "J001-ZY·ZW·2023-D30-A-000001";

    private static readonly string[] Questions =
    [
        "region list", "agency list", "fonds list", "source list", "item list", "schedule list", $"schedule show 2023-1 --agency {Agency}", "case list", "case show fz/2023-1",
        "case show fz/2023-2", "code rule list", $"code history {Code}", "policy list", "policy show --region 350100", "deadline report --as-of 2024-07-01",
        "deadline report --as-of 2024-07-01 --list", "deadline report --as-of 2099-01-01 --by item", "list",
    ];

    [Fact]
    public void A_case_is_archived_by_law_and_every_answer_is_the_same_after_all_views_were_deleted()
    {
        using var shop = Founded();
        Run(shop, 0, $"code next case-item --field fonds=J001 year=2023 retention=D30 unit=A");
        Run(shop, 0, $"case register fz/2023-1 --retention D30 --code {Code} --reason 归档");

        var shown = Run(shop, 0, "case show fz/2023-1").Json["case"]!;
        var before = Questions.Select(q => shop.Run([.. q.Split(' '), "--json"])).Select(e => (e.Code, e.Out)).ToList();
        Directory.Delete(Path.Combine(shop.Store, "index"), recursive: true);
        Directory.Delete(Path.Combine(shop.Store, "catalogue"), recursive: true);
        var after = Questions.Select(q => shop.Run([.. q.Split(' '), "--json"])).Select(e => (e.Code, e.Out)).ToList();

        Assert.Equal(
            ("registered", "D30", Code, "2023-1", "2053-12-31"),
            ((string)shown["state"]!, (string)shown["retention"]!, (string)shown["code"]!, (string)shown["schedule"]!, (string)shown["expires"]!));
        Assert.All(before, b => Assert.True(b.Code is 0 or 1 && b.Out.Length > 2, b.Out));
        Assert.Equal(before, after);
        Run(shop, 0, "rebuild --compare");
        Assert.Equal(0, shop.RunProgram("python3", "store/lantai-read.py", "verify", "store").Code);
    }

    [Fact]
    public void What_the_law_forbids_is_refused_with_its_code_and_changes_nothing()
    {
        using var shop = Founded();
        Run(shop, 0, $"code next case-item --field fonds=J001 year=2023 retention=D30 unit=A");
        Run(shop, 0, $"code next case-item --field fonds=J001 year=2023 retention=D10 unit=A");
        Run(shop, 0, $"schedule import s.csv --agency {Agency} --number 2024-1");
        shop.Write("weak.json", Overlay("9"));
        shop.Write("no-basis.json", Overlay("3").Replace("\"document\":\"闽档〔2025〕1号\",", "", StringComparison.Ordinal));
        var before = Events(shop);

        Assert.Equal("POL-010", CodeOf(Run(shop, 1, "policy overlay weak.json")));
        Assert.Equal("POL-001", CodeOf(Run(shop, 1, "policy overlay no-basis.json")));
        Assert.Equal("SCH-027", CodeOf(Run(shop, 1, "case register fz/2023-1 --retention D10 --code J001-ZY·ZW·2023-D10-A-000001 --reason 归档")));
        Assert.Equal("SCH-003", CodeOf(Run(shop, 1, $"case register fz/2023-1 --retention D30 --code {Code} --schedule 2024-1 --reason 归档")));
        Assert.Equal("REF-002", CodeOf(Run(shop, 1, $"code next case-item --code {Code}")));
        Assert.Equal("CAS-010", CodeOf(Run(shop, 1, "case move fz/2023-2 in-hall --reason 越级")));
        Assert.Equal("CAS-025", CodeOf(Run(shop, 1, "case move fz/2023-1 registered --reason 绕过")));
        Assert.Equal(before, Events(shop));

        Run(shop, 0, $"case register fz/2023-1 --retention D30 --code {Code} --reason 归档");
        Assert.Equal("CAS-023", CodeOf(Run(shop, 1, $"case register fz/2023-3 --retention D30 --code {Code} --reason 归档")));
        Assert.Equal("ARC-001", Run(shop, 1, $"case move fz/2023-1 transfer-due --reason 改动 --digest {Digest[..^1]}6").Json["findings"]!.AsArray().Select(f => (string)f!["code"]!).First(c => c != "CAS-010"));
    }

    private static Workshop Founded()
    {
        var shop = new Workshop().WithStore();
        shop.Write("s.csv", SampleSchedule.Heading + SampleSchedule.Item(Item, "D30"));
        shop.Write("o.json", Overlay("3"));
        shop.Write("day.csv", $"业务流水号,机构,事项编码,办结时间\n2023-1,{Agency},{Item},2023-12-31T23:59:00+08:00\n2023-2,{Agency},{Item},2024-01-01T00:30:00+08:00\n2023-3,{Agency},{Item},2023-10-01T00:30:00+08:00\n");
        foreach (var line in new[]
        {
            "region add 350100 --name 福州市", $"agency add {Agency} --region 350100 --name 市场监督管理局", $"fonds add J001 --creator {Agency} --name 市场监督管理局全宗",
            $"source add fz --agency {Agency}", $"schedule import s.csv --agency {Agency} --number 2023-1", $"schedule submit 2023-1 --agency {Agency}",
            $"schedule approve 2023-1 --agency {Agency} --approval 档审1号 --from 2023-01-01 --as os:reviewer", "code rule add --ready case-item", "policy overlay o.json",
            "case notify day.csv --source fz",
        })
        {
            Run(shop, 0, line);
        }

        foreach (var number in new[] { "2023-1", "2023-3" })
        {
            Run(shop, 0, $"case move fz/{number} collecting --reason 收集");
            Run(shop, 0, $"case move fz/{number} checking --reason 收到信息包 --digest {Digest}");
            Run(shop, 0, $"case move fz/{number} passed --reason 检测合格");
        }

        return shop;
    }

    private static string Overlay(string month) => CodesAndPolicyTests.Overlay(month);

    private static long Events(Workshop shop) => (long)Run(shop, 0, "stats").Json["events"]!;

    private static string CodeOf(Ended ended) => (string)ended.Json["findings"]![0]!["code"]!;

    private static Ended Run(Workshop shop, int code, string line)
    {
        var ended = shop.Run([.. line.Split(' '), "--json"]);
        Assert.True(ended.Code == code, $"{line}: {ended}");
        return ended;
    }
}
