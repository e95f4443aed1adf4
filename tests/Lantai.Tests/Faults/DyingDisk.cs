using Lantai.ArchivalStorage;

namespace Lantai.Tests.Faults;

/// <summary>
/// A disk that fails at its n-th change and at every change after it: a process that was killed there, a device that
/// went away, or a disk that filled up. With <c>half</c> the failing write leaves half of its bytes.
/// </summary>
internal sealed class DyingDisk(MemoryDisk disk, int failAt, StorageProblem problem, bool half) : IDisk
{
    private int _changes;

    public int Changes => _changes;

    public string Root => disk.Root;

    public long FreeBytes => disk.FreeBytes;

    public bool Exists(string path) => disk.Exists(path);

    public IReadOnlyList<string> List(string folder) => disk.List(folder);

    public IDisposable? TryLock(string path) => disk.TryLock(path);

    public IDiskFile Open(string path, DiskAccess access)
    {
        if (access is DiskAccess.Create or DiskAccess.CreatePrivate)
        {
            Change(path);
        }

        return new DyingFile(this, disk.Open(path, access), path);
    }

    public void Replace(string path, ReadOnlySpan<byte> content)
    {
        Change(path);
        disk.Replace(path, content);
    }

    public void Link(string path, string newPath)
    {
        Change(path);
        disk.Link(path, newPath);
    }

    public void Delete(string path)
    {
        if (disk.Exists(path))
        {
            Change(path);
            disk.Delete(path);
        }
    }

    private void Change(string path, Action? beforeFailing = null)
    {
        if (++_changes >= failAt)
        {
            if (_changes == failAt && half)
            {
                beforeFailing?.Invoke();
            }

            throw new StorageException(problem, path, new IOException("injected"));
        }
    }

    private sealed class DyingFile(DyingDisk owner, IDiskFile file, string path) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            var part = bytes[..(bytes.Length / 2)].ToArray();
            owner.Change(path, () => file.Write(offset, part));
            file.Write(offset, bytes);
        }

        public void Sync()
        {
            owner.Change(path);
            file.Sync();
        }

        public void Truncate(long length)
        {
            owner.Change(path);
            file.Truncate(length);
        }

        public void DropCache() => file.DropCache();

        public void Dispose() => file.Dispose();
    }
}
