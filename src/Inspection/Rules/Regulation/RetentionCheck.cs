using Lantai.InformationPackages;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>保管期限与追溯年限: the declared retention is that of the schedule in force, or longer by an approval, and never less than the traceback years.</summary>
/// <remarks>Pure. Article 7; R7-3, R7-4, R5-2.</remarks>
internal static class RetentionCheck
{
    /// <summary>Judges the retention that the package declares.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => Asking.OfCase(facts, read =>
        facts.Terms is not { } terms ? Asking.RegistersNotAsked(facts)
        : terms.Schedule is not { } answer ? Asking.NotSaid(facts, "retention")
        : RuleAnswer.Of([.. answer.Findings, .. UnderFloor(facts, read, terms)], terms.Scope.Count) with
        {
            Evidence = answer.Version is { } version ? [KeyValuePair.Create("schedule", version.Number)] : [],
        });

    /// <summary>The law's years, whatever the schedule says.</summary>
    private static IEnumerable<Finding> UnderFloor(InspectionFacts facts, CasePackage read, TermsFacts terms)
    {
        var floor = terms.Scope.Where(r => r.IsArchived).Select(r => r.Floor).DefaultIfEmpty().Max();
        if (RetentionPeriod.TryParse(read.Configuration.Code("retention_period"), out var declared) && !declared.Satisfies(floor))
        {
            yield return Finding.Error(
                "INS-252", Asking.FileOf(facts, read.Configuration), ("at", read.Configuration.PlaceOf("retention_period")), ("expected", floor), ("found", declared.Code));
        }
    }
}
