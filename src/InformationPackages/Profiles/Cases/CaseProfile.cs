using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>A profile of packages that carry one government service case each: they are read into, and written from, one neutral value.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public abstract class CaseProfile : PackageProfile
{
    private protected CaseProfile(string name, string standard, ReadingConfidence confidence, RecordCodeRule rule)
        : base(name, standard, confidence) => Rule = rule;

    /// <summary>How electronic record codes are put together.</summary>
    public RecordCodeRule Rule { get; }

    /// <summary>The same profile with another rule of codes.</summary>
    public abstract CaseProfile With(RecordCodeRule rule);

    /// <summary>The name of the folder that materials of a kind lie in.</summary>
    /// <exception cref="ArgumentException">The kind is unknown.</exception>
    public abstract string TitleOf(MaterialKind kind);

    /// <summary>The time as the profile writes it.</summary>
    public abstract string Write(DateTimeOffset time);

    /// <inheritdoc/>
    public override PackageVerdict Judge(PackageTree package, CancellationToken stop) => Read(package, stop).Verdict;

    /// <summary>Reads and judges a package: the case is null when its metadata cannot be read, and whole however much is wrong with it.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public (CasePackage? Case, PackageVerdict Verdict) Read(PackageTree package, CancellationToken stop)
    {
        var findings = new PackageFindings(package.Name);
        var digests = new RecordedDigests(findings);
        var read = Read(package, findings, digests, stop);
        digests.Verify(package, stop);
        var cases = read is null ? 0 : Count(read);
        return (read, new PackageVerdict(
            Name, Confidence, package.Name, findings.Close(), new PackageCounts(package.Files.Count, package.Bytes, cases, digests.Compared)));
    }

    /// <summary>The files of a case's package, in the one form of this program. Contents are read for their digests where the profile lists these.</summary>
    /// <exception cref="ArgumentException">A material has no content, or two files have one path.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public abstract IReadOnlyList<PackageFile> Write(CasePackage package, CancellationToken stop);

    /// <summary>
    /// A case that another profile read, in the ways of this one: folders, file codes, the form of times. Nothing that was recorded of it is
    /// lost; a fraction of a second and the offset of a time are. Contents stay where they are.
    /// </summary>
    public CasePackage Adopt(CasePackage package) => new CaseAdoption(this).Adopt(package);

    /// <summary>The letter that the codes of files of a kind begin with.</summary>
    internal abstract char LetterOf(MaterialKind kind);

    /// <summary>Adds what the package says of itself, where the profile has that.</summary>
    internal virtual CasePackage Describe(CasePackage package) => package;

    private protected abstract CasePackage? Read(PackageTree package, PackageFindings findings, RecordedDigests digests, CancellationToken stop);

    private static long Count(CasePackage package) => 1 + package.Parts.Sum(p => Count(p.Value));
}
