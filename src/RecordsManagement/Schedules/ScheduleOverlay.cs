using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A schedule tightens those of the jurisdictions above it and never weakens them.</summary>
/// <remarks>Requirement R16-1: it is not shorter than the row of a schedule in force above under which its own row falls, and leaves out nothing that is archived there.</remarks>
internal static class ScheduleOverlay
{
    /// <summary>An error for each row that is weaker than one above it (SCH-026).</summary>
    /// <param name="views">The views.</param>
    /// <param name="version">Whose rows they are.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="day">The day on which the schedules above must be in force.</param>
    public static IEnumerable<Finding> Check(IDocumentReader views, ScheduleVersion version, IReadOnlyList<ScheduleRow> rows, DateOnly day)
    {
        var above = ScheduleTable.Above(views, version.Region, day).Select(v => (Version: v, Table: new ScheduleTable(views, v.Id))).ToList();
        foreach (var row in above.Count == 0 ? [] : rows)
        {
            foreach (var (upper, table) in above)
            {
                var question = new ScheduleQuestion(row.Item, row.Class, row.Nature, row.MaterialCode, row.MaterialName);
                if (table.RowFor(question) is not { IsArchived: true, Retention: { } floor } over || (row.Retention is { } retention && retention >= floor))
                {
                    continue;
                }

                yield return Finding.Error(
                    "SCH-026", version.Agency + " " + version.Number, ("item", row.Item), ("material", Entry.Shown(row.Material)), ("retention", row.Retention?.Code ?? "-"),
                    ("floor", floor.Code), ("over", over.Item), ("agency", upper.Agency), ("number", upper.Number));
            }
        }
    }
}
