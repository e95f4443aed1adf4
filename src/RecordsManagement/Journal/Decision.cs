using Lantai.ArchivalStorage;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>What a rule of archival law says to a wish: the events that it leads to, or why it may not be.</summary>
/// <param name="Findings">All that was found; an error among them refuses the wish.</param>
/// <param name="Events">The events in order, none when it is refused.</param>
/// <remarks>
/// Events become durable together, a thousand at a time. A decision of more is made so that a beginning of them changes nothing
/// that anybody sees: the last one makes the others count.
/// </remarks>
public sealed record Decision(IReadOnlyList<Finding> Findings, IReadOnlyList<EventDraft> Events)
{
    /// <summary>Whether it is refused.</summary>
    public bool IsRefused => Findings.Any(f => f.Severity == Severity.Error);

    /// <summary>A decision that is carried out as these events.</summary>
    public static Decision Of(params IReadOnlyList<EventDraft> events) => new([], events);

    /// <summary>A refusal, or a decision that changes nothing when no finding is an error.</summary>
    public static Decision Only(params IReadOnlyList<Finding> findings) => new(findings, []);
}

/// <summary>What became of a wish.</summary>
/// <param name="Findings">All that was found.</param>
/// <param name="Events">What happened: on disk and in the views. None when it was refused.</param>
public sealed record DecisionOutcome(IReadOnlyList<Finding> Findings, IReadOnlyList<CommittedEvent> Events)
{
    /// <summary>Whether it was refused, and nothing was changed.</summary>
    public bool IsRefused => Findings.Any(f => f.Severity == Severity.Error);
}
