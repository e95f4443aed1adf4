using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>How sure a profile is that it reads its standard as it is meant.</summary>
public enum ReadingConfidence
{
    /// <summary>A reconstruction: names or rules were chosen here.</summary>
    Low,

    /// <summary>Seen at work in somebody's program, not in the standard's text.</summary>
    Medium,

    /// <summary>The text was read.</summary>
    High,
}

/// <summary>What was counted in a package.</summary>
/// <param name="Files">All its files.</param>
/// <param name="Bytes">The sum of their lengths.</param>
/// <param name="Items">The records or cases that it holds, those of packages inside it included.</param>
/// <param name="Digests">The recorded digests that were compared with the bytes.</param>
public sealed record PackageCounts(long Files, long Bytes, long Items, long Digests);

/// <summary>
/// What a profile says of a package: everything found, not the first. A finding's subject is the file, and its arguments say where in it
/// (<c>at</c>: an XPath, <c>line N</c> or nothing), what was <c>expected</c> and <c>found</c>, and the <c>clause</c> that this offends.
/// It is the reading of one profile and no statement of conformance to a standard.
/// </summary>
/// <param name="Profile">The profile's name.</param>
/// <param name="Confidence">How sure the reading is.</param>
/// <param name="Package">What the package is called.</param>
/// <param name="Findings">In the order of the files, at most 100 of each code.</param>
/// <param name="Counts">What was counted.</param>
public sealed record PackageVerdict(
    string Profile, ReadingConfidence Confidence, string Package, IReadOnlyList<Finding> Findings, PackageCounts Counts)
{
    /// <summary>The signatures that the package carries, not judged by a profile (<see cref="SignatureJudgement"/>); usable while the package is open.</summary>
    public IReadOnlyList<PackageSignature> Signatures { get; init; } = [];

    /// <summary>Whether nothing was found that refuses the package.</summary>
    public bool IsAcceptable => Findings.All(f => f.Severity != Severity.Error);
}
