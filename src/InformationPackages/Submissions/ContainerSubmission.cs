using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>What all submissions that came in a container have in common: the order of their entries, and the bag among them.</summary>
internal abstract class ContainerSubmission : Submission
{
    private readonly ContainerFile _file;
    private int _bagPrefix;

    private protected ContainerSubmission(SubmissionForm form, ContainerFile file, IContainerRows rows)
        : base(form, file.Name) => (_file, Rows) = (file, rows);

    public override ContainerDescription Container => new(_file.Name, _file.Length);

    protected IContainerRows Rows { get; }

    /// <summary>The numbers of the entries in the order of their paths.</summary>
    protected int[] Order { get; private set; } = [];

    public override Stream OpenContainer() => _file.OpenRead();

    public override Finding? CheckUnchanged() => _file.CheckUnchanged();

    protected override void Dispose(bool disposing) => _file.Dispose();

    /// <summary>Opens a text file at the root, or in the one folder at the root.</summary>
    protected abstract Stream OpenTagFile(int row);

    protected IReadOnlyList<DeclaredDigest> DeclaredOf(int row) => Rows.IsFolder(row) || Bag is null ? [] : Bag.DigestsOf(InsideBag(row));

    /// <summary>Judges names, structure and, for a bag, what it declares. False when the submission is refused.</summary>
    protected bool Examine(SubmissionSource source, BoundedFindings findings)
    {
        Order = new EntryArrangement(Rows, findings).Arrange();
        if (!Array.Exists(Order, row => !Rows.IsFolder(row)))
        {
            findings.Add(Finding.Error("SIP-002", Name));
            return false;
        }

        JudgeBag(source, findings);
        var names = new NameChecks(findings);
        var (nested, first) = (0L, -1);
        foreach (var row in Order)
        {
            names.See(Rows.EntryNameOf(row));
            if (!Rows.IsFolder(row) && ContainerEnding.IsOn(Rows.NameOf(row)))
            {
                first = nested++ == 0 ? row : first;
            }
        }

        if (nested > 0)
        {
            findings.Add(Finding.Information("CON-009", Name, ("count", nested), ("first", Rows.EntryNameOf(first).Display), ("limit", source.Limits.MaxDepth)));
        }

        return true;
    }

    private void JudgeBag(SubmissionSource source, BoundedFindings findings)
    {
        var tagFiles = FindTagFiles();
        if (!tagFiles.ContainsKey(BagReader.DeclarationName))
        {
            return;
        }

        var found = new List<Finding>();
        var bounded = new BoundedFindings(found, "SIP-012", Name);
        Bag = SubmissionOpening.ReadBag(tagFiles, bounded);
        foreach (var row in Bag is null ? [] : Order)
        {
            Bag!.See(InsideBag(row), Rows.IsFolder(row), Rows.LengthOf(row));
        }

        Bag?.Finish();
        bounded.Close();
        var isTolerated = bounded.HasErrors && !source.IsBagDemanded;
        foreach (var finding in found)
        {
            findings.Add(isTolerated && finding.Severity == Severity.Error ? finding with { Severity = Severity.Warning } : finding);
        }

        if (isTolerated)
        {
            Bag = null;
            findings.Add(Finding.Warning("BAG-026", Name));
        }
    }

    /// <summary>The text files at the root or, when everything lies in one folder, in that.</summary>
    private Dictionary<string, Func<Stream>> FindTagFiles()
    {
        var first = Rows.NameOf(Order[0]);
        var cut = first.IndexOf((byte)'/') + 1;
        var top = first[..cut].ToArray();
        _bagPrefix = cut > 0 && Array.TrueForAll(Order, row => Rows.NameOf(row).StartsWith(top)) ? cut : 0;
        var files = new Dictionary<string, Func<Stream>>(StringComparer.Ordinal);
        foreach (var row in Order)
        {
            var path = Rows.NameOf(row)[_bagPrefix..];
            if (!Rows.IsFolder(row) && !path.Contains((byte)'/') && path.EndsWith(".txt"u8) && EntryName.OfBytes(path) is { IsUtf8: true } name)
            {
                files.Add(name.Display, () => OpenTagFile(row));
            }
        }

        return files;
    }

    private byte[] InsideBag(int row) => Rows.NameOf(row)[_bagPrefix..].ToArray();
}
