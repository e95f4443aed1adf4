using Lantai.Words;

namespace Lantai.Containers;

/// <summary>Scattered runs of a seekable stream, read as one that seeks as well.</summary>
internal sealed class ExtentStream : SeekableStream
{
    private readonly Stream _whole;
    private readonly List<Extent> _extents = [];
    private readonly List<long> _starts = [];

    /// <param name="whole">The stream; not closed with this one.</param>
    /// <param name="extents">The runs in order.</param>
    /// <param name="length">How many bytes of them count at most.</param>
    internal ExtentStream(Stream whole, IEnumerable<Extent> extents, long length)
    {
        _whole = whole;
        var total = 0L;
        foreach (var extent in extents)
        {
            var used = Math.Min(extent.Length, length - total);
            if (used <= 0)
            {
                break;
            }

            if (_extents.Count > 0 && _extents[^1].Start + _extents[^1].Length == extent.Start)
            {
                _extents[^1] = new Extent(_extents[^1].Start, _extents[^1].Length + used);
            }
            else
            {
                _extents.Add(new Extent(extent.Start, used));
                _starts.Add(total);
            }

            total += used;
        }

        Length = total;
    }

    public override long Length { get; }

    public override int Read(Span<byte> buffer)
    {
        var total = 0;
        while (total < buffer.Length && Position < Length)
        {
            var at = _starts.BinarySearch(Position);
            var index = at >= 0 ? at : ~at - 1;
            var inside = Position - _starts[index];
            _whole.Position = _extents[index].Start + inside;
            var got = _whole.Read(buffer[total..(total + (int)Math.Min(buffer.Length - total, _extents[index].Length - inside))]);
            if (got == 0)
            {
                break;
            }

            total += got;
            Position += got;
        }

        return total;
    }
}
