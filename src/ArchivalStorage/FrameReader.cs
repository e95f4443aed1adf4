using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Reads single frames out of a pack's file, checked as spec/formats/frame.md asks.</summary>
internal static class FrameReader
{
    private const int HeadLength = 512;

    /// <summary>Reads and checks the header at an offset, its place and its end: null, or the code.</summary>
    /// <param name="file">The pack.</param>
    /// <param name="pack">Its id.</param>
    /// <param name="offset">Where the frame starts.</param>
    /// <param name="limit">Where frames end at the latest.</param>
    /// <param name="header">The header.</param>
    public static string? ReadHeader(IDiskFile file, Guid pack, long offset, long limit, out FrameHeader header)
    {
        header = default;
        Span<byte> head = stackalloc byte[HeadLength];
        var count = file.Read(offset, head[..(int)Math.Min(HeadLength, Math.Max(0, limit - offset))]);
        var problem = FrameHeader.TryRead(head[..count], out header);
        if (problem == Codes.FrameOverrun && count == HeadLength)
        {
            // A header with long extensions: no version writes one yet, but room is left for them.
            var whole = new byte[FrameHeader.MaxSize];
            problem = FrameHeader.TryRead(whole.AsSpan(0, file.Read(offset, whole)), out header);
        }

        if (problem is null && offset + header.Length > limit)
        {
            return Codes.FrameOverrun;
        }

        return problem ?? Frame.CheckPlace(header, pack, offset);
    }

    /// <summary>Reads a frame's original bytes, fully checked, into an array of their own: null, or the code.</summary>
    public static string? ReadOriginal(IDiskFile file, in FrameHeader header, out ReadOnlyMemory<byte> original)
    {
        using var buffer = new FrameBuffer();
        var problem = ReadOriginal(file, header, buffer, out var lent);
        original = problem is null ? lent.ToArray() : default;
        return problem;
    }

    /// <summary>Reads a frame's original bytes, fully checked: null, or the code. They lie in the buffer.</summary>
    public static string? ReadOriginal(IDiskFile file, in FrameHeader header, FrameBuffer buffer, out ReadOnlyMemory<byte> original)
    {
        original = default;
        if (header.StoredLength > Frame.MaxContent || header.OriginalLength > Frame.MaxContent)
        {
            return Codes.FrameUnknown; // no writer makes such a frame; do not allocate because a length says so
        }

        var rest = buffer.Stored(checked((int)(header.Length - header.HeaderLength)));
        return file.Read(header.Offset + header.HeaderLength, rest.Span) != rest.Length ? Codes.FrameOverrun : Open(header, rest, buffer, out original);
    }

    /// <summary>
    /// Reads the frame of a digest where an index says it lies, header and content in one go: null, or the code. When the header
    /// says another length, that counts.
    /// </summary>
    /// <param name="file">The pack.</param>
    /// <param name="pack">Its id.</param>
    /// <param name="place">Offset and length as the index has them.</param>
    /// <param name="wanted">Digest and kind.</param>
    /// <param name="buffer">Where the bytes come to lie.</param>
    /// <param name="original">The original bytes; null when a whole frame lies there that is not the wanted one.</param>
    public static string? ReadWanted(
        IDiskFile file, Guid pack, FramePlace place, (Digest Digest, FrameKind Kind) wanted, FrameBuffer buffer, out ReadOnlyMemory<byte>? original)
    {
        original = null;
        var whole = buffer.Stored((int)Math.Clamp(place.Length, FrameHeader.Size, Frame.MaxContent));
        whole = whole[..file.Read(place.Offset, whole.Span)];
        var isAtHand = FrameHeader.TryRead(whole.Span, out var header) is null && header.Length == whole.Length;
        var problem = isAtHand ? Frame.CheckPlace(header, pack, place.Offset) : ReadHeader(file, pack, place.Offset, file.Length, out header);
        if (problem is not null || header.Kind != wanted.Kind || header.Digest != wanted.Digest)
        {
            return problem;
        }

        problem = isAtHand ? Open(header, whole[header.HeaderLength..], buffer, out var bytes) : ReadOriginal(file, header, buffer, out bytes);
        if (problem is null)
        {
            original = bytes;
        }

        return problem;
    }

    private static string? Open(in FrameHeader header, ReadOnlyMemory<byte> rest, FrameBuffer buffer, out ReadOnlyMemory<byte> original)
    {
        original = default;
        if (header.OriginalLength > Frame.MaxContent)
        {
            return Codes.FrameUnknown;
        }

        var end = (int)header.StoredLength;
        return Frame.CheckEnd(header, rest.Span[end..])
            ?? FrameContent.TryOpenChecked(header, rest[..end], header.Codec == FrameCodec.Lz4 ? buffer.Decoded((int)header.OriginalLength) : default, out original);
    }

    /// <summary>A finding about a frame.</summary>
    public static Finding Found(string code, string path, long offset) => Finding.Error(code, path, ("offset", offset));
}
