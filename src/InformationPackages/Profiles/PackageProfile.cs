namespace Lantai.InformationPackages;

/// <summary>
/// A form of package that a standard or an authority prescribes, as it is read here. Each profile has a reader and a writer of its own
/// beside this; what all have in common is that they judge.
/// </summary>
/// <remarks>Closed: the profiles are those of <see cref="PackageProfiles"/>. Immutable, safe for concurrent use.</remarks>
public abstract class PackageProfile
{
    private protected PackageProfile(string name, string standard, ReadingConfidence confidence) =>
        (Name, Standard, Confidence) = (name, standard, confidence);

    /// <summary>The name by which it is asked for, such as <c>gbt42727</c>.</summary>
    public string Name { get; }

    /// <summary>The standard that it reads, such as <c>GB/T 42727-2023</c>.</summary>
    public string Standard { get; }

    /// <summary>How sure the reading is.</summary>
    public ReadingConfidence Confidence { get; }

    /// <summary>Judges structure and metadata of a package and compares every recorded digest with the bytes, each file read once.</summary>
    /// <param name="package">The package, open.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public abstract PackageVerdict Judge(PackageTree package, CancellationToken stop);
}

/// <summary>The profiles that are known here.</summary>
public static class PackageProfiles
{
    /// <summary>All of them, in the order of their names.</summary>
    public static IReadOnlyList<PackageProfile> All { get; } =
    [
        new Dat85Profile(RecordCodeRule.Default),
        new Dat93Profile(),
        new EepProfile(),
        new Gbt42727Profile(RecordCodeRule.Default),
    ];

    /// <summary>The names of the files at the root by which packages are told apart, as people read them.</summary>
    public static string Signs => ProfileDetection.Expected;

    /// <summary>The profile that the root of a package tells; null when it is of none that is known here.</summary>
    /// <exception cref="Containers.ContentException">A file at the root that had to be asked cannot be read.</exception>
    public static PackageProfile? Of(PackageTree package) => ProfileDetection.NameOf(package) is { } name ? Find(name) : null;

    /// <summary>The profile of a name; null when there is none.</summary>
    public static PackageProfile? Find(string name) => All.FirstOrDefault(p => p.Name == name);
}
