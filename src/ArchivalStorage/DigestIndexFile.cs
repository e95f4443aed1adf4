using System.Buffers.Binary;
using System.Text;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>The digest index as a file: watermark, table of packs, sorted entries of 44 bytes, SHA-256 of it all.</summary>
/// <remarks>spec/formats/index.md, "Digest index". Immutable, safe for concurrent use.</remarks>
internal sealed class DigestIndexFile
{
    public const string Path = StoreLayout.Indexes + "/digests.idx";
    private const int HeaderSize = 72;
    private const int PackSize = 96;
    private const int EntrySize = 44;

    private readonly byte[] _bytes;
    private readonly int _entries;

    private DigestIndexFile(byte[] bytes, long ledgerSize, Digest lastLeaf, int packs, long count)
    {
        _bytes = bytes;
        LedgerSize = ledgerSize;
        LastLeaf = lastLeaf;
        Packs = packs;
        Count = count;
        _entries = HeaderSize + (packs * PackSize);
    }

    public long LedgerSize { get; }

    public Digest LastLeaf { get; }

    public int Packs { get; }

    public long Count { get; }

    private static ReadOnlySpan<byte> Magic => "LANTAI DIGEST 1\n"u8;

    public static byte[] Write(long ledgerSize, Digest lastLeaf, PackTable packs, DigestIndex index)
    {
        var places = packs.All;
        var sorted = index.Sorted();
        var bytes = new byte[checked(HeaderSize + (places.Count * PackSize) + (sorted.Count * EntrySize) + Digest.Size)];
        var span = bytes.AsSpan();
        Magic.CopyTo(span);
        BinaryPrimitives.WriteInt64LittleEndian(span[16..], ledgerSize);
        lastLeaf.CopyTo(span[24..]);
        BinaryPrimitives.WriteInt64LittleEndian(span[56..], places.Count);
        BinaryPrimitives.WriteInt64LittleEndian(span[64..], sorted.Count);
        for (var i = 0; i < places.Count; i++)
        {
            var at = span.Slice(HeaderSize + (i * PackSize), PackSize);
            _ = places[i].Id.TryWriteBytes(at, bigEndian: true, out _);
            places[i].Sealed?.CopyTo(at[16..]);
            _ = Encoding.ASCII.GetBytes(places[i].Group, at[48..]);
        }

        var entries = span[(HeaderSize + (places.Count * PackSize))..];
        for (var i = 0; i < sorted.Count; i++)
        {
            var at = entries.Slice(i * EntrySize, EntrySize);
            sorted[i].Digest.CopyTo(at);
            BinaryPrimitives.WriteUInt32LittleEndian(at[32..], sorted[i].Place.Pack);
            BinaryPrimitives.WriteUInt32LittleEndian(at[36..], checked((uint)(sorted[i].Place.Offset / FrameHeader.Alignment)));
            BinaryPrimitives.WriteUInt32LittleEndian(at[40..], checked((uint)(sorted[i].Place.Length / FrameHeader.Alignment)));
        }

        Digest.Of(span[..^Digest.Size]).CopyTo(span[^Digest.Size..]);
        return bytes;
    }

    /// <summary>Reads a file; null when it is damaged.</summary>
    public static DigestIndexFile? TryRead(byte[] bytes)
    {
        if (bytes.Length < HeaderSize + Digest.Size || !bytes.AsSpan().StartsWith(Magic)
            || Digest.Of(bytes.AsSpan(0, bytes.Length - Digest.Size)) != new Digest(bytes.AsSpan(bytes.Length - Digest.Size)))
        {
            return null;
        }

        var packs = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(56));
        var count = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(64));
        return packs is >= 0 and < int.MaxValue && count >= 0 && bytes.Length == HeaderSize + (packs * PackSize) + (count * EntrySize) + Digest.Size
            ? new DigestIndexFile(bytes, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)), new Digest(bytes.AsSpan(24, 32)), (int)packs, count)
            : null;
    }

    public IEnumerable<PackPlace> ReadPacks()
    {
        for (var i = 0; i < Packs; i++)
        {
            var at = _bytes.AsMemory(HeaderSize + (i * PackSize), PackSize);
            var name = at.Span.Slice(16, 32);
            yield return new PackPlace(
                new Guid(at.Span[..16], bigEndian: true),
                Encoding.ASCII.GetString(at.Span[48..]).TrimEnd('\0'),
                name.ContainsAnyExcept((byte)0) ? new Digest(name) : null);
        }
    }

    public IReadOnlyList<FramePlace> Find(Digest digest)
    {
        var (low, high) = (0L, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (DigestAt(middle) < digest)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        if (low == Count || DigestAt(low) != digest)
        {
            return [];
        }

        var places = new List<FramePlace>();
        for (; low < Count && DigestAt(low) == digest; low++)
        {
            places.Add(PlaceAt(low));
        }

        return places;
    }

    public IEnumerable<(Digest Digest, FramePlace Place)> Entries()
    {
        for (var i = 0L; i < Count; i++)
        {
            yield return (DigestAt(i), PlaceAt(i));
        }
    }

    private ReadOnlySpan<byte> At(long index) => _bytes.AsSpan(checked((int)(_entries + (index * EntrySize))), EntrySize);

    private Digest DigestAt(long index) => new(At(index)[..Digest.Size]);

    private FramePlace PlaceAt(long index) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(At(index)[32..]),
        (long)BinaryPrimitives.ReadUInt32LittleEndian(At(index)[36..]) * FrameHeader.Alignment,
        (long)BinaryPrimitives.ReadUInt32LittleEndian(At(index)[40..]) * FrameHeader.Alignment);
}
