using System.Globalization;

namespace Lantai.InformationPackages;

/// <summary>Archiving packages of government service cases in the style of GB/T 42727-2023, as it is reconstructed here: 说明文件.xml, 元数据.xml, 材料, 校验信息.xml, 子包.</summary>
/// <remarks>Source: spec/formats/gbt42727-package.md. The standard's text was not seen. Immutable, safe for concurrent use.</remarks>
public sealed class Gbt42727Profile : CaseProfile
{
    /// <summary>The most packages that may lie one in another.</summary>
    public const int MostNesting = 3;

    internal const string DescriptionName = "说明文件.xml";
    internal const string MetadataName = "元数据.xml";
    internal const string CheckListName = "校验信息.xml";
    internal const string MaterialFolder = "材料";
    internal const string PartFolder = "子包";
    internal const string ConfigurationTitle = "归档配置信息";
    internal const string BasicTitle = "办件基本信息";
    internal const string StepsTitle = "办理流程信息";

    /// <summary>Makes the profile for codes of some rule.</summary>
    public Gbt42727Profile(RecordCodeRule rule)
        : base("gbt42727", "GB/T 42727-2023", ReadingConfidence.Low, rule)
    {
    }

    /// <inheritdoc/>
    public override CaseProfile With(RecordCodeRule rule) => new Gbt42727Profile(rule);

    /// <inheritdoc/>
    public override string TitleOf(MaterialKind kind) => kind switch
    {
        MaterialKind.Application => "申请材料",
        MaterialKind.Process => "过程材料",
        MaterialKind.Outcome => "结果材料",
        MaterialKind.Called => "调用材料",
        _ => throw new ArgumentException("Unknown materials have no folder.", nameof(kind)),
    };

    /// <inheritdoc/>
    public override string Write(DateTimeOffset time) => CaseTime.Zone(time);

    /// <inheritdoc/>
    public override IReadOnlyList<PackageFile> Write(CasePackage package, CancellationToken stop) => new Gbt42727Writer(stop).Write(package);

    internal override char LetterOf(MaterialKind kind) => kind switch
    {
        MaterialKind.Application => 'A',
        MaterialKind.Process => 'B',
        MaterialKind.Outcome => 'C',
        _ => 'D',
    };

    internal override CasePackage Describe(CasePackage package)
    {
        var files = package.Files.Where(f => f.Content is not null).ToList();
        KeyValuePair<string, string?>[] fields =
        [
            new("package_name", package.RecordCode),
            new("package_structure", package.Parts.Count > 0 ? "嵌套" : "单一"),
            new("standard", Standard),
            new("package_profile", Name + "/1"),
            new("fonds_constituting_unit_name", package.Configuration["fonds_constituting_unit_name"]),
            new("social_code", package.Configuration["social_code"]),
            new("case_system", package.Configuration["information_system_description"]),
            new("packaging_time", package.Configuration["archive_time"]),
            new("file_count", files.Count.ToString(CultureInfo.InvariantCulture)),
            new("byte_count", files.Sum(f => f.Content!.Length).ToString(CultureInfo.InvariantCulture)),
            new("sub_package_count", package.Parts.Count > 0 ? package.Parts.Count.ToString(CultureInfo.InvariantCulture) : null),
            new("digest_algorithm", "SM3"),
            new("digest_algorithm", "SHA-256"),
        ];
        return package with { Description = CaseFields.Of("description", fields) };
    }

    internal static MaterialKind KindOf(string title) => title switch
    {
        "申请材料" => MaterialKind.Application,
        "过程材料" => MaterialKind.Process,
        "结果材料" => MaterialKind.Outcome,
        "调用材料" => MaterialKind.Called,
        _ => MaterialKind.Unknown,
    };

    private protected override CasePackage? Read(PackageTree package, PackageFindings findings, RecordedDigests digests, CancellationToken stop) =>
        new Gbt42727Reader(Rule, findings, digests, stop).Read(package, "", 1);
}
