using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>A submission of one file that is no container.</summary>
internal sealed class FileSubmission(ByteFolder parent, EntryName name, ByteFileStamp stamp) : Submission(SubmissionForm.File, name)
{
    private readonly SubmissionEntry _entry = new Entry(parent, name, stamp);

    public override IEnumerable<SubmissionEntry> Entries => [_entry];

    public override Finding? CheckUnchanged() => _entry.CheckUnchanged();

    protected override void Dispose(bool disposing) => parent.Dispose();

    private sealed class Entry(ByteFolder parent, EntryName name, ByteFileStamp stamp) : SubmissionEntry(name, EntryKind.File, [])
    {
        public override long? Length => stamp.Size;

        public override DateTimeOffset? Modified => stamp.Modified;

        public override Finding? CheckUnchanged() => Compare(parent, Name, Name.Display, stamp);

        private protected override Stream Open() => parent.OpenRead(Name);
    }
}
