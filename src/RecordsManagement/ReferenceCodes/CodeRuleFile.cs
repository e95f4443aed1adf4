using System.Text.RegularExpressions;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>Rules of codes as objects: in files, and in the details of events.</summary>
/// <remarks>spec/formats/records-codes.md.</remarks>
internal static class CodeRuleFile
{
    private const int MostSegments = 16;
    private const int MostWidth = 18;
    private const int NameLength = 30;
    private const int PatternLength = 100;

    /// <summary>Reads a rule; null and findings (REC-005 to REC-007, REF-001) when anything is wrong with it.</summary>
    public static CodeRule? Read(JsonMap map, string displayName, ICollection<Finding> findings)
    {
        var before = findings.Count;
        var members = new FileMembers(map, displayName, "", findings, "rule", "kind", "segments", "scope", "fonds", "category", "basis", "confidence");
        var (name, kind) = (members.Text("rule"), members.Text("kind"));
        var segments = members.Maps("segments").Select(s => ReadSegment(s.Map, displayName, s.Place, findings)).ToList();
        var scope = members.Texts("scope");
        var (fonds, category) = (members.OptionalText("fonds"), members.OptionalText("category"));
        var (basis, confidence) = (members.Text("basis"), members.Text("confidence"));
        if (findings.Count == before)
        {
            foreach (var fault in Check(displayName, (name, kind, confidence), segments, scope))
            {
                findings.Add(fault);
            }
        }

        return findings.Count > before ? null : new CodeRule(name, segments, scope) { Kind = kind, Fonds = fonds, Category = category, Basis = basis, Confidence = confidence };
    }

    /// <summary>A rule as the members that <see cref="Read"/> takes.</summary>
    public static JsonMap Write(CodeRule rule) => new JsonMap()
        .Set("rule", rule.Name).Set("kind", rule.Kind).Set("segments", rule.Segments.Select(s => (object)WriteSegment(s))).Set("scope", rule.Scope)
        .Set("fonds", rule.Fonds).Set("category", rule.Category).Set("basis", rule.Basis).Set("confidence", rule.Confidence);

    private static CodeSegment ReadSegment(JsonMap map, string displayName, string place, ICollection<Finding> findings)
    {
        var members = new FileMembers(map, displayName, place, findings, "name", "source", "pattern", "width", "pad", "before", "value");
        return new CodeSegment(
            members.Text("name"), members.Text("source"), members.Text("pattern"), members.Number("width", 0, MostWidth, 0),
            members.OptionalText("pad") ?? "", members.OptionalText("before") ?? "", members.OptionalText("value"));
    }

    private static JsonMap WriteSegment(CodeSegment segment) => new JsonMap()
        .Set("name", segment.Name).Set("source", segment.Source).Set("pattern", segment.Pattern).Set("width", segment.Width == 0 ? null : segment.Width)
        .Set("pad", Filled(segment.Pad)).Set("before", Filled(segment.Before)).Set("value", segment.Value);

    private static string? Filled(string text) => text.Length == 0 ? null : text;

    private static IEnumerable<Finding> Check(
        string displayName, (string Name, string Kind, string Confidence) rule, List<CodeSegment> segments, IReadOnlyList<string> scope)
    {
        var faults = new List<(string Fault, string Place)>();
        Add(!IsName(rule.Name, allowsHyphen: true), "name", rule.Name);
        Add(rule.Kind is not (CodeRule.ReferenceCode or CodeRule.RecordCode), "kind", rule.Kind);
        Add(segments.Count is 0 or > MostSegments, "segments", "segments");
        Add(segments.Count(s => s.Source == CodeSegment.Sequence) != 1, "one-sequence", "segments");
        Add(rule.Confidence is not ("high" or "medium" or "low"), "confidence", rule.Confidence);
        foreach (var unknown in scope.Where((s, i) => segments.All(g => g.Name != s || g.Source == CodeSegment.Sequence) || scope.Take(i).Contains(s)))
        {
            Add(true, "scope", unknown);
        }

        for (var i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            Add(!IsName(segment.Name, allowsHyphen: false) || segments.Take(i).Any(s => s.Name == segment.Name), "segment-name", segment.Name);
            Add(!IsName(segment.Source, allowsHyphen: false), "source", segment.Name);
            Add(segment.Source == CodeSegment.Sequence && segment.Width == 0, "sequence-width", segment.Name);
            Add(segment.Source == CodeSegment.Fixed != segment.Value is not null, "fixed-value", segment.Name);
            Add(segment.Pad.Length > 1, "pad", segment.Name);
            Add(segment.Before.Length > 1 || segment.Before.Any(c => char.IsAsciiLetterOrDigit(c) || char.IsControl(c) || char.IsSurrogate(c)), "separator", segment.Name);
            Add(i == 0 && segment.Before.Length > 0, "first-separator", segment.Name);
            Add(i + 1 < segments.Count && segments[i + 1].Before.Length == 0 && segment.Width == 0, "no-end", segment.Name);
            Add(!IsPattern(segment.Pattern), "pattern", segment.Name);
        }

        return faults.Select(f => Finding.Error("REF-001", displayName, ("place", Entry.Shown(f.Place)), ("rule-fault", f.Fault)));

        void Add(bool isFault, string fault, string place)
        {
            if (isFault)
            {
                faults.Add((fault, place));
            }
        }
    }

    private static bool IsName(string text, bool allowsHyphen) =>
        text.Length is > 0 and <= NameLength && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || (allowsHyphen && (char.IsAsciiDigit(c) || c == '-')));

    // What needs backtracking, or an automaton too large to hold, is refused when it is made.
    private static bool IsPattern(string pattern)
    {
        if (pattern.Length is 0 or > PatternLength)
        {
            return false;
        }

        try
        {
            // Alone too: "a)|(b" is none, though a group around it would be one.
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            _ = new Regex($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant).IsMatch("");
            return true;
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }
}
