namespace Lantai.RecordsManagement;

/// <summary>The types of event by which the law of records changes.</summary>
/// <remarks>spec/formats/records.md.</remarks>
public static class RecordsEvents
{
    /// <summary>A fonds was entered, or what is known of it changed.</summary>
    public const string FondsEntered = "fonds entered";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [FondsEntered];
}
