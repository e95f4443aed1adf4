namespace Lantai.Inspection;

/// <summary>The words by which reports, schemes and commands call stages, run points and verdicts.</summary>
public static class InspectionCodes
{
    /// <summary>The prefix of a stage: GD, YJ or BC.</summary>
    public static string Of(InspectionStage stage) => stage switch
    {
        InspectionStage.Archiving => "GD",
        InspectionStage.Transfer => "YJ",
        _ => "BC",
    };

    /// <summary>The stage of a prefix; null for an unknown one.</summary>
    public static InspectionStage? Stage(string code) => code switch
    {
        "GD" => InspectionStage.Archiving,
        "YJ" => InspectionStage.Transfer,
        "BC" => InspectionStage.Preservation,
        _ => null,
    };

    /// <summary>The word of a run point.</summary>
    public static string Of(RunPoint point) => point switch
    {
        RunPoint.AgencyArchiving => "agency-archiving",
        RunPoint.AgencyTransfer => "agency-transfer",
        RunPoint.HallReceipt => "hall-receipt",
        _ => "storage",
    };

    /// <summary>The run point of a word; null for an unknown one.</summary>
    public static RunPoint? Point(string code) => code switch
    {
        "agency-archiving" => RunPoint.AgencyArchiving,
        "agency-transfer" => RunPoint.AgencyTransfer,
        "hall-receipt" => RunPoint.HallReceipt,
        "storage" => RunPoint.Storage,
        _ => null,
    };

    /// <summary>The stage of a run point.</summary>
    public static InspectionStage StageOf(RunPoint point) => point switch
    {
        RunPoint.AgencyArchiving => InspectionStage.Archiving,
        RunPoint.Storage => InspectionStage.Preservation,
        _ => InspectionStage.Transfer,
    };

    /// <summary>The word of a verdict.</summary>
    public static string Of(RuleVerdict verdict) => verdict switch
    {
        RuleVerdict.Passed => "passed",
        RuleVerdict.Failed => "failed",
        RuleVerdict.Warning => "warning",
        RuleVerdict.Manual => "manual",
        RuleVerdict.NotApplicable => "not-applicable",
        _ => "could-not-run",
    };

    /// <summary>The verdict of a word; null for an unknown one.</summary>
    public static RuleVerdict? Verdict(string code) => Enum.GetValues<RuleVerdict>().Cast<RuleVerdict?>().FirstOrDefault(v => Of(v!.Value) == code);

    /// <summary>The word of a retry.</summary>
    public static string Of(Retry retry) => retry switch
    {
        Retry.Never => "never",
        Retry.Later => "later",
        _ => "after-fix",
    };

    /// <summary>The word of an outcome.</summary>
    public static string Of(InspectionOutcome outcome) => outcome switch
    {
        InspectionOutcome.Passed => "passed",
        InspectionOutcome.Waiting => "waiting",
        _ => "failed",
    };

    /// <summary>The word of a weight.</summary>
    public static string Of(RuleWeight weight) => weight switch
    {
        RuleWeight.None => "none",
        RuleWeight.Major => "major",
        _ => "blocking",
    };

    /// <summary>The weight of a word; null for an unknown one.</summary>
    public static RuleWeight? Weight(string code) => Find<RuleWeight>(code, Of);

    /// <summary>The word of a nature.</summary>
    public static string Of(RuleNature nature) => nature switch
    {
        RuleNature.Authenticity => "authenticity",
        RuleNature.Completeness => "completeness",
        RuleNature.Usability => "usability",
        _ => "security",
    };

    /// <summary>The nature of a word; null for an unknown one.</summary>
    public static RuleNature? Nature(string code) => Find<RuleNature>(code, Of);

    /// <summary>The word of how sure a number is.</summary>
    public static string Of(NumberConfidence confidence) => confidence switch
    {
        NumberConfidence.Seen => "seen",
        NumberConfidence.Assumed => "assumed",
        NumberConfidence.Unknown => "unknown",
        _ => "own",
    };

    /// <summary>The confidence of a word; null for an unknown one.</summary>
    public static NumberConfidence? Confidence(string code) => Find<NumberConfidence>(code, Of);

    /// <summary>The word of how a rule is answered.</summary>
    public static string Of(RuleManner manner) => manner switch
    {
        RuleManner.Automatic => "automatic",
        RuleManner.Manual => "manual",
        RuleManner.Imported => "imported",
        _ => "reserved",
    };

    /// <summary>The manner of a word; null for an unknown one.</summary>
    public static RuleManner? Manner(string code) => Find<RuleManner>(code, Of);

    /// <summary>The retry of a word; null for an unknown one.</summary>
    public static Retry? RetryOf(string code) => Find<Retry>(code, Of);

    /// <summary>The outcome of a word; null for an unknown one.</summary>
    public static InspectionOutcome? Outcome(string code) => Find<InspectionOutcome>(code, Of);

    private static T? Find<T>(string code, Func<T, string> write)
        where T : struct, Enum => Enum.GetValues<T>().Where(v => write(v) == code).Cast<T?>().FirstOrDefault();
}
