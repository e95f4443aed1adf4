namespace Lantai.Inspection;

/// <summary>How many rules of one nature came to each verdict.</summary>
/// <param name="Nature">The nature.</param>
/// <param name="Counts">The numbers in the order of <see cref="RuleVerdict"/>.</param>
/// <remarks>Immutable.</remarks>
public sealed record ReportTotal(RuleNature Nature, IReadOnlyList<int> Counts)
{
    /// <summary>The number of rules that came to a verdict.</summary>
    public int Of(RuleVerdict verdict) => Counts[(int)verdict];

    /// <summary>The totals of a report, one for each of the four natures.</summary>
    public static IReadOnlyList<ReportTotal> Of(InspectionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return [.. Enum.GetValues<RuleNature>().Select(nature => new ReportTotal(
            nature, [.. Enum.GetValues<RuleVerdict>().Select(v => report.Results.Count(r => r.Rule.Nature == nature && r.Verdict == v))]))];
    }
}
