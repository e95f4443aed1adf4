using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>A package as it was read: everything that rules may ask of it.</summary>
/// <remarks>Immutable. Contents can be read while the package that it came from is open.</remarks>
public sealed record InspectedPackage
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the profile by which it was read.</summary>
    public required string Profile { get; init; }

    /// <summary>How sure the reading of the profile is.</summary>
    public required ReadingConfidence Confidence { get; init; }

    /// <summary>What opening it, reading its metadata and comparing its recorded digests found. Each finding belongs to one check (<see cref="ReadingCodes"/>).</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Whether it could be opened; if not, <see cref="Findings"/> says why and nothing else is known of it.</summary>
    public bool IsOpen { get; init; } = true;

    /// <summary>Its files.</summary>
    public required IReadOnlyList<InspectedFile> Files { get; init; }

    /// <summary>Files that one of its files holds in its own text, such as those embedded in an encapsulated record; their paths begin with that file's.</summary>
    public IReadOnlyList<InspectedFile> Embedded { get; init; } = [];

    /// <summary>Everything that was looked at: its files and what is embedded in them.</summary>
    public IEnumerable<InspectedFile> Looked => Files.Concat(Embedded);

    /// <summary>The one folder of a container that everything lay in and that is not part of the paths, with '/' at its end; else empty.</summary>
    public string Wrapper { get; init; } = "";

    /// <summary>The folders with nothing in them.</summary>
    public IReadOnlyList<string> EmptyFolders { get; init; } = [];

    /// <summary>The case, when it is a package of one and its metadata could be read.</summary>
    public CasePackage? Case { get; init; }

    /// <summary>The transfer package, when it is one and could be read.</summary>
    public TransferPackage? Transfer { get; init; }

    /// <summary>The encapsulated record, when it is one and could be read.</summary>
    public EepPackage? Eep { get; init; }

    /// <summary>The signatures that it carries, judged.</summary>
    public IReadOnlyList<JudgedPackageSignature> Signatures { get; init; } = [];

    /// <summary>How many recorded digests were compared with the bytes.</summary>
    public long DigestsCompared { get; init; }

    /// <summary>Digest of the package as one thing: of its container file, or of names and contents where it is a folder.</summary>
    public Digest? Digest { get; init; }

    /// <summary>The sum of the lengths of the files in bytes.</summary>
    public long Bytes => Files.Sum(f => f.Length);
}
