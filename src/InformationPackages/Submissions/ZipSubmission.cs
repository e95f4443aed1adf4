using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>A submission that came as a zip file.</summary>
internal sealed class ZipSubmission : ContainerSubmission
{
    private readonly ZipContainer _zip;

    private ZipSubmission(ContainerFile file, ZipContainer zip)
        : base(SubmissionForm.Zip, file, new ZipRows(zip.Entries)) => _zip = zip;

    public override IEnumerable<SubmissionEntry> Entries => Order.Select(row => new Entry(this, _zip.Entries[row], DeclaredOf(row)));

    internal static ZipSubmission? Open(ContainerFile file, Stream content, SubmissionSource source, BoundedFindings bounded, List<Finding> findings)
    {
        if (ZipContainer.TryOpen(content, file.Name.Display, source.Limits, findings, source.DeclaredNames) is not { } zip)
        {
            return null;
        }

        var submission = new ZipSubmission(file, zip);
        if (!submission.Examine(source, bounded))
        {
            zip.Dispose();
            return null;
        }

        return submission;
    }

    protected override Stream OpenTagFile(int row) => _zip.Open(_zip.Entries[row]);

    protected override void Dispose(bool disposing)
    {
        _zip.Dispose();
        base.Dispose(disposing);
    }

    private sealed class ZipRows(IReadOnlyList<ZipEntry> entries) : IContainerRows
    {
        public int Count => entries.Count;

        public ReadOnlySpan<byte> NameOf(int row) => entries[row].Name.Bytes.Span;

        public EntryName EntryNameOf(int row) => entries[row].Name;

        public bool IsFolder(int row) => entries[row].IsFolder;

        public long LengthOf(int row) => entries[row].Length;
    }

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
