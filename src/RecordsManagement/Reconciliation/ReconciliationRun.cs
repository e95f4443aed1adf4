using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>How a case differs between a source system's list and what is archived.</summary>
public enum DifferenceKind
{
    /// <summary>Completed there; no notice told of it here.</summary>
    NotTold,

    /// <summary>Completed there and told here, and not archived.</summary>
    NotArchived,

    /// <summary>Told here as completed in the range, and not in the list.</summary>
    NotListed,

    /// <summary>Known on both sides with different completion times.</summary>
    OtherTime,
}

/// <summary>A case that differs.</summary>
/// <param name="Kind">How.</param>
/// <param name="Number">Its business serial number.</param>
/// <param name="Listed">When it was completed by the list; null when it is not there.</param>
/// <param name="Case">The case as it is known here; null when it is not.</param>
public sealed record CaseDifference(DifferenceKind Kind, string Number, CompletionTime? Listed, ServiceCase? Case);

/// <summary>A list of completed cases held against what is archived (办件归档对账).</summary>
/// <param name="Source">Code of the source system.</param>
/// <param name="From">The first day, at UTC+08:00.</param>
/// <param name="To">The last day.</param>
/// <param name="Listed">Cases of the range in the list.</param>
/// <param name="Known">Cases of the range that are known here.</param>
/// <param name="Archived">Cases of the list that are archived here.</param>
/// <param name="Outside">Rows of the list that are of other days; nothing is said about them.</param>
/// <param name="Unreadable">Rows that could not be read; each is told.</param>
/// <param name="Differences">Every case that differs, in the order of numbers.</param>
/// <param name="Findings">All that was found; DUE-010 when anything differs.</param>
/// <param name="Sequence">Sequence of the event that says that this was done; null when it was refused.</param>
/// <remarks>R6-3 of the requirements.</remarks>
public sealed record ReconciliationRun(
    string Source, DateOnly From, DateOnly To, long Listed, long Known, long Archived, long Outside, long Unreadable,
    IReadOnlyList<CaseDifference> Differences, IReadOnlyList<Finding> Findings, long? Sequence);
