using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>归档时限: the case is archived by 30 June of the year after its completion. Late is worth knowing and hinders nothing.</summary>
/// <remarks>Pure. Article 9; R9-8, R18-1. Archiving is the day of the inspection, whatever time the package says.</remarks>
internal static class DeadlineCheck
{
    /// <summary>Compares today with the deadline.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => Asking.OfCase(facts, read =>
    {
        if (facts.Terms is not { } terms)
        {
            return Asking.RegistersNotAsked(facts);
        }

        if (terms.Deadline is not { } deadline || read.Completed is not { } completed)
        {
            return Asking.NotSaid(facts, "completion");
        }

        var (file, at, days) = (Asking.FileOf(facts, read.Basic), read.Basic.PlaceOf("transact_time"), terms.Day.DayNumber - deadline.DayNumber);
        var answer = LegalTime.DayOf(completed) < terms.RegulationSince
            ? new RuleAnswer(RuleVerdict.NotApplicable, [Finding.Information("INS-251", file, ("at", at), ("expected", LegalTime.Write(terms.RegulationSince)), ("found", LegalTime.Write(LegalTime.DayOf(completed))))])
            : days <= 0 ? RuleAnswer.Passed()
            : RuleAnswer.Of([Finding.Warning("INS-250", file, ("at", at), ("expected", LegalTime.Write(deadline)), ("found", LegalTime.Write(terms.Day)), ("days", days))]);
        return answer with { Evidence = [KeyValuePair.Create("deadline", LegalTime.Write(deadline)), KeyValuePair.Create("archived", LegalTime.Write(terms.Day))] };
    });
}
