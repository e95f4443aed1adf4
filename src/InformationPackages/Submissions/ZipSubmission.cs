using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>A submission that came as a zip file.</summary>
internal sealed class ZipSubmission : Submission
{
    private readonly ByteFolder _parent;
    private readonly EntryName _fileName;
    private readonly ByteFileStamp _stamp;
    private readonly ZipContainer _zip;
    private readonly List<ZipEntry> _entries;
    private int _bagPrefix;

    private ZipSubmission(ByteFolder parent, EntryName fileName, ByteFileStamp stamp, ZipContainer zip, BoundedFindings findings)
        : base(SubmissionForm.Zip, fileName)
    {
        _parent = parent;
        _fileName = fileName;
        _stamp = stamp;
        _zip = zip;
        _entries = Arrange(zip.Entries, findings);
    }

    public override ContainerDescription Container => new(_fileName, _stamp.Size);

    public override IEnumerable<SubmissionEntry> Entries =>
        _entries.Select(e => new Entry(this, e, e.IsFolder ? [] : Bag?.DigestsOf(InsideBag(e)) ?? []));

    internal static ZipSubmission? Open(
        ByteFolder parent, EntryName leaf, ByteFileStamp stamp, SubmissionSource source, BoundedFindings bounded, List<Finding> findings)
    {
        var zip = ZipContainer.TryOpen(parent.OpenRead(leaf), leaf.Display, source.Limits, findings, source.DeclaredNames);
        if (zip is null)
        {
            return null;
        }

        var submission = new ZipSubmission(parent, leaf, stamp, zip, bounded);
        if (!submission.Examine(bounded))
        {
            zip.Dispose();
            return null;
        }

        return submission;
    }

    public override Stream OpenContainer() => _parent.OpenRead(_fileName);

    public override Finding? CheckUnchanged() =>
        _parent.TryStamp(_fileName.Bytes.Span, out _) == _stamp ? null : Finding.Error("SIP-010", Name);

    protected override void Dispose(bool disposing)
    {
        _zip.Dispose();
        _parent.Dispose();
    }

    private bool Examine(BoundedFindings findings)
    {
        if (!_entries.Exists(e => !e.IsFolder))
        {
            findings.Add(Finding.Error("SIP-002", Name));
            return false;
        }

        var tagFiles = FindTagFiles();
        var isBag = tagFiles.ContainsKey(BagReader.DeclarationName);
        Bag = isBag ? SubmissionOpening.ReadBag(tagFiles, findings) : null;
        var names = new NameChecks(findings);
        foreach (var entry in _entries)
        {
            names.See(entry.Name);
            Bag?.See(InsideBag(entry), entry.IsFolder, entry.Length);
        }

        Bag?.Finish();
        return !isBag || Bag is not null;
    }

    /// <summary>
    /// Sorts by path bytes, drops folders that are known by their content, and finds what cannot stand side by side.
    /// </summary>
    private static List<ZipEntry> Arrange(IReadOnlyList<ZipEntry> entries, BoundedFindings findings)
    {
        var sorted = entries.ToArray();
        Array.Sort(sorted, static (a, b) => a.Name.CompareTo(b.Name) is var order and not 0 ? order : a.OrderInContainer.CompareTo(b.OrderInContainer));
        var parents = CollectParents(sorted);
        var arranged = new List<ZipEntry>(sorted.Length);
        ZipEntry? previous = null;
        foreach (var entry in sorted)
        {
            var isRepeated = previous is not null && previous.Name == entry.Name;
            var isParent = parents.Contains(entry.Name.Bytes.ToArray());
            if (isRepeated)
            {
                findings.Add(entry.IsFolder && previous!.IsFolder
                    ? Finding.Warning("SIP-003", entry.Name.Display)
                    : Finding.Error("SIP-003", entry.Name.Display));
            }
            else if (isParent && !entry.IsFolder)
            {
                findings.Add(Finding.Error("SIP-009", entry.Name.Display));
            }
            else if (!isParent)
            {
                arranged.Add(entry);
            }

            previous = entry;
        }

        return arranged;
    }

    private static HashSet<byte[]> CollectParents(ZipEntry[] sorted)
    {
        var parents = new HashSet<byte[]>(BytesComparer.Instance);
        foreach (var entry in sorted)
        {
            var path = entry.Name.Bytes.Span;
            for (var cut = path.LastIndexOf((byte)'/'); cut > 0; cut = path[..cut].LastIndexOf((byte)'/'))
            {
                if (!parents.Add(path[..cut].ToArray()))
                {
                    break; // those above it are known as well
                }
            }
        }

        return parents;
    }

    /// <summary>The text files at the root or, when everything lies in one folder, in that.</summary>
    private Dictionary<string, Func<Stream>> FindTagFiles()
    {
        var first = _entries[0].Name.Bytes.Span;
        var cut = first.IndexOf((byte)'/') + 1;
        var top = first[..cut].ToArray();
        _bagPrefix = cut > 0 && _entries.TrueForAll(e => e.Name.Bytes.Span.StartsWith(top)) ? cut : 0;
        var files = new Dictionary<string, Func<Stream>>(StringComparer.Ordinal);
        foreach (var entry in _entries)
        {
            var path = InsideBag(entry);
            if (!entry.IsFolder && !path.AsSpan().Contains((byte)'/') && path.AsSpan().EndsWith(".txt"u8) && EntryName.OfBytes(path) is { IsUtf8: true } name)
            {
                files.Add(name.Display, () => _zip.Open(entry));
            }
        }

        return files;
    }

    private byte[] InsideBag(ZipEntry entry) => entry.Name.Bytes[_bagPrefix..].ToArray();

    private sealed class Entry(ZipSubmission submission, ZipEntry entry, IReadOnlyList<DeclaredDigest> declared)
        : SubmissionEntry(entry.Name, entry.IsFolder ? EntryKind.Folder : EntryKind.File, declared)
    {
        public override long? Length => entry.IsFolder ? null : entry.Length;

        public override DateTimeOffset? Modified => entry.Modified;

        public override int? ContainerOrder => entry.OrderInContainer;

        public override Finding? CheckUnchanged() => submission.CheckUnchanged();

        private protected override Stream Open() => submission._zip.Open(entry);
    }
}
