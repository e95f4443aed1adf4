using System.Text;
using Lantai.Words;

namespace Lantai.Containers;

/// <summary>
/// A zip file opened with distrust: nothing in it is believed that was not compared with something else, and a file
/// that two readers could unpack differently is refused.
/// </summary>
/// <remarks>
/// Source: APPNOTE 6.3.10 (zip64, data descriptors, Unicode flag), Info-ZIP extra fields 0x5455 and 0x7075. Methods
/// stored and deflate. Entries may be read at the same time from several threads; reads of the file take turns.
/// </remarks>
public sealed class ZipContainer : IDisposable
{
    private readonly Stream _stream;
    private readonly string _displayName;
    private readonly ContainerClock _clock;
    private readonly Lock _gate = new();

    private ZipContainer(Stream stream, string displayName, List<ZipEntry> entries, ContainerClock clock)
    {
        _clock = clock;
        _stream = stream;
        _displayName = displayName;
        Entries = entries;
    }

    /// <summary>All entries in the order of the central directory.</summary>
    public IReadOnlyList<ZipEntry> Entries { get; }

    /// <summary>
    /// Opens a zip file, or adds to <paramref name="findings"/> why it is refused and returns null. Warnings may be
    /// added either way. Memory grows with the central directory, which the limits bound.
    /// </summary>
    /// <param name="seekable">The file; disposed with the container, and by this method when it returns null.</param>
    /// <param name="displayName">How findings call the file.</param>
    /// <param name="limits">How much it may hold.</param>
    /// <param name="findings">Receives what is wrong; at most 100 of each code.</param>
    /// <param name="declaredNames">The encoding of names that are not UTF-8, if somebody said it.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static ZipContainer? TryOpen(
        Stream seekable, string displayName, ContainerLimits limits, List<Finding> findings, Encoding? declaredNames = null)
    {
        if (!seekable.CanSeek)
        {
            throw new ArgumentException("A zip file is read from its end: the stream must seek.", nameof(seekable));
        }

        return Open(seekable, displayName, limits, findings, declaredNames, toUnpack: true);
    }

    /// <summary>
    /// Opens a zip file to look at it, not to unpack it: encrypted entries, unsafe paths and contradictions are findings and
    /// no reason to refuse. Null only when there is no list of entries that can be read.
    /// </summary>
    /// <param name="seekable">The file; disposed with the container, and by this method when it returns null.</param>
    /// <param name="displayName">How findings call the file.</param>
    /// <param name="limits">How much it may hold.</param>
    /// <param name="findings">Receives what is wrong; at most 100 of each code.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static ZipContainer? TryInspect(Stream seekable, string displayName, ContainerLimits limits, List<Finding> findings) =>
        seekable.CanSeek
            ? Open(seekable, displayName, limits, findings, declaredNames: null, toUnpack: false)
            : throw new ArgumentException("A zip file is read from its end: the stream must seek.", nameof(seekable));

    /// <summary>
    /// The content of an entry, verified while it is read: length, check value and the end of the packed bytes.
    /// A folder has no bytes.
    /// </summary>
    /// <exception cref="ContentException">Thrown by reading, at the first fact that is not as declared.</exception>
    /// <exception cref="ArgumentException">The entry cannot be read; <see cref="ZipEntry.CanRead"/> says so.</exception>
    public Stream Open(ZipEntry entry) =>
        !entry.CanRead ? throw new ArgumentException("The entry is encrypted, packed by another method, or not where it is said to be.", nameof(entry)) :
        entry.IsFolder
            ? new MemoryStream([], writable: false)
            : new ContentStream(_displayName, entry, new SliceStream(_stream, _gate, entry.ContentStart, entry.Header.PackedLength), _clock);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private static ZipContainer? Open(
        Stream seekable, string displayName, ContainerLimits limits, List<Finding> findings, Encoding? declaredNames, bool toUnpack)
    {
        var clock = new ContainerClock(limits);
        var bounded = new BoundedFindings(findings, "ZIP-022", displayName);
        var entries = ReadEntries(seekable, displayName, limits, bounded, declaredNames);
        bounded.Close();
        if (entries is null || (toUnpack && bounded.HasErrors))
        {
            seekable.Dispose();
            return null;
        }

        return new ZipContainer(seekable, displayName, entries, clock);
    }

    private static List<ZipEntry>? ReadEntries(
        Stream stream, string displayName, ContainerLimits limits, BoundedFindings findings, Encoding? declaredNames)
    {
        try
        {
            if (EndRecord.Find(stream, displayName, findings) is not { } end
                || new CentralDirectory(displayName, limits, findings, declaredNames).Read(stream, end) is not { } entries)
            {
                return null;
            }

            new LocalHeaders(stream, displayName, findings).Check(entries, end);
            return entries;
        }
        catch (EndOfStreamException)
        {
            // Every offset was checked against the length, so the file became shorter meanwhile.
            findings.Add(Finding.Error("ZIP-026", displayName));
            return null;
        }
    }
}
