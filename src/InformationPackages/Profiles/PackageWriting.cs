using System.IO.Compression;
using System.Text;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>
/// Writes the files of a package into a new folder or a zip. Both are the same for the same files: in the order of their paths, all with one
/// time, in a zip stored as they are (a packer's next version would pack other bytes) under UTF-8 names.
/// </summary>
/// <remarks>Pure functions over what is given; contents are copied in blocks, never held whole.</remarks>
public static class PackageWriting
{
    private const int FileMode = 0x81A4; // an ordinary file, rw-r--r--

    /// <summary>The time that files carry where nobody gives one: the first that a zip can hold.</summary>
    public static DateTimeOffset NoTime { get; } = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes into a folder, which is made with the folders above it, or must be empty. Names keep their bytes.</summary>
    /// <exception cref="IOException">The folder holds something or cannot be written.</exception>
    /// <exception cref="ContentException">A content cannot be read.</exception>
    /// <exception cref="ArgumentException">A name leaves the folder, or two files have one name.</exception>
    public static void ToFolder(string folder, IEnumerable<PackageFile> files, DateTimeOffset? time = null, CancellationToken stop = default)
    {
        var ordered = Order(files);
        using var target = ByteFolder.Create(folder);
        foreach (var file in ordered)
        {
            stop.ThrowIfCancellationRequested();
            using (var written = target.CreateFile(file.Name))
            {
                Copy(file, written);
            }

            // After the content, or the writing would be the last change.
            using var handle = target.OpenHandle(file.Name);
            ByteFolder.SetModified(handle, file.Name, time ?? NoTime);
        }
    }

    /// <summary>Writes a zip.</summary>
    /// <param name="target">Where to; seekable, left open.</param>
    /// <param name="files">The files. A name that is not UTF-8 is written as its text.</param>
    /// <param name="folder">A folder that everything lies in, or empty.</param>
    /// <param name="time">The time of every file, at UTC+08:00 in the zip, which knows no zone; <see cref="NoTime"/> when null.</param>
    /// <param name="stop">Stops between two files.</param>
    /// <exception cref="IOException">The target cannot be written.</exception>
    /// <exception cref="ContentException">A content cannot be read.</exception>
    /// <exception cref="ArgumentException">A name is unsafe or has no text, or two files have one name.</exception>
    public static void ToZip(Stream target, IEnumerable<PackageFile> files, string folder = "", DateTimeOffset? time = null, CancellationToken stop = default)
    {
        var ordered = Order(files.Select(f => f.At(EntryName.OfText((folder.Length == 0 ? "" : folder + "/") + TextOf(f.Name)))));
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        foreach (var file in ordered)
        {
            stop.ThrowIfCancellationRequested();
            var entry = zip.CreateEntry(file.Path, CompressionLevel.NoCompression);
            entry.LastWriteTime = time?.ToOffset(TimeSpan.FromHours(8)) ?? NoTime;
            entry.ExternalAttributes = FileMode << 16;
            using var written = entry.Open();
            Copy(file, written);
        }
    }

    private static void Copy(PackageFile file, Stream target)
    {
        using var content = file.OpenRead();
        content.CopyTo(target, 1 << 16);
    }

    private static string TextOf(EntryName name) =>
        name.Basis != NameBasis.Escaped ? name.Display : throw new ArgumentException($"The name {name.Display} is in no known encoding.", nameof(name));

    private static List<PackageFile> Order(IEnumerable<PackageFile> files)
    {
        var ordered = files.ToList();
        ordered.Sort((a, b) => a.Name.CompareTo(b.Name));
        for (var i = 0; i < ordered.Count; i++)
        {
            if (EntryPath.FindReason(ordered[i].Name.Bytes.Span) is { } reason)
            {
                throw new ArgumentException($"{ordered[i].Path}: {reason}.", nameof(files));
            }

            if (i > 0 && ordered[i].Name == ordered[i - 1].Name)
            {
                throw new ArgumentException($"Two files are called {ordered[i].Path}.", nameof(files));
            }
        }

        return ordered;
    }
}
