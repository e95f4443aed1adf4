using System.Runtime.InteropServices;
using System.Text;
using Lantai.Containers;
using Lantai.Words;
using Microsoft.Win32.SafeHandles;

namespace Lantai.InformationPackages;

/// <summary>
/// A folder of the file system whose names are bytes. Everything is opened relative to the folder itself, segment by
/// segment, and a link is never followed, so nothing outside it is read or written however its content changes meanwhile.
/// </summary>
/// <remarks>Linux only. Safe for concurrent use.</remarks>
public sealed class ByteFolder : IDisposable
{
    private const int LongestSegment = 255;

    private readonly SafeFileHandle _root;
    private readonly Lock _gate = new();
    private SafeFileHandle? _parent;
    private byte[] _parentPath = [];

    private ByteFolder(SafeFileHandle root) => _root = root;

    /// <summary>Opens an existing folder. The path itself may go through links.</summary>
    /// <exception cref="IOException">It is not there, is no folder or may not be read.</exception>
    public static ByteFolder Open(string path) => Open(Encoding.UTF8.GetBytes(path));

    /// <summary>Opens an existing folder by the bytes of its path.</summary>
    /// <exception cref="IOException">It is not there, is no folder or may not be read.</exception>
    public static ByteFolder Open(ReadOnlySpan<byte> path) =>
        LibC.OpenFolder(path, out var error) is { } root
            ? new ByteFolder(root)
            : throw new IOException($"{EntryName.OfBytes(path).Display}: {Describe(error)}", error);

    /// <summary>Makes a new folder, with the folders above it, to write into.</summary>
    /// <exception cref="IOException">It exists and holds something, or cannot be made.</exception>
    public static ByteFolder Create(string path)
    {
        var isNew = LibC.MakeFolder(Encoding.UTF8.GetBytes(path)) == 0;
        if (!isNew)
        {
            _ = Directory.CreateDirectory(path); // the folders above it too, or it says why not
        }

        var folder = Open(path);
        if (!isNew && LibC.List(folder._root, 1, out _) is not { Count: 0 })
        {
            folder.Dispose();
            throw new IOException($"{path} is not empty.");
        }

        return folder;
    }

    /// <summary>The names directly inside a folder, in byte order.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<EntryName> Children(string folder)
    {
        using var opened = Open(folder);
        var children = LibC.List(opened._root, int.MaxValue, out var error) ?? throw new IOException($"{folder}: {Describe(error)}", error);
        return [.. children.Select(c => EntryName.OfBytes(c.Name)).Order()];
    }

    /// <summary>
    /// Whether a file of this name can stand in a folder: no segment is empty, <c>.</c>, <c>..</c>, longer than 255
    /// bytes or holds a NUL. The whole path may be of any length.
    /// </summary>
    public static bool CanHold(EntryName name)
    {
        var path = name.Bytes.Span;
        foreach (var range in path.Split((byte)'/'))
        {
            var segment = path[range];
            if (segment.IsEmpty || segment.Length > LongestSegment || segment.Contains((byte)0)
                || segment.SequenceEqual("."u8) || segment.SequenceEqual(".."u8))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Walks everything below: files, and folders with nothing in them, in the byte order of their full paths. One listing
    /// for each level is held in memory. What is neither file nor folder, or cannot be read, becomes a finding.
    /// </summary>
    public IEnumerable<ByteFolderEntry> Walk(List<Finding> findings)
    {
        var bounded = new BoundedFindings(findings, "SIP-012", "");
        foreach (var entry in new ByteFolderWalk(this, bounded, null).Walk())
        {
            yield return entry;
        }

        bounded.Close();
    }

    /// <summary>Opens a file to read.</summary>
    /// <exception cref="ContentException">It is gone, no ordinary file any more, or may not be read.</exception>
    public Stream OpenRead(EntryName name) => new FileStream(OpenHandle(name), FileAccess.Read, bufferSize: 0);

    /// <summary>As <see cref="OpenRead"/>, without a stream around it.</summary>
    /// <exception cref="ContentException">It is gone, no ordinary file any more, or may not be read.</exception>
    public SafeFileHandle OpenHandle(EntryName name)
    {
        var handle = OpenBelow(name.Bytes.Span, LibC.ReadOnly | LibC.NonBlocking, make: false, out var error);
        if (handle is not null && LibC.Stat(handle, [], out error) is not { Kind: FileKind.File })
        {
            handle.Dispose();
            handle = null;
        }

        return handle ?? throw new ContentException(Finding.Error("SIP-007", name.Display, ("error", Describe(error))));
    }

    /// <summary>The size and time of change of a file now.</summary>
    /// <exception cref="ContentException">It is gone or may not be asked.</exception>
    public ByteFileStamp Stamp(EntryName name) =>
        TryStamp(name.Bytes.Span, out var error)
            ?? throw new ContentException(Finding.Error("SIP-007", name.Display, ("error", Describe(error))));

    /// <summary>Makes a new file, with the folders above it, and opens it to write.</summary>
    /// <exception cref="ArgumentException">No folder can hold the name.</exception>
    /// <exception cref="IOException">It exists, or cannot be made.</exception>
    public Stream CreateFile(EntryName name) => new FileStream(CreateHandle(name), FileAccess.Write, 1 << 16);

    /// <summary>As <see cref="CreateFile"/>, without a stream around it.</summary>
    /// <exception cref="ArgumentException">No folder can hold the name.</exception>
    /// <exception cref="IOException">It exists, or cannot be made.</exception>
    public SafeFileHandle CreateHandle(EntryName name)
    {
        DemandHoldable(name);
        return OpenBelow(name.Bytes.Span, LibC.WriteOnly | LibC.CreateNew, make: true, out var error)
            ?? throw new IOException($"{name.Display}: {Describe(error)}", error);
    }

    /// <summary>Removes a file.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void RemoveFile(EntryName name)
    {
        lock (_gate)
        {
            var parent = Parent(name.Bytes.Span, make: false, out var leaf, out var error);
            error = parent is null ? error : LibC.Remove(parent, leaf);
            if (error != 0)
            {
                throw new IOException($"{name.Display}: {Describe(error)}", error);
            }
        }
    }

    /// <summary>Writes bytes behind those that were written before: the bare call, since the runtime's asks of each file first whether it can seek.</summary>
    /// <exception cref="IOException">The file system reports a failure.</exception>
    public static void Write(SafeFileHandle file, EntryName name, ReadOnlySpan<byte> bytes) => Demand(LibC.Write(file, bytes), name);

    /// <summary>Sets the time of last change of a file that was written; that of the last reading stays.</summary>
    /// <exception cref="IOException">The file system reports a failure.</exception>
    public static void SetModified(SafeFileHandle file, EntryName name, DateTimeOffset time) =>
        Demand(LibC.SetModified(file, time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks), name);

    /// <summary>Closes a file that was written; some file systems only then say that the bytes found no room.</summary>
    /// <exception cref="IOException">The file system reports a failure.</exception>
    public static void Close(SafeFileHandle file, EntryName name) => Demand(LibC.Close(file), name);

    /// <summary>Makes a folder, with the folders above it; one that exists stays.</summary>
    /// <exception cref="ArgumentException">No folder can hold the name.</exception>
    /// <exception cref="IOException">It cannot be made, or a file has its name.</exception>
    public void CreateFolder(EntryName name)
    {
        DemandHoldable(name);
        lock (_gate)
        {
            _ = Folder(name.Bytes.Span, make: true, out var error) ?? throw new IOException($"{name.Display}: {Describe(error)}", error);
        }
    }

    /// <summary>Closes the folder.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _parent?.Dispose();
            _parent = null;
            _root.Dispose();
        }
    }

