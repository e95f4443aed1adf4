using System.Numerics;
using Lantai.Words;

namespace Lantai.Evidence;

/// <summary>Reads the hash of a complete subtree.</summary>
/// <param name="level">0 for a leaf; the subtree has 2^level leaves.</param>
/// <param name="index">The index of the subtree within its level; its first leaf is index × 2^level.</param>
public delegate Digest NodeReader(int level, ulong index);

/// <summary>Makes and checks proofs that a leaf is in a tree and that a tree grew from another.</summary>
/// <remarks>
/// spec: <c>spec/formats/tree.md</c>. Source: RFC 9162 sections 2.1.3 and 2.1.4, with the hashes of RFC 6962.
/// Pure functions, safe for concurrent use. A proof is untrusted: whatever it holds, the answer is yes or no.
/// </remarks>
public static class MerkleProof
{
    /// <summary>Whether the proof leads from the leaf to the root.</summary>
    /// <param name="index">The leaf's index; an index outside the tree is refused.</param>
    /// <param name="size">The number of leaves under the root.</param>
    /// <param name="leafHash">The hash of the leaf.</param>
    /// <param name="proof">The hashes beside the path, lowest first.</param>
    /// <param name="root">The root that is trusted.</param>
    public static bool VerifyInclusion(ulong index, ulong size, Digest leafHash, IReadOnlyList<Digest> proof, Digest root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index >= size)
        {
            return false;
        }

        var path = new Climb(index, size - 1);
        var hash = leafHash;
        foreach (var sibling in proof)
        {
            if (path.AtRoot)
            {
                return false; // more hashes than the tree has levels
            }

            hash = path.IsRightOrLast ? MerkleTree.NodeHash(sibling, hash) : MerkleTree.NodeHash(hash, sibling);
            path = path.Up();
        }

        return path.AtRoot && hash == root;
    }

    /// <summary>Whether the proof shows that the larger tree begins with all leaves of the smaller one, in order.</summary>
    /// <remarks>
    /// Equal sizes need equal roots and no proof. Nothing can be proven from an empty tree, so a
    /// <paramref name="size1"/> of 0 is refused unless both are empty; every tree begins with no leaves anyway.
    /// </remarks>
    /// <param name="size1">The number of leaves of the smaller tree.</param>
    /// <param name="size2">The number of leaves of the larger tree; a smaller number is refused.</param>
    /// <param name="root1">The root of the smaller tree.</param>
    /// <param name="root2">The root of the larger tree.</param>
    /// <param name="proof">The hashes in the order of RFC 9162.</param>
    public static bool VerifyConsistency(ulong size1, ulong size2, Digest root1, Digest root2, IReadOnlyList<Digest> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (size1 == size2)
        {
            return proof.Count == 0 && root1 == root2 && (size1 != 0 || root1 == MerkleTree.EmptyRoot);
        }

        // A smaller tree of 2^k leaves is itself a node of the larger one, so its root need not be sent.
        var isNode = BitOperations.IsPow2(size1);
        if (size1 == 0 || size1 > size2 || (proof.Count == 0 && !isNode))
        {
            return false;
        }

        var path = new Climb(size1 - 1, size2 - 1).SkipRight();
        var hash1 = isNode ? root1 : proof[0];
        var hash2 = hash1;
        for (var i = isNode ? 0 : 1; i < proof.Count; i++)
        {
            if (path.AtRoot)
            {
                return false;
            }

            if (path.IsRightOrLast)
            {
                hash1 = MerkleTree.NodeHash(proof[i], hash1);
                hash2 = MerkleTree.NodeHash(proof[i], hash2);
            }
            else
            {
                hash2 = MerkleTree.NodeHash(hash2, proof[i]);
            }

            path = path.Up();
        }

        return path.AtRoot && hash1 == root1 && hash2 == root2;
    }

    /// <summary>Makes the proof that a leaf is in a tree.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the tree.</exception>
    public static IReadOnlyList<Digest> Inclusion(ulong index, ulong size, NodeReader nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = new List<Digest>();
        var (begin, end) = (0UL, size);
        while (end - begin > 1)
        {
            var cut = begin + Split(end - begin);
            if (index < cut)
            {
                proof.Add(Range(cut, end, nodes));
                end = cut;
            }
            else
            {
                proof.Add(Range(begin, cut, nodes));
                begin = cut;
            }
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>Makes the proof that the tree of <paramref name="size2"/> leaves grew from that of <paramref name="size1"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The smaller size is greater than the larger, or is 0 while the larger is not (there is nothing to prove).
    /// </exception>
    public static IReadOnlyList<Digest> Consistency(ulong size1, ulong size2, NodeReader nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size1, size2);
        if (size1 == size2)
        {
            return [];
        }

        ArgumentOutOfRangeException.ThrowIfZero(size1);
        var proof = new List<Digest>();
        var (begin, end) = (0UL, size2);
        while (end != size1)
        {
            var cut = begin + Split(end - begin);
            if (size1 <= cut)
            {
                proof.Add(Range(cut, end, nodes));
                end = cut;
            }
            else
            {
                proof.Add(Range(begin, cut, nodes));
                begin = cut;
            }
        }

        if (begin != 0)
        {
            proof.Add(Range(begin, end, nodes)); // else this hash is the smaller root, which the verifier has
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>The root of the tree of the first <paramref name="size"/> leaves.</summary>
    public static Digest Root(ulong size, NodeReader nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        return size == 0 ? MerkleTree.EmptyRoot : Range(0, size, nodes);
    }

    /// <summary>The largest power of two that is less than the count, which is at least 2.</summary>
    private static ulong Split(ulong count) => 1UL << BitOperations.Log2(count - 1);

    /// <summary>
    /// The hash over some leaves, of which there is at least one. Invariant: <paramref name="begin"/> is a multiple of
    /// the least power of two that is not less than their number, so that they fall into complete subtrees.
    /// </summary>
    private static Digest Range(ulong begin, ulong end, NodeReader nodes)
    {
        Span<Digest> peaks = stackalloc Digest[64];
        var count = 0;
        while (begin < end)
        {
            var level = BitOperations.Log2(end - begin);
            peaks[count++] = nodes(level, begin >> level);
            begin += 1UL << level;
        }

        var hash = peaks[count - 1];
        for (var i = count - 2; i >= 0; i--)
        {
            hash = MerkleTree.NodeHash(peaks[i], hash);
        }

        return hash;
    }

    /// <summary>A node on its way to the root: its index and that of the last node in its level.</summary>
    private readonly record struct Climb(ulong Index, ulong Last)
    {
        public bool AtRoot => Last == 0;

        /// <summary>Whether the next hash stands to the left: the node is a right child or the lone last one.</summary>
        public bool IsRightOrLast => IsRight || Index == Last;

        private bool IsRight => (Index & 1) == 1;

        /// <summary>To the parent; from a lone last node first through the levels where it has no sibling.</summary>
        public Climb Up()
        {
            var here = this;
            if (Index == Last)
            {
                while (!here.IsRight && here.Index != 0)
                {
                    here = here.Parent();
                }
            }

            return here.Parent();
        }

        /// <summary>Up while the node is a right child, so that it is the largest complete subtree that ends here.</summary>
        public Climb SkipRight()
        {
            var here = this;
            while (here.IsRight)
            {
                here = here.Parent();
            }

            return here;
        }

        private Climb Parent() => new(Index >> 1, Last >> 1);
    }
}
