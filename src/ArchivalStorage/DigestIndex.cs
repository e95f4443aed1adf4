using System.Buffers.Binary;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// Digest → where its frames lie. A cache of the packs: kept as sorted runs, brought up to date from what packs hold
/// beyond it, and made again from them when it is damaged or of another history.
/// </summary>
/// <remarks>spec/formats/index.md, "Digest index". Look-ups at any time; the rest under the vault's commit lock.</remarks>
internal sealed class DigestIndex : IDisposable
{
    public const string Folder = StoreLayout.Indexes + "/digests";
    private const int ValueLength = 12;

    private readonly SortedIndex _entries;

    private DigestIndex(SortedIndex entries) => _entries = entries;

    /// <summary>Number of places.</summary>
    public long Count => _entries.Count;

    /// <summary>What it stood for when it was opened or last written; null when it was just made.</summary>
    public IndexMark? Mark => _entries.Mark;

    /// <summary>Asked when entries become a run; null while the index is being made.</summary>
    public Func<IndexMark>? MarkNow
    {
        set => _entries.MarkNow = value;
    }

    /// <summary>Makes an empty one; an owner's takes the place of what is on disk.</summary>
    public static DigestIndex Create(IDisk disk, bool writes) => new(SortedIndex.Create(disk, Settings(writes)));

    /// <summary>Opens what is on disk; null when it cannot be used.</summary>
    public static DigestIndex? Open(IDisk disk, bool writes, out Finding? finding) =>
        SortedIndex.Open(disk, Settings(writes), out finding) is { } entries ? new DigestIndex(entries) : null;

    public static IndexSettings Settings(bool writes) => new(Folder, ValueLength, HasOneValue: false, writes);

    public void Add(Digest digest, FramePlace place)
    {
        Span<byte> value = stackalloc byte[ValueLength];
        BinaryPrimitives.WriteUInt32LittleEndian(value, place.Pack);
        BinaryPrimitives.WriteUInt32LittleEndian(value[4..], checked((uint)(place.Offset / FrameHeader.Alignment)));
        BinaryPrimitives.WriteUInt32LittleEndian(value[8..], checked((uint)(place.Length / FrameHeader.Alignment)));
        _entries.Put(digest, value);
    }

    /// <summary>Adds a place that may be known already.</summary>
    public void AddIfNew(Digest digest, FramePlace place)
    {
        if (!Find(digest).Contains(place))
        {
            Add(digest, place);
        }
    }

    /// <summary>All places of a digest; nothing is allocated when there is none.</summary>
    /// <exception cref="StorageException">The index is damaged: nothing is known of the digest.</exception>
    public IReadOnlyList<FramePlace> Find(Digest digest)
    {
        Span<byte> key = stackalloc byte[Digest.Size];
        digest.CopyTo(key);
        var found = new FoundValues(ValueLength, onlyFirst: false);
        _entries.Find(key, ref found);
        if (found.Count == 0)
        {
            return [];
        }

        var places = new FramePlace[found.Count];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = new FramePlace(
                BinaryPrimitives.ReadUInt32LittleEndian(found[i]), (long)BinaryPrimitives.ReadUInt32LittleEndian(found[i][4..]) * FrameHeader.Alignment,
                (long)BinaryPrimitives.ReadUInt32LittleEndian(found[i][8..]) * FrameHeader.Alignment);
        }

        return places;
    }

    public void Save(IndexMark mark) => _entries.Save(mark);

    public IReadOnlyList<Finding> Check() => _entries.Check();

    /// <summary>Ends its background work; look-ups go on.</summary>
    public void Stop() => _entries.Stop();

    public void Dispose() => _entries.Dispose();
}
