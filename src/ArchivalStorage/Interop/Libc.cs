using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lantai.ArchivalStorage.Interop;

/// <summary>
/// The system calls that the runtime does not offer or does not report truthfully: its own flush returns normally
/// when fsync fails, so this room calls fsync itself.
/// </summary>
internal static partial class Libc
{
    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;
    public const int DontNeed = 4;
    public const int WouldBlock = 11;
    private const int ReadOnlyDirectoryCloseOnExec = 0x10000 | 0x80000;

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int FLock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "posix_fadvise", SetLastError = true)]
    public static partial int FAdvise(SafeFileHandle file, long offset, long length, int advice);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(string path, string newPath);

    /// <summary>Opens a folder for fsync; the runtime refuses to.</summary>
    public static SafeFileHandle OpenFolder(string path) => new(
        Open(path, RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? 0x4000 | 0x80000 : ReadOnlyDirectoryCloseOnExec), ownsHandle: true);

    /// <summary>Opens a file to be read past the page cache; null when the file system refuses it.</summary>
    public static SafeFileHandle? OpenDirect(string path)
    {
        var file = new SafeFileHandle(Open(path, (RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? 0x10000 : 0x4000) | 0x80000), ownsHandle: true);
        if (!file.IsInvalid)
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
