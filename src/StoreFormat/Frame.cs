using System.Buffers.Binary;
using System.IO.Hashing;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>
/// A run of bytes made ready for a pack: compressed if that pays, hashed, but not yet placed.
/// </summary>
/// <param name="Kind">What it carries.</param>
/// <param name="Codec">How <paramref name="Stored"/> is coded.</param>
/// <param name="Stored">The bytes to be stored.</param>
/// <param name="OriginalLength">Length of the original bytes.</param>
/// <param name="Digest">SHA-256 of the original bytes.</param>
/// <param name="StoredHash">XXH3-64 of <paramref name="Stored"/>.</param>
/// <remarks>spec/formats/frame.md.</remarks>
public sealed record PreparedFrame(
    FrameKind Kind, FrameCodec Codec, ReadOnlyMemory<byte> Stored, long OriginalLength, Digest Digest, ulong StoredHash)
{
    /// <summary>Length of the frame once written.</summary>
    public long Length => FrameHeader.FrameLength(FrameHeader.Size, Stored.Length);

    /// <summary>The header of this frame at a place.</summary>
    public FrameHeader Place(Guid pack, long offset, ulong batch) =>
        new(Kind, Codec, FrameHeader.Size, Stored.Length, OriginalLength, Digest, StoredHash, pack, offset, batch);
}

/// <summary>Frames: original bytes ⇄ stored bytes, and the checks a reader owes.</summary>
/// <remarks>spec/formats/frame.md. Pure; safe for concurrent use.</remarks>
public static class Frame
{
    /// <summary>The longest content that is kept in a frame; a store's <c>largeFrom</c> never exceeds it.</summary>
    public const int MaxContent = 1 << 30;

    /// <summary>Prepares bytes whose SHA-256 is known already: compressed when that saves 5 %, else raw.</summary>
    /// <param name="kind">Commit and index frames are always raw.</param>
    /// <param name="original">The bytes; kept, not copied, when stored raw.</param>
    /// <param name="digest">Their SHA-256.</param>
    public static PreparedFrame Prepare(FrameKind kind, ReadOnlyMemory<byte> original, Digest digest)
    {
        var compressed = kind is FrameKind.Commit or FrameKind.Index ? null : Lz4.TryCompress(original.Span);
        var stored = compressed ?? original;
        return new PreparedFrame(
            kind, compressed is null ? FrameCodec.Raw : FrameCodec.Lz4, stored, original.Length, digest, XxHash3.HashToUInt64(stored.Span));
    }

    /// <summary>Prepares bytes and computes their SHA-256.</summary>
    public static PreparedFrame Prepare(FrameKind kind, ReadOnlyMemory<byte> original) =>
        Prepare(kind, original, Digest.Of(original.Span));

    /// <summary>Writes a whole frame to <paramref name="destination"/>, which holds exactly its length.</summary>
    public static void Write(in FrameHeader header, ReadOnlySpan<byte> stored, Span<byte> destination)
    {
        if (destination.Length != header.Length || stored.Length != header.StoredLength)
        {
            throw new ArgumentException("The destination must hold exactly the frame.", nameof(destination));
        }

        header.Write(destination);
        stored.CopyTo(destination[FrameHeader.Size..]);
        destination[(FrameHeader.Size + stored.Length)..].Clear();
        BinaryPrimitives.WriteInt64LittleEndian(destination[^8..], header.Length);
    }

    /// <summary>Whether a header stands where it was written: null, or the code.</summary>
    public static string? CheckPlace(in FrameHeader header, Guid pack, long offset) =>
        header.Pack == pack && header.Offset == offset ? null : Codes.FrameMisplaced;

    /// <summary>Checks padding and back-length, which are the bytes of a frame after its stored bytes.</summary>
    public static string? CheckEnd(in FrameHeader header, ReadOnlySpan<byte> end) =>
        !end[..^8].ContainsAnyExcept((byte)0) && BinaryPrimitives.ReadInt64LittleEndian(end[^8..]) == header.Length
            ? null
            : Codes.FramePadding;

    /// <summary>Checks the stored bytes against their XXH3: null, or the code.</summary>
    public static string? CheckStored(in FrameHeader header, ReadOnlySpan<byte> stored) =>
        header.Kind == FrameKind.Wiped
            ? (stored.ContainsAnyExcept((byte)0) ? Codes.FrameStoredHash : null)
            : XxHash3.HashToUInt64(stored) == header.StoredHash ? null : Codes.FrameStoredHash;

    /// <summary>
    /// Gives back the original bytes, checked by XXH3 before and SHA-256 after decoding; on damage the code and no bytes.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The header asks for more than <see cref="MaxContent"/> bytes.</exception>
    public static string? TryDecode(in FrameHeader header, ReadOnlyMemory<byte> stored, out ReadOnlyMemory<byte> original)
    {
        original = default;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(header.OriginalLength, MaxContent);
        if (CheckStored(header, stored.Span) is { } damaged)
        {
            return damaged;
        }

        if (header.Kind == FrameKind.Wiped)
        {
            return Codes.FrameDigest; // a wiped frame has no original bytes
        }

        var decoded = header.Codec == FrameCodec.Raw ? stored : Lz4.TryDecompress(stored.Span, checked((int)header.OriginalLength));
        if (header.Codec == FrameCodec.Lz4 && decoded.Length != header.OriginalLength)
        {
            return Codes.FrameDecoding;
        }

        if (Digest.Of(decoded.Span) != header.Digest)
        {
            return Codes.FrameDigest;
        }

        original = decoded;
        return null;
    }
}
