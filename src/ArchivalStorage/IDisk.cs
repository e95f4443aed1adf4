namespace Lantai.ArchivalStorage;

/// <summary>How a file is opened.</summary>
public enum DiskAccess
{
    /// <summary>An existing file, to read.</summary>
    Read,

    /// <summary>An existing file, to read from the medium: past the page cache where the file system can, else with the cache dropped first.</summary>
    ReadMedium,

    /// <summary>An existing file, to read and write.</summary>
    Write,

    /// <summary>A new file, to read and write; it must not exist. Its folder is made.</summary>
    Create,

    /// <summary>As <see cref="Create"/>, and nobody but the owner may open it, from its first moment on; so with its folder where that is made.</summary>
    CreatePrivate,
}

/// <summary>
/// The disk below a store's root. Paths are relative and divided by '/'. The real one is <see cref="LocalDisk"/>;
/// tests use recording and failing ones.
/// </summary>
/// <remarks>
/// Contract: what a call reports as done is done; durable only where it says so. Failures are
/// <see cref="StorageException"/>. Safe for concurrent use on different paths.
/// </remarks>
public interface IDisk
{
    /// <summary>The root as a user knows it.</summary>
    string Root { get; }

    /// <summary>Bytes that can still be written.</summary>
    long FreeBytes { get; }

    /// <summary>Whether a file is there.</summary>
    bool Exists(string path);

    /// <summary>Opens a file. With <see cref="DiskAccess.Create"/> and <see cref="DiskAccess.CreatePrivate"/> the new name is durable on return.</summary>
    IDiskFile Open(string path, DiskAccess access);

    /// <summary>Paths of all files below a folder, in ordinal order; empty when the folder is absent.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>Writes a whole file so that after a crash the old or the new content is there; durable on return.</summary>
    void Replace(string path, ReadOnlySpan<byte> content);

    /// <summary>Gives a file a second name, which must not exist; durable on return. The folder is made.</summary>
    void Link(string path, string newPath);

    /// <summary>Removes a name; durable on return. Absent is not an error.</summary>
    void Delete(string path);

    /// <summary>Takes the exclusive lock of a file, which is made if absent; null when another process holds it.</summary>
    IDisposable? TryLock(string path);
}

/// <summary>An open file.</summary>
/// <remarks>Reads may run side by side; writes and syncs by one caller at a time.</remarks>
public interface IDiskFile : IDisposable
{
    /// <summary>Length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads until the buffer is full or the file ends; gives the number of bytes.</summary>
    int Read(long offset, Span<byte> buffer);

    /// <summary>Writes all bytes; not durable yet.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Makes all writes durable. After a failure the file must not be written again through this object.</summary>
    void Sync();

    /// <summary>Cuts the file; not durable yet.</summary>
    void Truncate(long length);

    /// <summary>Tells the system not to keep the file's pages, so that the next read comes from the medium. A hint.</summary>
    void DropCache();
}
