namespace Lantai.Ingest;

/// <summary>The codes of findings about the way in of a store with a records profile.</summary>
/// <remarks>spec/codes/ingest.md.</remarks>
internal static class DoorCodes
{
    /// <summary>Something was to be kept that was not inspected.</summary>
    public const string NotAdmitted = "ING-020";

    /// <summary>What is being kept is not what was inspected.</summary>
    public const string Changed = "ING-021";
}
