using Lantai.Containers;
using Lantai.Evidence.Signatures;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection.Reading;

/// <summary>What reading a package by its profile gave.</summary>
/// <param name="Profile">The name of the profile; empty when it is of none that is known.</param>
/// <param name="Verdict">What the profile says, its signatures judged; null when there was nothing to read it by.</param>
/// <param name="Signatures">The signatures, judged.</param>
/// <remarks>Immutable; contents can be read while the package is open.</remarks>
internal sealed record ProfileReading(string Profile, PackageVerdict? Verdict, IReadOnlyList<JudgedPackageSignature> Signatures)
{
    /// <summary>The case, of a case's package.</summary>
    internal CasePackage? Case { get; private init; }

    /// <summary>The transfer package, where it is one.</summary>
    internal TransferPackage? Transfer { get; private init; }

    /// <summary>The encapsulated record, where it is one.</summary>
    internal EepPackage? Eep { get; private init; }

    /// <summary>What was found; INS-300 where no profile is known by its root.</summary>
    internal IReadOnlyList<Finding> Findings { get; private init; } = [];

    /// <summary>Reads a package by a profile, or by the one that its root tells.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static ProfileReading Read(PackageTree tree, PackageProfile? given, EvidenceQuestion evidence, CancellationToken stop)
    {
        try
        {
            return (given ?? PackageProfiles.Of(tree)) switch
            {
                CaseProfile profile when profile.Read(tree, stop) is var (read, said) => Judged(profile, said, evidence, stop) with { Case = read },
                Dat93Profile profile when TransferPackage.Read(tree, stop) is var (read, said) => Judged(profile, said, evidence, stop) with { Transfer = read },
                EepProfile profile when EepPackage.Read(tree, stop) is var (read, said) => Judged(profile, said, evidence, stop) with { Eep = read },
                _ => new ProfileReading("", null, []) { Findings = [Unknown(tree)] },
            };
        }
        catch (ContentException bad)
        {
            return new ProfileReading(given?.Name ?? "", null, []) { Findings = [bad.Finding] };
        }
    }

    private static ProfileReading Judged(PackageProfile profile, PackageVerdict said, EvidenceQuestion evidence, CancellationToken stop)
    {
        var (verdict, signatures) = SignatureJudgement.Judge(said, evidence, stop);
        return new ProfileReading(profile.Name, verdict, signatures) { Findings = verdict.Findings };
    }

    private static Finding Unknown(PackageTree tree)
    {
        var root = tree.Files.Select(f => f.Path.Split('/')[0]).Distinct(StringComparer.Ordinal).Take(8);
        return Finding.Error("INS-300", tree.Name, ("expected", PackageProfiles.Signs), ("found", string.Join(", ", root)));
    }
}
