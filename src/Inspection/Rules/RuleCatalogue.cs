using System.Text.Json;

namespace Lantai.Inspection;

/// <summary>All rules of inspection: those of DA/T 70-2018 by stage, and ours for 国办发〔2023〕26号.</summary>
/// <remarks>Immutable, safe for concurrent use. The standard's text was not seen: each rule says how sure its number is.</remarks>
public static class RuleCatalogue
{
    private static readonly Lazy<(string Version, IReadOnlyList<InspectionRule> Rules)> Loaded = new(Load);
    private static readonly Lazy<Dictionary<string, InspectionRule>> ById = new(() => Loaded.Value.Rules.ToDictionary(r => r.Id, StringComparer.Ordinal));

    /// <summary>The version of the catalogue.</summary>
    public static string Version => Loaded.Value.Version;

    /// <summary>All rules in the order of stages and numbers.</summary>
    public static IReadOnlyList<InspectionRule> All => Loaded.Value.Rules;

    /// <summary>The rule with an id; null when there is none.</summary>
    public static InspectionRule? Find(string id) => ById.Value.GetValueOrDefault(id);

    /// <summary>The rules of a stage in order.</summary>
    public static IEnumerable<InspectionRule> Of(InspectionStage stage) => All.Where(r => r.Stage == stage);

    private static (string Version, IReadOnlyList<InspectionRule> Rules) Load()
    {
        using var stream = typeof(RuleCatalogue).Assembly.GetManifestResourceStream("Rules.rules.json")!;
        using var json = JsonDocument.Parse(stream);
        return (json.RootElement.GetProperty("version").GetString()!, [.. json.RootElement.GetProperty("rules").EnumerateArray().Select(Read)]);
    }

    private static InspectionRule Read(JsonElement rule) => new(
        Text(rule, "id")!,
        InspectionCodes.Stage(Text(rule, "stage")!) ?? throw new JsonException("stage"),
        Text(rule, "number")!,
        Enum.Parse<NumberConfidence>(Text(rule, "confidence")!, ignoreCase: true),
        Enum.Parse<RuleNature>(Text(rule, "nature")!, ignoreCase: true),
        Text(rule, "group")!,
        Text(rule, "zh")!,
        Text(rule, "en")!,
        Enum.Parse<RuleWeight>(Text(rule, "weight")!, ignoreCase: true),
        Enum.Parse<RuleManner>(Text(rule, "manner")!, ignoreCase: true),
        Text(rule, "check")!,
        [.. rule.GetProperty("asks").EnumerateArray().Select(a => a.GetString()!)],
        Enum.Parse<Retry>(Text(rule, "retry")!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
        Text(rule, "article"));

    private static string? Text(JsonElement rule, string name) => rule.TryGetProperty(name, out var value) ? value.GetString() : null;
}
