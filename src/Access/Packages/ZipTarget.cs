using System.IO.Compression;
using System.Text;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.Access.Packages;

/// <summary>A package as a zip file, written in one go; names in UTF-8, 64-bit lengths where needed.</summary>
internal sealed class ZipTarget : IPackageTarget
{
    private const int LongestName = 32_768;

    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2107, 12, 31, 23, 59, 58, TimeSpan.Zero);

    private readonly FileStream _file;
    private readonly ZipArchive _zip;

    public ZipTarget(string path)
    {
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        _zip = new ZipArchive(_file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
    }

    public bool CanHold(EntryName path) =>
        path.IsUtf8 && path.Bytes.Length < LongestName && EntryPath.FindReason(path.Bytes.Span) is null;

    public void AddFolder(EntryName path) => _zip.CreateEntry(path.Display + "/").LastWriteTime = Earliest;

    public async Task AddFileAsync(EntryName path, DateTimeOffset? modified, Digest? content, Func<Stream, Task> write)
    {
        var entry = _zip.CreateEntry(path.Display, CompressionLevel.Fastest);
        entry.LastWriteTime = modified is { } time && time >= Earliest && time <= Latest ? time.ToUniversalTime() : Earliest;
        var stream = entry.Open();
        await using (stream.ConfigureAwait(false))
        {
            await write(stream).ConfigureAwait(false);
        }
    }

    public void Finish()
    {
        _zip.Dispose();
        _file.Flush();
    }

    // The list of entries is written by Finish alone: a half-written zip needs none, and on a full disk it would fail again.
    public void Dispose() => _file.Dispose();
}
