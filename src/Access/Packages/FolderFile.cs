using System.Buffers;
using Lantai.InformationPackages;
using Lantai.Words;
using Microsoft.Win32.SafeHandles;

namespace Lantai.Access.Packages;

/// <summary>
/// A file of a package that is being written from its beginning to its end. Its asynchronous calls write at once: the runtime's
/// own stream hands each to another thread, which costs more than the writing when thousands of small files are made.
/// </summary>
/// <remarks>Not safe for concurrent use. <see cref="End"/> says that all bytes found room; disposing without it says nothing.</remarks>
internal sealed class FolderFile(SafeFileHandle file, EntryName path) : Stream
{
    private const int BufferLength = 1 << 15;

    private byte[]? _buffer;
    private int _held;
    private long _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    /// <summary>Bytes so far.</summary>
    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _length += buffer.Length;
        var isLong = buffer.Length > BufferLength / 2;
        if (isLong || buffer.Length > BufferLength - _held)
        {
            Flush(); // what came before comes first
        }

        if (isLong)
        {
            ByteFolder.Write(file, path, buffer);
            return;
        }

        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferLength);
        buffer.CopyTo(_buffer.AsSpan(_held));
        _held += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        ByteFolder.Write(file, path, _buffer.AsSpan(0, _held));
        _held = 0;
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Flush();
        return Task.CompletedTask;
    }

    /// <summary>Writes what is held, sets the time if one is known, and closes the file.</summary>
    /// <exception cref="IOException">The file system reports a failure.</exception>
    public void End(DateTimeOffset? modified)
    {
        Flush();
        if (modified is { } time)
        {
            ByteFolder.SetModified(file, path, time); // after the last write, which would set it to now
        }

        ByteFolder.Close(file, path);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }

        file.Dispose();
        base.Dispose(disposing);
    }
}
