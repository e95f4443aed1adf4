namespace Lantai.RecordsManagement;

/// <summary>By what the rows of a report on deadlines are made.</summary>
public enum DeadlineGrouping
{
    /// <summary>One row for each agency.</summary>
    Agency,

    /// <summary>One row for each service item.</summary>
    Item,

    /// <summary>One row for each source system.</summary>
    Source,
}

/// <summary>Cases that are not archived and whose deadline is near.</summary>
/// <param name="Days">The warning level: so many days before the deadline, or fewer.</param>
/// <param name="Cases">How many have reached this level and no nearer one.</param>
public sealed record WarnedCases(int Days, long Cases);

/// <summary>How cases stand to their deadlines on a day.</summary>
/// <param name="Code">Code of the agency, item or source; empty for the sum of all.</param>
/// <remarks>
/// R9-9 and R18-1 of the requirements. Of the cases completed under the regulation, <see cref="Completed"/> is always the sum of
/// <see cref="InTime"/>, <see cref="Late"/>, <see cref="NotYetDue"/>, <see cref="Overdue"/> and <see cref="RefusedAsSecret"/>.
/// </remarks>
public sealed record DeadlineTotals(string Code)
{
    /// <summary>Completed by that day, under the regulation.</summary>
    public long Completed { get; init; }

    /// <summary>Archived by the deadline.</summary>
    public long InTime { get; init; }

    /// <summary>Archived after the deadline.</summary>
    public long Late { get; init; }

    /// <summary>Days by which those were late, all together.</summary>
    public long LateDays { get; init; }

    /// <summary>Not archived, and the deadline has not passed.</summary>
    public long NotYetDue { get; init; }

    /// <summary>Of those, the ones that have reached a warning level, the farthest level first.</summary>
    public IReadOnlyList<WarnedCases> Warned { get; init; } = [];

    /// <summary>Not archived, and the deadline has passed.</summary>
    public long Overdue { get; init; }

    /// <summary>Of those, the ones that had been sent back and lay with the agency.</summary>
    public long ReturnedAndOverdue { get; init; }

    /// <summary>Refused as state secrets: no longer due here.</summary>
    public long RefusedAsSecret { get; init; }

    /// <summary>Completed before the regulation took effect, in none of the numbers above.</summary>
    public long BeforeRegulation { get; init; }

    /// <summary>Of those, not archived.</summary>
    public long BeforeRegulationOpen { get; init; }
}
