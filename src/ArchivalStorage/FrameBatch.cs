using System.Buffers;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// Frames that were opened and whose digests are still to be compared: many at once, because short messages hash faster
/// side by side. Their bytes lie in the reader's window and in the room for decoded bytes, and must not move before <see cref="Compare"/>.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class FrameBatch(AuditBuffers buffers, List<(long Offset, string Code)> damage)
{
    private readonly List<(ReadOnlyMemory<byte> Original, Digest Digest, long Offset)> _waiting = [];
    private int _used;

    /// <summary>Opens a frame whose stored bytes are at hand and puts it with those that wait: null, or the code.</summary>
    public string? Add(in FrameHeader frame, ReadOnlyMemory<byte> stored)
    {
        var needed = frame.Codec == FrameCodec.Lz4 ? frame.OriginalLength : 0;
        if (needed > buffers.Room.Length)
        {
            lock (buffers.Large)
            {
                return CheckNow(frame, stored);
            }
        }

        if (needed > buffers.Room.Length - _used)
        {
            Compare();
        }

        if (FrameContent.TryOpen(frame, stored, buffers.Room.Slice(_used, (int)needed), out var original) is { } code)
        {
            return code;
        }

        _used += (int)needed;
        _waiting.Add((original, frame.Digest, frame.Offset));
        return null;
    }

    /// <summary>Compares the digests of all that wait, and reports those that differ.</summary>
    public void Compare()
    {
        foreach (var (original, digest, offset) in _waiting)
        {
            if (Digest.Of(original.Span) != digest)
            {
                damage.Add((offset, Codes.FrameDigest));
            }
        }

        _waiting.Clear();
        _used = 0;
    }

    /// <summary>Checks a frame at once, with memory of its own: for one that decodes to more than the room.</summary>
    public static string? CheckNow(in FrameHeader frame, ReadOnlyMemory<byte> stored)
    {
        if (frame.OriginalLength > Frame.MaxContent)
        {
            return Codes.FrameUnknown; // no writer makes such a frame; do not allocate because a length says so
        }

        var length = frame.Codec == FrameCodec.Lz4 ? (int)frame.OriginalLength : 0;
        var room = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return FrameContent.TryOpenChecked(frame, stored, room.AsMemory(0, length), out _);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }
}