    internal static string Describe(int error) => error == 0 ? "not an ordinary file" : Marshal.GetPInvokeErrorMessage(error);

    internal ByteFileStamp? TryStamp(ReadOnlySpan<byte> path, out int error)
    {
        lock (_gate)
        {
            return Parent(path, make: false, out var leaf, out error) is { } parent ? LibC.Stat(parent, leaf, out error) : null;
        }
    }

    /// <summary>The children of a folder below (empty path: this one), at most so many.</summary>
    internal List<(byte[] Name, FileKind Kind)>? List(ReadOnlySpan<byte> path, int most, out int error)
    {
        if (path.IsEmpty)
        {
            return LibC.List(_root, most, out error);
        }

        using var folder = OpenFolder(path, make: false, out error);
        return folder is null ? null : LibC.List(folder, most, out error);
    }

    private static void Demand(int error, EntryName name)
    {
        if (error != 0)
        {
            throw new IOException($"{name.Display}: {Describe(error)}", error);
        }
    }

    private static void DemandHoldable(EntryName name)
    {
        if (!CanHold(name))
        {
            throw new ArgumentException($"No folder can hold the name {name.Display}.", nameof(name));
        }
    }

    private SafeFileHandle? OpenBelow(ReadOnlySpan<byte> path, int flags, bool make, out int error)
    {
        lock (_gate)
        {
            return Parent(path, make, out var leaf, out error) is { } parent ? LibC.OpenAt(parent, leaf, flags, out error) : null;
        }
    }

    /// <summary>The folder that holds a path's last segment. Called under the lock.</summary>
    private SafeFileHandle? Parent(ReadOnlySpan<byte> path, bool make, out ReadOnlySpan<byte> leaf, out int error)
    {
        var cut = path.LastIndexOf((byte)'/');
        leaf = path[(cut + 1)..];
        error = 0;
        return cut < 0 ? _root : Folder(path[..cut], make, out error);
    }

    /// <summary>
    /// A folder below. The last one asked for stays open, because files are read and written folder by folder. Called under the lock.
    /// </summary>
    private SafeFileHandle? Folder(ReadOnlySpan<byte> path, bool make, out int error)
    {
        error = 0;
        if (_parent is null || !path.SequenceEqual(_parentPath))
        {
            _parent?.Dispose();
            _parent = OpenFolder(path, make, out error);
            _parentPath = path.ToArray();
        }

        return _parent;
    }

    private SafeFileHandle? OpenFolder(ReadOnlySpan<byte> path, bool make, out int error)
    {
        var current = _root;
        foreach (var range in path.Split((byte)'/'))
        {
            var segment = path[range];
            error = make ? LibC.MakeFolder(current, segment) : 0;
            var next = error is 0 or LibC.Exists
                ? LibC.OpenAt(current, segment, LibC.ReadOnly | LibC.FolderOnly, out error)
                : null;
            if (current != _root)
            {
                current.Dispose();
            }

            if (next is null)
            {
                return null;
            }

            current = next;
        }

        error = 0;
        return current;
    }
}
