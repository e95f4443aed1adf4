namespace Lantai.Inspection;

/// <summary>The types of event by which inspection is written down.</summary>
/// <remarks>spec/formats/inspection-events.md.</remarks>
public static class InspectionEvents
{
    /// <summary>A scheme was adopted for a run point.</summary>
    public const string SchemeAdopted = "inspection scheme adopted";

    /// <summary>An adopted scheme was withdrawn.</summary>
    public const string SchemeWithdrawn = "inspection scheme withdrawn";

    /// <summary>A person decided an open item of an inspection.</summary>
    public const string Decided = "inspection decision";

    /// <summary>Inspections were run: their reports.</summary>
    public const string Run = "inspection run";

    /// <summary>A part of a run over stored packages: what each came to. spec/formats/inspection-storage.md.</summary>
    public const string StorageRun = "storage inspection";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [SchemeAdopted, SchemeWithdrawn, Decided, Run, StorageRun];
}
