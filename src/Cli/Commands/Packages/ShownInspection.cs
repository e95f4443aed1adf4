using System.Text.Json.Nodes;
using Lantai.Cli.Output;
using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Cli.Commands.Packages;

/// <summary>An inspection as a command says it: the outcome, each rule that somebody must know of with its findings, and the same as JSON.</summary>
internal static class ShownInspection
{
    /// <summary>Says it, and gives it as an object.</summary>
    public static JsonObject Show(Lantai.Cli.Output.Report report, InspectionReport inspection)
    {
        var speech = report.Speech;
        report.Say("sip.inspected", ("name", inspection.Subject.Package), ("outcome", speech.Say("inspection.outcome." + InspectionCodes.Of(inspection.Outcome))),
            ("passed", Count(inspection, RuleVerdict.Passed)), ("failed", Count(inspection, RuleVerdict.Failed)), ("warning", Count(inspection, RuleVerdict.Warning)),
            ("manual", Count(inspection, RuleVerdict.Manual)), ("open", Count(inspection, RuleVerdict.CouldNotRun)), ("none", Count(inspection, RuleVerdict.NotApplicable)));
        foreach (var result in inspection.Results.Where(r => r.Verdict is not (RuleVerdict.Passed or RuleVerdict.NotApplicable)))
        {
            report.Say("sip.rule", ("number", result.Rule.Printed), ("rule", result.Rule.Id), ("name", NameOf(result.Rule, speech)),
                ("verdict", speech.Say("inspection.verdict." + InspectionCodes.Of(result.Verdict))), ("retry", speech.Say("inspection.retry." + InspectionCodes.Of(result.Retry))));
            report.Tell(result.Answer.Findings.Select(f => Weighed(f, result)));
        }

        return Describe(inspection, speech);
    }

    /// <summary>What each rule came to, as JSON.</summary>
    public static JsonArray Rules(InspectionReport inspection, Speech speech) => new([.. inspection.Results.Select(r => (JsonNode)new JsonObject
    {
        ["rule"] = r.Rule.Id, ["number"] = r.Rule.Printed, ["name"] = NameOf(r.Rule, speech), ["weight"] = r.Weight.ToString().ToLowerInvariant(),
        ["verdict"] = InspectionCodes.Of(r.Verdict), ["retry"] = InspectionCodes.Of(r.Retry),
        ["findings"] = new JsonArray([.. r.Answer.Findings.Select(f => (JsonNode)JsonAnswer.Of(f, speech))]),
    })]);

    private static int Count(InspectionReport inspection, RuleVerdict verdict) => inspection.Results.Count(r => r.Verdict == verdict);

    private static string NameOf(InspectionRule rule, Speech speech) => speech.Language == Language.Chinese ? rule.Chinese : rule.English;

    /// <summary>What a rule says that hinders nothing is no error to whoever reads the list.</summary>
    private static Finding Weighed(Finding finding, RuleResult result) =>
        finding.Severity == Severity.Error && !result.IsBlocking && !result.IsOpen ? finding with { Severity = Severity.Warning } : finding;

    private static JsonObject Describe(InspectionReport inspection, Speech speech) => new()
    {
        ["outcome"] = InspectionCodes.Of(inspection.Outcome), ["scheme"] = inspection.Scheme.Name, ["schemeVersion"] = inspection.Scheme.Version,
        ["package"] = inspection.Subject.Package, ["profile"] = inspection.Subject.Profile, ["digest"] = inspection.Subject.Digest,
        ["files"] = inspection.Subject.Files, ["bytes"] = inspection.Subject.Bytes, ["case"] = inspection.Subject.Case, ["recordCode"] = inspection.Subject.RecordCode,
        ["rules"] = Rules(inspection, speech),
    };
}
