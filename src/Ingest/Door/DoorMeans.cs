using Lantai.Characterization;
using Lantai.Inspection;

namespace Lantai.Ingest;

/// <summary>By what means a batch of packages is inspected at the door.</summary>
/// <param name="Inspection">Inspects packages, by the scheme in force.</param>
/// <param name="Characterization">How the inspection looks at files: what it found is kept with them.</param>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed record DoorMeans(CaseInspection Inspection, CharacterizationPlan Characterization);
