using Lantai.ArchivalStorage;

namespace Lantai.Tests.Faults;

/// <summary>A disk that tells a test of each change before it happens; the test may throw there.</summary>
internal sealed class HookDisk(IDisk disk, Action<string, string> before) : IDisk
{
    public string Root => disk.Root;
    public long FreeBytes => disk.FreeBytes;
    public bool Exists(string path) => disk.Exists(path);
    public IDiskFile Open(string path, DiskAccess access) { before("open" + access, path); return new HookFile(disk.Open(path, access), path, before); }
    public IReadOnlyList<string> List(string folder) => disk.List(folder);
    public void Replace(string path, ReadOnlySpan<byte> content) { before("replace", path); disk.Replace(path, content); }
    public void Link(string path, string newPath) { before("link", newPath); disk.Link(path, newPath); }
    public void Delete(string path) { before("delete", path); disk.Delete(path); }
    public IDisposable? TryLock(string path) => disk.TryLock(path);
    private sealed class HookFile(IDiskFile f, string path, Action<string, string> before) : IDiskFile
    {
        public long Length => f.Length;
        public int Read(long offset, Span<byte> buffer) => f.Read(offset, buffer);
        public void Write(long offset, ReadOnlySpan<byte> bytes) { before("write", path); f.Write(offset, bytes); }
        public void Sync() { before("sync", path); f.Sync(); }
        public void Truncate(long length) { before("truncate", path); f.Truncate(length); }
        public void DropCache() => f.DropCache();
        public void Dispose() => f.Dispose();
    }
}
