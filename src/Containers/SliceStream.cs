using Lantai.Words;

namespace Lantai.Containers;

/// <summary>A part of a shared seekable stream, read forwards. Parts of one stream share its lock.</summary>
/// <param name="whole">The stream; not closed with the part.</param>
/// <param name="gate">Held while the stream is moved and read.</param>
/// <param name="start">Where the part begins.</param>
/// <param name="length">Its length in bytes.</param>
/// <param name="whenShort">What to report when the stream ends inside the part; without it the part just ends.</param>
/// <remarks>Several parts of one stream may be read at the same time, each by one thread.</remarks>
public sealed class SliceStream(Stream whole, Lock gate, long start, long length, Finding? whenShort = null) : ForwardStream
{
    private long _read;

    /// <inheritdoc/>
    public override long Length => length;

    /// <summary>How many bytes are still to come.</summary>
    public long Left => length - _read;

    /// <inheritdoc/>
    /// <exception cref="ContentException">The stream ended inside the part.</exception>
    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, Left);
        if (wanted == 0)
        {
            return 0;
        }

        lock (gate)
        {
            whole.Position = start + _read;
            var got = whole.Read(buffer[..wanted]);
            _read += got;
            return got == 0 && whenShort is not null ? throw new ContentException(whenShort) : got;
        }
    }
}
