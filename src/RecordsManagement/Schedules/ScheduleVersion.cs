namespace Lantai.RecordsManagement;

/// <summary>Where a version of a schedule stands between being drawn up and being repealed.</summary>
public enum ScheduleState
{
    /// <summary>Drawn up (编制), not submitted.</summary>
    Draft,

    /// <summary>Submitted for review (报审).</summary>
    Submitted,

    /// <summary>Returned by the reviewer (退回); may be drawn up again under the same number.</summary>
    Returned,

    /// <summary>Reviewed and approved (已审查), not yet in force.</summary>
    Approved,

    /// <summary>In force (施行): the one that archiving follows.</summary>
    InForce,

    /// <summary>Repealed, ended or succeeded by a newer one (废止).</summary>
    Repealed,
}

/// <summary>A version of an archiving scope and retention schedule, without its rows.</summary>
/// <param name="Id">Its random id, the subject of all its events.</param>
/// <param name="Agency">Credit code of the agency or authority whose schedule it is.</param>
/// <param name="Region">That organisation's jurisdiction when it was drawn up.</param>
/// <param name="Number">Its number, unique for the agency.</param>
/// <param name="Revision">From 1; one more each time it is drawn up again after it was returned.</param>
/// <param name="RowCount">Number of its rows.</param>
public sealed record ScheduleVersion(string Id, string Agency, RegionCode Region, string Number, long Revision, long RowCount)
{
    /// <summary>The fonds that it holds for; null for all of the agency.</summary>
    public string? Fonds { get; init; }

    /// <summary>What it rests on as a whole.</summary>
    public IReadOnlyList<string> Basis { get; init; } = [];

    /// <summary>What was decided of it: <see cref="ScheduleState.Draft"/>, Submitted, Returned, Approved or Repealed; whether it is in force depends on the day.</summary>
    public ScheduleState Decided { get; init; }

    /// <summary>Whether all its rows can be read; one that is not whole is never approved.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>The account that drew it up.</summary>
    public string DraftedBy { get; init; } = "";

    /// <summary>The account that submitted it.</summary>
    public string? SubmittedBy { get; init; }

    /// <summary>The account that approved or returned it: never the one that submitted it.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>Number of the approval.</summary>
    public string? Approval { get; init; }

    /// <summary>What the reviewer said.</summary>
    public string? Opinion { get; init; }

    /// <summary>The first day on which it is in force.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day; null while none is known.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Number of the event that approved it; 0 before.</summary>
    internal long ApprovedAt { get; init; }

    /// <summary>Whether it was approved and neither ended nor begins later. A newer version of the agency may have succeeded it all the same.</summary>
    internal bool Holds(DateOnly day) => Decided is ScheduleState.Approved or ScheduleState.Repealed && From <= day && (Until is null || day <= Until);

    /// <summary>Whether the two say the same.</summary>
    public bool Equals(ScheduleVersion? other) =>
        other is not null && (Id, Agency, Region, Number, Revision, RowCount, Fonds) == (other.Id, other.Agency, other.Region, other.Number, other.Revision, other.RowCount, other.Fonds)
        && (Decided, DraftedBy, SubmittedBy, ReviewedBy, Approval, Opinion, From, Until) == (other.Decided, other.DraftedBy, other.SubmittedBy, other.ReviewedBy, other.Approval, other.Opinion, other.From, other.Until)
        && Basis.SequenceEqual(other.Basis);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Decided);

    /// <summary>A state as details and answers hold it.</summary>
    public static string Word(ScheduleState state) => state switch
    {
        ScheduleState.Draft => "draft",
        ScheduleState.Submitted => "submitted",
        ScheduleState.Returned => "returned",
        ScheduleState.Approved => "approved",
        ScheduleState.InForce => "in-force",
        ScheduleState.Repealed => "repealed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}

/// <summary>A version that somebody wants to draw up.</summary>
/// <param name="Agency">Credit code of the agency, or of the authority whose schedule holds for a whole jurisdiction.</param>
/// <param name="Number">Its number: 1 to 64 characters, unique for the agency.</param>
/// <param name="Rows">Its rows, as <see cref="ScheduleReading"/> read them without an error.</param>
public sealed record ScheduleDraft(string Agency, string Number, IReadOnlyList<ScheduleRow> Rows)
{
    /// <summary>The fonds that it holds for; null for all of the agency.</summary>
    public string? Fonds { get; init; }

    /// <summary>What it rests on as a whole.</summary>
    public IReadOnlyList<string> Basis { get; init; } = [];
}
