using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Who acts, and with what program.</summary>
/// <param name="AccountName">Name of the account, such as <c>os:archivist</c>.</param>
/// <param name="Software">Name and version of the program, such as <c>lantai 0.1.0</c>.</param>
public sealed record Actor(string AccountName, string Software);

/// <summary>An event that is about to happen.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Subject">AIP id, pack name or another random id; nothing that can be guessed.</param>
public sealed record EventDraft(string Type, string Subject)
{
    /// <summary><c>success</c>, <c>refused</c> or <c>findings</c>.</summary>
    public string Outcome { get; init; } = "success";

    /// <summary>AIP id.</summary>
    public Guid? Aip { get; init; }

    /// <summary>AIP version.</summary>
    public long? Version { get; init; }

    /// <summary>Digest of the version's manifest root.</summary>
    public Digest? Manifest { get; init; }

    /// <summary>Named counts.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } = new Dictionary<string, long>();

    /// <summary>Ids of large objects; a deposit adds its own.</summary>
    public IReadOnlyList<Guid> Objects { get; init; } = [];

    /// <summary>Name of a pack.</summary>
    public Digest? Pack { get; init; }

    /// <summary>Members of the detail; null for an event without one.</summary>
    public JsonMap? Body { get; init; }

    /// <summary>Retention group of the detail; a deposit uses its own.</summary>
    public string Group { get; init; } = Vault.PermanentGroup;

    /// <summary>Legal basis.</summary>
    public string? Basis { get; init; }

    /// <summary>Reference code.</summary>
    public string? ReferenceCode { get; init; }
}

/// <summary>An event as it is read back: leaf, record and detail, and what is wrong with them.</summary>
/// <param name="Leaf">The ledger's leaf.</param>
/// <param name="LeafBytes">Its canonical bytes.</param>
/// <param name="Record">The record; null when it is missing or malformed.</param>
/// <param name="RecordJson">Its canonical JSON.</param>
/// <param name="Salt">The record's salt.</param>
/// <param name="Detail">The detail; null when there is none, or it is missing or malformed.</param>
/// <param name="Findings">EVT findings; empty when all is well.</param>
/// <remarks>spec/formats/event.md.</remarks>
public sealed record StoredEvent(
    LedgerEntry Leaf, byte[] LeafBytes, EventRecord? Record, byte[]? RecordJson, byte[]? Salt, EventDetail? Detail, IReadOnlyList<Finding> Findings);

/// <summary>An event that has happened: it is on disk.</summary>
/// <param name="Event">The event.</param>
public sealed record CommittedEvent(StoredEvent Event);

/// <summary>Sees each block of a content as it is read, so that one read serves all.</summary>
public interface IByteObserver
{
    /// <summary>Takes the next block; blocks come in order and are not kept after the call.</summary>
    void Observe(ReadOnlySpan<byte> block);
}

/// <summary>Looks at a content as a whole, once it was read and before it is kept.</summary>
/// <remarks>Called once for each content that is read to its end, by the thread that keeps it. What it throws ends the deposit.</remarks>
public interface IContentObserver : IByteObserver
{
    /// <summary>Looks at a content that lies in memory; it is lent for the call.</summary>
    void ObserveWhole(Digest digest, ReadOnlyMemory<byte> bytes);

    /// <summary>Looks at a content that lies on disk in staging.</summary>
    /// <param name="digest">SHA-256.</param>
    /// <param name="content">Can seek; lent for the call.</param>
    void ObserveLarge(Digest digest, Stream content);
}

/// <summary>What a deposit says of a content that it keeps.</summary>
/// <param name="Digest">SHA-256.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="LargeObject">Its object id when it is a large object.</param>
public sealed record KeptContent(Digest Digest, long Length, Guid? LargeObject)
{
    /// <summary>SM3, computed in the same read; null when the deposit was not asked for it.</summary>
    public Sm3Digest? Sm3 { get; init; }
}

/// <summary>Sizes of a store.</summary>
/// <param name="Events">Leaves in the ledger.</param>
/// <param name="SealedPacks">Number of sealed packs.</param>
/// <param name="SealedBytes">Their bytes.</param>
/// <param name="OpenPacks">Number of open packs.</param>
/// <param name="OpenBytes">Their committed bytes: not sealed yet, so not copied and not covered by parity.</param>
/// <param name="LargeObjects">Number of large objects.</param>
/// <param name="LargeBytes">Bytes of their files.</param>
/// <param name="Frames">Places in the digest index.</param>
/// <param name="SuspectPacks">Open packs that are damaged and no longer written to.</param>
/// <param name="FreeBytes">Bytes free on the disk.</param>
public sealed record VaultStatistics(
    long Events, long SealedPacks, long SealedBytes, long OpenPacks, long OpenBytes, long LargeObjects, long LargeBytes, long Frames, long SuspectPacks, long FreeBytes);
