namespace Lantai.RecordsManagement;

/// <summary>How packages come from a source system.</summary>
public enum SourceChannel
{
    /// <summary>Through the network, as soon as a case is completed.</summary>
    Online,

    /// <summary>On media.</summary>
    Offline,
}

/// <summary>Whether a source system may submit.</summary>
public enum SourceState
{
    /// <summary>It may.</summary>
    Enabled,

    /// <summary>Not for the time being.</summary>
    Disabled,

    /// <summary>Never again: it was taken out of service.</summary>
    Withdrawn,
}

/// <summary>A public key or certificate of a source system, as it was given. Whether it is good is for others to say.</summary>
/// <param name="Form"><c>certificate</c> or <c>public-key</c>.</param>
/// <param name="Text">PEM, as it was given.</param>
/// <param name="Fingerprint">SHA-256 of the DER bytes, in hexadecimal.</param>
public sealed record SourceKey(string Form, string Text, string Fingerprint);

/// <summary>A system that handles cases and submits them (政务服务办理系统).</summary>
/// <param name="Id">Its id: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 64.</param>
/// <param name="Agency">Credit code of the agency that answers for it.</param>
/// <param name="Channel">How packages come from it.</param>
/// <param name="OfflineReason">Why it cannot be online (<c>NoOnline</c>); null when it can.</param>
/// <param name="Items">Codes of the service items that it may submit; empty for all of its agency.</param>
/// <param name="Key">Its key; null when the channel alone tells who it is.</param>
public sealed record SourceSystem(string Id, string Agency, SourceChannel Channel, string? OfflineReason, IReadOnlyList<string> Items, SourceKey? Key)
{
    /// <summary>Whether it may submit.</summary>
    public SourceState State { get; init; }

    /// <summary>Why it is in this state; null when nobody had to say.</summary>
    public string? StateReason { get; init; }

    /// <summary>Whether the two are the same registration in the same state.</summary>
    public bool Equals(SourceSystem? other) =>
        other is not null && (Id, Agency, Channel, OfflineReason, Key, State, StateReason) == (other.Id, other.Agency, other.Channel, other.OfflineReason, other.Key, other.State, other.StateReason)
        && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Agency, State);
}
