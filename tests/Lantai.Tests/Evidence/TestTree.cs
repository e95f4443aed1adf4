using System.Text;
using Lantai.Evidence;
using Lantai.Words;

namespace Lantai.Tests.Evidence;

/// <summary>A tree of the entries "0", "1", "2" … with all its complete subtrees, as tiles would hold them.</summary>
internal sealed class TestTree
{
    private readonly Dictionary<(int Level, ulong Index), Digest> _nodes = [];

    public TestTree(int size)
    {
        var range = new CompactRange((level, index, hash) => _nodes.Add((level, index), hash));
        Roots.Add(range.Root());
        for (var i = 0; i < size; i++)
        {
            range.Append(Leaf(i));
            Roots.Add(range.Root());
        }
    }

    /// <summary>The root of each size from 0.</summary>
    public List<Digest> Roots { get; } = [];

    public int NodeCount => _nodes.Count;

    public static Digest Leaf(int index) => MerkleTree.LeafHash(Encoding.ASCII.GetBytes($"{index}"));

    public Digest Read(int level, ulong index) => _nodes[(level, index)];

    /// <summary>The definition of RFC 6962 section 2.1, word for word and slow.</summary>
    public static Digest Definition(int begin, int end)
    {
        if (end - begin <= 1)
        {
            return begin == end ? MerkleTree.EmptyRoot : Leaf(begin);
        }

        var split = 1;
        while (split * 2 < end - begin)
        {
            split *= 2;
        }

        return MerkleTree.NodeHash(Definition(begin, begin + split), Definition(begin + split, end));
    }
}
