using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>Encapsulated records (EEP), DA/T 48-2009 as an implementer's copy of its schema has it; see spec/formats/eep-package.md.</summary>
public sealed class EepProfile : PackageProfile
{
    internal const string ProfileName = "eep";
    internal const string Namespace = "http://www.saac.gov.cn/standards/ERM/encapsulation";

    internal EepProfile()
        : base(ProfileName, "DA/T 48-2009", ReadingConfidence.Medium)
    {
    }

    /// <summary>The shape of the one document.</summary>
    internal static MarkupShape Shape { get; } = MarkupShape.Load("eep-shapes.json")["电子文件封装包"];

    /// <summary>An encapsulated record is as long as what it holds; all else in it is as bounded as metadata are.</summary>
    internal static MarkupLimits Limits { get; } = new(MostBytes: 1L << 36);

    /// <inheritdoc/>
    public override PackageVerdict Judge(PackageTree package, CancellationToken stop) => EepPackage.Read(package, stop).Verdict;
}
