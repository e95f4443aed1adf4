namespace Lantai.Containers;

/// <summary>A part of a shared seekable stream, read forwards. Parts of one stream share its lock.</summary>
internal sealed class SliceStream(Stream whole, Lock gate, long start, long length) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <summary>How many bytes are still to come.</summary>
    internal long Left => length - _read;

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
            return got;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
