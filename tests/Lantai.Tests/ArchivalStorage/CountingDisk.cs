using Lantai.ArchivalStorage;

namespace Lantai.Tests.ArchivalStorage;

/// <summary>A disk that counts what is read through it.</summary>
internal sealed class CountingDisk(IDisk disk) : IDisk
{
    private long _bytes;
    private long _reads;

    public string Root => disk.Root;

    public long FreeBytes => disk.FreeBytes;

    /// <summary>Bytes of the longest read.</summary>
    public int Longest { get; private set; }

    /// <summary>Bytes and calls since the last time it was asked.</summary>
    public (long Bytes, long Reads) Taken() => (Interlocked.Exchange(ref _bytes, 0), Interlocked.Exchange(ref _reads, 0));

    public bool Exists(string path) => disk.Exists(path);

    public IDiskFile Open(string path, DiskAccess access) => new CountingFile(disk.Open(path, access), this);

    public IReadOnlyList<string> List(string folder) => disk.List(folder);

    public void Replace(string path, ReadOnlySpan<byte> content) => disk.Replace(path, content);

    public void Link(string path, string newPath) => disk.Link(path, newPath);

    public void Delete(string path) => disk.Delete(path);

    public IDisposable? TryLock(string path) => disk.TryLock(path);

    private sealed class CountingFile(IDiskFile file, CountingDisk counts) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> buffer)
        {
            var count = file.Read(offset, buffer);
            counts.Longest = Math.Max(counts.Longest, count);
            Interlocked.Add(ref counts._bytes, count);
            Interlocked.Increment(ref counts._reads);
            return count;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes) => file.Write(offset, bytes);

        public void Sync() => file.Sync();

        public void Truncate(long length) => file.Truncate(length);

        public void DropCache() => file.DropCache();

        public void Dispose() => file.Dispose();
    }
}
