using System.Text;
using Lantai.Tests.RecordsManagement;

namespace Lantai.Tests.EndToEnd;

/// <summary>Cases, deadlines and reconciliation through the real program.</summary>
public sealed class CasesTests
{
    private const string Digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void A_case_is_told_moved_related_held_corrected_and_shown()
    {
        using var shop = WithSource();
        _ = shop.Write("day.csv", "业务流水号,机构,事项编码,办结时间\n2025-1,A01,I01,2025-05-10T09:30:00+08:00\n2025-2,A01,I01,2025-05-10T10:30:00+08:00\n");

        Assert.Equal(2, (long)Run(shop, 0, "case notify day.csv --source fz").Json["taken"]!);
        Assert.Equal(2, (long)Run(shop, 0, "case notify day.csv --source fz").Json["known"]!);
        Run(shop, 0, "case move fz/2025-1 collecting --reason 开始收集");
        Run(shop, 0, $"case move fz/2025-1 checking --reason 收到信息包 --digest {Digest}");
        Run(shop, 0, "case link fz/2025-2 change fz/2025-1 --reason 申请书载明");
        Run(shop, 0, "case correct fz/2025-2 --completed 2025-05-11T10:30:00+08:00 --reason 来源更正");
        var hold = (string)Run(shop, 0, "case hold fz/2025-1 --reason 诉讼未结 --basis 某案").Json["hold"]!;
        var shown = Run(shop, 0, "case show fz/2025-1").Json["case"]!;
        Run(shop, 0, $"case release {hold} --reason 诉讼已结");
        Run(shop, 0, "rebuild");

        Assert.Equal(("checking", Digest, "2026-06-30"), ((string)shown["state"]!, (string)shown["digest"]!, (string)shown["deadline"]!));
        Assert.Equal(["returned", "manual", "passed", "refused-secret"], shown["allowed"]!.AsArray().Select(a => (string)a!));
        Assert.Equal("change←fz/2025-2", (string)shown["relations"]![0]!);
        Assert.Equal(hold, (string)shown["legalHolds"]![0]!);
        var listed = Run(shop, 0, "case list").Json["cases"]!.AsArray();
        Assert.Equal(["2025-05-10", "2025-05-11"], listed.Select(c => (string)c!["completedOn"]!));
        Assert.DoesNotMatch(@"column\.|state\.|case\.", shop.Run("case", "list").Out + shop.Run("case", "show", "fz/2025-1", "--lang", "zh").Out);
    }

    [Fact]
    public void A_refusal_ends_with_1_and_wrong_use_with_2()
    {
        using var shop = WithSource();
        _ = shop.Write("day.csv", "number,agency,item,completed\n1,A01,I01,2025-05-10T09:30:00+08:00\n2,A01,I01,never\n");
        _ = shop.Write("day.txt", "1");

        Assert.Equal("CAS-004", Code(Run(shop, 1, "case notify day.csv --source fz")));
        Assert.Contains(Run(shop, 1, "case notify day.csv --source nobody").Json["findings"]!.AsArray(), f => (string)f!["code"]! == "SRC-001");
        Assert.Equal("CAS-010", Code(Run(shop, 1, "case move fz/1 registered --reason x")));
        Assert.Contains("collecting (收集中)", shop.Run("case", "move", "fz/1", "registered", "--reason", "x").Out, StringComparison.Ordinal);
        Assert.Equal("CAS-009", Code(Run(shop, 1, "case move fz/3 collecting --reason x")));
        Run(shop, 2, "case move fz/1 nowhere --reason x");
        Run(shop, 2, "case move fz collecting --reason x");
        Run(shop, 2, "case move fz/1 checking --reason x --digest 12");
        Run(shop, 2, "case show fz/3");
        Run(shop, 2, "case release 12 --reason x");
        Assert.Equal("CAS-018", Code(Run(shop, 1, "case withdraw 12 --reason x")));
        Run(shop, 2, "case withdraw fz/1 --reason x");
        Run(shop, 2, "case notify nowhere.csv --source fz");
        Run(shop, 2, "case notify day.txt --source fz");
        Run(shop, 2, "case correct fz/1 --completed 2025-05-10 --reason x");
        Run(shop, 2, "deadline report --as-of 2025");
        Run(shop, 2, "deadline report --by month");
        Run(shop, 2, "deadline report --out totals.pdf");
        Run(shop, 2, "deadline report --list --after here");
        Run(shop, 2, "deadline delay --from 2025-02-01 --to 2025-01-01");
        Run(shop, 2, "reconcile day.csv --source fz --day 2025-05-10 --to 2025-05-09");
    }

