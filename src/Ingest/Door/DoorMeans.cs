using Lantai.Characterization;
using Lantai.Inspection;

namespace Lantai.Ingest;

/// <summary>By what means a batch of packages is inspected at the door.</summary>
/// <param name="Inspection">Inspects packages, by the scheme in force.</param>
/// <param name="Characterization">How the inspection looks at files: what it found is kept with them.</param>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed record DoorMeans(CaseInspection Inspection, CharacterizationPlan Characterization)
{
    /// <summary>On what terms a package waits for a decision.</summary>
    public WaitingTerms Waiting { get; init; } = new();
}

/// <summary>On what terms packages wait for a decision.</summary>
/// <param name="Days">For how many days at most, from 1; then it is destroyed, and must be presented again.</param>
/// <param name="MostBytes">A package of more bytes is not held, and must be presented again after the decision; 0 holds none.</param>
/// <remarks>Immutable.</remarks>
public sealed record WaitingTerms(int Days = 30, long MostBytes = 4L << 30);
