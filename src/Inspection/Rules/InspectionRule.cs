namespace Lantai.Inspection;

/// <summary>A rule of four-nature inspection, as data: what it is called, what it weighs and how it is answered.</summary>
/// <param name="Id">Its stable id, such as <c>FN.GD.AUTH.FIXITY</c>.</param>
/// <param name="Stage">The stage it belongs to.</param>
/// <param name="Number">Its number in the standard, as far as that is known: an attribute, never a key.</param>
/// <param name="Confidence">How sure the number is.</param>
/// <param name="Nature">The nature.</param>
/// <param name="Group">The group of DA/T 70-2018, such as <c>1-1</c>; <c>ext</c> for rules of ours.</param>
/// <param name="Chinese">Its Chinese name.</param>
/// <param name="English">Its English name.</param>
/// <param name="Weight">What it means that it fails.</param>
/// <param name="Manner">How it is answered.</param>
/// <param name="Check">The name of its check, one of <see cref="RuleChecks"/>; empty when it is reserved.</param>
/// <param name="Asks">What the answer depends on: <c>package</c>, <c>terms</c>, <c>channel</c>, <c>medium</c>, <c>engine</c>, <c>store</c>, <c>person</c>.</param>
/// <param name="Retry">Whether the same thing may be sent again when it fails.</param>
/// <param name="Article">Articles of 国办发〔2023〕26号 that a rule of ours serves; null for rules of the standard.</param>
/// <remarks>Immutable. Source: rules.json; spec/formats/inspection.md.</remarks>
public sealed record InspectionRule(
    string Id, InspectionStage Stage, string Number, NumberConfidence Confidence, RuleNature Nature, string Group, string Chinese, string English,
    RuleWeight Weight, RuleManner Manner, string Check, IReadOnlyList<string> Asks, Retry Retry, string? Article)
{
    /// <summary>Whether it is about a store as a whole (BC items that persons or instruments answer): decided once, it holds for every package.</summary>
    public bool IsOfStore => Stage == InspectionStage.Preservation && Manner is (RuleManner.Manual or RuleManner.Imported);

    /// <summary>What may be printed as its number: the standard's where that was seen, else the group, else the id.</summary>
    public string Printed => Confidence switch
    {
        NumberConfidence.Seen => Number,
        NumberConfidence.Own => Number,
        _ => Group,
    };
}
