using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// The RFC 6962 tree over the leaves and its tiles. Tiles are written when a checkpoint is; between checkpoints the
/// new nodes are in memory.
/// </summary>
/// <remarks>spec/formats/tree.md and checkpoint.md. Guarded by the ledger.</remarks>
internal sealed class LedgerTree
{
    private const int BundlesAtHand = 16; // some 90 KiB each: those who come back in the order of the ledger read each once
    private const int TileLevels = 8; // of the tree, from a leaf to the top of its tile

    private readonly IDisk _disk;
    private readonly TileReader _tiles;
    private readonly Dictionary<(int Level, ulong Index), Digest> _fresh = [];
    private readonly List<byte[]> _freshLeaves = [];
    private readonly (ulong Index, IReadOnlyList<byte[]> Entries)?[] _bundles = new (ulong, IReadOnlyList<byte[]>)?[BundlesAtHand];
    private CompactRange _range;

    private LedgerTree(IDisk disk, TileReader tiles, ulong published, IReadOnlyList<Digest> peaks)
    {
        (_disk, _tiles) = (disk, tiles);
        Published = published;
        _range = new CompactRange(published, peaks, Note);
    }

    /// <summary>Number of leaves.</summary>
    public long Size => checked((long)_range.Size);

    /// <summary>Size of the tree whose tiles are on disk.</summary>
    public ulong Published { get; private set; }

    public Digest Root => _range.Root();

    /// <summary>An empty tree: all tiles will be written again.</summary>
    public static LedgerTree Empty(IDisk disk) => new(disk, new TileReader(disk), 0, []);

    /// <summary>Goes on from the tiles of a published size; null when they do not give the checkpoint's root.</summary>
    public static LedgerTree? Resume(IDisk disk, Checkpoint checkpoint)
    {
        var size = checked((ulong)checkpoint.Size);
        var tiles = new TileReader(disk);
        try
        {
            var peaks = new List<Digest>();
            var start = 0UL;
            for (var level = 63; level >= 0; level--)
            {
                if ((size >> level & 1) == 1)
                {
                    peaks.Add(tiles.Node(size, level, start >> level));
                    start += 1UL << level;
                }
            }

            var tree = new LedgerTree(disk, tiles, size, peaks);
            return tree.Root == checkpoint.Root ? tree : null;
        }
        catch (StorageException)
        {
            return null; // tiles are a cache: the leaves give them again
        }
    }

    public void Append(byte[] leaf)
    {
        _freshLeaves.Add(leaf);
        _range.Append(MerkleTree.LeafHash(leaf));
    }

    /// <summary>The hash of a complete subtree.</summary>
    public Digest Node(int level, ulong index) =>
        _fresh.TryGetValue((level, index), out var hash) ? hash : _tiles.Node(Published, level, index);

    /// <summary>A published leaf out of its bundle, when the tiles above it lead to the root; null else: bundles are a cache.</summary>
    public byte[]? PublishedLeaf(long sequence)
    {
        var index = checked((ulong)sequence);
        if (index >= Published)
        {
            return null;
        }

        try
        {
            var tile = new Tile(Tile.Entries, index / Tile.FullWidth, (int)Math.Min(Tile.FullWidth, Published - (index / Tile.FullWidth * Tile.FullWidth)));
            if (!tile.IsPartial)
            {
                return FullBundle(tile)?[(int)(index % Tile.FullWidth)];
            }

            var path = StoreLayout.Ledger + "/" + tile.Path;
            if (!_disk.Exists(path) || !EntryBundle.TryRead(LedgerFiles.Bytes(_disk, path), out var entries) || entries.Count != tile.Width)
            {
                return null;
            }

            var leaf = entries[(int)(index % Tile.FullWidth)];
            var proof = MerkleProof.Inclusion(index, _range.Size, Node);
            return MerkleProof.VerifyInclusion(index, _range.Size, MerkleTree.LeafHash(leaf), proof, Root) ? leaf : null;
        }
        catch (StorageException)
        {
            return null; // the segments hold it too
        }
    }

