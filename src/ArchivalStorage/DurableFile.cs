using System.Runtime.InteropServices;
using Lantai.ArchivalStorage.Interop;
using Microsoft.Win32.SafeHandles;

namespace Lantai.ArchivalStorage;

/// <summary>
/// A file whose <see cref="Sync"/> tells the truth. The only place that makes bytes and names durable.
/// </summary>
/// <remarks>
/// Durable creation is: open with O_CREAT|O_EXCL, write, fsync of the file, fsync of its folder. A rename or a link is
/// durable after the fsync of the folder that holds the new name.
/// </remarks>
internal sealed class DurableFile : IDiskFile
{
    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private bool _suspect;

    public DurableFile(string fullPath, string path, DiskAccess access)
    {
        _path = path;
        try
        {
            _handle = File.OpenHandle(
                fullPath,
                access == DiskAccess.Create ? FileMode.CreateNew : FileMode.Open,
                access == DiskAccess.Read ? FileAccess.Read : FileAccess.ReadWrite,
                FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Failure(path, problem, StorageProblem.ReadFailed);
        }
    }

    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>The path as the store knows it.</summary>
    public string Path => _path;

    public int Read(long offset, Span<byte> buffer)
    {
        try
        {
            var done = 0;
            while (done < buffer.Length)
            {
                var count = RandomAccess.Read(_handle, buffer[done..], offset + done);
                if (count == 0)
                {
                    break;
                }

                done += count;
            }

            return done;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Failure(_path, problem, StorageProblem.ReadFailed);
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        ThrowIfSuspect();
        try
        {
            RandomAccess.Write(_handle, bytes, offset);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException) // the last is the runtime's word for EFBIG
        {
            _suspect = true;
            throw Failure(_path, problem, StorageProblem.WriteFailed);
        }
    }

    public void Sync()
    {
        ThrowIfSuspect();
        if (Libc.FSync(_handle) != 0)
        {
            // The kernel may have dropped the dirty pages: a second fsync would lie. Never try again here.
            _suspect = true;
            throw new StorageException(StorageProblem.SyncFailed, _path, new IOException(Marshal.GetLastPInvokeErrorMessage()));
        }
    }

    public void Truncate(long length)
    {
        ThrowIfSuspect();
        try
        {
            RandomAccess.SetLength(_handle, length);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _suspect = true;
            throw Failure(_path, problem, StorageProblem.WriteFailed);
        }
    }

    public void DropCache() => _ = Libc.FAdvise(_handle, 0, 0, Libc.DontNeed);

    public void Dispose() => _handle.Dispose();

    /// <summary>Makes the names in a folder durable.</summary>
    public static void SyncFolder(string fullPath, string path)
    {
        using var folder = Libc.OpenFolder(fullPath);
        if (folder.IsInvalid || Libc.FSync(folder) != 0)
        {
            throw new StorageException(StorageProblem.SyncFailed, path, new IOException(Marshal.GetLastPInvokeErrorMessage()));
        }
    }

    /// <summary>Says what an exception of the runtime means for the store.</summary>
    public static StorageException Failure(string path, Exception problem, StorageProblem otherwise)
    {
        // On Unix the runtime puts errno into the low bits of HResult for errors that it does not map: 28 ENOSPC, 122 EDQUOT, 17 EEXIST.
        var kind = problem switch
        {
            FileNotFoundException or DirectoryNotFoundException => StorageProblem.NotFound,
            IOException when (problem.HResult & 0xFFFF) is 28 or 122 or 27 => StorageProblem.DiskFull,
            IOException when (problem.HResult & 0xFFFF) is 17 => StorageProblem.Exists,
            _ => otherwise,
        };
        return new StorageException(kind, path, problem);
    }

    private void ThrowIfSuspect()
    {
        if (_suspect)
        {
            throw new StorageException(StorageProblem.Stopped, _path);
        }
    }
}
