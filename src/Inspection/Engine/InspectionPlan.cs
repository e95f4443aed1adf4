using Lantai.Characterization;
using Lantai.Evidence.Signatures;
using Lantai.InformationPackages;

namespace Lantai.Inspection;

/// <summary>By what means packages are inspected at one run point.</summary>
/// <param name="Point">The run point.</param>
/// <param name="Scheme">The scheme, of its stage.</param>
/// <param name="Characterization">How files are looked at.</param>
/// <param name="Evidence">What signatures are judged by.</param>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed record InspectionPlan(RunPoint Point, InspectionScheme Scheme, CharacterizationPlan Characterization, EvidenceQuestion Evidence)
{
    /// <summary>The registers of the archive; null when none is at hand, so that rules that ask them could not run.</summary>
    public IArchivingTerms? Terms { get; init; }

    /// <summary>The antivirus engine; null when there is none, so that its rules could not run.</summary>
    public IAntivirus? Antivirus { get; init; }
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
