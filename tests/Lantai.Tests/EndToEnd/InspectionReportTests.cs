using System.Text.Json.Nodes;
using Lantai.Administration;
using Lantai.Inspection;
using Lantai.Tests.Inspection;
using Lantai.Tests.Inspection.Desk;

namespace Lantai.Tests.EndToEnd;

/// <summary>Schemes, decisions and reports through the real program.</summary>
public sealed class InspectionReportTests
{
    private const string Appearance = "FN.GD.SEC.MEDIUM-APPEARANCE";

    [Fact]
    public void Rules_and_schemes_are_told_and_a_scheme_without_antivirus_needs_a_person_and_a_reason()
    {
        using var shop = new Workshop().WithStore();

        Assert.Equal(RuleCatalogue.Of(InspectionStage.Archiving).Count(), Run(shop, 0, "inspect rules --stage GD").Json["rules"]!.AsArray().Count);
        Run(shop, 2, "inspect scheme adopt --without-av --reason 未配备");
        Run(shop, 2, "inspect scheme adopt --without-av --as os:chen");
        Run(shop, 2, "inspect scheme adopt --as os:chen");
        Run(shop, 0, "inspect scheme adopt --without-av --reason 机房尚未配备杀毒软件 --as os:陈主任");

        var shown = Run(shop, 0, "inspect scheme show").Json;
        Assert.Equal("without-av", (string)shown["scheme"]!["scheme"]!);
        Assert.Equal("os:陈主任", (string)shown["decision"]!["person"]!);
        Assert.Contains("机房尚未配备杀毒软件", shop.Run("inspect", "scheme", "show", "--lang", "zh").Out, StringComparison.Ordinal);
        Assert.Equal(5, Run(shop, 0, "inspect scheme list").Json["schemes"]!.AsArray().Count);

        shop.Write("lame.json", """{"scheme":"少","version":"1","point":"storage","rules":[{"rule":"FN.BC.AUTH.FIXITY","weight":"blocking"}]}""");
        Assert.Contains("FN-001", Codes(Run(shop, 1, "inspect scheme adopt lame.json --reason 试 --as os:chen")));
        Run(shop, 0, "inspect scheme withdraw without-av --reason 已装 --as os:chen");
        Assert.Equal("gd-case", (string)Run(shop, 0, "inspect scheme show").Json["scheme"]!["scheme"]!);
        Assert.Equal(0, shop.RunProgram("python3", "store/lantai-read.py", "verify", "store").Code);
    }

    [Fact]
    public async Task A_report_is_given_out_verified_decided_and_made_into_papers()
    {
        using var shop = new Workshop().WithStore();
        SealedReport made;
        using (var repository = Repository.Open(new RepositorySettings(shop.Store, shop.At("keys"), null, TestDesk.Archivist, TimeProvider.System)))
        {
            made = repository.Inspections.Seal(SampleReport.Make());
            await repository.Inspections.RecordAsync([new RunEntry(made)], TestDesk.Archivist, default);
        }

        var number = made.Report.Number;
        Assert.Equal(number, (string)Run(shop, 0, "inspect report").Json["runs"]![0]!["reportNo"]!);
        Assert.Empty(Run(shop, 0, "inspect report --as-of 2026-11-26").Json["runs"]!.AsArray());
        Assert.True((bool)Run(shop, 0, $"inspect report 榕政通/2023-350100-000021 --verify --key {shop.Key}").Json["good"]!);
        Assert.Contains("不合格", shop.Run("inspect", "report", number, "--lang", "zh").Out, StringComparison.Ordinal);
        Run(shop, 0, $"inspect report {number} --format html --out 报告.html --lang zh");
        Assert.Contains("四性检测报告", await File.ReadAllTextAsync(shop.At("报告.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Run(shop, 2, "inspect report 没有");

        Run(shop, 0, $"inspect report {number} --format xml --out 报告.xml");
        Assert.Equal(made.Xml, await File.ReadAllBytesAsync(shop.At("报告.xml"), TestContext.Current.CancellationToken));
        Assert.True((bool)Run(shop, 0, $"inspect verify 报告.xml --key {shop.Key}").Json["good"]!);
        shop.Write("改.xml", (await File.ReadAllTextAsync(shop.At("报告.xml"), TestContext.Current.CancellationToken)).Replace("榕树", "桂树", StringComparison.Ordinal));
        Assert.Equal(["INS-013"], Codes(Run(shop, 1, $"inspect verify 改.xml --note 报告.xml.sig --key {shop.Key}")));

        Assert.Equal(["FN-014"], Codes(Run(shop, 1, $"inspect decide {number} --rule {Appearance} --verdict passed --note 完好 --as os:李档案")));
        Run(shop, 0, $"inspect decide {number} --rule {Appearance} --verdict passed --note 完好 --as os:王复核");
        Run(shop, 0, $"inspect notice {number} --due 2026-12-10 --out 退回.html --lang zh");
        Assert.Contains("2026-12-10", await File.ReadAllTextAsync(shop.At("退回.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Run(shop, 0, $"inspect register {number} --unit 市场监督管理局 --category ZW --out 登记表.xlsx");
        Assert.True(new FileInfo(shop.At("登记表.xlsx")).Length > 1000);
        Assert.Equal(0, shop.RunProgram("python3", "store/lantai-read.py", "verify", "store").Code);
        Run(shop, 0, "rebuild --compare");
    }

    private static IEnumerable<string> Codes(Ended ended) => ended.Json["findings"]!.AsArray().Select(f => (string)f!["code"]!);

    private static Ended Run(Workshop shop, int code, string line)
    {
        var ended = shop.Run([.. line.Split(' '), "--json"]);
        Assert.True(ended.Code == code, $"{line}: {ended}");
        return ended;
    }
}
