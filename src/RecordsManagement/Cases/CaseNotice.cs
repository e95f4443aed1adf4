namespace Lantai.RecordsManagement;

/// <summary>The part of an agency in a joint case (联合办理).</summary>
public enum JointRole
{
    /// <summary>主办: leads it and declares who takes part.</summary>
    Lead,

    /// <summary>协办: takes part.</summary>
    Participant,
}

/// <summary>An agency that the lead of a joint case declares as taking part.</summary>
/// <param name="Agency">Code of the agency that must archive its own part.</param>
/// <param name="Item">Code of its service item; null when it was not said.</param>
public sealed record JointPart(string Agency, string? Item);

/// <summary>That a case belongs to a joint case.</summary>
/// <param name="Id">Id of the joint case (联办 id), the same for all its parts.</param>
/// <param name="Role">The agency's part in it.</param>
/// <param name="Parts">Who else takes part, said by the lead; empty otherwise.</param>
public sealed record JointHandling(string Id, JointRole Role, IReadOnlyList<JointPart> Parts);

/// <summary>A source system's notice that a case was completed (办结通知).</summary>
/// <param name="Number">Business serial number (业务流水号), unique in the source system.</param>
/// <param name="Agency">Code of the agency that must archive it.</param>
/// <param name="Item">Code of the service item.</param>
/// <param name="Completed">When it was completed.</param>
/// <remarks>Holds no title and no name of a person: what is told here is kept for ever, so that reports required by law survive the destruction of records.</remarks>
public sealed record CaseNotice(string Number, string Agency, string Item, CompletionTime Completed)
{
    /// <summary>Fonds number, where it is known.</summary>
    public string? Fonds { get; init; }

    /// <summary>How its package will come; null when the source's own channel is meant.</summary>
    public SourceChannel? Channel { get; init; }

    /// <summary>Why it comes offline though its source can be online (article 9).</summary>
    public string? OfflineReason { get; init; }

    /// <summary>The joint case that it belongs to; null for a case of one agency.</summary>
    public JointHandling? Joint { get; init; }
}
