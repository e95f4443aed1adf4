namespace Lantai.RecordsManagement;

/// <summary>The law of records of one store: what was registered and decided, and what may follow.</summary>
/// <remarks>Safe for concurrent use. Everything it knows can be made again from the store's events.</remarks>
public sealed class RecordsOffice(RecordsJournal journal)
{
    /// <summary>Where decisions are written down.</summary>
    public RecordsJournal Journal => journal;

    /// <summary>Jurisdictions.</summary>
    public JurisdictionRegister Jurisdictions { get; } = new(journal);

    /// <summary>Organisations: agencies, halls, authorities, coordinating bodies.</summary>
    public OrganisationRegister Organisations { get; } = new(journal);

    /// <summary>Fonds.</summary>
    public FondsRegister Fonds { get; } = new(journal);

    /// <summary>Source systems.</summary>
    public SourceRegister Sources { get; } = new(journal);

    /// <summary>Service items.</summary>
    public ItemCatalogue Items { get; } = new(journal);

    /// <summary>Archiving scopes and retention schedules.</summary>
    public ScheduleRegister Schedules { get; } = new(journal);

    /// <summary>The completed cases.</summary>
    public CaseRegister Cases { get; } = new(journal);

    /// <summary>Lists of completed cases held against what is archived.</summary>
    public ReconciliationDesk Reconciliations { get; } = new(journal);

    /// <summary>Deadlines of archiving.</summary>
    public DeadlineRegister Deadlines => new(journal, Policy.ForAgency);

    /// <summary>Codes of archives and electronic records.</summary>
    public ReferenceCodes Codes { get; } = new(journal);

    /// <summary>Policy values and their overlays.</summary>
    public PolicyRegister Policy { get; } = new(journal);

    /// <summary>Accession requirements of archive halls.</summary>
    public AccessionRegister Accession { get; } = new(journal);

    /// <summary>The policy values that hold for a jurisdiction.</summary>
    /// <param name="region">Its administrative division code (GB/T 2260); null, or what is no code, for the whole country.</param>
    /// <param name="day">The day at UTC+08:00; null for today.</param>
    public PolicyValues PolicyFor(string? region, DateOnly? day = null) => Policy.For(region, day ?? Policy.Today);
}
