using Lantai.Containers;
using Lantai.Words;

namespace Lantai.Inspection.Reading;

/// <summary>
/// A content too long to be held, read at any place though its container gives it forwards only: what lies behind is read from a few
/// blocks that are kept, or the content is opened again. Memory stays flat; reading back and forth without end is refused.
/// </summary>
/// <param name="open">Opens the content at its start.</param>
/// <param name="length">Its length.</param>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class ReopenedStream(Func<Stream> open, long length) : SeekableStream
{
    private const int BlockSize = 1 << 20;
    private const int MostBlocks = 32;
    private const int MostPasses = 16;

    private readonly Dictionary<long, byte[]> _blocks = [];
    private readonly Queue<long> _order = [];
    private Stream? _content;
    private long _next;
    private int _passes;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    /// <exception cref="TooOftenReopenedException">A reader went back more often than is read again.</exception>
    /// <exception cref="ContentException">The content is gone or is not as declared.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (Position >= length || buffer.IsEmpty)
        {
            return 0;
        }

        var block = BlockOf(Position / BlockSize);
        var offset = (int)(Position % BlockSize);
        var count = Math.Min(buffer.Length, block.Length - offset);
        block.AsSpan(offset, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _content?.Dispose();
        base.Dispose(disposing);
    }

    private byte[] BlockOf(long number)
    {
        if (_blocks.TryGetValue(number, out var known))
        {
            return known;
        }

        if (_content is null || number < _next)
        {
            Reopen();
        }

        while (true)
        {
            var block = ReadNext();
            if (_next > number)
            {
                return block;
            }
        }
    }

    private void Reopen()
    {
        if (++_passes > MostPasses)
        {
            throw new TooOftenReopenedException();
        }

        _content?.Dispose();
        (_content, _next) = (open(), 0);
    }

    private byte[] ReadNext()
    {
        var block = _blocks.Count < MostBlocks ? new byte[BlockSize] : Forget();
        var due = (int)Math.Min(BlockSize, length - (_next * BlockSize));
        block = block.Length == due ? block : new byte[due];
        if (_content!.ReadAtLeast(block, due, throwOnEndOfStream: false) < due)
        {
            throw new EndOfStreamException();
        }

        if (_blocks.TryAdd(_next, block))
        {
            _order.Enqueue(_next);
        }

        _next++;
        return block;
    }

    private byte[] Forget() => _blocks.Remove(_order.Dequeue(), out var oldest) ? oldest : new byte[BlockSize];
}

/// <summary>A long content was read back and forth more often than it is unpacked again; nothing is known of what was asked.</summary>
internal sealed class TooOftenReopenedException : IOException;
