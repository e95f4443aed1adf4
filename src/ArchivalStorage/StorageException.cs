using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>What kind of trouble the world behind the store is in.</summary>
public enum StorageProblem
{
    /// <summary>The thing is not there.</summary>
    NotFound,

    /// <summary>Something of this name is there already.</summary>
    Exists,

    /// <summary>The disk or quota is full.</summary>
    DiskFull,

    /// <summary>A read failed.</summary>
    ReadFailed,

    /// <summary>A write, rename or delete failed.</summary>
    WriteFailed,

    /// <summary>An fsync failed: what was written before may be lost, and is never written again to that descriptor.</summary>
    SyncFailed,

    /// <summary>Another process owns the store.</summary>
    Locked,

    /// <summary>The folder holds no store, or one whose making did not finish.</summary>
    NotAStore,

    /// <summary>Stored bytes are damaged; <see cref="StorageException.Finding"/> says how.</summary>
    Damaged,

    /// <summary>The log key is absent: the store can be read but nothing can be added.</summary>
    KeyMissing,

    /// <summary>An earlier failure stopped this writer; open the store again.</summary>
    Stopped,
}

/// <summary>The world failed: the disk, a permission, another owner, or stored bytes that are damaged.</summary>
public sealed class StorageException : IOException
{
    /// <summary>Makes an exception about a path below the store's root.</summary>
    public StorageException(StorageProblem problem, string path, Exception? cause = null, Finding? finding = null)
        : base($"{problem}: {path}{(finding is null ? "" : " " + finding)}{(cause is null ? "" : " (" + cause.Message + ")")}", cause)
    {
        Problem = problem;
        Path = path;
        Finding = finding;
    }

    /// <summary>What kind of trouble.</summary>
    public StorageProblem Problem { get; }

    /// <summary>The path concerned, relative to the root, or the root itself.</summary>
    public string Path { get; }

    /// <summary>For damage: what was found.</summary>
    public Finding? Finding { get; }

    /// <summary>Whether the same call may succeed later with nothing repaired: another owner leaves, space is made.</summary>
    public bool IsTransient => Problem is StorageProblem.Locked or StorageProblem.DiskFull;
}
