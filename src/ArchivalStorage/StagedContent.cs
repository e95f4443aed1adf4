using Lantai.StoreFormat;

namespace Lantai.ArchivalStorage;

/// <summary>The content of a large object in staging, to be looked at before it has its name.</summary>
/// <param name="disk">Where it lies.</param>
/// <param name="path">Its path in staging.</param>
/// <param name="length">Length of the content in bytes.</param>
internal sealed class StagedContent(IDisk disk, string path, long length) : Stream
{
    private readonly IDiskFile _file = disk.Open(path, DiskAccess.Read);
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Clamp(length - _position, 0, buffer.Length);
        var count = wanted == 0 ? 0 : _file.Read(LargeObjectHeader.Size + _position, buffer[..wanted]);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
        // nothing is written here
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
