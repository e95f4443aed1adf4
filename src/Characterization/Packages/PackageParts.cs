using Lantai.Characterization.Examination;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.Characterization.Packages;

/// <summary>The parts of a zip-based file, each read to its end and checked while it is read; what is wrong is noted.</summary>
/// <remarks>For one examination. The sum of what is read is bounded by the limits, every read listens to the cancellation.</remarks>
internal sealed class PackageParts : IDisposable
{
    private const int MostParts = 100_000;

    private readonly ZipContainer _zip;
    private readonly ExaminationNotes _notes;
    private readonly ExaminationLimits _limits;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, ZipEntry> _byName = new(StringComparer.OrdinalIgnoreCase);

    private PackageParts(ZipContainer zip, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        (_zip, _notes, _limits, _cancellation) = (zip, notes, limits, cancellation);
        foreach (var entry in zip.Entries.Where(e => !e.IsFolder))
        {
            _ = _byName.TryAdd(Plain(entry.Name.Display), entry);
        }
    }

    /// <summary>The files in the order of the directory.</summary>
    public IEnumerable<ZipEntry> Entries => _zip.Entries.Where(e => !e.IsFolder);

    /// <summary>Opens the parts and notes which are encrypted; null when there are none to read, which is noted.</summary>
    public static PackageParts? TryOpen(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var bounds = new ContainerLimits { MaxEntries = MostParts, MaxDirectoryBytes = limits.MaxWhole, MaxTotalBytes = limits.MaxUnpacked, MaxTime = limits.MaxTime };
        var zip = ZipContainer.TryInspect(content.OpenStream(), notes.Subject, bounds, findings);
        foreach (var finding in findings)
        {
            ContainerFaults.Note(finding, "zip", notes);
        }

        if (zip is null)
        {
            NoteAtItsWord(content, notes);
            return null;
        }

        notes.Set("entries", zip.Entries.Count(e => !e.IsFolder));
        foreach (var entry in zip.Entries.Where(e => e.Encryption != ZipEncryption.None))
        {
            notes.Encrypted(entry.Encryption switch { ZipEncryption.Aes => "zip-aes", ZipEncryption.Strong => "zip-strong", _ => "zip-classic" }, entry.Name.Display);
        }

        return new PackageParts(zip, notes, limits, cancellation);
    }

    /// <summary>The part of this name, in upper or lower case, with or without '/' in front; null when there is none.</summary>
    public ZipEntry? Find(string name) => _byName.GetValueOrDefault(Plain(name));

    /// <summary>Whether a part of this name exists.</summary>
    public bool Has(string name) => _byName.ContainsKey(Plain(name));

    /// <summary>Reads a part to its end. False when it could not be, which is noted.</summary>
    /// <param name="entry">The part.</param>
    /// <param name="use">Reads as much as it likes; the rest is read after it. Not called when the part cannot be opened.</param>
    public bool Read(ZipEntry entry, Action<Stream> use)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (entry.Encryption != ZipEncryption.None)
        {
            return false;
        }

        if (!entry.CanRead || _notes.Unpacked + entry.Length > _limits.MaxUnpacked)
        {
            _notes.NotCheckable(entry.CanRead ? "too-large" : "packed-otherwise");
            return false;
        }

        _notes.Unpacked += entry.Length;
        try
        {
            using var content = new WatchedStream(_zip.Open(entry), _cancellation);
            use(content);
            content.CopyTo(Stream.Null);
            return true;
        }
        catch (ContentException bad)
        {
            ContainerFaults.Note(bad.Finding, entry.Name.Display, _notes);
            return false;
        }
    }

    /// <summary>Whether a part is short enough to be parsed; that it is not is noted.</summary>
    public bool IsParsed(ZipEntry entry)
    {
        if (entry.Length > _limits.MaxWhole)
        {
            _notes.NotCheckable("too-long");
        }

        return entry.Length <= _limits.MaxWhole;
    }

    public void Dispose() => _zip.Dispose();

    private static string Plain(string name) => name.Replace('\\', '/').TrimStart('/');

    // Where the list of entries is refused, what it says of encryption is still worth knowing.
    private static void NoteAtItsWord(FileContent content, ExaminationNotes notes)
    {
        foreach (var entry in ZipGlance.TryRead(content.OpenStream())?.Entries.Where(e => e.IsEncrypted) ?? [])
        {
            notes.Encrypted(entry.IsAes ? "zip-aes" : "zip-classic", entry.Name);
        }

        if (notes.Readability == Readability.NotExamined)
        {
            notes.Broken("zip", "no-directory");
        }
    }
}

/// <summary>A stream that stops when it is asked to.</summary>
internal sealed class WatchedStream(Stream content, CancellationToken cancellation) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        return content.Read(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }
}
