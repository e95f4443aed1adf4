using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lantai.InformationPackages;

/// <summary>
/// The calls of the C library that take names as bytes; the runtime's own calls decode names as UTF-8 and cannot
/// open what does not decode. Linux on x86-64 and arm64, whose flag values differ where noted.
/// </summary>
internal static unsafe partial class LibC
{
    internal const int ReadOnly = 0;
    internal const int WriteOnly = 1;
    internal const int CreateNew = 0x40 | 0x80;
    internal const int NonBlocking = 0x800;
    internal const int CloseOnExec = 0x80000;

    internal const int NoEntry = 2;
    internal const int Exists = 17;
    private const int Interrupted = 4;
    private const int InputOutput = 5;

    private const int NoFollowLink = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicFields = 0x7FF;
    private const int LeaveTime = (1 << 30) - 2; // UTIME_OMIT
    private const int StatxSize = 256;
    private const int NameOffset = 19;
    private const int TypeOffset = 18;

    internal static int NoFollow { get; } = IsArm ? 0x8000 : 0x20000;

    internal static int FolderOnly { get; } = IsArm ? 0x4000 : 0x10000;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    /// <summary>Opens a path as the user gave it: links in it are followed.</summary>
    internal static SafeFileHandle? OpenFolder(ReadOnlySpan<byte> path, out int error)
    {
        fixed (byte* p = Terminate(path))
        {
            return Wrap(open(p, ReadOnly | FolderOnly | CloseOnExec, 0), out error);
        }
    }

    /// <summary>Opens one segment below a folder; a link is never followed.</summary>
    internal static SafeFileHandle? OpenAt(SafeFileHandle folder, ReadOnlySpan<byte> segment, int flags, out int error)
    {
        fixed (byte* p = Terminate(segment))
        {
            return Wrap(openat(folder, p, flags | NoFollow | CloseOnExec, 0x1B6 /* 0666 */), out error);
        }
    }

    /// <summary>Makes a folder at a path as the user gave it; zero or the error.</summary>
    internal static int MakeFolder(ReadOnlySpan<byte> path)
    {
        fixed (byte* p = Terminate(path))
        {
            return mkdir(p, 0x1FF /* 0777 */) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Makes a folder below a folder; zero or the error.</summary>
    internal static int MakeFolder(SafeFileHandle folder, ReadOnlySpan<byte> segment)
    {
        fixed (byte* p = Terminate(segment))
        {
            return mkdirat(folder, p, 0x1FF /* 0777 */) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Removes a file below a folder; zero or the error.</summary>
    internal static int Remove(SafeFileHandle folder, ReadOnlySpan<byte> segment)
    {
        fixed (byte* p = Terminate(segment))
        {
            return unlinkat(folder, p, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Writes all bytes where the last writing ended; zero or the error.</summary>
    internal static int Write(SafeFileHandle file, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            for (nint done = 0; done < bytes.Length;)
            {
                var count = write(file, first + done, bytes.Length - done);
                if (count < 0 && Marshal.GetLastPInvokeError() is not Interrupted and var error)
                {
                    return error;
                }

                if (count == 0)
                {
                    return InputOutput; // no file system should do that; asked again it might for ever
                }

                done += Math.Max(0, count);
            }
        }

        return 0;
    }

    /// <summary>Sets the time of last change to that of so many ticks since 1970 and leaves the time of access; zero or the error.</summary>
    internal static int SetModified(SafeFileHandle file, long ticks)
    {
        var (seconds, rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        (seconds, rest) = rest < 0 ? (seconds - 1, rest + TimeSpan.TicksPerSecond) : (seconds, rest);
        var times = stackalloc nint[] { 0, LeaveTime, (nint)seconds, (nint)(rest * TimeSpan.NanosecondsPerTick) };
        return futimens(file, times) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>Closes a handle that nobody else uses; zero or the error.</summary>
    internal static int Close(SafeFileHandle file)
    {
        var descriptor = (int)file.DangerousGetHandle();
        file.SetHandleAsInvalid(); // closed here, whatever the answer: Linux gives the descriptor back even then
        return close(descriptor) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>Mode, size and time of change of a name below a folder, or of the handle itself for an empty name.</summary>
    internal static ByteFileStamp? Stat(SafeFileHandle folder, ReadOnlySpan<byte> segment, out int error)
    {
        var buffer = stackalloc byte[StatxSize];
        fixed (byte* p = Terminate(segment))
        {
            var flags = NoFollowLink | (segment.IsEmpty ? EmptyPath : 0);
            if (statx(folder, p, flags, BasicFields, buffer) != 0)
            {
                error = Marshal.GetLastPInvokeError();
                return null;
            }
        }

        error = 0;
        var fields = new ReadOnlySpan<byte>(buffer, StatxSize);
        var seconds = BinaryPrimitives.ReadInt64LittleEndian(fields[112..]);
        var nanoseconds = BinaryPrimitives.ReadUInt32LittleEndian(fields[120..]);
        return new ByteFileStamp(
            BinaryPrimitives.ReadInt64LittleEndian(fields[40..]),
            seconds is > -9_000_000_000 and < 9_000_000_000 ? (seconds * 1_000_000_000) + nanoseconds : 0,
            (FileKind)(BinaryPrimitives.ReadUInt16LittleEndian(fields[28..]) >> 12));
    }

    /// <summary>
    /// Lists a folder: the names and kinds of its children without <c>.</c> and <c>..</c>, at most
    /// <paramref name="most"/>. The handle stays usable.
    /// </summary>
    internal static List<(byte[] Name, FileKind Kind)>? List(SafeFileHandle folder, int most, out int error)
    {
        // A listing owns its descriptor and moves its place, so it gets one of its own.
        fixed (byte* dot = ".\0"u8)
        {
            var descriptor = openat(folder, dot, ReadOnly | FolderOnly | CloseOnExec, 0);
            if (descriptor < 0)
            {
                error = Marshal.GetLastPInvokeError();
                return null;
            }

            var listing = fdopendir(descriptor);
            if (listing == 0)
            {
                error = Marshal.GetLastPInvokeError();
                _ = close(descriptor);
                return null;
            }

            try
            {
                return ReadAll(listing, most, out error);
            }
            finally
            {
                _ = closedir(listing);
            }
        }
    }

    private static List<(byte[] Name, FileKind Kind)>? ReadAll(nint listing, int most, out int error)
    {
        var children = new List<(byte[], FileKind)>();
        while (children.Count < most)
        {
            var record = readdir64(listing);
            if (record == null)
            {
                error = Marshal.GetLastPInvokeError();
                return error == 0 ? children : null;
            }

            var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(record + NameOffset);
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                children.Add((name.ToArray(), (FileKind)record[TypeOffset]));
            }
        }

        error = 0;
        return children;
    }

    private static byte[] Terminate(ReadOnlySpan<byte> name)
    {
        var bytes = new byte[name.Length + 1];
        name.CopyTo(bytes);
        return bytes;
    }

    private static SafeFileHandle? Wrap(int descriptor, out int error)
    {
        error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int open(byte* path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int openat(SafeFileHandle folder, byte* path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int mkdir(byte* path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int mkdirat(SafeFileHandle folder, byte* path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(SafeFileHandle file, byte* bytes, nint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int futimens(SafeFileHandle file, nint* times);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int statx(SafeFileHandle folder, byte* path, int flags, uint mask, byte* result);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint fdopendir(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial byte* readdir64(nint listing);

    [LibraryImport("libc")]
    private static partial int closedir(nint listing);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unlinkat(SafeFileHandle folder, byte* path, int flags);
}
