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
    private readonly ArrayBufferWriter<byte> _open = new(1024); // the entries of the shard that is being filled, each with its newline
    private readonly List<int> _ends = [];
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
        var start = _open.WrittenCount;
        entry.WriteTo(_open);
        _tree.Append(MerkleTree.LeafHash(_open.WrittenSpan[start..]));
        _open.Write("\n"u8);
        _ends.Add(_open.WrittenCount);
        _bytes += entry.Length;
        _files += entry.Kind == EntryKind.File ? 1 : 0;
        _folders += entry.Kind == EntryKind.Folder ? 1 : 0;

        if (_ends.Count > Manifest.MaxShard)
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
        if (_ends.Count > 0)
        {
            Emit(_ends.Count);
        }
    }

    private void Emit(int count)
    {
        var bytes = _open.WrittenSpan[.._ends[count - 1]].ToArray();
        var rest = _open.WrittenSpan[bytes.Length..].ToArray();
        _open.ResetWrittenCount();
        _open.Write(rest);
        _ends.RemoveRange(0, count);
        for (var i = 0; i < _ends.Count; i++)
        {
            _ends[i] -= bytes.Length;
        }

        _shards.Add(new ShardReference(Digest.Of(bytes), count));
        keepShard(bytes);
    }
}
