using Lantai.Characterization;
using Lantai.Evidence.Signatures;
using Lantai.InformationPackages;

namespace Lantai.Inspection;

/// <summary>By what means packages are inspected at one run point.</summary>
/// <param name="Point">The run point.</param>
/// <param name="Scheme">The scheme for packages of every category, of its stage.</param>
/// <param name="Characterization">How files are looked at.</param>
/// <param name="Evidence">What signatures are judged by.</param>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed record InspectionPlan(RunPoint Point, InspectionScheme Scheme, CharacterizationPlan Characterization, EvidenceQuestion Evidence)
{
    /// <summary>The schemes of single archival categories (门类): each holds for packages of its category in place of <see cref="Scheme"/>.</summary>
    public IReadOnlyList<InspectionScheme> OfCategories { get; init; } = [];

    /// <summary>The registers of the archive; null when none is at hand, so that rules that ask them could not run.</summary>
    public IArchivingTerms? Terms { get; init; }

    /// <summary>The antivirus engine; null when there is none, so that its rules could not run.</summary>
    public IAntivirus? Antivirus { get; init; }

    /// <summary>The scheme of a package: that of its own category, else that of the category's class, else the one for all.</summary>
    internal InspectionScheme SchemeFor(InspectedPackage package) => OfCategories.Count == 0 || PackageCategory.Of(package) is not { } category ? Scheme
        : Find(category) ?? Find(PackageCategory.ClassOf(category)) ?? Scheme;

    private InspectionScheme? Find(string category) => OfCategories.FirstOrDefault(s => s.Category == category);
}

/// <summary>A package that is to be inspected.</summary>
/// <param name="Package">Where it lies and in what form.</param>
/// <param name="Channel">How it came.</param>
/// <remarks>Immutable.</remarks>
public sealed record SubmittedPackage(SubmissionSource Package, ChannelFacts Channel)
{
    /// <summary>The profile by which it is read; null for the one that its root tells.</summary>
    public PackageProfile? Profile { get; init; }

    /// <summary>The medium that it came on; null for none.</summary>
    public MediumFacts? Medium { get; init; }

    /// <summary>What persons decided of its open items, by rule id.</summary>
    public IReadOnlyDictionary<string, ManualDecision> Decisions { get; init; } = new Dictionary<string, ManualDecision>(StringComparer.Ordinal);
}

/// <summary>What an inspection came to, with what it saw.</summary>
/// <param name="Facts">What was observed; null when a mark of a state secret ended the reading, after which nothing of the content may be held.</param>
/// <param name="Report">The report. Of a state secret it holds rule and place and nothing else of the package.</param>
/// <remarks>Immutable.</remarks>
public sealed record InspectedSubmission(InspectionFacts? Facts, InspectionReport Report)
{
    /// <summary>Whether it was refused because a state secret is marked in it (article 15).</summary>
    public bool IsSecret => Facts is null;
}
