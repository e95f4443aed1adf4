using System.Buffers;
using Lantai.Evidence;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>
/// Builds a manifest from entries in order, one shard in memory at a time. Where the predecessor cut its shards,
/// this one cuts too, so that an unchanged shard has the same bytes and is stored once; a range that outgrows
/// the limit is halved.
/// </summary>
/// <param name="keepShard">Called with the bytes of each finished shard; must keep them.</param>
/// <param name="cuts">The first path of each of the predecessor's shards, in order; empty for version 1.</param>
/// <remarks>spec/formats/manifest.md. Not safe for concurrent use.</remarks>
public sealed class ManifestWriter(Action<byte[]> keepShard, IReadOnlyList<EntryName> cuts)
{
    private readonly CompactRange _tree = new();
    private readonly List<byte[]> _open = [];
    private readonly List<ShardReference> _shards = [];
    private EntryName? _last;
    private int _nextCut = cuts.Count > 0 ? 1 : 0;
    private long _bytes;
    private long _files;
    private long _folders;

    /// <summary>Takes the next entry.</summary>
    /// <exception cref="ArgumentException">Its path does not come after the one before.</exception>
    public void Add(ManifestEntry entry)
    {
        if (_last is not null && entry.Name <= _last)
        {
            throw new ArgumentException($"'{entry.Name}' does not come after '{_last}'.", nameof(entry));
        }

        if (_nextCut < cuts.Count && _nextCut > 0 && entry.Name >= cuts[_nextCut])
        {
            Finish();
            while (_nextCut < cuts.Count && entry.Name >= cuts[_nextCut])
            {
                _nextCut++;
            }
        }

        _last = entry.Name;
        var bytes = entry.ToBytes();
        _tree.Append(MerkleTree.LeafHash(bytes));
        _open.Add(bytes);
        _bytes += entry.Length;
        _files += entry.Kind == EntryKind.File ? 1 : 0;
        _folders += entry.Kind == EntryKind.Folder ? 1 : 0;

        if (_open.Count > Manifest.MaxShard)
        {
            // Halving leaves both parts room to grow; the second half stays open.
            Emit(Manifest.MaxShard / 2);
        }
    }

    /// <summary>Ends the manifest.</summary>
    public Manifest Build(Guid aip, long version, Digest? predecessor)
    {
        Finish();
        return new Manifest(aip, version, predecessor, _bytes, _files, _folders, _tree.Root(), _shards);
    }

    private void Finish()
    {
        if (_open.Count > 0)
        {
            Emit(_open.Count);
        }
    }

    private void Emit(int count)
    {
        var shard = new ArrayBufferWriter<byte>(_open.Take(count).Sum(e => e.Length + 1));
        foreach (var entry in _open.Take(count))
        {
            shard.Write(entry);
            shard.Write("\n"u8);
        }

        var bytes = shard.WrittenSpan.ToArray();
        _open.RemoveRange(0, count);
        _shards.Add(new ShardReference(Digest.Of(bytes), count));
        keepShard(bytes);
    }
}
