namespace Lantai.RecordsManagement;

/// <summary>The law of records of one store: what was registered and decided, and what may follow.</summary>
/// <remarks>Safe for concurrent use. Everything it knows can be made again from the store's events.</remarks>
public sealed class RecordsOffice(RecordsJournal journal)
{
    private readonly PolicyValues _national = PolicyValues.National;

    /// <summary>Where decisions are written down.</summary>
    public RecordsJournal Journal => journal;

    /// <summary>The policy values that hold for a jurisdiction.</summary>
    /// <param name="region">Its administrative division code (GB/T 2260); null for the national values.</param>
    public PolicyValues PolicyFor(string? region) => _national;
}
