using System.Buffers.Binary;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>What a frame carries.</summary>
public enum FrameKind
{
    /// <summary>The content of a file.</summary>
    Blob = 1,

    /// <summary>A manifest root or shard.</summary>
    Manifest = 2,

    /// <summary>An event's record; never deduplicated.</summary>
    Record = 3,

    /// <summary>An event's detail; never deduplicated.</summary>
    Detail = 4,

    /// <summary>The end of a batch.</summary>
    Commit = 5,

    /// <summary>Bytes to be ignored.</summary>
    Pad = 6,

    /// <summary>What destruction leaves.</summary>
    Wiped = 7,

    /// <summary>The index of a sealed pack.</summary>
    Index = 8,
}

/// <summary>How a frame's bytes are stored.</summary>
public enum FrameCodec
{
    /// <summary>As they are.</summary>
    Raw = 0,

    /// <summary>As one LZ4 frame.</summary>
    Lz4 = 1,
}

/// <summary>The header of a frame. Lengths and offsets in bytes.</summary>
/// <param name="Kind">What the frame carries.</param>
/// <param name="Codec">How it is stored.</param>
/// <param name="HeaderLength">Length of the header, 120 to 4096.</param>
/// <param name="StoredLength">Length of the stored bytes.</param>
/// <param name="OriginalLength">Length of the original bytes.</param>
/// <param name="Digest">SHA-256 of the original bytes.</param>
/// <param name="StoredHash">XXH3-64 of the stored bytes.</param>
/// <param name="Pack">The pack that the frame was written to.</param>
/// <param name="Offset">Its place in that pack.</param>
/// <param name="Batch">Its batch, from 1.</param>
/// <remarks>spec/formats/frame.md.</remarks>
public readonly record struct FrameHeader(
    FrameKind Kind, FrameCodec Codec, int HeaderLength, long StoredLength, long OriginalLength,
    Digest Digest, ulong StoredHash, Guid Pack, long Offset, ulong Batch)
{
    /// <summary>Length of a header without extensions: what this version writes.</summary>
    public const int Size = 120;

    /// <summary>The longest header that is accepted.</summary>
    public const int MaxSize = 4096;

    /// <summary>Frames start at multiples of this.</summary>
    public const int Alignment = 16;

    /// <summary>The eight bytes that every frame starts with.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'L', (byte)'T', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Length of the whole frame: header, stored bytes, padding and back-length.</summary>
    public long Length => FrameLength(HeaderLength, StoredLength);

    /// <summary>Length of a frame with the given parts.</summary>
    public static long FrameLength(int headerLength, long storedLength) =>
        (headerLength + storedLength + 8 + Alignment - 1) / Alignment * Alignment;

    /// <summary>Writes the 120 bytes of the header.</summary>
    public void Write(Span<byte> destination)
    {
        var bytes = destination[..Size];
        bytes.Clear();
        Magic.CopyTo(bytes);
        bytes[8] = 1;
        bytes[9] = (byte)Kind;
        bytes[10] = (byte)Codec;
        bytes[11] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], Size);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], StoredLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], OriginalLength);
        Digest.CopyTo(bytes[40..]);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[72..], StoredHash);
        _ = Pack.TryWriteBytes(bytes[80..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[96..], Offset);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[104..], Batch);
        Check(bytes, bytes[112..]);
    }

    /// <summary>
    /// Reads a header whose bytes lie at the start of <paramref name="bytes"/>; more may follow.
    /// Gives null when it is good, else the code of the first thing that is wrong.
    /// Pack and offset are read, not judged: see <see cref="Frame.CheckPlace"/>.
    /// </summary>
    public static string? TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = default;
        if (bytes.Length < Size || !bytes.StartsWith(Magic))
        {
            return bytes.StartsWith(Magic) ? Codes.FrameOverrun : Codes.FrameMagic;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        if (length is < Size or > MaxSize || length % 8 != 0)
        {
            return Codes.FrameHeaderCheck;
        }

        if (bytes.Length < length)
        {
            return Codes.FrameOverrun;
        }

        Span<byte> check = stackalloc byte[8];
        Check(bytes[..length], check);
        if (!check.SequenceEqual(bytes.Slice(length - 8, 8)))
        {
            return Codes.FrameHeaderCheck;
        }

        header = new FrameHeader(
            (FrameKind)bytes[9], (FrameCodec)bytes[10], length,
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
            new Digest(bytes.Slice(40, 32)), BinaryPrimitives.ReadUInt64LittleEndian(bytes[72..]),
            new Guid(bytes.Slice(80, 16), bigEndian: true), BinaryPrimitives.ReadInt64LittleEndian(bytes[96..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[104..]));
        return Known(bytes[..length], header) ? null : Codes.FrameUnknown;
    }

    private static bool Known(ReadOnlySpan<byte> bytes, in FrameHeader header) =>
        bytes[8] == 1 && bytes[11] == 1
        && header.Kind is >= FrameKind.Blob and <= FrameKind.Index && header.Codec is FrameCodec.Raw or FrameCodec.Lz4
        && BinaryPrimitives.ReadUInt16LittleEndian(bytes[20..]) == 0
        && header.StoredLength is >= 0 and < 1L << 40 && header.OriginalLength is >= 0 and < 1L << 40
        && (header.Codec != FrameCodec.Raw || header.StoredLength == header.OriginalLength || header.Kind == FrameKind.Wiped)
        && Extensions.AreKnown(bytes[112..^8]);

    private static void Check(ReadOnlySpan<byte> header, Span<byte> destination)
    {
        Span<byte> hash = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(header[..^8], hash);
        hash[..8].CopyTo(destination);
    }
}
