using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>办件唯一性: a package holds one case (业务流水号), and more only as packages inside it.</summary>
/// <remarks>Pure. Article 8; R8-1.</remarks>
internal static class OneCaseCheck
{
    /// <summary>Judges the running numbers of the case and of the cases inside it.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => Asking.OfCase(facts, lead =>
    {
        var cases = Asking.Cases(lead).Select(c => c.Case).ToList();
        return RuleAnswer.Of(
            [
                .. facts.FindingsOf("one-case"),
                .. cases.Where(c => string.IsNullOrWhiteSpace(c.CaseNumber))
                    .Select(c => Finding.Error("INS-240", Asking.FileOf(facts, c.Basic), ("at", c.Basic.PlaceOf("project_id")))),
            ],
            cases.Count) with { Evidence = [.. cases.Select(c => KeyValuePair.Create("case", c.CaseNumber))] };
    });
}
