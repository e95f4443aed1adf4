namespace Lantai.Inspection;

/// <summary>The checks of usability, groups 3-1, 3-2 and 3-4, and those of ours beside them.</summary>
internal static class UsabilityChecks
{
    /// <summary>The checks by their names.</summary>
    public static IReadOnlyDictionary<string, RuleCheck> All { get; } = new Dictionary<string, RuleCheck>(StringComparer.Ordinal)
    {
        ["metadata-readable"] = MetadataChecks.Readable,
        ["metadata-accessible"] = MetadataChecks.Accessible,
        ["format"] = FormatCheck.Check,
        ["readable"] = ReadableCheck.Check,
        ["package-usability"] = PackageUsabilityCheck.Check,
        ["encryption"] = EncryptionCheck.Check,
        ["extension"] = ExtensionCheck.Check,
        ["fonts"] = FontsCheck.Check,
    };
}
