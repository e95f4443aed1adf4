using System.Buffers.Binary;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>The first 4096 bytes of a large object's file.</summary>
/// <param name="Store">The store that wrote it.</param>
/// <param name="Id">Random object id: what leaves, records and receipts call it.</param>
/// <param name="Created">Time of creation.</param>
/// <remarks>spec/formats/large-object.md, "Header".</remarks>
public sealed record LargeObjectHeader(Guid Store, Guid Id, DateTimeOffset Created)
{
    /// <summary>Length of the header; the payload starts here.</summary>
    public const int Size = 4096;

    private static ReadOnlySpan<byte> Magic => "LANTAI FILE 1\r\n\u001a"u8;

    private const string HowToRead =
        """
        This is one large file in the Lantai preservation store. Its content follows this header
        of 4096 bytes, raw and in one piece. The name of this file is the SHA-256 of the content.
        The content's length N stands, little-endian, in 8 bytes that begin 128 bytes before the
        end of this file. So:

            tail -c +4097 THIS-FILE | head -c N > content      and      sha256sum content

        The full description lies in the folder spec/ of the store and begins with README.md.
        """;

    /// <summary>The 4096 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = HeaderText.Start(Magic, HowToRead);
        _ = Store.TryWriteBytes(bytes.AsSpan(32), bigEndian: true, out _);
        _ = Id.TryWriteBytes(bytes.AsSpan(48), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(64), Created.ToUnixTimeMilliseconds());
        HeaderText.Finish(bytes);
        return bytes;
    }

    /// <summary>Reads a header; false when it is bad or asks for what this reader does not know.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LargeObjectHeader header)
    {
        header = null!;
        if (!HeaderText.IsWhole(bytes, Magic) || bytes[74..160].ContainsAnyExcept((byte)0)
            || !HeaderText.AreFeaturesKnown(bytes, BinaryPrimitives.ReadUInt16LittleEndian(bytes[72..])))
        {
            return false;
        }

        var created = BinaryPrimitives.ReadInt64LittleEndian(bytes[64..]);
        if (created is < 0 or > 253402300799999)
        {
            return false;
        }

        header = new LargeObjectHeader(
            new Guid(bytes.Slice(32, 16), bigEndian: true), new Guid(bytes.Slice(48, 16), bigEndian: true),
            DateTimeOffset.FromUnixTimeMilliseconds(created));
        return true;
    }
}

/// <summary>The last 160 bytes of a large object's file.</summary>
/// <param name="Id">Object id.</param>
/// <param name="Length">Length N of the content.</param>
/// <param name="Content">SHA-256 of the content.</param>
/// <param name="Table">SHA-256 of the table.</param>
/// <remarks>spec/formats/large-object.md, "Trailer".</remarks>
public sealed record LargeObjectTrailer(Guid Id, long Length, Digest Content, Digest Table)
{
    /// <summary>Length of the trailer in bytes.</summary>
    public const int Size = 160;

    /// <summary>Length of the blocks that the table speaks of.</summary>
    public const int BlockSize = 16 * 1024 * 1024;

    /// <summary>Length of a table entry: XXH3-64 and SHA-256 of a block.</summary>
    public const int TableEntrySize = 40;

    private static ReadOnlySpan<byte> Magic => "LANTAI FILE END\n"u8;

    /// <summary>Number of blocks.</summary>
    public long Blocks => (Length + BlockSize - 1) / BlockSize;

    /// <summary>Offset of the table: the end of the content, rounded up to a multiple of 16.</summary>
    public long TableOffset => (LargeObjectHeader.Size + Length + 15) / 16 * 16;

    /// <summary>Length of the whole file.</summary>
    public long FileLength => TableOffset + (Blocks * TableEntrySize) + Size;

    /// <summary>The 160 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Magic.CopyTo(bytes);
        _ = Id.TryWriteBytes(bytes.AsSpan(16), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), BlockSize);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(48), Blocks);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(56), TableOffset);
        Content.CopyTo(bytes.AsSpan(64));
        Table.CopyTo(bytes.AsSpan(96));
        Digest.Of(bytes.AsSpan(0, 128)).CopyTo(bytes.AsSpan(128));
        return bytes;
    }

    /// <summary>Reads a trailer; false when it has not the form, its digest differs or its numbers do not agree.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LargeObjectTrailer trailer)
    {
        trailer = null!;
        if (bytes.Length != Size || !bytes.StartsWith(Magic) || Digest.Of(bytes[..128]) != new Digest(bytes[128..]))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]);
        if (length is < 0 or > 1L << 60)
        {
            return false;
        }

        var read = new LargeObjectTrailer(new Guid(bytes.Slice(16, 16), bigEndian: true), length, new Digest(bytes.Slice(64, 32)), new Digest(bytes.Slice(96, 32)));
        if (!read.ToBytes().AsSpan().SequenceEqual(bytes))
        {
            return false;
        }

        trailer = read;
        return true;
    }
}
