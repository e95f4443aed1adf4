using System.Text;
using Lantai.Forms;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

public sealed class ReconciliationDeskTests : IDisposable
{
    private static readonly DateOnly Day = new(2025, 5, 10);

    private readonly TestOffice _office = new();

    [Fact]
    public void What_differs_is_listed_both_ways_and_is_an_alert()
    {
        _ = _office.Tell(
            CaseSketch.Notice("archived"), CaseSketch.Notice("open"), CaseSketch.Notice("unlisted"), CaseSketch.Notice("moved", "2025-05-09T09:00:00+08:00"),
            CaseSketch.Notice("tomorrow", "2025-05-11T00:00:00+08:00"));
        _office.Archive("archived");
        _office.Archive("unlisted");
        _office.Archive("moved");
        _ = _office.TellFrom("S02", CaseSketch.Notice("other source"));

        var run = Run("archived,2025-05-10T09:00:00+08:00", "open,2025-05-10T01:00:00Z", "moved,2025-05-10T09:00:00+08:00", "new,2025-05-10T09:00:00+08:00", "late,2025-05-12T09:00:00+08:00", "bad,yesterday");

        Assert.Equal(
            [(DifferenceKind.OtherTime, "moved"), (DifferenceKind.NotTold, "new"), (DifferenceKind.NotArchived, "open"), (DifferenceKind.NotListed, "unlisted")],
            run.Differences.Select(d => (d.Kind, d.Number)));
        Assert.Equal((4L, 3L, 2L, 1L, 1L), (run.Listed, run.Known, run.Archived, run.Outside, run.Unreadable));
        Assert.Equal([CaseCodes.Time, "DUE-010"], run.Findings.Select(f => f.Code));

        var stored = _office.Vault.ReadEvent(run.Sequence!.Value);
        Assert.Equal((RecordsEvents.ListReconciled, "findings"), (stored.Leaf.Type, stored.Record!.Outcome));
        Assert.Equal((4L, 1L, 1L), (stored.Detail!.Body.Map("counts")!.Number("listed"), stored.Detail.Body.Map("counts")!.Number("notTold"), stored.Detail.Body.Map("counts")!.Number("notListed")));
        Assert.Equal(4, stored.Detail.Body.List("differences")!.Count);
    }

    [Fact]
    public void What_agrees_is_said_too()
    {
        _ = _office.Tell(CaseSketch.Notice("1"));
        _office.Archive("1");

        var run = Run("1,2025-05-10T09:00:00+08:00", "1,2025-05-10T09:00:00+08:00");

        Assert.Empty(run.Differences);
        Assert.Empty(run.Findings);
        Assert.Equal("success", _office.Vault.ReadEvent(run.Sequence!.Value).Record!.Outcome);
        _office.AssertRebuilds();
    }

    [Theory]
    [InlineData("number,completed,agency,item\nbad,yesterday,A01,I01\n")]
    [InlineData("number,completed\n1,2025-05-10T09:00:00+08:00\n")]
    [InlineData("number,completed,agency,item\n1,2025-05-10T09:00:00+08:00,A01,I01\n1,2025-05-10T10:00:00+08:00,A01,I01\n")]
    public void A_list_that_could_not_be_read_whole_is_no_success_though_nothing_differs(string text)
    {
        if (text.Contains("\n1,", StringComparison.Ordinal) && text.Contains("agency", StringComparison.Ordinal))
        {
            _ = _office.Tell(CaseSketch.Notice("1"));
            _office.Archive("1");
        }

        _office.Register(CaseSketch.Source);
        var list = CompletionList.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "d.csv")!;
        var run = _office.Office.Reconciliations.Run(CaseSketch.Source, Day, Day, list, TestOffice.Clerk, TestContext.Current.CancellationToken);

        Assert.Empty(run.Differences);
        Assert.Equal("findings", _office.Vault.ReadEvent(run.Sequence!.Value).Record!.Outcome);
    }

    [Fact]
    public void A_source_that_was_never_registered_and_a_case_listed_twice_otherwise_are_refused_and_told()
    {
        var unknown = Run("1,2025-05-10T09:00:00+08:00");
        _office.Register(CaseSketch.Source);
        var twice = Run("1,2025-05-10T09:00:00+08:00", "1,2025-05-10T10:00:00+08:00");

        Assert.Equal(("SRC-001", null), (Assert.Single(unknown.Findings).Code, unknown.Sequence));
        Assert.Equal([CaseCodes.KnownOtherwise, "DUE-010"], twice.Findings.Select(f => f.Code));
    }

    [Fact]
    public void The_report_holds_counts_and_every_difference()
    {
        _ = _office.Tell(CaseSketch.Notice("open"));
        var texts = new ReportTexts(new Phrases([typeof(RecordsOffice).Assembly, typeof(Report).Assembly]), Language.Chinese);
        using var page = new MemoryStream();
        using var table = new MemoryStream();

        ReportWriter.Write(ReconciliationForms.Of(Run("open,2025-05-10T09:00:00+08:00")), ReportFormat.Html, texts, page, default);
        ReportWriter.Write(ReconciliationForms.Of(Run("open,2025-05-10T09:00:00+08:00")), ReportFormat.Csv, texts, table, default);

        var html = Encoding.UTF8.GetString(page.ToArray());
        Assert.All(["办件归档对账表", "清单办件数", "未归档", "办结待归档", "来源系统负责人"], said => Assert.Contains(said, html, StringComparison.Ordinal));
        Assert.Equal(2, Encoding.UTF8.GetString(table.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    public void Dispose() => _office.Dispose();

    private ReconciliationRun Run(params string[] rows)
    {
        var text = "number,completed,agency,item\n" + string.Concat(rows.Select(r => r + ",A01,I01\n"));
        var list = CompletionList.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "d.csv")!;
        return _office.Office.Reconciliations.Run(CaseSketch.Source, Day, Day, list, TestOffice.Clerk, TestContext.Current.CancellationToken);
    }
}
