using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>The content of a large object in staging, to be looked at before it has its name.</summary>
/// <param name="disk">Where it lies.</param>
/// <param name="path">Its path in staging.</param>
/// <param name="length">Length of the content in bytes.</param>
internal sealed class StagedContent(IDisk disk, string path, long length) : SeekableStream
{
    private readonly IDiskFile _file = disk.Open(path, DiskAccess.Read);

    public override long Length => length;

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Clamp(length - Position, 0, buffer.Length);
        var count = wanted == 0 ? 0 : _file.Read(LargeObjectHeader.Size + Position, buffer[..wanted]);
        Position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
