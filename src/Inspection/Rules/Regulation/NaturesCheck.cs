namespace Lantai.Inspection;

/// <summary>证据性、程序性、结果性材料: the case has an outcome, and as a rule proof and procedure.</summary>
/// <remarks>Pure. Article 7; R7-2. The package alone is asked; which natures the schedule demands of the item is asked by <see cref="ScopeCheck"/>.</remarks>
internal static class NaturesCheck
{
    /// <summary>What the reading says of the natures of the materials.</summary>
    public static RuleAnswer Check(InspectionFacts facts) =>
        Asking.OfCase(facts, lead => RuleAnswer.Of(facts.FindingsOf("natures"), Asking.Cases(lead).Sum(c => c.Case.Files.Count())));
}
