namespace Lantai.RecordsManagement;

/// <summary>What became of a row between two versions of a schedule.</summary>
/// <param name="Before">The row before; null when it is new.</param>
/// <param name="After">The row after; null when it is gone.</param>
/// <param name="Columns">The columns that differ; empty when it is new or gone.</param>
public sealed record ScheduleDifference(ScheduleRow? Before, ScheduleRow? After, IReadOnlyList<string> Columns)
{
    /// <summary>Item or class, nature and material.</summary>
    public (string Item, string Nature, string Material) Key => (After ?? Before)!.Key;

    /// <summary>Whether what was archived is kept for less long, not archived any more, or has no row any more.</summary>
    public bool IsShortened => Before is { IsArchived: true, Retention: { } was } && (After is not { IsArchived: true, Retention: { } now } || now < was);

    /// <summary>A column of the row before and after.</summary>
    public (string Before, string After) Cells(string column)
    {
        var index = ScheduleColumns.IndexOf(column);
        return index < 0 ? throw new ArgumentException($"No column is called '{column}'.", nameof(column)) : (Before?.Cells[index] ?? "", After?.Cells[index] ?? "");
    }

    /// <summary>All differences: what changed or is gone in the order of the rows before, then what is new in the order of the rows after.</summary>
    public static IEnumerable<ScheduleDifference> Between(IReadOnlyList<ScheduleRow> before, IReadOnlyList<ScheduleRow> after)
    {
        var later = new Dictionary<(string, string, string), ScheduleRow>();
        foreach (var row in after)
        {
            _ = later.TryAdd(row.Key, row);
        }

        var seen = new HashSet<(string, string, string)>();
        foreach (var row in before)
        {
            _ = seen.Add(row.Key);
            if (!later.TryGetValue(row.Key, out var now))
            {
                yield return new ScheduleDifference(row, null, []);
            }
            else if (!row.Equals(now))
            {
                yield return new ScheduleDifference(row, now, [.. ScheduleColumns.All.Where((_, i) => row.Cells[i] != now.Cells[i]).Select(c => c.Name)]);
            }
        }

        foreach (var row in after.Where(r => !seen.Contains(r.Key)))
        {
            yield return new ScheduleDifference(null, row, []);
        }
    }
}
