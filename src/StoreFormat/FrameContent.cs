using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>Opens a frame's stored bytes into memory that the caller lends: nothing is allocated.</summary>
/// <remarks>spec/formats/frame.md. Pure; safe for concurrent use.</remarks>
public static class FrameContent
{
    /// <summary>
    /// Checks the stored bytes by their XXH3 and decodes them: null, or the code and no bytes. The digest is <b>not</b> compared:
    /// who calls this does that for many frames at once, before anything leaves.
    /// </summary>
    /// <param name="header">The frame's header.</param>
    /// <param name="stored">Its stored bytes.</param>
    /// <param name="room">As long as the original bytes when the codec is LZ4; else not touched.</param>
    /// <param name="original">The original bytes, in <paramref name="stored"/> or in <paramref name="room"/>.</param>
    public static string? TryOpen(in FrameHeader header, ReadOnlyMemory<byte> stored, Memory<byte> room, out ReadOnlyMemory<byte> original)
    {
        original = default;
        if (Frame.CheckStored(header, stored.Span) is { } damaged)
        {
            return damaged;
        }

        if (header.Kind == FrameKind.Wiped)
        {
            return Codes.FrameDigest; // a wiped frame has no original bytes
        }

        if (header.Codec == FrameCodec.Raw)
        {
            original = stored;
            return null;
        }

        if (room.Length != header.OriginalLength || !Lz4.TryDecode(stored.Span, room.Span))
        {
            return Codes.FrameDecoding;
        }

        original = room;
        return null;
    }

    /// <summary>As <see cref="TryOpen"/>, and compares the SHA-256 of the original bytes.</summary>
    /// <param name="header">The frame's header.</param>
    /// <param name="stored">Its stored bytes.</param>
    /// <param name="room">As long as the original bytes when the codec is LZ4; else not touched.</param>
    /// <param name="original">The original bytes.</param>
    public static string? TryOpenChecked(in FrameHeader header, ReadOnlyMemory<byte> stored, Memory<byte> room, out ReadOnlyMemory<byte> original)
    {
        var problem = TryOpen(header, stored, room, out original);
        if (problem is null && Digest.Of(original.Span) != header.Digest)
        {
            original = default;
            return Codes.FrameDigest;
        }

        return problem;
    }
}
