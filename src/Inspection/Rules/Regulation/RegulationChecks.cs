namespace Lantai.Inspection;

/// <summary>The checks that 国办发〔2023〕26号 asks for beyond the standard, and those of channel and environment.</summary>
/// <remarks>Immutable. Rules ZW.*; groups 3-3 and 4-3.</remarks>
internal static class RegulationChecks
{
    /// <summary>The checks by their names.</summary>
    public static IReadOnlyDictionary<string, RuleCheck> All { get; } = new Dictionary<string, RuleCheck>(StringComparer.Ordinal)
    {
        ["source"] = SourceCheck.Check,
        ["one-case"] = OneCaseCheck.Check,
        ["completed"] = CompletedCheck.Check,
        ["natures"] = NaturesCheck.Check,
        ["licences"] = LicencesCheck.Check,
        ["joint"] = JointCheck.Check,
        ["deadline"] = DeadlineCheck.Check,
        ["retention"] = RetentionCheck.Check,
        ["process-security"] = ProcessSecurityCheck.Check,
        ["environment"] = EnvironmentCheck.Check,
    };
}
