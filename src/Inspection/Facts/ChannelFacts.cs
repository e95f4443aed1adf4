using Lantai.RecordsManagement;

namespace Lantai.Inspection;

/// <summary>How a package came, and what was said of it on the way.</summary>
/// <param name="Source">The source system that sent it.</param>
/// <param name="Channel">Through the network or on a medium.</param>
/// <remarks>Immutable. R6-2, R9-6.</remarks>
public sealed record ChannelFacts(string Source, SourceChannel Channel)
{
    /// <summary>Why it comes on a medium though its source is online; null when nobody had to say.</summary>
    public string? OfflineReason { get; init; }

    /// <summary>The digest of the package that the sender declared, such as <c>sm3:…</c> or <c>sha256:…</c>; null when it declared none.</summary>
    public string? DeclaredDigest { get; init; }

    /// <summary>The digest of the package in the declared algorithm, as computed on receipt, in the same form; null when none was declared.</summary>
    public string? ReceivedDigest { get; init; }

    /// <summary>The number of items in the archiving register (电子文件归档登记表) that came with it; null when none came.</summary>
    public long? DeclaredItems { get; init; }

    /// <summary>The number of bytes there; null when none came.</summary>
    public long? DeclaredBytes { get; init; }

    /// <summary>By what approval it is kept longer than the schedule says (R7-4); null for none.</summary>
    public string? Approval { get; init; }

    /// <summary>Whether it was declared to be a further version of a case that is held: a supplement or a change (补正, 变更).</summary>
    public bool IsFurtherVersion { get; init; }

    /// <summary>Whether the channel proved who sent it: a key, an account, a signed request.</summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>Whether it is not sent yet, and somebody asks beforehand what would become of it: nothing is known then of the sending itself.</summary>
    public bool IsForeseen { get; init; }

    /// <summary>The person who operated it; null when a system did.</summary>
    public string? Operator { get; init; }

    /// <summary>When the sender says that it was sent; null when it does not.</summary>
    public DateTimeOffset? Sent { get; init; }

    /// <summary>When it was received whole.</summary>
    public DateTimeOffset? Received { get; init; }
}
