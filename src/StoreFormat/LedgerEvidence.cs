using System.Text;
using Lantai.Evidence;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>All that shows one event to be in the ledger: what receipts and proofs carry.</summary>
/// <param name="Leaf">The leaf's text.</param>
/// <param name="Sequence">Its place in the ledger, from 0.</param>
/// <param name="RecordJson">The event record's canonical JSON, without the salt.</param>
/// <param name="Salt">The record's salt, 32 bytes.</param>
/// <param name="TreeSize">The number of leaves under the checkpoint; more than the sequence.</param>
/// <param name="Inclusion">Audit path from leaf to root.</param>
/// <param name="Checkpoint">The whole text of a signed checkpoint that covers the sequence.</param>
/// <param name="VerifierKey">The key that the log signs with now, as one line.</param>
/// <param name="Rotations">Texts of the signed <c>key rotated</c> statements, from the first key to the current one.</param>
/// <remarks>spec/formats/receipt.md, spec/formats/proof.md. Equal by reference of its parts. Immutable, safe for concurrent use.</remarks>
public sealed record LedgerEvidence(
    string Leaf, long Sequence, byte[] RecordJson, byte[] Salt, long TreeSize, IReadOnlyList<Digest> Inclusion,
    string Checkpoint, string VerifierKey, IReadOnlyList<string> Rotations)
{
    // A path of more hashes than a size has bits cannot be true.
    private const int MaxPath = 64;

    /// <summary>Sets the members that receipts and proofs share.</summary>
    internal void Write(JsonMap map) => _ = map
        .Set("leaf", Leaf).Set("sequence", Sequence).Set("record", Encoding.UTF8.GetString(RecordJson))
        .Set("salt", Convert.ToHexStringLower(Salt)).Set("checkpoint", Checkpoint).Set("inclusion", WritePath(Inclusion));

    /// <summary>Reads the members that receipts and proofs share; null when one is absent or malformed.</summary>
    internal static LedgerEvidence? Read(JsonMap map)
    {
        if (map.Text("leaf") is not { } leaf || map.Number("sequence") is not ({ } sequence and >= 0) || map.Text("record") is not { } record
            || map.Digest("salt") is not { } salt || map.Text("checkpoint") is not { } checkpoint || ReadPath(map, "inclusion") is not { } path
            || !TryReadCheckpoint(checkpoint, out _, out var head))
        {
            return null;
        }

        return new LedgerEvidence(leaf, sequence, Encoding.UTF8.GetBytes(record), salt.ToArray(), head.Size, path, checkpoint, "", []);
    }

    /// <summary>An audit path as a member's value.</summary>
    internal static IEnumerable<object> WritePath(IReadOnlyList<Digest> path) => path.Select(hash => (object)hash.ToString());

    /// <summary>An audit path; null when absent, malformed or longer than any path can be.</summary>
    internal static IReadOnlyList<Digest>? ReadPath(JsonMap map, string name)
    {
        if (map.List(name) is not { Count: <= MaxPath } list)
        {
            return null;
        }

        var path = new List<Digest>(list.Count);
        foreach (var item in list)
        {
            if (!Digest.TryParse(item as string, out var hash))
            {
                return null;
            }

            path.Add(hash);
        }

        return path;
    }

    /// <summary>Reads the text of a checkpoint with its signatures.</summary>
    internal static bool TryReadCheckpoint(string text, out SignedNote note, out Checkpoint head)
    {
        (note, head) = (null!, null!);
        if (!SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out var parsed) || !StoreFormat.Checkpoint.TryRead(parsed.Text, out head))
        {
            return false;
        }

        note = parsed;
        return true;
    }

    /// <summary>Whether salt and record are what the leaf commits to.</summary>
    internal bool IsCommittedBy(LedgerEntry leaf) => Digest.Of([.. Salt, .. RecordJson]) == leaf.Commitment;

    /// <summary>Whether the leaf stands at the sequence in the checkpoint's tree.</summary>
    internal bool IsIncludedIn(Checkpoint head, LedgerEntry leaf) =>
        leaf.Sequence == Sequence && TreeSize == head.Size
        && MerkleProof.VerifyInclusion((ulong)Sequence, (ulong)head.Size, LedgerEntry.TreeHash(Encoding.UTF8.GetBytes(Leaf)), Inclusion, head.Root);
}
