using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>Rules of codes that come with the program, to be entered as they are or with another width.</summary>
/// <remarks>None counts before it was entered: a code must be readable by what the store itself holds.</remarks>
public static class ReadyCodeRules
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<CodeRule> All { get; } = Read();

    /// <summary>A rule by its name; null when none is called so.</summary>
    public static CodeRule? Find(string name) => All.FirstOrDefault(r => r.Name == name);

    /// <summary>A rule under another name, for one fonds or category, or with running numbers of another width.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="name">Its new name; null to keep it.</param>
    /// <param name="width">Digits of the running number, 1 to 18; null to keep them.</param>
    /// <param name="fonds">The fonds that it is for; null for all.</param>
    /// <param name="category">The archival category that it is for; null for all.</param>
    public static CodeRule With(this CodeRule rule, string? name, int? width, string? fonds, string? category)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var segments = rule.Segments.Select(s => s.Source == CodeSegment.Sequence && width is { } w ? s with { Width = w } : s).ToList();
        return new CodeRule(name ?? rule.Name, segments, rule.Scope)
        {
            Kind = rule.Kind, Fonds = fonds ?? rule.Fonds, Category = category ?? rule.Category, Basis = rule.Basis, Confidence = rule.Confidence,
        };
    }

    private static List<CodeRule> Read()
    {
        using var stream = typeof(ReadyCodeRules).Assembly.GetManifestResourceStream("ReferenceCodes.code-rules.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var findings = new List<Finding>();
        var members = new FileMembers(StrictFile.TryRead(bytes, "code-rules.json", findings)!, "code-rules.json", "", findings, "rules");
        List<CodeRule> rules = [.. members.Maps("rules").Select(r => CodeRuleFile.Read(r.Map, r.Place, findings)).OfType<CodeRule>()];
        return findings.Count == 0 ? rules : throw new System.Diagnostics.UnreachableException(string.Join('\n', findings));
    }
}
