using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>What became of a code. Whatever it is, the code is never assigned again.</summary>
public enum CodeState
{
    /// <summary>It names its thing.</summary>
    Current,

    /// <summary>Another code took its place.</summary>
    Replaced,

    /// <summary>Its thing was withdrawn.</summary>
    Withdrawn,
}

/// <summary>A code that was assigned.</summary>
/// <param name="Code">The code.</param>
/// <param name="Rule">The rule by which it was made.</param>
/// <param name="RuleVersion">The version of the rule.</param>
/// <param name="Kind">What it is: <see cref="CodeRule.ReferenceCode"/> or <see cref="CodeRule.RecordCode"/>.</param>
/// <param name="Thing">The random id of the thing that it was given to.</param>
/// <param name="Sequence">Sequence of the event that assigned it.</param>
/// <param name="Assigned">When it was assigned.</param>
/// <param name="State">What became of it.</param>
/// <param name="Replaces">The code whose place it took; null when it is the first.</param>
/// <param name="ReplacedBy">The code that took its place; null when none did.</param>
/// <param name="Reason">Why it was replaced or withdrawn; null when it was not.</param>
public sealed record CodeEntry(
    string Code, string Rule, int RuleVersion, string Kind, string Thing, long Sequence, DateTimeOffset Assigned, CodeState State, string? Replaces, string? ReplacedBy, string? Reason)
{
    internal static CodeEntry Read(Document document) => new(
        document.Text("code")!, document.Text("rule")!, (int)Math.Clamp(document.Number("version") ?? 0, 0, int.MaxValue), document.Text("kind") ?? "",
        document.Text("thing")!, document.Number("sequence")!.Value, StoreTime.TryRead(document.Text("time")!, out var time) ? time : default,
        document.Text("state") switch { "current" => CodeState.Current, "replaced" => CodeState.Replaced, _ => CodeState.Withdrawn },
        document.Text("replaces"), document.Text("replacedBy"), document.Text("reason"));
}

/// <summary>What is to get a code.</summary>
/// <param name="Fields">Values for the rule's segments by their sources, such as <c>fonds</c>, <c>year</c>, <c>retention</c>.</param>
/// <param name="Thing">The random id of the thing; null when it has none yet.</param>
public sealed record CodeRequest(IReadOnlyDictionary<string, string> Fields, Guid? Thing = null);

/// <summary>What became of a wish for codes.</summary>
/// <param name="Findings">All that was found; an error among them means that no code was assigned.</param>
/// <param name="Codes">The codes, one for each request.</param>
public sealed record CodeOutcome(IReadOnlyList<Finding> Findings, IReadOnlyList<string> Codes)
{
    /// <summary>Whether it was refused.</summary>
    public bool IsRefused => Findings.Any(f => f.Severity == Severity.Error);
}
