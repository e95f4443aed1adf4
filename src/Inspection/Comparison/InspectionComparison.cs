using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>A rule on which two reports do not agree.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="One">What the first says; null when it did not ask it.</param>
/// <param name="Other">What the second says; null when it did not ask it.</param>
public sealed record RuleDisagreement(string Rule, RuleVerdict? One, RuleVerdict? Other);

/// <summary>Two reports of one package held against each other, such as the agency's and the hall's (R10-2). Both stay as they are.</summary>
/// <remarks>Immutable.</remarks>
public sealed record InspectionComparison
{
    /// <summary>The first report.</summary>
    public required InspectionReport One { get; init; }

    /// <summary>The second report.</summary>
    public required InspectionReport Other { get; init; }

    /// <summary>The rules on which they differ, in the order of the first and then of what only the second asked.</summary>
    public required IReadOnlyList<RuleDisagreement> Disagreements { get; init; }

    /// <summary>Whether they are about the same bytes: both name the same digest.</summary>
    public bool IsSamePackage => One.Subject.Digest is { } digest && digest == Other.Subject.Digest;

    /// <summary>Whether they come to the same.</summary>
    public bool IsSameOutcome => One.Outcome == Other.Outcome;

    /// <summary>What a comparison finds: other bytes (INS-570), another outcome (INS-571), and each rule on which they differ (INS-572).</summary>
    public IReadOnlyList<Finding> Findings =>
    [
        .. IsSamePackage ? (IEnumerable<Finding>)[] : [Finding.Error("INS-570", Other.Number, ("expected", One.Subject.Digest ?? ""), ("found", Other.Subject.Digest ?? ""), ("other", One.Number))],
        .. IsSameOutcome ? (IEnumerable<Finding>)[] : [Finding.Error("INS-571", Other.Number, ("expected", InspectionCodes.Of(One.Outcome)), ("found", InspectionCodes.Of(Other.Outcome)), ("other", One.Number))],
        .. Disagreements.Select(d => Finding.Warning("INS-572", d.Rule, ("expected", Say(d.One)), ("found", Say(d.Other)), ("one", One.Number), ("other", Other.Number))),
    ];

    /// <summary>Compares two reports.</summary>
    public static InspectionComparison Of(InspectionReport one, InspectionReport other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (first, second) = (Verdicts(one), Verdicts(other));
        return new InspectionComparison
        {
            One = one,
            Other = other,
            Disagreements =
            [
                .. first.Keys.Concat(second.Keys.Where(r => !first.ContainsKey(r)))
                    .Select(r => new RuleDisagreement(r, first.TryGetValue(r, out var a) ? a : null, second.TryGetValue(r, out var b) ? b : null))
                    .Where(d => d.One != d.Other),
            ],
        };
    }

    private static Dictionary<string, RuleVerdict> Verdicts(InspectionReport report) =>
        report.Results.DistinctBy(r => r.Rule.Id).ToDictionary(r => r.Rule.Id, r => r.Verdict, StringComparer.Ordinal);

    private static string Say(RuleVerdict? verdict) => verdict is { } said ? InspectionCodes.Of(said) : "not-asked";
}
