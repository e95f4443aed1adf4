namespace Lantai.Inspection;

/// <summary>The checks of security, groups 4-1 to 4-4, and those of ours beside them.</summary>
internal static class SecurityChecks
{
    /// <summary>The checks by their names.</summary>
    public static IReadOnlyDictionary<string, RuleCheck> All { get; } = new Dictionary<string, RuleCheck>(StringComparer.Ordinal)
    {
        ["active-content"] = ActiveContentCheck.Check,
        ["archive-safety"] = ArchiveSafetyCheck.Check,
        ["seals"] = SealsCheck.Check,
        ["antivirus"] = AntivirusChecks.Engine,
        ["malware"] = AntivirusChecks.Malware,
        ["extra-files"] = MediumChecks.ExtraFiles,
        ["read-speed"] = MediumChecks.ReadSpeed,
        ["medium-appearance"] = FormChecks.MediumAppearance,
        ["optical-disc"] = FormChecks.OpticalDisc,
        ["storage-medium"] = FormChecks.StorageMedium,
        ["vulnerabilities"] = FormChecks.Vulnerabilities,
        ["storage-environment"] = FormChecks.StorageEnvironment,
    };
}
