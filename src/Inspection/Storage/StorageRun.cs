namespace Lantai.Inspection;

/// <summary>A run of inspections in storage.</summary>
/// <param name="Id">Its random id.</param>
/// <param name="Started">When it began: what is due is judged by this time, however long it lasts or rests.</param>
/// <param name="Until">The last place of the catalogue that it looks at: what comes in later is for later runs.</param>
/// <param name="Selection">Which packages.</param>
/// <remarks>Immutable.</remarks>
public sealed record StorageRun(Guid Id, DateTimeOffset Started, long Until, StorageSelection Selection);

/// <summary>How far a run has come.</summary>
/// <param name="Done">Packages inspected.</param>
/// <param name="Total">Packages to inspect.</param>
/// <param name="Bytes">Bytes of the packages inspected.</param>
/// <param name="Current">The package that was finished last.</param>
public sealed record StorageProgress(long Done, long Total, long Bytes, string Current);

/// <summary>What the inspection of one stored package came to, in short.</summary>
/// <param name="Aip">The package.</param>
/// <param name="Version">The version that was inspected.</param>
/// <param name="Number">The number of the report.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Red">Ids of the rules that failed or warn.</param>
/// <param name="Open">Ids of the rules that wait for a person or could not run.</param>
/// <remarks>Immutable.</remarks>
public sealed record StorageResult(Guid Aip, long Version, string Number, InspectionOutcome Outcome, IReadOnlyList<string> Red, IReadOnlyList<string> Open)
{
    /// <summary>The scheme as <c>name/version</c> by which it was inspected.</summary>
    public string Scheme { get; init; } = "";

    /// <summary>What a report says in short.</summary>
    internal static StorageResult Of(Guid aip, long version, InspectionReport report) => new(
        aip, version, report.Number, report.Outcome,
        [.. report.Results.Where(r => r.Verdict is RuleVerdict.Failed or RuleVerdict.Warning).Select(r => r.Rule.Id)],
        [.. report.Results.Where(r => r.IsOpen).Select(r => r.Rule.Id)])
    {
        Scheme = $"{report.Scheme.Name}/{report.Scheme.Version}",
    };
}

/// <summary>What a run found, as far as it came.</summary>
/// <remarks>Immutable. Memory does not grow with the number of packages that are well.</remarks>
public sealed record StorageRunReport
{
    /// <summary>The run.</summary>
    public required StorageRun Run { get; init; }

    /// <summary>The scheme.</summary>
    public required InspectionScheme Scheme { get; init; }

    /// <summary>When this part of it ended.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>How many packages the run has in all.</summary>
    public required long Chosen { get; init; }

    /// <summary>How many of them are not inspected yet: none when it came to its end.</summary>
    public required long Left { get; init; }

    /// <summary>How many packages of this part came to each outcome.</summary>
    public required IReadOnlyDictionary<InspectionOutcome, long> Outcomes { get; init; }

    /// <summary>Of how many packages of this part a check that hinders could not run.</summary>
    public required long Gaps { get; init; }

    /// <summary>How often each rule said what, by rule id.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<RuleVerdict, long>> Rules { get; init; }

    /// <summary>The first <see cref="StorageInspection.MostShown"/> reports of packages that failed, in full.</summary>
    public required IReadOnlyList<(StorageResult Package, InspectionReport Report)> Bad { get; init; }

    /// <summary>Sequences of the events that hold the results; none when nothing may be appended.</summary>
    public required IReadOnlyList<long> Events { get; init; }

    /// <summary>Whether it came to its end.</summary>
    public bool IsComplete => Left == 0;
}
