using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>Whether a scheme may be adopted: it asks at least what the built-in one asks, and who wants less must say why.</summary>
/// <remarks>Pure; safe for concurrent use. R10-1.</remarks>
public static class SchemeTest
{
    /// <summary>Rules of the stage that a scheme leaves out, in the order of the catalogue.</summary>
    public static IReadOnlyList<string> LeftOut(InspectionScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        var selected = scheme.Rules.Select(r => r.Rule).ToHashSet(StringComparer.Ordinal);
        return [.. RuleCatalogue.Of(scheme.Stage).Where(r => r.Manner != RuleManner.Reserved && !selected.Contains(r.Id)).Select(r => r.Id)];
    }

    /// <summary>
    /// All that is wrong with a scheme: no rule for one of the four natures (FN-001), a rule that there is not or a rule twice (FN-002,
    /// FN-003), a weight below that of the catalogue (FN-004), a rule left out without a reason (FN-005), a parameter that there is
    /// not, is of another kind or asks less (FN-006).
    /// </summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="reason">Why a named person wants it; needed when it leaves something out.</param>
    public static IReadOnlyList<Finding> Check(InspectionScheme scheme, string? reason)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        List<Finding> findings = [.. Rules(scheme), .. Natures(scheme), .. Parameters(scheme)];
        if (LeftOut(scheme) is { Count: > 0 } without && string.IsNullOrWhiteSpace(reason))
        {
            findings.Add(Finding.Error("FN-005", scheme.Name, ("count", without.Count), ("rules", Entry.Shown(string.Join(' ', without)))));
        }

        return findings;
    }

    private static IEnumerable<Finding> Rules(InspectionScheme scheme)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var selected in scheme.Rules)
        {
            if (RuleCatalogue.Find(selected.Rule) is not { } rule || rule.Stage != scheme.Stage || rule.Manner == RuleManner.Reserved)
            {
                yield return Finding.Error("FN-002", scheme.Name, ("place", "rules"), ("found", Entry.Shown(selected.Rule)), ("expected", "lantai inspect rules --stage " + InspectionCodes.Of(scheme.Stage)));
            }
            else if (!seen.Add(selected.Rule))
            {
                yield return Finding.Error("FN-003", scheme.Name, ("place", "rules"), ("found", selected.Rule));
            }
            else if (selected.Weight < rule.Weight)
            {
                yield return Finding.Error("FN-004", scheme.Name, ("rule", selected.Rule), ("expected", InspectionCodes.Of(rule.Weight)), ("found", InspectionCodes.Of(selected.Weight)));
            }
        }
    }

    private static IEnumerable<Finding> Natures(InspectionScheme scheme)
    {
        var natures = scheme.Rules.Select(r => RuleCatalogue.Find(r.Rule)?.Nature).ToHashSet();
        return Enum.GetValues<RuleNature>().Where(n => !natures.Contains(n)).Select(n => Finding.Error("FN-001", scheme.Name, ("nature", InspectionCodes.Of(n))));
    }

    private static IEnumerable<Finding> Parameters(InspectionScheme scheme)
    {
        foreach (var (name, text) in scheme.Parameters)
        {
            var known = SchemeCatalogue.Parameters.FirstOrDefault(p => p.Name == name);
            if (known?.Accepts(text) != true)
            {
                var expected = known?.Asked ?? string.Join(' ', SchemeCatalogue.Parameters.Select(p => p.Name));
                yield return Finding.Error("FN-006", scheme.Name, ("parameter", Entry.Shown(name)), ("found", Entry.Shown(text)), ("expected", expected));
            }
        }
    }
}
