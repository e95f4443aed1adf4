
namespace Lantai.ArchivalStorage;

/// <summary>A content while it is read: a lent array that grows up to a limit.</summary>
/// <remarks>Not safe for concurrent use. After <see cref="Dispose"/> the array belongs to others.</remarks>
internal sealed class ContentBuffer : IDisposable
{
    private readonly int _limit;
    private byte[] _array;
    private bool _disposed;

    /// <param name="expected">Bytes that are expected; one more is lent, so that the end is seen without growing.</param>
    /// <param name="limit">Bytes that are never exceeded.</param>
    public ContentBuffer(long expected, long limit)
    {
        _limit = checked((int)limit);
        _array = FramePool.Instance.Rent((int)Math.Clamp(expected + 1, 1, limit));
    }

    /// <summary>Bytes so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was read.</summary>
    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

    /// <summary>Room for the next bytes: at least one while the limit is not reached.</summary>
    public Span<byte> Room()
    {
        if (Length == _array.Length && Length < _limit)
        {
            var larger = FramePool.Instance.Rent((int)Math.Min(_limit, 2L * _array.Length));
            Written.Span.CopyTo(larger);
            FramePool.Instance.Return(_array);
            _array = larger;
        }

        return _array.AsSpan(Length, Math.Min(_array.Length, _limit) - Length);
    }

    public void Advance(int count) => Length += count;

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            FramePool.Instance.Return(_array);
        }
    }
}
