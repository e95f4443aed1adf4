using System.Runtime.InteropServices;
using Lantai.ArchivalStorage.Interop;

namespace Lantai.ArchivalStorage;

/// <summary>A folder of a local file system.</summary>
/// <param name="root">Full path of the store's root.</param>
public sealed class LocalDisk(string root) : IDisk
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _root = Path.GetFullPath(root);

    /// <inheritdoc/>
    public string Root => _root;

    /// <inheritdoc/>
    public long FreeBytes
    {
        get
        {
            var folder = _root;
            while (!Directory.Exists(folder))
            {
                folder = Path.GetDirectoryName(folder) ?? "/";
            }

            return new DriveInfo(folder).AvailableFreeSpace;
        }
    }

    /// <inheritdoc/>
    public bool Exists(string path) => File.Exists(Full(path));

    /// <inheritdoc/>
    public IDiskFile Open(string path, DiskAccess access)
    {
        if (access == DiskAccess.ReadMedium)
        {
            return new DirectFile(Full(path), path);
        }

        if (access is not (DiskAccess.Create or DiskAccess.CreatePrivate))
        {
            return new DurableFile(Full(path), path, access);
        }

        var isPrivate = access == DiskAccess.CreatePrivate;
        MakeFolderOf(path, isPrivate ? OwnerOnly | UnixFileMode.UserExecute : null);
        if (isPrivate)
        {
            MakePrivate(path);
        }

        var file = new DurableFile(Full(path), path, isPrivate ? DiskAccess.Write : access);
        DurableFile.SyncFolder(Path.GetDirectoryName(Full(path))!, path);
        return file;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder)
    {
        var full = Full(folder);
        if (!Directory.Exists(full))
        {
            return [];
        }

        var files = Directory.EnumerateFiles(full, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
            .Select(f => Path.GetRelativePath(_root, f)).ToList();
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <inheritdoc/>
    public void Replace(string path, ReadOnlySpan<byte> content) => Replace(path, content, null);

    /// <summary>As <see cref="Replace(string, ReadOnlySpan{byte})"/>, with the file's mode set before its content is written.</summary>
    public void ReplaceSecret(string path, ReadOnlySpan<byte> content, UnixFileMode mode) => Replace(path, content, mode);

    private void Replace(string path, ReadOnlySpan<byte> content, UnixFileMode? mode)
    {
        MakeFolderOf(path);
        var temporary = path + ".new";
        Delete(temporary); // left by a crash before the rename
        try
        {
            if (mode is { } secret)
            {
                // Made with its mode, not given it later: there is no moment in which others could open it.
                new FileStream(Full(temporary), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = secret }).Dispose();
            }

            using (var file = new DurableFile(Full(temporary), temporary, mode is null ? DiskAccess.Create : DiskAccess.Write))
            {
                file.Write(0, content);
                file.Sync();
            }

            File.Move(Full(temporary), Full(path), overwrite: true);
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or (IOException and not StorageException))
        {
            throw DurableFile.Failure(path, problem, StorageProblem.WriteFailed);
        }

        DurableFile.SyncFolder(Path.GetDirectoryName(Full(path))!, path);
    }

    /// <inheritdoc/>
    public void Link(string path, string newPath)
    {
        MakeFolderOf(newPath);
        if (Libc.Link(Full(path), Full(newPath)) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new StorageException(
                error switch { 17 => StorageProblem.Exists, 2 => StorageProblem.NotFound, 28 or 122 => StorageProblem.DiskFull, _ => StorageProblem.WriteFailed },
                newPath, new IOException(Marshal.GetPInvokeErrorMessage(error)));
        }

        DurableFile.SyncFolder(Path.GetDirectoryName(Full(newPath))!, newPath);
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        if (!File.Exists(Full(path)))
        {
            return;
        }

        try
        {
            File.Delete(Full(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw DurableFile.Failure(path, problem, StorageProblem.WriteFailed);
        }

        DurableFile.SyncFolder(Path.GetDirectoryName(Full(path))!, path);
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
            var handle = File.OpenHandle(Full(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (Libc.FLock(handle, Libc.LockExclusive | Libc.LockNonBlocking) == 0)
            {
                return handle; // closing the descriptor gives the lock back, also when the process dies
            }

            var error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            return error == Libc.WouldBlock
                ? null
                : throw new StorageException(StorageProblem.WriteFailed, path, new IOException(Marshal.GetPInvokeErrorMessage(error)));
        }
        catch (IOException problem) when (problem.HResult == Libc.WouldBlock)
        {
            return null; // the runtime takes a shared lock when it opens a file, and met the owner's exclusive one
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or (IOException and not StorageException))
        {
            throw DurableFile.Failure(path, problem, StorageProblem.WriteFailed);
        }
    }

    private void MakePrivate(string path)
    {
        try
        {
            // Made with its mode, not given it later: there is no moment in which others could open it.
            new FileStream(Full(path), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }).Dispose();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw DurableFile.Failure(path, problem, StorageProblem.WriteFailed);
        }
    }

    private string Full(string path) => Path.Combine(_root, path);

    private void MakeFolderOf(string path, UnixFileMode? mode = null)
    {
        var missing = new Stack<string>();
        for (var folder = Path.GetDirectoryName(Full(path))!; !Directory.Exists(folder); folder = Path.GetDirectoryName(folder)!)
        {
            missing.Push(folder);
        }

        // Each new folder is a name in its parent, which must become durable before anything in it counts.
        foreach (var folder in missing)
        {
            try
            {
                _ = mode is { } only ? Directory.CreateDirectory(folder, only) : Directory.CreateDirectory(folder);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw DurableFile.Failure(path, problem, StorageProblem.WriteFailed);
            }

            DurableFile.SyncFolder(Path.GetDirectoryName(folder)!, path);
        }
    }
}
