using Lantai.Evidence.Certificates;

namespace Lantai.Evidence.Signatures;

/// <summary>What is asked of a received signature, and what may be used to answer. Nothing is ever fetched.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed record EvidenceQuestion
{
    /// <summary>The certificates that are trusted for signers.</summary>
    public required IReadOnlyList<Certificate> Anchors { get; init; }

    /// <summary>The certificates that are trusted for time stamping authorities; those for signers when null.</summary>
    public IReadOnlyList<Certificate>? StampAnchors { get; init; }

    /// <summary>The time of the judgement.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// Since when the archive itself can prove that it holds the signature, such as the time of its event in the ledger; null when it
    /// cannot. Counts like a trusted time stamp of that time.
    /// </summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>Other certificates, in any order; untrusted.</summary>
    public IReadOnlyList<Certificate> Others { get; init; } = [];

    /// <summary>Revocation lists, in any order; untrusted.</summary>
    public IReadOnlyList<RevocationList> RevocationLists { get; init; } = [];

    /// <summary>Answers of OCSP responders, in any order; untrusted.</summary>
    public IReadOnlyList<OcspResponse> OcspResponses { get; init; } = [];

    /// <summary>Time stamp tokens of the signature that came beside it, as they were received; untrusted.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> TimeStamps { get; init; } = [];

    /// <summary>Whether a certificate of which nothing says that it was not revoked is told as that.</summary>
    public bool NeedsRevocation { get; init; } = true;

    // Our own first: what came with a message is its sender's choice, and only so much is looked at.
    internal ChainQuestion For(DateTimeOffset at, SignedMessage? message) => new()
    {
        Anchors = Anchors,
        At = at,
        Others = [.. Others, .. message?.Certificates ?? []],
        RevocationLists = [.. RevocationLists, .. message?.RevocationLists ?? []],
        OcspResponses = [.. OcspResponses, .. message?.OcspResponses ?? []],
        NeedsRevocation = NeedsRevocation,
    };
}
