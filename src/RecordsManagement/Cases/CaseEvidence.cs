using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>What is known of a case when somebody asks whether it may be archived in electronic form alone (单套归档).</summary>
/// <remarks>Each member is evidence that somebody else established; null means that nobody did, and that is never taken for yes.</remarks>
public sealed record CaseEvidence
{
    /// <summary>What the register of sources says against the source, its agency and its channel; null when it was not asked.</summary>
    public IReadOnlyList<Finding>? SourceFindings { get; init; }

    /// <summary>Whether the signature over the package is valid; null when there is none or it was not verified.</summary>
    public bool? HasValidSignature { get; init; }

    /// <summary>Whether the channel proved who sent it.</summary>
    public bool? IsChannelAuthenticated { get; init; }

    /// <summary>Codes of the steps that the service item demands (<see cref="ServiceItem.Steps"/>); null when no catalogue was asked, or it does not know the item.</summary>
    public IReadOnlyList<string>? RequiredSteps { get; init; }

    /// <summary>The steps that the case shows; null when the package tells none.</summary>
    public IReadOnlyList<CaseStep>? Steps { get; init; }

    /// <summary>Whether all operations on it are logged.</summary>
    public bool? AreOperationsLogged { get; init; }

    /// <summary>Whether content passed the inspection.</summary>
    public bool? IsContentSound { get; init; }

    /// <summary>Whether structure passed.</summary>
    public bool? IsStructureSound { get; init; }

    /// <summary>Whether context metadata passed.</summary>
    public bool? IsContextSound { get; init; }

    /// <summary>The law or administrative regulation that still demands paper for its item; null when none does.</summary>
    public string? PaperCitation { get; init; }

    /// <summary>Where the paper lies; null when nobody said.</summary>
    public string? PaperLocator { get; init; }
}

/// <summary>A step of a case as its process record shows it.</summary>
/// <param name="Code">Its code (流程环节).</param>
/// <param name="HasOperator">Whether it says who acted. The name itself is not needed here.</param>
/// <param name="Time">When; null when it does not say.</param>
public sealed record CaseStep(string Code, bool HasOperator, DateTimeOffset? Time);
