using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A span in which a case had been sent back.</summary>
/// <param name="From">The day of the return, at UTC+08:00.</param>
/// <param name="Until">The day on which it was taken up again; null while it lies with the agency.</param>
public sealed record ReturnSpan(DateOnly From, DateOnly? Until);

/// <summary>A completed case (办件), as it stands now.</summary>
/// <param name="Place">Its number in this store, rising with the time of its notice; given once.</param>
/// <param name="Case">Its random id.</param>
/// <param name="Source">Code of the source system that told of it, or whose lead declared it.</param>
/// <param name="Number">Business serial number; null for a declared part of a joint case whose agency has told nothing yet.</param>
/// <param name="Agency">Code of the agency that must archive it.</param>
/// <param name="Item">Code of the service item.</param>
/// <param name="Completed">When it was completed.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Since">Since when.</param>
public sealed record ServiceCase(
    long Place, Guid Case, string Source, string? Number, string Agency, string Item, CompletionTime Completed, CaseState State, DateTimeOffset Since)
{
    /// <summary>Fonds number, where it is known.</summary>
    public string? Fonds { get; init; }

    /// <summary>How its package comes.</summary>
    public SourceChannel Channel { get; init; }

    /// <summary>Id of the joint case that it belongs to.</summary>
    public string? Joint { get; init; }

    /// <summary>Its part in the joint case.</summary>
    public JointRole? Role { get; init; }

    /// <summary>When it was archived: registered by the agency's archive; null while it is not.</summary>
    public DateTimeOffset? Archived { get; init; }

    /// <summary>What it was archived as; null while it is not.</summary>
    public ArchivedAs? As { get; init; }

    /// <summary>Number of the newest report of an inspection that moved it; null for none.</summary>
    public string? Report { get; init; }

    /// <summary>The versions of its content that are kept, the archived one first; empty before it is archived, or when it was registered by hand.</summary>
    public IReadOnlyList<CaseVersion> Versions { get; init; } = [];

    /// <summary>The day on which it was refused as a state secret.</summary>
    public DateOnly? RefusedOn { get; init; }

    /// <summary>Digest of its content, when some was brought.</summary>
    public Digest? Digest { get; init; }

    /// <summary>When it had been sent back.</summary>
    public IReadOnlyList<ReturnSpan> Returns { get; init; } = [];

    /// <summary>How many legal holds lie on it.</summary>
    public int Holds { get; init; }

    /// <summary>Who keeps it: <c>agency</c>, <c>hall</c>, or null before it is archived.</summary>
    public string? Custody { get; init; }

    /// <summary>The day of archiving, at UTC+08:00; never before that of completion.</summary>
    public DateOnly? ArchivedOn => Archived is { } time ? Later(LegalTime.DayOf(time), Completed.Day) : null;

    /// <summary>How messages name it.</summary>
    public string Name => Number is null ? $"{Source}/#{Place}" : $"{Source}/{Number}";

    /// <summary>Whether it had been sent back and lay with the agency on a day.</summary>
    public bool WasReturnedOn(DateOnly day) => Returns.Any(r => r.From <= day && (r.Until is null || r.Until > day));

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
