using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Inspection.Storage;
using Lantai.Words;

namespace Lantai.Inspection.Reading;

/// <summary>A package that is open for inspection: each of its contents leaves its container once and is then served from memory.</summary>
/// <remarks>
/// Up to <see cref="MostHeld"/> bytes are held; what is beyond is read from the container each time. Nothing is written to disk.
/// Made for one thread; its files may be read concurrently.
/// </remarks>
internal sealed class OpenedPackage : IDisposable
{
    /// <summary>How many bytes of one package are held in memory.</summary>
    internal const long MostHeld = 64L << 20;

    private readonly Submission? _submission;
    private readonly HeldRoom _room = new(MostHeld);
    private readonly Dictionary<PackageFile, HeldContent> _held = [];

    private OpenedPackage(string name, SubmissionSource? source, Submission? submission, PackageTree? tree, bool isFile, List<Finding> findings)
    {
        (Name, Source, _submission, IsFile, Findings) = (tree?.Name ?? name, source, submission, isFile, findings);
        Tree = tree?.With(Hold);
    }

    /// <summary>Where it came from; null for one that lies in the store.</summary>
    internal SubmissionSource? Source { get; }

    /// <summary>What it is called.</summary>
    internal string Name { get; }

    /// <summary>Its files; null when it could not be opened.</summary>
    internal PackageTree? Tree { get; }

    /// <summary>Whether it is one file that is no container.</summary>
    internal bool IsFile { get; }

    /// <summary>What opening it found.</summary>
    internal List<Finding> Findings { get; }

    /// <summary>Opens a package. One that cannot be opened has no tree, and findings that say why.</summary>
    internal static OpenedPackage Open(SubmissionSource source)
    {
        var findings = new List<Finding>();
        var submission = Submission.Open(source, findings);
        return new OpenedPackage(
            source.Child?.Display ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(source.Path)), source, submission,
            submission is null ? null : PackageTree.Of(submission, findings), submission?.Form == SubmissionForm.File, findings);
    }

    /// <summary>Opens a package where it lies in the store; one whose manifest cannot be read has no tree.</summary>
    internal static OpenedPackage Of(StoredPackage stored) =>
        new(stored.Name, null, null, stored.Tree, stored.IsFile, stored.Tree is null ? [stored.Unopened] : []);

    /// <summary>Files that one of its files holds in its own text.</summary>
    internal IReadOnlyList<PackageFile> Embedded { get; private set; } = [];

    /// <summary>The content of one of <see cref="Tree"/>'s files or of <see cref="Embedded"/>.</summary>
    internal HeldContent ContentOf(PackageFile file) => _held[file];

    /// <summary>Takes the files that a record in it holds; their contents are held like others.</summary>
    internal void Embed(IEnumerable<PackageFile> files) => Embedded = [.. files.Select(Hold)];

    /// <summary>Opens the container file, where there is one that was opened.</summary>
    internal Stream? OpenContainer() => _submission is { Form: not SubmissionForm.Folder and not SubmissionForm.File } container ? container.OpenContainer() : null;

    /// <summary>The container as one file; none where it is none, or is longer than what is held of a package: the files in it are looked at each.</summary>
    internal IEnumerable<PackageFile> Container
    {
        get
        {
            if (_submission is not { Form: not SubmissionForm.Folder and not SubmissionForm.File } container)
            {
                return [];
            }

            try
            {
                using var file = container.OpenContainer();
                return file.Length <= MostHeld ? [new PackageFile(EntryName.OfText(Source?.Child?.Display ?? Path.GetFileName(Source?.Path) ?? Name), file.Length, container.OpenContainer)] : [];
            }
            catch (ContentException)
            {
                return []; // it is gone, which CheckUnchanged tells
            }
        }
    }

    /// <summary>Whether the container changed since it was opened; null when not.</summary>
    internal Finding? CheckUnchanged() => _submission?.CheckUnchanged();

    /// <summary>Closes it, and empties what was held.</summary>
    public void Dispose()
    {
        foreach (var held in _held.Values)
        {
            held.Dispose();
        }

        _submission?.Dispose();
    }

    private PackageFile Hold(PackageFile file)
    {
        var held = new HeldContent(file, _room);
        var served = new PackageFile(file.Name, file.Length, held.Open, file.Modified);
        _held.Add(served, held);
        return served;
    }
}
