using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>Schemes as objects: in files that somebody wrote, in the details of events, and in the program itself.</summary>
/// <remarks>Pure; safe for concurrent use. spec/formats/inspection-events.md.</remarks>
public static class SchemeFile
{
    private const int NameLength = 60;

    /// <summary>Reads a scheme from a file; null and findings (REC-004 to REC-007, FN-002, FN-003) when it has not the form. Whether it may be adopted is <see cref="SchemeTest"/>'s question.</summary>
    public static InspectionScheme? TryRead(ReadOnlySpan<byte> bytes, string displayName, ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return StrictFile.TryRead(bytes, displayName, findings) is { } map ? Read(map, displayName, findings) : null;
    }

    /// <summary>Reads a scheme; null and findings when it has not the form.</summary>
    internal static InspectionScheme? Read(JsonMap map, string displayName, ICollection<Finding> findings)
    {
        var before = findings.Count;
        var members = new FileMembers(map, displayName, "", findings, "scheme", "version", "point", "category", "rules", "parameters");
        var (name, version, category) = (Name(members, "scheme"), Name(members, "version"), members.OptionalText("category") ?? "*");
        var said = members.Text("point");
        var point = InspectionCodes.Point(said);
        if (point is null && map.Text("point") is not null)
        {
            findings.Add(Finding.Error("FN-002", displayName, ("place", "point"), ("found", Entry.Shown(said)), ("expected", string.Join(' ', Enum.GetValues<RunPoint>().Select(InspectionCodes.Of)))));
        }

        List<SchemeRule> rules = [.. members.Maps("rules").Select(r => ReadRule(r.Map, displayName, r.Place, findings))];
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (parameter, place) in members.Maps("parameters", isRequired: false))
        {
            var own = new FileMembers(parameter, displayName, place, findings, "name", "value");
            if (!parameters.TryAdd(own.Text("name"), own.Text("value")))
            {
                findings.Add(Finding.Error("FN-003", displayName, ("place", place), ("found", Entry.Shown(own.Text("name")))));
            }
        }

        return findings.Count > before ? null : new InspectionScheme(name, version, InspectionCodes.StageOf(point!.Value), category, rules, parameters) { Point = point };

        string Name(FileMembers all, string member)
        {
            var text = all.Text(member);
            if (text.Length > NameLength || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            {
                findings.Add(Finding.Error("FN-002", displayName, ("place", member), ("found", Entry.Shown(text)), ("expected", "1.." + NameLength)));
            }

            return text;
        }
    }

    /// <summary>A scheme as the members that <see cref="Read"/> takes.</summary>
    internal static JsonMap Write(InspectionScheme scheme) => new JsonMap()
        .Set("scheme", scheme.Name).Set("version", scheme.Version).Set("category", scheme.Category)
        .Set("point", InspectionCodes.Of(scheme.Point ?? throw new ArgumentException("Only a scheme of one run point can be written down.", nameof(scheme))))
        .Set("rules", scheme.Rules.Select(r => (object)new JsonMap().Set("rule", r.Rule).Set("weight", InspectionCodes.Of(r.Weight))))
        .Set("parameters", scheme.Parameters.Count == 0 ? null : scheme.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (object)new JsonMap().Set("name", p.Key).Set("value", p.Value)));

    private static SchemeRule ReadRule(JsonMap map, string displayName, string place, ICollection<Finding> findings)
    {
        var members = new FileMembers(map, displayName, place, findings, "rule", "weight");
        var (rule, weight) = (members.Text("rule"), members.Text("weight"));
        if (weight.Length > 0 && InspectionCodes.Weight(weight) is null)
        {
            findings.Add(Finding.Error("FN-002", displayName, ("place", place + ".weight"), ("found", Entry.Shown(weight)), ("expected", "major blocking")));
        }

        return new SchemeRule(rule, InspectionCodes.Weight(weight) ?? RuleWeight.Blocking);
    }
}
