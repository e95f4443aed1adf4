namespace Lantai.InformationPackages;

/// <summary>Transfer packages at item level, DA/T 93-2022 appendix B as one implementer reads it; see spec/formats/dat93-package.md.</summary>
public sealed class Dat93Profile : PackageProfile
{
    internal const string ProfileName = "dat93";

    internal Dat93Profile()
        : base(ProfileName, "DA/T 93-2022", ReadingConfidence.Low)
    {
    }

    /// <summary>The shapes of its documents by the names of their roots.</summary>
    internal static IReadOnlyDictionary<string, MarkupShape> Shapes { get; } = MarkupShape.Load("dat93-shapes.json");

    /// <inheritdoc/>
    public override PackageVerdict Judge(PackageTree package, CancellationToken stop) => TransferPackage.Read(package, stop).Verdict;
}
