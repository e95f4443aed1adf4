using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// The last way into a damaged pack: looks for the magic that every frame begins with, wherever headers can be trusted
/// again. What it finds is whole as a header; its content proves itself when it is read.
/// </summary>
/// <remarks>spec/formats/frame.md: frames lie at multiples of 16 and say which pack and which offset they are made for.</remarks>
internal static class PackScan
{
    private const int Window = 1 << 20;

    /// <summary>Frames from an offset on that name this pack and their own place.</summary>
    /// <param name="file">The pack.</param>
    /// <param name="pack">Its id; null when its header is lost: then the first whole frame says it.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="limit">Where frames end at the latest.</param>
    public static (Guid? Pack, List<PackIndexEntry> Entries) Run(IDiskFile file, Guid? pack, long from, long limit)
    {
        var entries = new List<PackIndexEntry>();
        var window = new byte[Window];
        var offset = (from + FrameHeader.Alignment - 1) / FrameHeader.Alignment * FrameHeader.Alignment;
        while (offset < limit && NextMagic(file, window, offset, limit) is { } found)
        {
            offset = found;
            if (TryRead(file, pack, offset, limit, out var frame))
            {
                pack ??= frame.Pack;
                if (PackIndex.Lists(frame.Kind))
                {
                    entries.Add(new PackIndexEntry(frame.Digest, offset, frame.Length, frame.Kind, frame.Codec));
                }

                // Its length is checked by its header; bytes inside it are content, which may look like frames.
                offset += frame.Length;
                continue;
            }

            offset += FrameHeader.Alignment;
        }

        return (pack, entries);
    }

    private static bool TryRead(IDiskFile file, Guid? pack, long offset, long limit, out FrameHeader frame)
    {
        if (pack is { } known)
        {
            return FrameReader.ReadHeader(file, known, offset, limit, out frame) is null;
        }

        Span<byte> head = stackalloc byte[FrameHeader.MaxSize];
        var count = file.Read(offset, head);
        return FrameHeader.TryRead(head[..count], out frame) is null && FrameReader.ReadHeader(file, frame.Pack, offset, limit, out frame) is null;
    }

    private static long? NextMagic(IDiskFile file, byte[] window, long offset, long limit)
    {
        while (offset < limit)
        {
            var bytes = window.AsSpan(0, file.Read(offset, window.AsSpan(0, (int)Math.Min(window.Length, limit - offset))));
            for (var at = 0; at + FrameHeader.Magic.Length <= bytes.Length;)
            {
                var hit = bytes[at..].IndexOf(FrameHeader.Magic);
                if (hit < 0)
                {
                    break;
                }

                at += hit;
                if (at % FrameHeader.Alignment == 0)
                {
                    return offset + at;
                }

                at++;
            }

            if (bytes.Length < window.Length)
            {
                return null;
            }

            offset += window.Length; // a multiple of 16: no frame begins across two windows unseen
        }

        return null;
    }
}
