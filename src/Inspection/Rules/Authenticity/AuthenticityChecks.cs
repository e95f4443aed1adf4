namespace Lantai.Inspection;

/// <summary>The checks of authenticity, groups 1-1 to 1-5.</summary>
internal static class AuthenticityChecks
{
    /// <summary>The checks by their names.</summary>
    public static IReadOnlyDictionary<string, RuleCheck> All { get; } = new Dictionary<string, RuleCheck>(StringComparer.Ordinal)
    {
        ["fixity"] = FixityCheck.Check,
        ["length"] = f => Asking.OfReading(f, "length"),
        ["type"] = f => Asking.OfReading(f, "type"),
        ["domain"] = f => Asking.OfReading(f, "domain"),
        ["plausibility"] = PlausibilityCheck.Check,
        ["characters"] = CharactersCheck.Check,
        ["reference-code"] = ReferenceCodeCheck.Check,
        ["duplicates"] = DuplicatesCheck.Check,
        ["attributes"] = AttributesCheck.Check,
        ["linkage"] = PackageChecks.Linkage,
        ["description"] = PackageChecks.Description,
        ["structure"] = PackageChecks.Structure,
        ["consistency"] = ConsistencyCheck.Check,
        ["eep"] = PackageChecks.Encapsulation,
    };
}