    /// <summary>The entries of a full bundle, when all of them together lead to the root; null else.</summary>
    private IReadOnlyList<byte[]>? FullBundle(Tile tile)
    {
        ref var atHand = ref _bundles[tile.Index % BundlesAtHand];
        if (atHand is { } known && known.Index == tile.Index)
        {
            return known.Entries;
        }

        var path = StoreLayout.Ledger + "/" + tile.Path;
        if (!_disk.Exists(path) || !EntryBundle.TryRead(LedgerFiles.Bytes(_disk, path), out var entries) || entries.Count != Tile.FullWidth)
        {
            return null;
        }

        var hash = new CompactRange();
        foreach (var entry in entries)
        {
            hash.Append(MerkleTree.LeafHash(entry));
        }

        // The bundle is a complete subtree: what lies beside its own path is a leaf's proof without the part inside of it.
        var first = tile.Index * Tile.FullWidth;
        var proof = MerkleProof.Inclusion(
            first, _range.Size, (level, index) => level < TileLevels && (index << level) / Tile.FullWidth == tile.Index ? default : Node(level, index));
        if (!MerkleProof.VerifyInclusion(tile.Index, ((_range.Size - 1) / Tile.FullWidth) + 1, hash.Root(), [.. proof.Skip(TileLevels)], Root))
        {
            return null;
        }

        atHand = (tile.Index, entries);
        return entries;
    }

    /// <summary>
    /// Writes the tiles between the published size and now. Gives the paths of partial tiles that they replace: the old
    /// checkpoint needs those until the new one is on disk.
    /// </summary>
    public IReadOnlyList<string> WriteTiles()
    {
        var size = _range.Size;
        var old = Tile.ForSize(Published).Where(t => t.Width < 256).ToList();
        foreach (var tile in Tile.New(Published, size))
        {
            _disk.Replace(StoreLayout.Ledger + "/" + tile.Path, tile.Level < 0 ? Bundle(tile) : Hashes(tile));
        }

        Published = size;
        _fresh.Clear();
        _freshLeaves.Clear();
        return [.. old.Except(Tile.ForSize(size)).Select(t => StoreLayout.Ledger + "/" + t.Path)];
    }

    private void Note(int level, ulong index, Digest hash) => _fresh[(level, index)] = hash;

    private byte[] Hashes(Tile tile)
    {
        var bytes = new byte[tile.Width * Digest.Size];
        for (var i = 0; i < tile.Width; i++)
        {
            Node(tile.Level * 8, (tile.Index * 256) + (ulong)i).CopyTo(bytes.AsSpan(i * Digest.Size));
        }

        return bytes;
    }

    /// <summary>A published bundle, if its entries are the leaves that the tree holds; else they come from the segments: bundles are a cache.</summary>
    private IReadOnlyList<byte[]> ReadBundle(Tile tile)
    {
        var path = StoreLayout.Ledger + "/" + tile.Path;
        if (_disk.Exists(path) && EntryBundle.TryRead(LedgerFiles.Bytes(_disk, path), out var known) && known.Count == tile.Width
            && known.Select((leaf, i) => MerkleTree.LeafHash(leaf) == Node(0, (tile.Index * 256) + (ulong)i)).All(same => same))
        {
            return known;
        }

        return [.. LedgerFiles.Leaves(_disk, checked((long)tile.Index * 256)).Take(tile.Width).Select(l => l.Bytes)];
    }

    private byte[] Bundle(Tile tile)
    {
        var first = tile.Index * 256;
        var entries = new List<ReadOnlyMemory<byte>>();
        if (first < Published)
        {
            // The bundle began before: its first entries are in the partial one that is being replaced.
            entries.AddRange(ReadBundle(new Tile(-1, tile.Index, (int)Math.Min(256UL, Published - first))).Select(k => (ReadOnlyMemory<byte>)k));
        }

        var skip = first < Published ? 0 : (int)(first - Published);
        entries.AddRange(_freshLeaves.Skip(skip).Take(tile.Width - entries.Count).Select(l => (ReadOnlyMemory<byte>)l));
        return EntryBundle.Write(entries);
    }
}
