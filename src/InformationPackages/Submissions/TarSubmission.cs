using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>A submission that came as a tar that is not compressed: its headers are read at opening, its contents where they lie.</summary>
internal sealed class TarSubmission : ContainerSubmission
{
    private readonly EntryTable _table;
    private readonly Stream _content;
    private readonly Lock _gate = new();

    private TarSubmission(ContainerFile file, Stream content, EntryTable table)
        : base(SubmissionForm.Tar, file, table) => (_content, _table) = (content, table);

    public override IEnumerable<SubmissionEntry> Entries => Order.Select(row => new Entry(this, row, DeclaredOf(row)));

    internal static TarSubmission? Open(ContainerFile file, Stream content, SubmissionSource source, BoundedFindings bounded, List<Finding> findings)
    {
        // The pass closes its file when it ends; the contents are read from another handle.
        var table = new EntryTable(source.DeclaredNames);
        using (var pass = ContainerPass.Open(content, ContainerKind.Tar, file.Name.Display, source.Limits, findings))
        {
            while (pass.MoveNext())
            {
                _ = table.Add(pass);
            }

            if (!pass.IsWhole)
            {
                return null;
            }
        }

        var submission = new TarSubmission(file, file.OpenRead(), table);
        if (!submission.Examine(source, bounded))
        {
            submission._content.Dispose();
            return null;
        }

        return submission;
    }

    protected override Stream OpenTagFile(int row) => OpenRow(row);

    protected override void Dispose(bool disposing)
    {
        _content.Dispose();
        base.Dispose(disposing);
    }

    private SliceStream OpenRow(int row) => new(_content, _gate, _table.StartOf(row), _table.LengthOf(row), Finding.Error("SIP-010", Name));

    private sealed class Entry(TarSubmission submission, int row, IReadOnlyList<DeclaredDigest> declared)
        : SubmissionEntry(submission._table.EntryNameOf(row), submission._table.IsFolder(row) ? EntryKind.Folder : EntryKind.File, declared)
    {
        public override long? Length => Kind == EntryKind.Folder ? null : submission._table.LengthOf(row);

        public override DateTimeOffset? Modified => submission._table.ModifiedOf(row);

        public override int? ContainerOrder => row;

        public override Finding? CheckUnchanged() => submission.CheckUnchanged();

        private protected override Stream Open() => submission.OpenRow(row);
    }
}
