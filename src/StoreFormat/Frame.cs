using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>Frames: original bytes ⇄ stored bytes, and the checks a reader owes.</summary>
/// <remarks>spec/formats/frame.md. Pure; safe for concurrent use.</remarks>
public static class Frame
{
    /// <summary>The longest content that is kept in a frame; a store's <c>largeFrom</c> never exceeds it.</summary>
    public const int MaxContent = 1 << 30;

    /// <summary>Prepares bytes whose SHA-256 is known already: compressed when that saves 5 %, else raw.</summary>
    /// <param name="kind">Commit and index frames are always raw.</param>
    /// <param name="original">The bytes; kept, not copied, when stored raw: unchanged until the frame was written.</param>
    /// <param name="digest">Their SHA-256.</param>
    public static PreparedFrame Prepare(FrameKind kind, ReadOnlyMemory<byte> original, Digest digest) =>
        Prepare(kind, original, digest, null, ArrayPool<byte>.Shared);

    /// <summary>
    /// Prepares bytes that lie in a lent buffer: the frame gives the buffer back, at once when it is compressed, else when it
    /// is disposed of. Neither the bytes nor their compressed form are allocated.
    /// </summary>
    /// <param name="kind">Commit and index frames are always raw.</param>
    /// <param name="original">The bytes, a part of what <paramref name="lender"/> lends.</param>
    /// <param name="digest">Their SHA-256.</param>
    /// <param name="lender">Disposed of once the bytes are needed no more; null when nobody waits for them.</param>
    /// <param name="pool">Lends the array for the compressed form.</param>
    public static PreparedFrame Prepare(FrameKind kind, ReadOnlyMemory<byte> original, Digest digest, IDisposable? lender, ArrayPool<byte> pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        var length = 0;
        var compressed = kind is FrameKind.Commit or FrameKind.Index ? null : Lz4.TryCompress(original.Span, pool, out length);
        if (compressed is null)
        {
            return new PreparedFrame(kind, original, digest, lender);
        }

        lender?.Dispose();
        return new PreparedFrame(kind, compressed.AsMemory(0, length), original.Length, digest, compressed, pool);
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
        return FrameContent.TryOpenChecked(header, stored, header.Codec == FrameCodec.Lz4 ? new byte[header.OriginalLength] : default, out original);
    }
}
