using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A schedule tightens those of the jurisdictions above it and never weakens them.</summary>
/// <remarks>
/// Requirement R16-1. Every material that a row names, here or above, is held against the row under which it falls here and the one under which
/// it falls above: so neither a row that names a material nor one for all of them is weaker.
/// </remarks>
internal static class ScheduleOverlay
{
    /// <summary>An error for each row that is weaker than one above it (SCH-026).</summary>
    /// <param name="views">The views.</param>
    /// <param name="version">Whose rows they are.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="from">The first day on which the version holds: schedules above that are in force on any of its days bind it.</param>
    /// <param name="until">The last day; null while none is known.</param>
    public static IEnumerable<Finding> Check(IDocumentReader views, ScheduleVersion version, IReadOnlyList<ScheduleRow> rows, DateOnly from, DateOnly? until)
    {
        var own = ScheduleTable.Of(rows);
        foreach (var upper in ScheduleTable.Above(views, version.Region, from, until))
        {
            var above = new ScheduleTable(views, upper.Id);
            var pairs = rows.Select(row => (Row: (ScheduleRow?)row, Over: above.RowFor(Material(row))))
                .Concat(rows.Where(r => r.Material.Length == 0).SelectMany(row => above.Named(Material(row)).Select(named => Pair(Material(row, named)))))
                .Concat(ScheduleTable.RowsOf(views, upper).Select(over => (Row: own.RowFor(Material(over)), Over: (ScheduleRow?)over)));
            foreach (var (row, over) in pairs.Where(p => IsWeaker(p.Row, p.Over)).Distinct())
            {
                yield return Weaker(version, row!, upper, over!);
            }

            (ScheduleRow? Row, ScheduleRow? Over) Pair(ScheduleQuestion question) => (own.RowFor(question), above.RowFor(question));
        }
    }

    private static ScheduleQuestion Material(ScheduleRow row) => new(row.Item, row.Class, row.Nature, row.MaterialCode, row.MaterialName);

    /// <summary>A material that another row names, of the item and nature of a row for all of them.</summary>
    private static ScheduleQuestion Material(ScheduleRow all, ScheduleRow named) => new(all.Item, all.Class, all.Nature, named.MaterialCode, named.MaterialName);

    private static bool IsWeaker(ScheduleRow? row, ScheduleRow? over) =>
        row is not null && over is { IsArchived: true, Retention: { } floor } && !(row.IsArchived && row.Retention is { } retention && retention >= floor);

    private static Finding Weaker(ScheduleVersion version, ScheduleRow row, ScheduleVersion upper, ScheduleRow over) => Finding.Error(
        "SCH-026", version.Agency + " " + version.Number, ("item", row.Item), ("material", Entry.Shown(row.Material.Length > 0 ? row.Material : over.Material)),
        ("retention", row.Retention?.Code ?? "-"), ("floor", over.Retention!.Value.Code), ("over", over.Item), ("agency", upper.Agency), ("number", upper.Number));
}
