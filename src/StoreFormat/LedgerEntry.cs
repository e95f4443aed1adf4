using Lantai.Evidence;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>A leaf of the ledger: says that an event happened and commits to its record without showing it.</summary>
/// <param name="Sequence">Place in the ledger, from 0, without gaps.</param>
/// <param name="Type">Event type.</param>
/// <param name="Time">Time of the event.</param>
/// <param name="Subject">AIP id, pack name, or another random id.</param>
/// <param name="Previous">SHA-256 of the previous leaf's bytes; zeros for the first.</param>
/// <param name="Commitment">Digest of the record frame.</param>
/// <remarks>spec/formats/ledger.md, "Leaf".</remarks>
public sealed record LedgerEntry(long Sequence, string Type, DateTimeOffset Time, string Subject, Digest Previous, Digest Commitment)
{
    /// <summary>A leaf is shorter than this many bytes.</summary>
    public const int MaxSize = 65536;

    /// <summary>What the first leaf has as <see cref="Previous"/>.</summary>
    public static Digest NoPrevious { get; } = new(new byte[Digest.Size]);

    /// <summary>The canonical bytes.</summary>
    public byte[] ToBytes() => CanonicalJson.Write(new JsonMap()
        .Set("seq", Sequence).Set("type", Type).Set("time", Time).Set("subject", Subject).Set("prev", Previous).Set("commitment", Commitment));

    /// <summary>Reads a leaf; false when it is not canonical, lacks a member or is too long.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LedgerEntry entry)
    {
        entry = null!;
        if (bytes.Length >= MaxSize || !CanonicalJson.TryRead(bytes, out var map) || map.Members.Count != 6
            || map.Number("seq") is not ({ } sequence and >= 0) || map.Text("type") is not { } type || map.Time("time") is not { } time
            || map.Text("subject") is not { } subject || map.Digest("prev") is not { } previous || map.Digest("commitment") is not { } commitment)
        {
            return false;
        }

        entry = new LedgerEntry(sequence, type, time, subject, previous, commitment);
        return true;
    }

    /// <summary>Its hash in the RFC 6962 tree.</summary>
    public static Digest TreeHash(ReadOnlySpan<byte> leaf) => MerkleTree.LeafHash(leaf);
}
