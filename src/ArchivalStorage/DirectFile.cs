using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lantai.ArchivalStorage.Interop;
using Microsoft.Win32.SafeHandles;

namespace Lantai.ArchivalStorage;

/// <summary>
/// A file that is read past the page cache, so that a fixity check sees the medium and leaves the cache to others. Where the
/// file system refuses that, or a read is not aligned, the cache is used and dropped beforehand.
/// </summary>
/// <remarks>Reads may run side by side.</remarks>
internal sealed class DirectFile : IDiskFile
{
    private const int InvalidArgument = 22;

    private readonly DurableFile _cached;
    private readonly SafeFileHandle? _direct;
    private volatile bool _isRefused;

    public DirectFile(string fullPath, string path)
    {
        _cached = new DurableFile(fullPath, path, DiskAccess.Read);
        _cached.DropCache();
        _direct = Libc.OpenDirect(fullPath);
        _isRefused = _direct is null;
    }

    public long Length => _cached.Length;

    public int Read(long offset, Span<byte> buffer)
    {
        var done = 0;
        while (!_isRefused && done < buffer.Length && IsAligned(offset + done, buffer[done..]))
        {
            if (TryRead(offset + done, buffer[done..], out var count) && count == 0)
            {
                return done;
            }

            done += count;
        }

        // The last part of a file is no multiple of a sector: what comes after it is asked of the cache, which says that it ends.
        return done == buffer.Length || (done > 0 && offset + done == Length) ? done : done + _cached.Read(offset + done, buffer[done..]);
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes) => throw new NotSupportedException("The file is open to be read.");

    public void Sync() => throw new NotSupportedException("The file is open to be read.");

    public void Truncate(long length) => throw new NotSupportedException("The file is open to be read.");

    public void DropCache() => _cached.DropCache();

    public void Dispose()
    {
        _direct?.Dispose();
        _cached.Dispose();
    }

    private bool TryRead(long offset, Span<byte> buffer, out int count)
    {
        try
        {
            count = RandomAccess.Read(_direct!, buffer, offset);
            return true;
        }
        catch (IOException problem) when ((problem.HResult & 0xFFFF) == InvalidArgument)
        {
            _isRefused = true; // opened, but not read this way: larger sectors, or a file system that changed its mind
            count = 0;
            return false;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw DurableFile.Failure(_cached.Path, problem, StorageProblem.ReadFailed);
        }
    }

    private static unsafe bool IsAligned(long offset, Span<byte> buffer) =>
        ((offset | (long)buffer.Length | (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer))) & (AuditBuffers.Alignment - 1)) == 0;
}
