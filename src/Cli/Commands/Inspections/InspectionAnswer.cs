using System.Text.Json.Nodes;
using Lantai.Cli.Output;
using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>Says what an inspection came to: each rule that did not pass, and why.</summary>
internal static class InspectionAnswer
{
    /// <summary>Tells the rules that failed, warn, or wait for somebody.</summary>
    public static void Rules(Report report, InspectionReport told)
    {
        foreach (var result in told.Results.Where(r => r.Verdict is not (RuleVerdict.Passed or RuleVerdict.NotApplicable)))
        {
            report.Say("inspect.rule", ("verdict", report.Speech.Say("inspect.verdict." + InspectionCodes.Of(result.Verdict))), ("rule", NameOf(report, result.Rule)));
            report.Tell(result.Answer.Findings);
        }
    }

    /// <summary>A rule's name and id, in the language of the report.</summary>
    public static string NameOf(Report report, InspectionRule rule) =>
        $"{(report.Speech.Language == Language.Chinese ? rule.Chinese : rule.English)} ({rule.Id})";

    /// <summary>A report as an object.</summary>
    /// <param name="told">The report.</param>
    /// <param name="speech">In which language findings are said.</param>
    /// <param name="first">Members before it.</param>
    public static JsonObject Describe(InspectionReport told, Speech speech, params ReadOnlySpan<(string Name, JsonNode? Value)> first)
    {
        var whole = new JsonObject();
        foreach (var (name, value) in first)
        {
            whole[name] = value;
        }

        whole["number"] = told.Number;
        whole["package"] = told.Subject.Package;
        whole["digest"] = told.Subject.Digest;
        whole["outcome"] = InspectionCodes.Of(told.Outcome);
        whole["rules"] = new JsonArray([.. told.Results.Select(r => (JsonNode)new JsonObject
        {
            ["rule"] = r.Rule.Id,
            ["verdict"] = InspectionCodes.Of(r.Verdict),
            ["findings"] = new JsonArray([.. r.Answer.Findings.Select(f => (JsonNode)JsonAnswer.Of(f, speech))]),
        })]);
        return whole;
    }
}
