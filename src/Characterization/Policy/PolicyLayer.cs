namespace Lantai.Characterization.Policy;

/// <summary>What one policy file says, ready to be asked.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
internal sealed class PolicyLayer
{
    // A file that nobody knows what to do with is looked at by a person, whatever a policy leaves unsaid.
    private static readonly PolicySaying UnknownFloor = new("unknown", FormatVerdict.Review, ["unidentified"], []);
    private static readonly PolicySaying UnlistedFloor = new("unlisted", FormatVerdict.Review, ["no-rule"], []);

    private readonly Dictionary<string, PolicyRule> _byId = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, PolicyRule Rule)> _byPrefix = [];
    private readonly Dictionary<FormatClass, PolicyRule> _byClass = [];
    private readonly Dictionary<FileFamily, PolicyRule> _byFamily = [];

    /// <summary>Takes what a file says. Of two rules about the same the stricter one counts.</summary>
    public PolicyLayer(string name, string version, PolicySaying? unknown, PolicySaying? unlisted, IReadOnlyList<PolicyRule> rules, IReadOnlyList<PolicyLimit> limits)
    {
        (Name, Version, Unknown, Unlisted, Rules, Limits) = (name, version, unknown, unlisted, rules, limits);
        foreach (var rule in rules)
        {
            foreach (var id in rule.Match.Ids)
            {
                Keep(_byId, id, rule);
            }

            _byPrefix.AddRange(rule.Match.Prefixes.Select(p => (p, rule)));
            if (rule.Match.Class is { } kind)
            {
                Keep(_byClass, kind, rule);
            }

            if (rule.Match.Family is { } family)
            {
                Keep(_byFamily, family, rule);
            }
        }

        _byPrefix.Sort((a, b) => a.Prefix.Length != b.Prefix.Length ? b.Prefix.Length.CompareTo(a.Prefix.Length) : b.Rule.Says.Verdict.CompareTo(a.Rule.Says.Verdict));
    }

    /// <summary>Name of the policy.</summary>
    public string Name { get; }

    /// <summary>Its version.</summary>
    public string Version { get; }

    /// <summary>What it says of a file whose format is not known; null when it says nothing.</summary>
    public PolicySaying? Unknown { get; }

    /// <summary>What it says of a format that no rule speaks of; null when it says nothing.</summary>
    public PolicySaying? Unlisted { get; }

    /// <summary>Its rules in the order of the file.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; }

    /// <summary>Its limits in the order of the file.</summary>
    public IReadOnlyList<PolicyLimit> Limits { get; }

    /// <summary>The rule for an id, named or by its beginning; null when there is none.</summary>
    public PolicyRule? OfId(string id) =>
        _byId.GetValueOrDefault(id) ?? _byPrefix.FirstOrDefault(p => id.StartsWith(p.Prefix, StringComparison.Ordinal)).Rule;

    /// <summary>The strictest rule about a beginning of ids that the given beginning lies within; null when there is none.</summary>
    public PolicyRule? OfPrefix(string prefix) =>
        _byPrefix.Where(p => prefix.StartsWith(p.Prefix, StringComparison.Ordinal)).Select(p => p.Rule).MaxBy(r => r.Says.Verdict);

    /// <summary>The rule for a class; null when there is none.</summary>
    public PolicyRule? OfClass(FormatClass kind) => _byClass.GetValueOrDefault(kind);

    /// <summary>The rule for a family; null when there is none.</summary>
    public PolicyRule? OfFamily(FileFamily family) => _byFamily.GetValueOrDefault(family);

    /// <summary>This layer as the lowest one: it says something of every file.</summary>
    public PolicyLayer AsLowest() => new(Name, Version, Unknown ?? UnknownFloor, Unlisted ?? UnlistedFloor, Rules, Limits);

    /// <summary>All that it says of a file: the nearest rule (by id, then by beginning, class, family), and every limit that holds.</summary>
    public IEnumerable<PolicySaying> Say(string? id, FormatClass kind, FileExamination? found)
    {
        var byFamily = found is null ? null : OfFamily(found.Family);
        if (id is null)
        {
            // What the bytes look like says how to look into a file, not what it is: it can only make things worse.
            foreach (var saying in new[] { Unknown, byFamily?.Says }.OfType<PolicySaying>())
            {
                yield return saying;
            }
        }
        else if ((OfId(id) ?? OfClass(kind) ?? byFamily)?.Says is { } saying)
        {
            yield return saying;
        }
        else if (Unlisted is not null)
        {
            yield return Unlisted;
        }

        foreach (var limit in found is null ? [] : Limits.Where(l => l.When.Holds(found)))
        {
            yield return limit.Says;
        }
    }

    private static void Keep<TKey>(Dictionary<TKey, PolicyRule> rules, TKey key, PolicyRule rule)
        where TKey : notnull
    {
        if (!rules.TryGetValue(key, out var held) || held.Says.Verdict < rule.Says.Verdict)
        {
            rules[key] = rule;
        }
    }
}
