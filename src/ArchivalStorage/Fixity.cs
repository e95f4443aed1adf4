using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>What a fixity check says of an object. Only <see cref="Verified"/> is good news; a crash reads as none of them.</summary>
public enum FixityState
{
    /// <summary>Every byte was read and agrees.</summary>
    Verified,

    /// <summary>Read, and the bytes differ.</summary>
    Changed,

    /// <summary>The ledger knows it and it is not there.</summary>
    Missing,

    /// <summary>There, but reading failed.</summary>
    Unreadable,

    /// <summary>Not among what this run was asked to check.</summary>
    NotChecked,

    /// <summary>It was due, but the budget ran out or the run was stopped before it.</summary>
    Deferred,
}

/// <summary>What kind of object a result is about.</summary>
public enum FixityKind
{
    /// <summary>A sealed pack.</summary>
    Pack,

    /// <summary>The committed bytes of an open pack.</summary>
    OpenPack,

    /// <summary>A large object.</summary>
    LargeObject,
}

/// <summary>What a fixity check is asked to do.</summary>
public sealed record FixityRequest
{
    /// <summary>Check only what was not found well within this time; null checks everything.</summary>
    public TimeSpan? DueWithin { get; init; }

    /// <summary>Also decode every frame and check its original digest.</summary>
    public bool Deep { get; init; }

    /// <summary>Share of the objects to check, drawn at random: above 0 to 1.</summary>
    public double Sample { get; init; } = 1;

    /// <summary>Stop before exceeding this many bytes read, but check one object at least, so that a large one is not put off for ever; null has no limit.</summary>
    public long? ByteBudget { get; init; }

    /// <summary>Stop after this time; null has no limit.</summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>Read through the page cache instead of from the medium.</summary>
    public bool Cached { get; init; }
}

/// <summary>The result for one object.</summary>
/// <param name="Path">Its path below the root.</param>
/// <param name="Kind">What it is.</param>
/// <param name="State">What was found.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="Findings">Why it is not well; empty otherwise.</param>
public sealed record FixityResult(string Path, FixityKind Kind, FixityState State, long Bytes, IReadOnlyList<Finding> Findings);

/// <summary>How far a fixity check has come.</summary>
/// <param name="Objects">Objects done.</param>
/// <param name="TotalObjects">Objects to do.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="TotalBytes">Bytes to read.</param>
/// <param name="Current">The object being read.</param>
public sealed record FixityProgress(long Objects, long TotalObjects, long Bytes, long TotalBytes, string Current);

/// <summary>What a fixity check found.</summary>
/// <param name="Started">When it began.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="Results">One result for each object that the store should have.</param>
/// <param name="Sequence">Sequence of its event; null when it could not be appended.</param>
public sealed record FixityReport(DateTimeOffset Started, DateTimeOffset Ended, IReadOnlyList<FixityResult> Results, long? Sequence)
{
    /// <summary>Number of objects in a state.</summary>
    public long Count(FixityState state) => Results.Count(r => r.State == state);

    /// <summary>Bytes read.</summary>
    public long Bytes => Results.Sum(r => r.Bytes);

    /// <summary>Whether nothing is changed, missing or unreadable.</summary>
    public bool IsClean => Results.All(r => r.State is FixityState.Verified or FixityState.NotChecked or FixityState.Deferred);
}
