using System.Buffers.Binary;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>What a ledger trailer vouches for in one open pack.</summary>
/// <param name="Pack">Pack id.</param>
/// <param name="End">Where its committed bytes end.</param>
/// <param name="Batch">Its last batch.</param>
/// <param name="Commit">Its last commit hash.</param>
/// <remarks>spec/formats/ledger.md.</remarks>
public readonly record struct VouchedPack(Guid Pack, long End, ulong Batch, Digest Commit);

/// <summary>The end of a ledger batch: after it is on disk, the batch's events have happened.</summary>
/// <param name="Batch">Batch number, from 1, across segments.</param>
/// <param name="FirstSequence">Sequence of the batch's first leaf.</param>
/// <param name="Count">Number of leaves.</param>
/// <param name="Packs">All open packs that hold committed bytes, sorted by id.</param>
/// <param name="Previous">Hash of the previous trailer; zeros for the first.</param>
/// <param name="Hash">Hash over all bytes of the batch.</param>
/// <remarks>spec/formats/ledger.md, tag BTCH.</remarks>
public sealed record BatchTrailer(ulong Batch, long FirstSequence, int Count, IReadOnlyList<VouchedPack> Packs, Digest Previous, Digest Hash)
{
    /// <summary>The most open packs that a trailer names.</summary>
    public const int MaxPacks = 64;

    private const int PackSize = 64;

    /// <summary>Writes a whole batch: leaf items and the trailer item.</summary>
    /// <param name="leaves">The leaves' bytes, in order, at least one.</param>
    /// <param name="trailer">Number, first sequence, packs and previous hash; count and hash are computed.</param>
    /// <param name="complete">The trailer as it was written.</param>
    public static byte[] WriteBatch(IReadOnlyList<byte[]> leaves, BatchTrailer trailer, out BatchTrailer complete)
    {
        var packs = trailer.Packs.OrderBy(p => p.Pack.ToString("N"), StringComparer.Ordinal).ToList();
        if (packs.Count > MaxPacks)
        {
            throw new ArgumentException($"A trailer names at most {MaxPacks} open packs, not {packs.Count}.", nameof(trailer));
        }

        var body = 24 + (packs.Count * PackSize) + 64;
        var bytes = new byte[leaves.Sum(l => LedgerItem.Length(l.Length)) + LedgerItem.Length(body)];
        var at = 0;
        foreach (var leaf in leaves)
        {
            LedgerItem.Start(bytes.AsSpan(at), LedgerItem.LeafTag, leaf.Length);
            leaf.CopyTo(bytes.AsSpan(at + LedgerItem.HeaderSize));
            at += LedgerItem.Length(leaf.Length);
        }

        LedgerItem.Start(bytes.AsSpan(at), LedgerItem.TrailerTag, body);
        var span = bytes.AsSpan(at + LedgerItem.HeaderSize, body);
        BinaryPrimitives.WriteUInt64LittleEndian(span, trailer.Batch);
        BinaryPrimitives.WriteInt64LittleEndian(span[8..], trailer.FirstSequence);
        BinaryPrimitives.WriteInt32LittleEndian(span[16..], leaves.Count);
        BinaryPrimitives.WriteInt32LittleEndian(span[20..], packs.Count);
        for (var i = 0; i < packs.Count; i++)
        {
            var pack = span.Slice(24 + (i * PackSize), PackSize);
            _ = packs[i].Pack.TryWriteBytes(pack, bigEndian: true, out _);
            BinaryPrimitives.WriteInt64LittleEndian(pack[16..], packs[i].End);
            BinaryPrimitives.WriteUInt64LittleEndian(pack[24..], packs[i].Batch);
            packs[i].Commit.CopyTo(pack[32..]);
        }

        trailer.Previous.CopyTo(span[^64..]);
        var hash = Digest.Of(bytes.AsSpan(0, at + LedgerItem.HeaderSize + body - Digest.Size));
        hash.CopyTo(span[^32..]);
        complete = trailer with { Count = leaves.Count, Packs = packs, Hash = hash };
        return bytes;
    }

    /// <summary>Reads a trailer's body; false when it has not the form. The hash is read, not judged.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out BatchTrailer trailer)
    {
        trailer = null!;
        if (body.Length < 88)
        {
            return false;
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(body[16..]);
        var packs = BinaryPrimitives.ReadInt32LittleEndian(body[20..]);
        var first = BinaryPrimitives.ReadInt64LittleEndian(body[8..]);
        if (count <= 0 || first < 0 || packs is < 0 or > MaxPacks || body.Length != 24 + (packs * PackSize) + 64)
        {
            return false;
        }

        var list = new VouchedPack[packs];
        for (var i = 0; i < packs; i++)
        {
            var pack = body.Slice(24 + (i * PackSize), PackSize);
            list[i] = new VouchedPack(
                new Guid(pack[..16], bigEndian: true), BinaryPrimitives.ReadInt64LittleEndian(pack[16..]),
                BinaryPrimitives.ReadUInt64LittleEndian(pack[24..]), new Digest(pack[32..]));
        }

        trailer = new BatchTrailer(
            BinaryPrimitives.ReadUInt64LittleEndian(body), first, count, list, new Digest(body[^64..^32]), new Digest(body[^32..]));
        return true;
    }
}

/// <summary>An item of a segment: a leaf or a trailer, with its length and tag.</summary>
/// <remarks>spec/formats/ledger.md.</remarks>
public static class LedgerItem
{
    /// <summary>Bytes before an item's body.</summary>
    public const int HeaderSize = 8;

    /// <summary>The tag of a leaf.</summary>
    public static ReadOnlySpan<byte> LeafTag => "LEAF"u8;

    /// <summary>The tag of a trailer.</summary>
    public static ReadOnlySpan<byte> TrailerTag => "BTCH"u8;

    /// <summary>Length of an item with a body of the given length: a multiple of 8.</summary>
    public static int Length(int body) => (HeaderSize + body + 7) / 8 * 8;

    /// <summary>Writes length and tag.</summary>
    public static void Start(Span<byte> item, ReadOnlySpan<byte> tag, int body)
    {
        BinaryPrimitives.WriteInt32LittleEndian(item, body);
        tag.CopyTo(item[4..]);
    }

    /// <summary>Reads the item at the start of the bytes; false when it is none, is cut off, or its padding is not zero.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out bool isTrailer, out ReadOnlySpan<byte> body, out int length)
    {
        isTrailer = false;
        body = default;
        length = 0;
        if (bytes.Length < HeaderSize)
        {
            return false;
        }

        var size = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        isTrailer = bytes.Slice(4, 4).SequenceEqual(TrailerTag);
        if (size is <= 0 or >= LedgerEntry.MaxSize || (!isTrailer && !bytes.Slice(4, 4).SequenceEqual(LeafTag)) || bytes.Length < Length(size))
        {
            return false;
        }

        length = Length(size);
        body = bytes.Slice(HeaderSize, size);
        return !bytes[(HeaderSize + size)..length].ContainsAnyExcept((byte)0);
    }
}
