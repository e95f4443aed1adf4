using System.Collections.Concurrent;
using Lantai.ArchivalStorage;

namespace Lantai.Tests.Faults;

/// <summary>A disk in memory: a copy of a store whose bytes a test may turn one by one.</summary>
internal sealed class MemoryDisk : IDisk
{
    private readonly ConcurrentDictionary<string, Node> _files = new(StringComparer.Ordinal);

    public string Root => "memory";

    public long FreeBytes => 1L << 40;

    public IEnumerable<string> Paths => _files.Keys.Order(StringComparer.Ordinal);

    public byte[] this[string path]
    {
        get => _files[path].Bytes;
        set
        {
            if (_files.TryGetValue(path, out var node))
            {
                node.Bytes = value; // a second name sees it too
            }
            else
            {
                _files[path] = new Node(value);
            }
        }
    }

    /// <summary>A file, which may have several names.</summary>
    private sealed class Node(byte[] bytes)
    {
        public byte[] Bytes { get; set; } = bytes;
    }

    public static MemoryDisk CopyOf(string root)
    {
        var disk = new MemoryDisk();
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            disk._files[Path.GetRelativePath(root, file)] = new Node(File.ReadAllBytes(file));
        }

        return disk;
    }

    public MemoryDisk Copy()
    {
        var copy = new MemoryDisk();
        var copies = new Dictionary<Node, Node>();
        foreach (var (path, node) in _files)
        {
            if (!copies.TryGetValue(node, out var twin))
            {
                copies.Add(node, twin = new Node([.. node.Bytes]));
            }

            copy._files[path] = twin;
        }

        return copy;
    }

    public bool Exists(string path) => _files.ContainsKey(path);

    public IDiskFile Open(string path, DiskAccess access)
    {
        if (access is DiskAccess.Create or DiskAccess.CreatePrivate)
        {
            return _files.TryAdd(path, new Node([])) ? new MemoryFile(_files[path]) : throw new StorageException(StorageProblem.Exists, path);
        }

        return _files.TryGetValue(path, out var node) ? new MemoryFile(node) : throw new StorageException(StorageProblem.NotFound, path);
    }

    public IReadOnlyList<string> List(string folder) =>
        [.. Paths.Where(p => folder.Length == 0 || p.StartsWith(folder + "/", StringComparison.Ordinal))];

    public void Replace(string path, ReadOnlySpan<byte> content) => _files[path] = new Node(content.ToArray());

    public void Link(string path, string newPath)
    {
        if (!_files.TryAdd(newPath, _files[path]))
        {
            throw new StorageException(StorageProblem.Exists, newPath);
        }
    }

    public void Delete(string path) => _files.TryRemove(path, out _);

    public IDisposable? TryLock(string path) => new MemoryStream();

    private sealed class MemoryFile(Node node) : IDiskFile
    {
        public long Length => node.Bytes.Length;

        public int Read(long offset, Span<byte> buffer)
        {
            var bytes = node.Bytes;
            if (offset < 0 || offset >= bytes.Length)
            {
                return 0;
            }

            var count = (int)Math.Min(buffer.Length, bytes.Length - offset);
            bytes.AsSpan((int)offset, count).CopyTo(buffer);
            return count;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            var old = node.Bytes;
            var grown = new byte[Math.Max(old.Length, offset + bytes.Length)];
            old.CopyTo(grown, 0);
            bytes.CopyTo(grown.AsSpan((int)offset));
            node.Bytes = grown;
        }

        public void Sync()
        {
        }

        public void Truncate(long length) => node.Bytes = node.Bytes.AsSpan(0, (int)length).ToArray();

        public void DropCache()
        {
        }

        public void Dispose()
        {
        }
    }
}