    [Fact]
    public void Overdue_cases_end_with_1_and_are_listed_paged_and_written_to_files()
    {
        using var shop = WithSource();
        var list = new StringBuilder("number,agency,item,completed\n");
        for (var i = 0; i < 5; i++)
        {
            list.Append(i).Append(",A0").Append(i % 2).Append(",I01,2023-08-0").Append(i + 1).Append("T09:30:00+08:00\n");
        }

        _ = shop.Write("day.csv", list.ToString());
        Run(shop, 0, "case notify day.csv --source fz");

        var totals = Run(shop, 1, "deadline report --as-of 2024-07-01");
        var first = Run(shop, 1, "deadline report --as-of 2024-07-01 --list --take 3").Json;
        var rest = Run(shop, 1, $"deadline report --as-of 2024-07-01 --list --take 3 --after {first["next"]}").Json;

        Assert.Equal("DUE-001", Code(totals));
        Assert.Equal([("A00", 3L), ("A01", 2L)], totals.Json["rows"]!.AsArray().Select(r => ((string)r!["code"]!, (long)r["overdue"]!)));
        Assert.Equal((5L, 0L), ((long)totals.Json["all"]!["overdue"]!, (long)totals.Json["all"]!["notYetDue"]!));
        Assert.Equal(["0", "2", "4", "1", "3"], first["cases"]!.AsArray().Concat(rest["cases"]!.AsArray()).Select(c => (string)c!["number"]!));
        Assert.Null(rest["next"]);
        foreach (var file in new[] { "o.csv", "o.xlsx", "o.html", "o.json", "o.xml" })
        {
            Run(shop, 1, "deadline report --as-of 2024-07-01 --list --out " + file);
            Assert.True(new FileInfo(shop.At(file)).Length > 300, file);
            Run(shop, 1, "deadline report --as-of 2024-07-01 --by item --out " + file);
        }

        Assert.Contains("逾期未归档", shop.Run("deadline", "report", "--as-of", "2024-07-01", "--lang", "zh").Out, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"report\.|state\.", shop.Run("deadline", "report", "--as-of", "2024-07-01").Out + shop.Run("deadline", "report", "--as-of", "2024-07-01", "--list").Out);
    }

    [Fact]
    public void What_is_due_soon_is_a_warning_and_ends_with_0()
    {
        using var shop = WithSource();
        _ = shop.Write("day.csv", "number,agency,item,completed\n1,A01,I01,2023-08-01T09:30:00+08:00\n");
        Run(shop, 0, "case notify day.csv --source fz");

        var soon = Run(shop, 0, "deadline report --as-of 2024-06-30");

        Assert.Equal("DUE-002", Code(soon));
        Assert.Equal(30, (long)soon.Json["rows"]![0]!["warned"]![0]!["days"]!);
        Assert.Empty(Run(shop, 0, "deadline report --as-of 2023-08-01").Json["findings"]!.AsArray());
    }

    [Fact]
    public void A_list_is_reconciled_and_delays_are_told()
    {
        using var shop = WithSource();
        _ = shop.Write("day.csv", $"number,agency,item,completed\n1,{KnownOffice.Agency},I01,2025-05-10T09:30:00+08:00\n");
        _ = shop.Write("s.csv", SampleSchedule.Heading + SampleSchedule.Item("I01"));
        Run(shop, 0, "case notify day.csv --source fz");
        Run(shop, 0, $"fonds add J001 --creator {KnownOffice.Agency} --name 全宗");
        Run(shop, 0, $"schedule import s.csv --agency {KnownOffice.Agency} --number 1");
        Run(shop, 0, $"schedule submit 1 --agency {KnownOffice.Agency}");
        Run(shop, 0, $"schedule approve 1 --agency {KnownOffice.Agency} --approval 1 --from 2024-01-01 --as os:reviewer");
        Run(shop, 0, "code rule add --ready case-item");
        Run(shop, 0, "code next case-item --field fonds=J001 year=2025 retention=D10 unit=A");

        var open = Run(shop, 1, "reconcile day.csv --source fz --day 2025-05-10 --out r.html");
        foreach (var state in new[] { "collecting", "checking", "passed" })
        {
            Run(shop, 0, $"case move fz/1 {state} --reason x");
        }

        Run(shop, 0, $"case register fz/1 --retention D10 --code J001-ZY·ZW·2025-D10-A-000001 --reason x --digest {Digest}");
        var done = Run(shop, 0, "reconcile day.csv --source fz --day 2025-05-10");

        Assert.Equal(("notArchived", "DUE-010"), ((string)open.Json["differences"]![0]!["kind"]!, Code(open)));
        Assert.Contains("Reconciliation", File.ReadAllText(shop.At("r.html")), StringComparison.Ordinal);
        Assert.Empty(done.Json["differences"]!.AsArray());
        Assert.Equal(1, (long)Run(shop, 0, "deadline delay --from 2026-01-01 --to 2099-12-31").Json["delays"]![0]!["cases"]!);
    }

    private static Workshop WithSource()
    {
        var shop = new Workshop().WithStore();
        Run(shop, 0, "region add 350100 --name 福州市");
        Run(shop, 0, $"agency add {KnownOffice.Agency} --region 350100 --name 市场监督管理局");
        Run(shop, 0, $"source add fz --agency {KnownOffice.Agency}");
        return shop;
    }

    private static string Code(Ended ended) => (string)ended.Json["findings"]!.AsArray().First(f => (string)f!["severity"]! != "information")!["code"]!;

    private static Ended Run(Workshop shop, int code, string command)
    {
        var ended = shop.Run([.. command.Split(' '), "--json"]);

        Assert.True(ended.Code == code, command + ": " + ended);
        return ended;
    }
}
