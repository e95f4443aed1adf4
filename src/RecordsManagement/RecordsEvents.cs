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

    /// <summary>Rows of a version of a schedule that is being drawn up.</summary>
    public const string ScheduleRows = "schedule rows";

    /// <summary>A version of a schedule was drawn up: its rows count.</summary>
    public const string ScheduleDrafted = "schedule drafted";

    /// <summary>A version of a schedule was submitted for review.</summary>
    public const string ScheduleSubmitted = "schedule submitted";

    /// <summary>A version of a schedule was approved.</summary>
    public const string ScheduleApproved = "schedule approved";

    /// <summary>A version of a schedule was returned by its reviewer.</summary>
    public const string ScheduleReturned = "schedule returned";

    /// <summary>An approved version of a schedule was ended.</summary>
    public const string ScheduleRepealed = "schedule repealed";

    /// <summary>Source systems told that cases were completed.</summary>
    public const string CasesCompleted = "cases completed";

    /// <summary>Cases moved along an arrow of the life cycle.</summary>
    public const string CasesMoved = "cases moved";

    /// <summary>What is known of a case was corrected.</summary>
    public const string CaseCorrected = "case corrected";

    /// <summary>The content of an archived case has a further version; the earlier ones stay.</summary>
    public const string ContentAdded = "case content added";

    /// <summary>A case was related to another.</summary>
    public const string CaseRelated = "case related";

    /// <summary>A part that the lead of a joint case had declared was withdrawn: it never was one.</summary>
    public const string PartWithdrawn = "part withdrawn";

    /// <summary>A legal hold was placed on a case.</summary>
    public const string HoldPlaced = "hold placed";

    /// <summary>A legal hold was lifted.</summary>
    public const string HoldLifted = "hold lifted";

    /// <summary>A list of completed cases was compared with what is archived.</summary>
    public const string ListReconciled = "list reconciled";

    /// <summary>A version of a rule of codes was entered.</summary>
    public const string CodeRuleEntered = "code rule entered";

    /// <summary>A code was assigned: its record holds it.</summary>
    public const string CodeAssigned = "code assigned";

    /// <summary>The thing of a code was withdrawn; the code stays used.</summary>
    public const string CodeWithdrawn = "code withdrawn";

    /// <summary>An overlay of policy values was adopted.</summary>
    public const string OverlayAdopted = "policy overlay adopted";

    /// <summary>Accession requirements of a hall were published.</summary>
    public const string AccessionPublished = "accession requirements published";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        FondsEntered,
        JurisdictionEntered,
        OrganisationEntered,
        SourceEntered,
        SourceStateChanged,
        ItemEntered,
        ScheduleRows,
        ScheduleDrafted,
        ScheduleSubmitted,
        ScheduleApproved,
        ScheduleReturned,
        ScheduleRepealed,
        CasesCompleted,
        CasesMoved,
        CaseCorrected,
        ContentAdded,
        CaseRelated,
        PartWithdrawn,
        HoldPlaced,
        HoldLifted,
        ListReconciled,
        CodeRuleEntered,
        CodeAssigned,
        CodeWithdrawn,
        OverlayAdopted,
        AccessionPublished,
    ];
}
