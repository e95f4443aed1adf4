namespace Lantai.RecordsManagement;

/// <summary>The types of event by which the law of records changes.</summary>
/// <remarks>spec/formats/records.md.</remarks>
public static class RecordsEvents
{
    /// <summary>A fonds was entered, or what is known of it changed.</summary>
    public const string FondsEntered = "fonds entered";

    /// <summary>A jurisdiction was entered, or its name changed.</summary>
    public const string JurisdictionEntered = "jurisdiction entered";

    /// <summary>An organisation was entered, or what is known of it changed.</summary>
    public const string OrganisationEntered = "organisation entered";

    /// <summary>A source system was entered, or what is known of it changed.</summary>
    public const string SourceEntered = "source entered";

    /// <summary>A source system was enabled, disabled or withdrawn.</summary>
    public const string SourceStateChanged = "source state changed";

    /// <summary>A version of a service item was entered, or what is known of it changed.</summary>
    public const string ItemEntered = "item entered";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        FondsEntered,
        JurisdictionEntered,
        OrganisationEntered,
        SourceEntered,
        SourceStateChanged,
        ItemEntered,
    ];
}
