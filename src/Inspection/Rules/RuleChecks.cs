using System.Collections.Frozen;

namespace Lantai.Inspection;

/// <summary>The checks by their names. Rules of several stages share one where they ask the same.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public static class RuleChecks
{
    private static readonly FrozenDictionary<string, RuleCheck> All = Tables().SelectMany(t => t).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names of all checks.</summary>
    public static IReadOnlyCollection<string> Names => All.Keys;

    /// <summary>The check of a name; null when nobody has written it.</summary>
    public static RuleCheck? Find(string name) => All.GetValueOrDefault(name);

    private static IEnumerable<IReadOnlyDictionary<string, RuleCheck>> Tables() =>
    [
        AuthenticityChecks.All,
        CompletenessChecks.All,
        RegulationChecks.All,
        SecretsCheck.Table,
        SecurityChecks.All,
        StorageChecks.All,
        UsabilityChecks.All,
    ];
}
