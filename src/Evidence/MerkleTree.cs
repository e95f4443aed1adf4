using System.Buffers;
using Lantai.Words;

namespace Lantai.Evidence;

/// <summary>The hashes of the Merkle tree that the ledger is: leaves and inner nodes.</summary>
/// <remarks>
/// spec: <c>spec/formats/tree.md</c>. Source: RFC 6962 section 2.1, with SHA-256. Pure functions, safe for
/// concurrent use; none leaves garbage on the heap.
/// </remarks>
public static class MerkleTree
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private const int OnStack = 1024;

    /// <summary>The root of the tree without leaves: the SHA-256 of no bytes.</summary>
    public static Digest EmptyRoot { get; } = Digest.Of([]);

    /// <summary>The hash of a leaf: SHA-256 of a zero byte and the leaf's bytes.</summary>
    /// <param name="leaf">The entry as it lies in the tree; any length below 2^31 - 1 bytes.</param>
    public static Digest LeafHash(ReadOnlySpan<byte> leaf)
    {
        if (leaf.Length < OnStack)
        {
            Span<byte> small = stackalloc byte[OnStack];
            return HashIn(small, leaf);
        }

        var rented = ArrayPool<byte>.Shared.Rent(leaf.Length + 1);
        try
        {
            return HashIn(rented, leaf);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The hash of an inner node: SHA-256 of a one byte and the hashes of its two children.</summary>
    public static Digest NodeHash(Digest left, Digest right)
    {
        Span<byte> preimage = stackalloc byte[1 + (2 * Digest.Size)];
        preimage[0] = NodePrefix;
        left.CopyTo(preimage[1..]);
        right.CopyTo(preimage[(1 + Digest.Size)..]);
        return Digest.Of(preimage);
    }

    private static Digest HashIn(Span<byte> space, ReadOnlySpan<byte> leaf)
    {
        space[0] = LeafPrefix;
        leaf.CopyTo(space[1..]);
        return Digest.Of(space[..(leaf.Length + 1)]);
    }
}
