using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>A submission that was taken out of its folder or file as it was and is held by somebody, unchanged: read again as it was then.</summary>
/// <param name="Name">What the folder or file was called.</param>
/// <param name="IsFolder">Whether it was a folder.</param>
/// <param name="Files">The files of the folder by their paths in it; else the one file, which may be a container.</param>
/// <param name="EmptyFolders">The folders with nothing in them, and when each was changed.</param>
/// <remarks>Immutable; its contents can be read while the holder has them open.</remarks>
public sealed record HeldSubmission(EntryName Name, bool IsFolder, IReadOnlyList<PackageFile> Files, IReadOnlyList<(EntryName Name, DateTimeOffset? Modified)> EmptyFolders);

/// <summary>A file that is held, submitted as it is.</summary>
internal sealed class HeldFile(PackageFile file) : Submission(SubmissionForm.File, file.Name)
{
    public override IEnumerable<SubmissionEntry> Entries => [new HeldEntry(file.Name, file, file.Modified, [])];

    public override Finding? CheckUnchanged() => null;

    protected override void Dispose(bool disposing)
    {
        // its holder closes it
    }
}

/// <summary>A folder that is held, judged as it was judged where it lay.</summary>
internal sealed class HeldFolder : Submission
{
    private readonly List<(EntryName Name, PackageFile? File, DateTimeOffset? Modified)> _entries;

    private HeldFolder(HeldSubmission held)
        : base(SubmissionForm.Folder, held.Name)
    {
        _entries = [.. held.Files.Select(f => (f.Name, (PackageFile?)f, f.Modified)), .. held.EmptyFolders.Select(f => (f.Name, (PackageFile?)null, f.Modified))];
        _entries.Sort((a, b) => a.Name.CompareTo(b.Name));
    }

    public override IEnumerable<SubmissionEntry> Entries => _entries.Select(e => new HeldEntry(e.Name, e.File, e.Modified, Bag?.DigestsOf(e.Name.Bytes.ToArray()) ?? []));

    internal static HeldFolder? Open(HeldSubmission held, BoundedFindings findings)
    {
        var folder = new HeldFolder(held);
        var tagFiles = held.Files.Where(f => f.Name.IsUtf8 && !f.Path.Contains('/', StringComparison.Ordinal) && f.Path.EndsWith(".txt", StringComparison.Ordinal))
            .ToDictionary(f => f.Path, f => (Func<Stream>)f.OpenRead, StringComparer.Ordinal);
        var isBag = tagFiles.ContainsKey(BagReader.DeclarationName);
        folder.Bag = isBag ? SubmissionOpening.ReadBag(tagFiles, findings) : null;
        if (isBag && folder.Bag is null)
        {
            return null;
        }

        var names = new NameChecks(findings);
        foreach (var (name, file, _) in folder._entries)
        {
            names.See(name);
            folder.Bag?.See(name.Bytes.ToArray(), file is null, file?.Length ?? 0);
        }

        folder.Bag?.Finish();
        return folder;
    }

    public override Finding? CheckUnchanged() => null;

    protected override void Dispose(bool disposing)
    {
        // its holder closes it
    }
}

/// <summary>A file or empty folder that is held.</summary>
internal sealed class HeldEntry(EntryName name, PackageFile? file, DateTimeOffset? modified, IReadOnlyList<DeclaredDigest> declared)
    : SubmissionEntry(name, file is null ? EntryKind.Folder : EntryKind.File, declared)
{
    public override long? Length => file?.Length;

    public override DateTimeOffset? Modified => modified;

    public override Finding? CheckUnchanged() => null;

    private protected override Stream Open() => file!.OpenRead();
}
