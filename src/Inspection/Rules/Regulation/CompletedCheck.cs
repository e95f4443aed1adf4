using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>办结状态: the case is completed, at a time that has come, with a result of the list.</summary>
/// <remarks>Pure. Articles 7 and 9.</remarks>
internal static class CompletedCheck
{
    /// <summary>Judges the case and the cases inside it.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => Asking.OfCase(facts, lead =>
    {
        var cases = Asking.Cases(lead).Select(c => c.Case.Basic).ToList();
        return RuleAnswer.Of([.. facts.FindingsOf("completed"), .. cases.SelectMany(b => OfBasic(facts, b))], cases.Count);
    });

    private static IEnumerable<Finding> OfBasic(InspectionFacts facts, CaseFields basic)
    {
        var file = Asking.FileOf(facts, basic);
        if (basic.Time("transact_time") is not { } completed)
        {
            yield return Finding.Error("INS-241", file, ("at", basic.PlaceOf("transact_time")), ("found", basic["transact_time"] ?? ""));
        }
        else if (completed > facts.Now)
        {
            yield return Finding.Error("INS-242", file, ("at", basic.PlaceOf("transact_time")), ("expected", Say(facts.Now)), ("found", basic["transact_time"]!));
        }

        var results = ValueLists.Of("case-result");
        if (results.Find(basic["result"] ?? "") is null)
        {
            yield return Finding.Error("INS-243", file, ("at", basic.PlaceOf("result")), ("expected", results.ToString()), ("found", basic["result"] ?? ""));
        }
    }

    private static string Say(DateTimeOffset time) =>
        time.ToOffset(RecordsManagement.LegalTime.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}
