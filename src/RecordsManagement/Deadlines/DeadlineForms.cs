using System.Globalization;
using Lantai.Forms;

namespace Lantai.RecordsManagement;

/// <summary>The report on overdue archiving (逾期未归档报告, F20), as totals and as a list.</summary>
/// <remarks>Pure; safe for concurrent use. The columns are those of R9-9 of the requirements.</remarks>
public static class DeadlineForms
{
    /// <summary>Totals, a row for each agency, item or source and one for all.</summary>
    /// <param name="day">The day they hold for.</param>
    /// <param name="by">What rows are made of.</param>
    /// <param name="rows">The rows, in order.</param>
    /// <param name="all">The sum of all.</param>
    /// <param name="rule">The national rule, for its warning levels.</param>
    public static Report Totals(DateOnly day, DeadlineGrouping by, IReadOnlyList<DeadlineTotals> rows, DeadlineTotals all, ArchivingDeadline rule)
    {
        ReportColumn[] columns =
        [
            new("code", "report.by." + by.ToString().ToLowerInvariant(), Width: 24),
            Number("completed"), Number("inTime"), Number("late"), Number("lateDays"), Number("notYetDue"),
            .. rule.Warnings.Select(w => new ReportColumn("within" + Text(w), w is 180 or 90 or 30 ? "report.within" + Text(w) : "report.within", ColumnKind.Number)),
            new("overdue", "report.overdueCases", ColumnKind.Number), Number("returnedOverdue"), Number("refusedSecret"), Number("before"), Number("beforeOpen"),
        ];
        return new Report("overdueTotals", "report.overdue", [Day(day)], columns, rows.Append(all with { Code = "*" }).Select(r => Cells(r, rule)))
        {
            NoteKeys = ["report.overdue.note"],
        };
    }

    /// <summary>The overdue cases, one by one.</summary>
    /// <param name="day">The day they are overdue on.</param>
    /// <param name="cases">The cases, asked for once.</param>
    public static Report List(DateOnly day, IEnumerable<OverdueCase> cases)
    {
        ReportColumn[] columns =
        [
            new("source", "report.source"), new("number", "report.number", Width: 24), new("joint", "report.joint"), new("agency", "report.agency", Width: 24),
            new("item", "report.item", Width: 24), new("fonds", "report.fonds"), new("completed", "report.completedAt", Width: 26), new("deadline", "report.deadline", Width: 12),
            new("days", "report.days", ColumnKind.Number), new("state", "report.state", ColumnKind.Code, "state"),
            new("returned", "report.returned", ColumnKind.Code, "yesno"), new("archived", "report.archived", Width: 12),
        ];
        return new Report("overdueCases", "report.overdue", [Day(day)], columns, cases.Select(Cells)) { NoteKeys = ["report.overdue.note"] };
    }

    private static ReportFact Day(DateOnly day) => new("asOf", "report.day", LegalTime.Write(day));

    private static ReportColumn Number(string name) => new(name, "report." + name, ColumnKind.Number);

    private static string?[] Cells(DeadlineTotals row, ArchivingDeadline rule) =>
    [
        row.Code, Text(row.Completed), Text(row.InTime), Text(row.Late), Text(row.LateDays), Text(row.NotYetDue),
        .. rule.Warnings.Select(w => Text(row.Warned.FirstOrDefault(x => x.Days == w)?.Cases ?? 0)),
        Text(row.Overdue), Text(row.ReturnedAndOverdue), Text(row.RefusedAsSecret), Text(row.BeforeRegulation), Text(row.BeforeRegulationOpen),
    ];

    private static string?[] Cells(OverdueCase overdue)
    {
        var c = overdue.Case;
        return
        [
            c.Source, c.Number, c.Joint, c.Agency, c.Item, c.Fonds, c.Completed.Given, LegalTime.Write(overdue.Deadline), Text(overdue.Days),
            Lifecycle.Of(c.State).Code, overdue.WasReturned ? "yes" : "no", c.ArchivedOn is { } day ? LegalTime.Write(day) : null,
        ];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
