namespace Lantai.Inspection;

/// <summary>A rule as a scheme selects it.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Weight">What its failing means here; never less than in the catalogue.</param>
public sealed record SchemeRule(string Rule, RuleWeight Weight);

/// <summary>Which rules an inspection asks, how they weigh, and with which parameters: data, with a version.</summary>
/// <param name="Name">Its name, such as <c>gd-case</c>.</param>
/// <param name="Version">Its version.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Category">The archival category (门类) that it is for; <c>*</c> for any.</param>
/// <param name="Rules">The rules in the order in which they are reported.</param>
/// <param name="Parameters">Values for checks, by <c>check.name</c>.</param>
/// <remarks>Immutable. R10-1; spec/formats/inspection.md, spec/formats/inspection-events.md.</remarks>
public sealed record InspectionScheme(
    string Name, string Version, InspectionStage Stage, string Category, IReadOnlyList<SchemeRule> Rules, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>The run point that it is for; null for every one of its stage.</summary>
    public RunPoint? Point { get; init; }

    /// <summary>Rules of the stage that it leaves out by a named person's decision; printed on every report.</summary>
    public SchemeDecision? Decision { get; init; }
}

/// <summary>The decision of a named person to inspect with less than the whole, such as without an antivirus engine.</summary>
/// <param name="Person">Who decided.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="Without">Ids of the rules that are left out.</param>
public sealed record SchemeDecision(string Person, DateTimeOffset At, string Reason, IReadOnlyList<string> Without);
