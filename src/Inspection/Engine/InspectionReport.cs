using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>What an inspection comes to.</summary>
public enum InspectionOutcome
{
    /// <summary>合格.</summary>
    Passed,

    /// <summary>待人工: a person must decide, or a check could not run.</summary>
    Waiting,

    /// <summary>不合格.</summary>
    Failed,
}

/// <summary>What a person decided of a rule.</summary>
/// <param name="Person">Who.</param>
/// <param name="Verdict">Passed, failed, warning or not applicable.</param>
/// <param name="Note">Why.</param>
/// <param name="At">When.</param>
/// <param name="Attachment">Digest of the report that was handed in with it; null for none.</param>
/// <remarks>Immutable. R10-4.</remarks>
public sealed record ManualDecision(string Person, RuleVerdict Verdict, string Note, DateTimeOffset At, Digest? Attachment = null);

/// <summary>What one rule came to.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Weight">Its weight in the scheme.</param>
/// <param name="Verdict">The verdict that counts: a person's where one decided.</param>
/// <param name="Answer">What the check said.</param>
/// <param name="Manual">What a person decided; null when nobody had to, or has.</param>
/// <remarks>Immutable.</remarks>
public sealed record RuleResult(InspectionRule Rule, RuleWeight Weight, RuleVerdict Verdict, RuleAnswer Answer, ManualDecision? Manual)
{
    /// <summary>Whether somebody must look before the package can pass.</summary>
    public bool IsOpen => Verdict is RuleVerdict.Manual || (Verdict is RuleVerdict.CouldNotRun && Weight == RuleWeight.Blocking);

    /// <summary>Whether people must be told what to do: anything but passed and not applicable.</summary>
    public bool IsAmiss => Verdict is not (RuleVerdict.Passed or RuleVerdict.NotApplicable);

    /// <summary>Whether it must stand on every form of the report with all that is known of it: what is amiss, and whatever a person decided.</summary>
    public bool IsRemarkable => IsAmiss || Manual is not null;

    /// <summary>Whether sending the package again helps: one that was not judged is sent again as it is.</summary>
    public Retry Retry => Verdict == RuleVerdict.CouldNotRun ? Retry.Later : Rule.Retry;

    /// <summary>Whether it hinders the package.</summary>
    public bool IsBlocking => Verdict == RuleVerdict.Failed && Weight == RuleWeight.Blocking;
}

/// <summary>What is inspected, as reports name it.</summary>
/// <param name="Package">What the package is called.</param>
/// <param name="Profile">Its profile.</param>
/// <param name="Digest">Its digest as one thing, with the algorithm in front; null when it could not be computed.</param>
/// <param name="Files">Number of files.</param>
/// <param name="Bytes">Sum of their lengths.</param>
/// <param name="Source">The source system.</param>
/// <param name="Case">The business serial number; null when it has none.</param>
/// <param name="RecordCode">The electronic record code; null when it has none.</param>
/// <param name="Title">The title; null when it has none.</param>
public sealed record InspectionSubject(string Package, string Profile, string? Digest, long Files, long Bytes, string Source, string? Case, string? RecordCode, string? Title);

/// <summary>The report of an inspection as a value, in no language.</summary>
/// <remarks>Immutable. Section 2.3 of the requirements; spec/formats/inspection-report.md.</remarks>
public sealed record InspectionReport
{
    /// <summary>Its random id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Where it was run.</summary>
    public required RunPoint Point { get; init; }

    /// <summary>Name and version of the scheme.</summary>
    public required InspectionScheme Scheme { get; init; }

    /// <summary>What was inspected.</summary>
    public required InspectionSubject Subject { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>Who ran it.</summary>
    public required string Operator { get; init; }

    /// <summary>What each rule came to, in the order of the scheme.</summary>
    public required IReadOnlyList<RuleResult> Results { get; init; }

    /// <summary>Who decided open items, each once, in the order of the results.</summary>
    public IReadOnlyList<string> Reviewers => [.. Results.Select(r => r.Manual?.Person).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Number for people: stage, day and the beginning of the id.</summary>
    public string Number => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{InspectionCodes.Of(InspectionCodes.StageOf(Point))}-{RecordsManagement.LegalTime.DayOf(Started):yyyyMMdd}-{Id.ToString("N")[..12]}");

    /// <summary>Whether a check that hinders could not run: what it would have said is not known, and no person can say it.</summary>
    public bool HasGap => Results.Any(r => r.IsOpen && r.Verdict == RuleVerdict.CouldNotRun);

    /// <summary>What it comes to: failed when a blocking rule failed, else waiting while something is open, else passed.</summary>
    public InspectionOutcome Outcome => Results.Any(r => r.IsBlocking) ? InspectionOutcome.Failed
        : Results.Any(r => r.IsOpen) ? InspectionOutcome.Waiting
        : InspectionOutcome.Passed;
}
