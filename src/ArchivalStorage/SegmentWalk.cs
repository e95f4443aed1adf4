using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>A place between two batches of a segment, and what the next batch must say.</summary>
/// <param name="Offset">Offset of the next batch.</param>
/// <param name="Sequence">Sequence of its first leaf.</param>
/// <param name="Batch">Its number.</param>
/// <param name="Previous">Hash of the trailer before it.</param>
internal readonly record struct SegmentPoint(long Offset, long Sequence, ulong Batch, Digest Previous)
{
    /// <summary>Where the batches of a segment begin.</summary>
    public static SegmentPoint Start(LedgerSegmentHeader header) =>
        new(LedgerSegmentHeader.Size, header.FirstSequence, header.FirstBatch, header.PreviousTrailer);
}

/// <summary>
/// Reads the batches of a segment one after the other in blocks, each checked by its trailer: memory is that of a block
/// or of the largest batch, whatever the segment's size.
/// </summary>
/// <param name="file">The segment's file; not closed.</param>
/// <param name="start">Where to begin.</param>
/// <param name="blockSize">Bytes to read at a time.</param>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class SegmentWalk(IDiskFile file, SegmentPoint start, int blockSize = 1 << 20)
{
    private const int MaxItem = LedgerItem.HeaderSize + LedgerEntry.MaxSize;

    private readonly List<(int Start, int Length)> _leaves = [];
    private byte[] _buffer = new byte[blockSize];
    private long _bufferOffset = start.Offset;
    private int _filled;
    private int _position;

    /// <summary>The place behind the last batch that was read.</summary>
    public SegmentPoint At { get; private set; } = start;

    /// <summary>Sequence of the batch's first leaf.</summary>
    public long FirstSequence { get; private set; }

    /// <summary>The batch's trailer.</summary>
    public BatchTrailer? Trailer { get; private set; }

    /// <summary>Number of the batch's leaves.</summary>
    public int Count => _leaves.Count;

    /// <summary>Bytes of a leaf of the batch; valid until the next batch is read.</summary>
    public ReadOnlySpan<byte> Leaf(int place) => _buffer.AsSpan(_leaves[place].Start, _leaves[place].Length);

    /// <summary>Reads the next batch. False when none follows that is whole and the next one.</summary>
    public bool Next()
    {
        _leaves.Clear();
        var at = _position;
        while (true)
        {
            if (LedgerItem.TryRead(_buffer.AsSpan(at, _filled - at), out var isTrailer, out var body, out var length))
            {
                var bodyStart = at + LedgerItem.HeaderSize;
                at += length;
                if (isTrailer)
                {
                    return Take(at, bodyStart + body.Length - Digest.Size, body);
                }

                _leaves.Add((bodyStart, body.Length));
                continue;
            }

            if (_filled - at >= MaxItem || !Fill(ref at))
            {
                return false;
            }
        }
    }

    private bool Take(int end, int hashed, ReadOnlySpan<byte> body)
    {
        if (!BatchTrailer.TryRead(body, out var trailer) || trailer.Hash != Digest.Of(_buffer.AsSpan(_position, hashed - _position))
            || trailer.Previous != At.Previous || trailer.Batch != At.Batch || trailer.FirstSequence != At.Sequence || trailer.Count != _leaves.Count)
        {
            return false;
        }

        FirstSequence = At.Sequence;
        Trailer = trailer;
        At = new SegmentPoint(_bufferOffset + end, At.Sequence + _leaves.Count, At.Batch + 1, trailer.Hash);
        _position = end;
        return true;
    }

    /// <summary>Reads on behind what is there, keeping the batch under way; false at the file's end.</summary>
    private bool Fill(ref int at)
    {
        var kept = _filled - _position;
        var target = kept > _buffer.Length / 2 ? new byte[checked(_buffer.Length * 2)] : _buffer;
        _buffer.AsSpan(_position, kept).CopyTo(target);
        for (var i = 0; i < _leaves.Count; i++)
        {
            _leaves[i] = (_leaves[i].Start - _position, _leaves[i].Length);
        }

        (_buffer, at) = (target, at - _position);
        (_bufferOffset, _position) = (_bufferOffset + _position, 0);
        var count = file.Read(_bufferOffset + kept, _buffer.AsSpan(kept));
        _filled = kept + count;
        return count > 0;
    }
}
