namespace Lantai.Inspection;

/// <summary>The checks of completeness (完整性): that nothing is missing.</summary>
/// <remarks>Immutable. Groups 2-1 to 2-4.</remarks>
internal static class CompletenessChecks
{
    /// <summary>The checks by their names.</summary>
    public static IReadOnlyDictionary<string, RuleCheck> All { get; } = new Dictionary<string, RuleCheck>(StringComparer.Ordinal)
    {
        ["item-count"] = CountChecks.Items,
        ["byte-count"] = CountChecks.Bytes,
        ["elements-present"] = facts => Asking.OfReading(facts, "elements-present"),
        ["elements-filled"] = facts => Asking.OfReading(facts, "elements-filled"),
        ["process"] = ProcessCheck.Check,
        ["continuity"] = ContinuityCheck.Check,
        ["content"] = ContentCheck.Check,
        ["attachments"] = AttachmentCheck.Check,
        ["scope"] = ScopeCheck.Check,
        ["package-metadata"] = PackageMetadataCheck.Check,
        ["package-content"] = PackageContentCheck.Check,
        ["opinions"] = facts => Asking.OfTransfer(facts, package => RuleAnswer.Of(facts.FindingsOf("opinions"), package.Items.Count)),
    };
}
