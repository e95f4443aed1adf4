using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>What a name in a file system stands for; the values are those of Linux.</summary>
public enum FileKind
{
    /// <summary>The file system does not say.</summary>
    Unknown = 0,

    /// <summary>A named pipe.</summary>
    Fifo = 1,

    /// <summary>A character device.</summary>
    CharacterDevice = 2,

    /// <summary>A folder.</summary>
    Folder = 4,

    /// <summary>A block device.</summary>
    BlockDevice = 6,

    /// <summary>An ordinary file.</summary>
    File = 8,

    /// <summary>A symbolic link.</summary>
    Link = 10,

    /// <summary>A socket.</summary>
    Socket = 12,
}

/// <summary>What tells that a file was changed: its size and the time of its last change.</summary>
/// <param name="Size">The length in bytes.</param>
/// <param name="ModifiedNanoseconds">Nanoseconds since 1970 in universal time, as precise as the file system keeps them.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct ByteFileStamp(long Size, long ModifiedNanoseconds, FileKind Kind)
{
    /// <summary>The time of the last change, cut to 100 nanoseconds.</summary>
    public DateTimeOffset Modified =>
        DateTimeOffset.UnixEpoch.AddTicks(ModifiedNanoseconds / 100);
}

/// <summary>A file, or a folder with nothing in it, found by walking.</summary>
/// <param name="Name">The path below the walked folder.</param>
/// <param name="IsFolder">Whether it is an empty folder.</param>
/// <param name="Stamp">Its size and time when it was found.</param>
public sealed record ByteFolderEntry(EntryName Name, bool IsFolder, ByteFileStamp Stamp);
