using Lantai.ArchivalStorage;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>What the store knows of a package that is inspected where it lies.</summary>
/// <param name="Aip">Its AIP.</param>
/// <param name="Version">The version.</param>
/// <param name="Ingested">When it was taken in.</param>
/// <param name="ManifestAtIngest">Digest of its manifest as the ledger has it.</param>
/// <remarks>Immutable.</remarks>
public sealed record StorageFacts(Guid Aip, long Version, DateTimeOffset Ingested, Digest ManifestAtIngest)
{
    /// <summary>The copies of the store that were read, by their ids.</summary>
    public IReadOnlyList<string> Copies { get; init; } = [];

    /// <summary>Manifest, shards and contents on every copy, each as it was found there.</summary>
    public IReadOnlyList<StoredPiece> Pieces { get; init; } = [];

    /// <summary>What the ledger's event of the ingestion is and should not be: record or detail missing, malformed or not that of its leaf.</summary>
    public IReadOnlyList<Finding> EventFindings { get; init; } = [];

    /// <summary>What catalogue and ledger say differently of the version: the member, and what each of them has.</summary>
    public IReadOnlyList<Difference> CatalogueDifferences { get; init; } = [];

    /// <summary>What manifest and ledger, or manifest and its own entries, say differently: counts, order, tree.</summary>
    public IReadOnlyList<Difference> ManifestDifferences { get; init; } = [];

    /// <summary>Digest over names and contents as the event of the ingestion has it; null when its detail is gone.</summary>
    public Digest? ContentAtIngest { get; init; }

    /// <summary>The same digest over what the manifest lists now; null when it could not be read whole.</summary>
    public Digest? ContentNow { get; init; }

    /// <summary>The members that preservation metadata have, and those that they should have.</summary>
    public IReadOnlyList<PreservationMember> Members { get; init; } = [];

    /// <summary>The format that the manifest recorded of each file at ingest, by path; a file whose format was not known has none.</summary>
    public IReadOnlyDictionary<string, string> FormatsAtIngest { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>What a piece of a stored version is.</summary>
public enum StoredPieceKind
{
    /// <summary>The root of the manifest.</summary>
    Manifest,

    /// <summary>A part of the manifest's entries.</summary>
    Shard,

    /// <summary>The content of a file.</summary>
    Content,
}

/// <summary>A piece of a stored version on one copy.</summary>
/// <param name="Copy">The copy's id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The file's path in the package; for a piece of the manifest its digest.</param>
/// <param name="Digest">The digest that it must have.</param>
/// <param name="Place">Where the index says that it lies, such as <c>packs/ab/…</c>; null when the index knows no place.</param>
/// <param name="Misplaced">Why what lies there is not that; null when it is.</param>
/// <param name="State">What reading its bytes found.</param>
/// <param name="Trouble">Why it is not verified; null when it is.</param>
/// <remarks>Immutable.</remarks>
public sealed record StoredPiece(string Copy, StoredPieceKind Kind, string Name, Digest Digest, string? Place, Finding? Misplaced, FixityState State, Finding? Trouble);

/// <summary>A value that stands in two places and differs.</summary>
/// <param name="Member">What it is: a text key without its prefix <c>member.</c>.</param>
/// <param name="Expected">What it must be.</param>
/// <param name="Found">What it is.</param>
public sealed record Difference(string Member, string Expected, string Found);

/// <summary>A member of the preservation metadata of a stored version.</summary>
/// <param name="Name">What it is: a text key without its prefix <c>member.</c>: <c>ingest-event</c>, <c>formats</c>, <c>report</c>, …</param>
/// <param name="IsThere">Whether it is there.</param>
/// <param name="IsDemanded">Whether it must be there, by the way in which the version came in.</param>
/// <param name="Value">What it is, to be shown; empty when there is nothing to show.</param>
public sealed record PreservationMember(string Name, bool IsThere, bool IsDemanded, string Value);
