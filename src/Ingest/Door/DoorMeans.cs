using Lantai.ArchivalStorage;
using Lantai.Characterization;
using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>A run of an inspection that is to be written down: its report stays, whatever became of the package.</summary>
/// <param name="Report">The report.</param>
/// <param name="Package">Digest of the package; null of a state secret, and of what could not be read.</param>
public sealed record RecordedRun(InspectionReport Report, Digest? Package);

/// <summary>By what means a batch of packages is inspected at the door, and where its reports go.</summary>
/// <param name="Inspection">Inspects packages, by the scheme in force.</param>
/// <param name="Characterization">How the inspection looks at files: what it found is kept with them.</param>
/// <param name="Seal">Writes and signs a report: its XML and the signed note beside it.</param>
/// <param name="Decisions">What persons decided of the open items of a package, by rule id; asked by the package's digest.</param>
/// <param name="Record">Writes runs down whose packages were not archived.</param>
/// <remarks>Its members may be called concurrently.</remarks>
public sealed record DoorMeans(
    CaseInspection Inspection, CharacterizationPlan Characterization, Func<InspectionReport, (byte[] Xml, byte[] Note)> Seal,
    Func<Digest, IReadOnlyDictionary<string, ManualDecision>> Decisions, Action<IReadOnlyList<RecordedRun>, Actor> Record);
