namespace Lantai.InformationPackages;

/// <summary>Archiving packages of government service cases in the style of DA/T 85-2019, as one city writes them: 基本信息元数据.xml beside 申报文件, 过程文件, 结果文件.</summary>
/// <remarks>Source: spec/formats/dat85-package.md. The standard's text was not seen. Immutable, safe for concurrent use.</remarks>
public sealed class Dat85Profile : CaseProfile
{
    internal const string MetadataName = "基本信息元数据.xml";
    internal const string StepsElement = "办理流程";

    private static readonly (string Title, string Letter, MaterialKind Kind)[] Folders =
        [("申报文件", "A", MaterialKind.Application), ("过程文件", "B", MaterialKind.Process), ("结果文件", "C", MaterialKind.Outcome)];

    /// <summary>Makes the profile for codes of some rule.</summary>
    public Dat85Profile(RecordCodeRule rule)
        : base("dat85", "DA/T 85-2019", ReadingConfidence.Medium, rule)
    {
    }

    /// <inheritdoc/>
    public override CaseProfile With(RecordCodeRule rule) => new Dat85Profile(rule);

    /// <inheritdoc/>
    public override string TitleOf(MaterialKind kind) =>
        kind == MaterialKind.Called ? Folders[0].Title
        : Folders.FirstOrDefault(f => f.Kind == kind).Title ?? throw new ArgumentException("Unknown materials have no folder.", nameof(kind));

    /// <inheritdoc/>
    public override string Write(DateTimeOffset time) => CaseTime.Clock(time);

    /// <inheritdoc/>
    public override IReadOnlyList<PackageFile> Write(CasePackage package, CancellationToken stop) => Dat85Writer.Write(package);

    internal override char LetterOf(MaterialKind kind) => LetterOf(TitleOf(kind))![0];

    internal static MaterialKind KindOf(string title) => Folders.FirstOrDefault(f => f.Title == title).Kind;

    /// <summary>The letter that the codes of a folder's files begin with; null for an unknown folder.</summary>
    internal static string? LetterOf(string title) => Folders.FirstOrDefault(f => f.Title == title).Letter;

    internal static string Titles => string.Join(", ", Folders.Select(f => f.Title));

    private protected override CasePackage? Read(PackageTree package, PackageFindings findings, RecordedDigests digests, CancellationToken stop) =>
        new Dat85Reader(Rule, findings, digests, stop).Read(package);
}
