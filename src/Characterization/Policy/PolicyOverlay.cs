using Lantai.Characterization.Registry;
using Lantai.Words;

namespace Lantai.Characterization.Policy;

/// <summary>
/// Leaves out of an overlay what is weaker than the policy below it. Nothing depends on this being complete: of all that
/// speaks of a file the strictest counts anyway. It is there so that a site learns that a rule of its would do nothing.
/// </summary>
internal static class PolicyOverlay
{
    /// <summary>The overlay without the rules and limits that are weaker; each is told with the one it is weaker than.</summary>
    public static PolicyLayer Strict(IReadOnlyList<PolicyLayer> below, PolicyLayer overlay, ICollection<Finding> findings)
    {
        var classes = FormatFile.ReadBuiltIn().ToDictionary(f => f.Format.Id, f => f.Format.Class, StringComparer.Ordinal);
        return new PolicyLayer(
            overlay.Name, overlay.Version,
            Kept(overlay.Unknown, below.Select(b => b.Unknown)),
            Kept(overlay.Unlisted, below.Select(b => b.Unlisted)),
            [.. overlay.Rules.Where(rule => Kept(rule.Says, below.SelectMany(b => Stronger(b, rule.Match, classes))) is not null)],
            [.. overlay.Limits.Where(limit => Kept(limit.Says, below.SelectMany(b => b.Limits).Where(l => l.When.IsSame(limit.When)).Select(l => l.Says)) is not null)]);

        PolicySaying? Kept(PolicySaying? says, IEnumerable<PolicySaying?> others)
        {
            if (says is null || others.FirstOrDefault(o => o is not null && o.Verdict > says.Verdict) is not { } stricter)
            {
                return says;
            }

            findings.Add(Finding.Error("FMT-061", overlay.Name, ("rule", says.Name), ("verdict", Word(says)), ("other", stricter.Name), ("stricter", Word(stricter))));
            return null;
        }
    }

    /// <summary>All that a lower layer says of something that the match speaks of as a whole.</summary>
    private static IEnumerable<PolicySaying?> Stronger(PolicyLayer layer, PolicyMatch match, Dictionary<string, FormatClass> classes)
    {
        foreach (var id in match.Ids)
        {
            // Without its class, which only a registry knows, nothing can be said of an id that no rule names.
            yield return (layer.OfId(id) ?? (classes.TryGetValue(id, out var kind) ? layer.OfClass(kind) : null))?.Says
                ?? (classes.ContainsKey(id) ? layer.Unlisted : null);
        }

        foreach (var prefix in match.Prefixes)
        {
            yield return layer.OfPrefix(prefix)?.Says;
        }

        if (match.Class is { } whole)
        {
            yield return layer.OfClass(whole)?.Says ?? layer.Unlisted;
        }

        if (match.Family is { } family)
        {
            yield return layer.OfFamily(family)?.Says;
        }
    }

    private static string Word(PolicySaying says) => PolicyWords.Write(says.Verdict);
}
