using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>What the registers of the archive say that concerns one package: asked once, before the rules, in the store or in the kit alike.</summary>
/// <remarks>Immutable. Members are null where the package does not say enough to ask.</remarks>
public sealed record TermsFacts
{
    /// <summary>The day on which 国办发〔2023〕26号 was issued and came into force.</summary>
    internal static readonly DateOnly RegulationIssued = new(2023, 7, 30);

    /// <summary>The day of the question, at UTC+08:00.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>What the register of sources says against the source, its agency, its item and its channel.</summary>
    public IReadOnlyList<Finding>? Source { get; init; }

    /// <summary>The service item of the case; null when the catalogue knows none that the agency of the source handles.</summary>
    public ServiceItem? Item { get; init; }

    /// <summary>The notice of the case: what its source system said when it was completed; null when none was given.</summary>
    public ServiceCase? Notice { get; init; }

    /// <summary>What the schedule in force says of the declared retention.</summary>
    public ScheduleAnswer? Schedule { get; init; }

    /// <summary>The rows of the schedule in force that concern the item; empty when it has none.</summary>
    public IReadOnlyList<ScheduleRow> Scope { get; init; } = [];

    /// <summary>The last day on which archiving is in time; null without a time of completion.</summary>
    public DateOnly? Deadline { get; init; }

    /// <summary>The first day of the regulation: what was completed before it is told apart and is never late (R18-1).</summary>
    public DateOnly RegulationSince { get; init; } = RegulationIssued;

    /// <summary>Findings about the codes that the package states, of archives or of electronic records, by the rules of codes and the register of fonds; null when it states none.</summary>
    public IReadOnlyList<Finding>? ReferenceCode { get; init; }

    /// <summary>Keys of the package that something else in the holdings has: <c>electronic_record_code</c>, or <c>project_id</c> with another content; key and what has it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Collisions { get; init; } = [];

    /// <summary>Parts of the joint case that are known; empty when it is none.</summary>
    public IReadOnlyList<ServiceCase> Joint { get; init; } = [];

    /// <summary>What the accession requirements of the hall say against it; null when no hall was asked.</summary>
    public IReadOnlyList<Finding>? Accession { get; init; }
}
