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

    /// <summary>Reads the stored bytes of a frame and checks padding and back-length: null, or the code.</summary>
    public static string? ReadStored(IDiskFile file, in FrameHeader header, out byte[] stored)
    {
        stored = [];
        var rest = new byte[checked((int)(header.Length - header.HeaderLength))];
        if (file.Read(header.Offset + header.HeaderLength, rest) != rest.Length)
        {
            return Codes.FrameOverrun;
        }

        var end = (int)header.StoredLength;
        if (Frame.CheckEnd(header, rest.AsSpan(end)) is { } problem)
        {
            return problem;
        }

        stored = rest.AsSpan(0, end).ToArray();
        return null;
    }

    /// <summary>Reads a frame's original bytes, fully checked: null, or the code.</summary>
    public static string? ReadOriginal(IDiskFile file, in FrameHeader header, out ReadOnlyMemory<byte> original)
    {
        original = default;
        if (header.StoredLength > Frame.MaxContent || header.OriginalLength > Frame.MaxContent)
        {
            return Codes.FrameUnknown; // no writer makes such a frame; do not allocate because a length says so
        }

        return ReadStored(file, header, out var stored) ?? Frame.TryDecode(header, stored, out original);
    }

    /// <summary>A finding about a frame.</summary>
    public static Finding Found(string code, string path, long offset) => Finding.Error(code, path, ("offset", offset));
}
