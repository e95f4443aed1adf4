using System.Globalization;
using Lantai.Forms;

namespace Lantai.RecordsManagement;

/// <summary>The report on a reconciliation (办件归档对账表, F21).</summary>
/// <remarks>Pure; safe for concurrent use.</remarks>
public static class ReconciliationForms
{
    /// <summary>The code of a kind of difference, in events and reports.</summary>
    public static string CodeOf(DifferenceKind kind) => kind switch
    {
        DifferenceKind.NotTold => "notTold",
        DifferenceKind.NotArchived => "notArchived",
        DifferenceKind.NotListed => "notListed",
        _ => "otherTime",
    };

    /// <summary>The report: counts as facts, a row for each difference.</summary>
    public static Report Of(ReconciliationRun run)
    {
        ReportColumn[] columns =
        [
            new("difference", "report.difference", ColumnKind.Code, "difference", Width: 30), new("number", "report.number", Width: 24),
            new("listed", "report.listedTime", Width: 26), new("completed", "report.completedAt", Width: 26), new("agency", "report.agency", Width: 24),
            new("item", "report.item", Width: 24), new("state", "report.state", ColumnKind.Code, "state"),
        ];
        ReportFact[] facts =
        [
            new("source", "report.source", run.Source), new("from", "report.from", LegalTime.Write(run.From)), new("to", "report.to", LegalTime.Write(run.To)),
            Count("listedCases", run.Listed), Count("knownCases", run.Known), Count("archivedCases", run.Archived), Count("outsideRows", run.Outside),
            Count("unreadableRows", run.Unreadable), Count("differences", run.Differences.Count),
        ];
        return new Report("reconciliation", "report.reconciliation", facts, columns, run.Differences.Select(Cells))
        {
            SignatureKeys = ["report.sign.source", "report.sign.archive"],
        };
    }

    private static ReportFact Count(string name, long count) => new(name, "report." + name, count.ToString(CultureInfo.InvariantCulture));

    private static string?[] Cells(CaseDifference d) =>
    [
        CodeOf(d.Kind), d.Number, d.Listed?.Given, d.Case?.Completed.Given, d.Case?.Agency, d.Case?.Item, d.Case is { } c ? Lifecycle.Of(c.State).Code : null,
    ];
}
