namespace Lantai.Ingest;

/// <summary>Packages that were read at the door and not yet judged. Nothing of them is kept.</summary>
/// <remarks>To be let in once. Not safe for concurrent use.</remarks>
public sealed class InspectedBatch
{
    internal InspectedBatch(List<CaseAtDoor> all, DoorMeans means) => (All, Means) = (all, means);

    internal List<CaseAtDoor> All { get; }

    internal DoorMeans Means { get; }
}
