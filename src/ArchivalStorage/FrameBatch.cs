using System.Buffers;
using System.Runtime.InteropServices;
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
    private readonly List<ReadOnlyMemory<byte>> _originals = [];
    private readonly List<(Digest Digest, long Offset)> _waiting = [];
    private Digest[] _digests = [];
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
        _originals.Add(original);
        _waiting.Add((frame.Digest, frame.Offset));
        return null;
    }

    /// <summary>Compares the digests of all that wait, and reports those that differ.</summary>
    public void Compare()
    {
        if (_digests.Length < _waiting.Count)
        {
            _digests = new Digest[_waiting.Capacity];
        }

        DigestBatch.Compute(CollectionsMarshal.AsSpan(_originals), _digests.AsSpan(0, _waiting.Count));
        for (var i = 0; i < _waiting.Count; i++)
        {
            if (_digests[i] != _waiting[i].Digest)
            {
                damage.Add((_waiting[i].Offset, Codes.FrameDigest));
            }
        }

        _originals.Clear();
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
