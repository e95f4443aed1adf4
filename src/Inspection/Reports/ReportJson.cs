using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>A report as JSON for programs: codes as codes, and the sentences of one language beside them.</summary>
/// <remarks>Pure; safe for concurrent use.</remarks>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>The report as the bytes of a JSON file.</summary>
    public static byte[] Write(InspectionReport report, Phrases phrases, Language language) =>
        Encoding.UTF8.GetBytes(Of(report, phrases, language).ToJsonString(Writing) + "\n");

    /// <summary>The report as an object.</summary>
    public static JsonObject Of(InspectionReport report, Phrases phrases, Language language)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(phrases);
        var subject = report.Subject;
        return new JsonObject
        {
            ["reportNo"] = report.Number,
            ["id"] = report.Id.ToString("D", System.Globalization.CultureInfo.InvariantCulture),
            ["stage"] = InspectionCodes.Of(InspectionCodes.StageOf(report.Point)),
            ["point"] = InspectionCodes.Of(report.Point),
            ["scheme"] = new JsonObject
            {
                ["name"] = report.Scheme.Name, ["version"] = report.Scheme.Version, ["category"] = report.Scheme.Category,
                ["parameters"] = new JsonObject(report.Scheme.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
                ["decision"] = Of(report.Scheme.Decision),
            },
            ["package"] = new JsonObject
            {
                ["name"] = subject.Package, ["profile"] = subject.Profile, ["digest"] = subject.Digest, ["files"] = subject.Files, ["bytes"] = subject.Bytes,
                ["source"] = subject.Source, ["case"] = subject.Case, ["recordCode"] = subject.RecordCode, ["title"] = subject.Title,
            },
            ["started"] = StoreTime.Write(report.Started),
            ["finished"] = StoreTime.Write(report.Finished),
            ["operator"] = report.Operator,
            ["reviewers"] = new JsonArray([.. report.Reviewers.Select(r => (JsonNode)r)]),
            ["outcome"] = InspectionCodes.Of(report.Outcome),
            ["totals"] = new JsonObject(ReportTotal.Of(report).Select(t => KeyValuePair.Create(InspectionCodes.Of(t.Nature), (JsonNode?)new JsonObject(
                Enum.GetValues<RuleVerdict>().Select(v => KeyValuePair.Create(InspectionCodes.Of(v), (JsonNode?)t.Of(v))))))),
            ["results"] = new JsonArray([.. report.Results.Select(r => (JsonNode)Of(r, phrases, language))]),
        };
    }

    private static JsonObject Of(RuleResult result, Phrases phrases, Language language) => new()
    {
        ["ruleId"] = result.Rule.Id,
        ["number"] = result.Rule.Printed,
        ["numberConfidence"] = InspectionCodes.Of(result.Rule.Confidence),
        ["name"] = language == Language.Chinese ? result.Rule.Chinese : result.Rule.English,
        ["nature"] = InspectionCodes.Of(result.Rule.Nature),
        ["group"] = result.Rule.Group,
        ["weight"] = InspectionCodes.Of(result.Weight),
        ["manner"] = InspectionCodes.Of(result.Rule.Manner),
        ["check"] = result.Rule.Check,
        ["verdict"] = InspectionCodes.Of(result.Verdict),
        ["said"] = InspectionCodes.Of(result.Answer.Verdict),
        ["looked"] = result.Answer.Looked,
        ["tool"] = result.Answer.Tool,
        ["evidence"] = result.Answer.Evidence.Count == 0 ? null : new JsonArray([.. result.Answer.Evidence.Select(e => (JsonNode)new JsonObject { ["name"] = e.Key, ["value"] = e.Value })]),
        ["method"] = result.IsRemarkable ? phrases.Say(language, $"check.{result.Rule.Check}.method") : null,
        ["retry"] = result.IsAmiss ? InspectionCodes.Of(result.Retry) : null,
        ["correction"] = result.IsAmiss ? FactText.Cure(phrases, language, result) : null,
        ["findings"] = new JsonArray([.. result.Answer.Findings.Select(f => (JsonNode)new JsonObject
        {
            ["code"] = f.Code, ["severity"] = ReportWords.Of(f.Severity), ["at"] = f.Subject,
            ["arguments"] = new JsonObject(f.Arguments.DistinctBy(a => a.Key).Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value))),
            ["message"] = phrases.Say(language, f),
        })]),
        ["manual"] = result.Manual is not { } manual ? null : new JsonObject
        {
            ["person"] = manual.Person, ["verdict"] = InspectionCodes.Of(manual.Verdict), ["at"] = StoreTime.Write(manual.At), ["note"] = manual.Note, ["attachment"] = manual.Attachment?.ToString(),
        },
    };

    private static JsonObject? Of(SchemeDecision? decision) => decision is null ? null : new JsonObject
    {
        ["person"] = decision.Person, ["at"] = StoreTime.Write(decision.At), ["reason"] = decision.Reason, ["without"] = new JsonArray([.. decision.Without.Select(w => (JsonNode)w)]),
    };
}
