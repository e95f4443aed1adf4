using Lantai.Forms;

namespace Lantai.RecordsManagement;

/// <summary>Schedules and their differences as reports.</summary>
public static class ScheduleReports
{
    private static readonly Dictionary<int, int> Widths = new()
    {
        [ScheduleColumns.Item] = 24, [ScheduleColumns.ItemName] = 32, [ScheduleColumns.Class] = 24, [ScheduleColumns.MaterialName] = 28, [ScheduleColumns.TracebackBasis] = 28,
        [ScheduleColumns.Basis] = 36, [ScheduleColumns.Remark] = 28,
    };

    /// <summary>A version with its rows: form F23, the schedule as it is submitted and reviewed. Read again, its CSV and XLSX give the same rows.</summary>
    /// <param name="version">The version.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="rows">Its rows.</param>
    public static Report Of(ScheduleVersion version, ScheduleState state, IEnumerable<ScheduleRow> rows)
    {
        ArgumentNullException.ThrowIfNull(version);
        return new Report(
            "schedule", "schedule-report.title",
            [
                Fact("form", "F23"), Fact("agency", version.Agency), Fact("fonds", version.Fonds), Fact("region", version.Region.ToString()), Fact("number", version.Number),
                Fact("revision", Number(version.Revision)), new ReportFact("state", "schedule-fact.state", ScheduleVersion.Word(state), "schedule-state"),
                Fact("draftedBy", version.DraftedBy), Fact("submittedBy", version.SubmittedBy), Fact("reviewedBy", version.ReviewedBy), Fact("approval", version.Approval),
                Fact("opinion", version.Opinion), Fact("from", Entry.Day(version.From)), Fact("until", Entry.Day(version.Until)), Fact("basis", string.Join("; ", version.Basis)),
                Fact("rows", Number(version.RowCount)),
            ],
            [.. ScheduleColumns.All.Select(Column)],
            rows.Select(r => r.Cells))
        {
            NoteKeys = ["schedule-report.note"],
            SignatureKeys = ["schedule-report.drafted", "schedule-report.reviewed"],
        };
    }

    /// <summary>The differences of two versions: a row for each cell that changed, one for each row that is new or gone.</summary>
    public static Report Of(ScheduleVersion before, ScheduleVersion after, IEnumerable<ScheduleDifference> differences)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return new Report(
            "differences", "schedule-diff.title",
            [Fact("agency", after.Agency), new ReportFact("before", "schedule-diff.before", before.Number), new ReportFact("after", "schedule-diff.after", after.Number)],
            [
                new("change", "schedule-diff.change", ColumnKind.Code, "schedule-change"), new("shortened", "schedule-diff.shortened", ColumnKind.Code, "schedule-shortened"),
                Column(ScheduleColumns.All[ScheduleColumns.Item], ScheduleColumns.Item), Column(ScheduleColumns.All[ScheduleColumns.Nature], ScheduleColumns.Nature),
                new("material", "schedule-column.materialName", Width: 28), new("column", "schedule-diff.column", ColumnKind.Code, "schedule-column"),
                new("before", "schedule-diff.before"), new("after", "schedule-diff.after"),
            ],
            differences.SelectMany(Rows));
    }

    private static IEnumerable<IReadOnlyList<string?>> Rows(ScheduleDifference difference)
    {
        var (item, nature, material) = difference.Key;
        var change = difference.Before is null ? "added" : difference.After is null ? "removed" : "changed";
        var shortened = difference.IsShortened ? "yes" : "";
        if (change != "changed")
        {
            return [[change, shortened, item, nature, material, "retention", difference.Before?.Retention?.Code, difference.After?.Retention?.Code]];
        }

        return difference.Columns.Select(column =>
        {
            var (was, now) = difference.Cells(column);
            return (IReadOnlyList<string?>)[change, column is "retention" or "archive" ? shortened : "", item, nature, material, column, was, now];
        });
    }

    private static ReportColumn Column(ScheduleColumn column, int index)
    {
        var isCode = column.Kind == ScheduleCellKind.Code;
        return new ReportColumn(
            column.Name, "schedule-column." + column.Name, isCode ? ColumnKind.Code : column.Kind == ScheduleCellKind.Years ? ColumnKind.Number : ColumnKind.Text,
            isCode ? "schedule-" + column.Name : null, Widths.GetValueOrDefault(index));
    }

    private static ReportFact Fact(string name, string? value) => new(name, "schedule-fact." + name, value ?? "");

    private static string Number(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
