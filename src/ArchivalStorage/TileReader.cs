using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// Reads nodes of the tree out of its tiles, and keeps of each level the tile that was asked for last with all nodes that follow
/// from it: one audit path asks a tile eight times, and the next path mostly asks the same one.
/// </summary>
/// <remarks>spec/formats/tree.md. Not safe for concurrent use.</remarks>
internal sealed class TileReader(IDisk disk)
{
    private const int Levels = 8;

    private readonly Dictionary<int, (Tile Tile, Digest[][] Nodes)> _last = [];

    /// <summary>The hash of a complete subtree, in a tree of a size whose tiles are on disk.</summary>
    /// <exception cref="StorageException">The tile is not there or not whole.</exception>
    public Digest Node(ulong size, int level, ulong index)
    {
        // A tile at level t holds nodes of level 8t; nodes in between are computed from them.
        var tileLevel = level / Levels;
        var above = level - (tileLevel * Levels);
        var tileIndex = (index << above) / Tile.FullWidth;
        var available = (size >> (tileLevel * Levels)) - (tileIndex * Tile.FullWidth);
        var tile = new Tile(tileLevel, tileIndex, (int)Math.Min(Tile.FullWidth, available));
        if (!_last.TryGetValue(tileLevel, out var known) || known.Tile != tile)
        {
            known = _last[tileLevel] = (tile, Read(tile));
        }

        var place = index - ((tileIndex * Tile.FullWidth) >> above);
        return place < (ulong)known.Nodes[above].Length ? known.Nodes[above][place] : throw new StorageException(StorageProblem.NotFound, tile.Path);
    }

    private Digest[][] Read(Tile tile)
    {
        var bytes = LedgerFiles.Bytes(disk, StoreLayout.Ledger + "/" + tile.Path);
        if (bytes.Length != tile.Width * Digest.Size)
        {
            throw new StorageException(StorageProblem.NotFound, tile.Path);
        }

        var nodes = new Digest[Levels][];
        nodes[0] = new Digest[tile.Width];
        for (var i = 0; i < tile.Width; i++)
        {
            nodes[0][i] = new Digest(bytes.AsSpan(i * Digest.Size, Digest.Size));
        }

        for (var level = 1; level < Levels; level++)
        {
            var below = nodes[level - 1];
            nodes[level] = new Digest[below.Length / 2];
            for (var i = 0; i < nodes[level].Length; i++)
            {
                nodes[level][i] = MerkleTree.NodeHash(below[2 * i], below[(2 * i) + 1]);
            }
        }

        return nodes;
    }
}
