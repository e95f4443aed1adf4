using System.Numerics;
using Lantai.Words;

namespace Lantai.Evidence;

/// <summary>
/// A Merkle tree that only grows, remembered by the roots of its complete subtrees: at most 64 hashes
/// for any number of leaves.
/// </summary>
/// <remarks>spec: <c>spec/formats/tree.md</c>. Not safe for concurrent use; <see cref="Copy"/> gives an independent one.</remarks>
public sealed class CompactRange
{
    private readonly List<Digest> _peaks;
    private readonly Action<int, ulong, Digest>? _onNode;

    /// <summary>Makes a tree without leaves.</summary>
    /// <param name="onNode">
    /// Told of every complete subtree as it is completed, leaves included: its level (the subtree has 2^level
    /// leaves), its index within the level, its hash. Leaves come before the nodes above them. It must not throw:
    /// the range would be left between two sizes.
    /// </param>
    public CompactRange(Action<int, ulong, Digest>? onNode = null)
    {
        _peaks = [];
        _onNode = onNode;
    }

    /// <summary>Takes up a tree of a known size by its peaks.</summary>
    /// <param name="size">The number of leaves.</param>
    /// <param name="peaks">The hashes of the complete subtrees that make it up, left (largest) to right.</param>
    /// <param name="onNode">Told of every subtree completed from now on.</param>
    /// <exception cref="ArgumentException">The number of peaks is not the number of one bits in the size.</exception>
    public CompactRange(ulong size, IReadOnlyList<Digest> peaks, Action<int, ulong, Digest>? onNode = null)
    {
        ArgumentNullException.ThrowIfNull(peaks);
        if (peaks.Count != BitOperations.PopCount(size))
        {
            throw new ArgumentException($"A tree of {size} leaves has {BitOperations.PopCount(size)} peaks, not {peaks.Count}.", nameof(peaks));
        }

        _peaks = [.. peaks];
        _onNode = onNode;
        Size = size;
    }

    /// <summary>The number of leaves.</summary>
    public ulong Size { get; private set; }

    /// <summary>The hashes of the complete subtrees, left (largest) to right, as they are now.</summary>
    public IReadOnlyList<Digest> Peaks => [.. _peaks];

    /// <summary>Adds a leaf by its hash (<see cref="MerkleTree.LeafHash"/>).</summary>
    /// <exception cref="OverflowException">The tree has 2^64 - 1 leaves already.</exception>
    public void Append(Digest leafHash)
    {
        var next = Size + 1;
        var index = Size;
        var level = 0;
        var hash = leafHash;
        _onNode?.Invoke(level, index, hash);
        while ((index & 1) == 1)
        {
            hash = MerkleTree.NodeHash(_peaks[^1], hash);
            _peaks.RemoveAt(_peaks.Count - 1);
            index >>= 1;
            level++;
            _onNode?.Invoke(level, index, hash);
        }

        _peaks.Add(hash);
        Size = next;
    }

    /// <summary>The root of the tree as it is now.</summary>
    public Digest Root()
    {
        if (_peaks.Count == 0)
        {
            return MerkleTree.EmptyRoot;
        }

        var root = _peaks[^1];
        for (var i = _peaks.Count - 2; i >= 0; i--)
        {
            root = MerkleTree.NodeHash(_peaks[i], root);
        }

        return root;
    }

    /// <summary>An independent tree of the same leaves that tells nobody of its nodes: to try what comes next.</summary>
    public CompactRange Copy() => new(Size, _peaks);
}
