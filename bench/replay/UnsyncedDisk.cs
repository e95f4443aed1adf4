using Lantai.ArchivalStorage;

namespace Lantai.Bench.Replay;

/// <summary>
/// The local disk without its fsyncs: a store of a million events is made in minutes, and its bytes are those that a
/// vault writes. Only for making test stores: a power cut may leave anything.
/// </summary>
internal sealed class UnsyncedDisk(string root) : IDisk
{
    private readonly LocalDisk _disk = new(root);

    public string Root => _disk.Root;

    public long FreeBytes { get; } = new LocalDisk(root).FreeBytes; // asked for at each ingestion: a system call less

    public bool Exists(string path) => _disk.Exists(path);

    public IDiskFile Open(string path, DiskAccess access) => new UnsyncedFile(_disk.Open(path, access));

    public IReadOnlyList<string> List(string folder) => _disk.List(folder);

    public void Replace(string path, ReadOnlySpan<byte> content)
    {
        var full = Path.Combine(Root, path);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full + ".new", content.ToArray());
        File.Move(full + ".new", full, overwrite: true); // another file under the name: the old one may have a second name
    }

    public void Link(string path, string newPath) => _disk.Link(path, newPath);

    public void Delete(string path)
    {
        if (_disk.Exists(path)) // its folder may not be there either
        {
            File.Delete(Path.Combine(Root, path));
        }
    }

    public IDisposable? TryLock(string path) => _disk.TryLock(path);

    private sealed class UnsyncedFile(IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

        public void Write(long offset, ReadOnlySpan<byte> bytes) => file.Write(offset, bytes);

        public void Sync()
        {
            // the point of this class
        }

        public void Truncate(long length) => file.Truncate(length);

        public void DropCache()
        {
            // what was not synced stays in the cache anyway
        }

        public void Dispose() => file.Dispose();
    }
}
