namespace Lantai.Inspection;

/// <summary>The checks of what lies in storage.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
internal static class StorageChecks
{
    /// <summary>The checks by their names.</summary>
    public static IReadOnlyDictionary<string, RuleCheck> All { get; } = new Dictionary<string, RuleCheck>(StringComparer.Ordinal)
    {
        ["storage-linkage"] = StorageLinkageCheck.Check,
        ["aip-unchanged"] = AipUnchangedCheck.Check,
        ["aip-metadata"] = AipMetadataCheck.Check,
        ["aip-content"] = AipContentCheck.Check,
        ["format-longevity"] = FormatLongevityCheck.Check,
        ["environment-suitable"] = EnvironmentSuitableCheck.Check,
        ["backups"] = FormChecks.Backups,
    };
}
