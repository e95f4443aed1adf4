namespace Lantai.Inspection;

/// <summary>来源系统登记: the package comes from a registered, enabled system of the agency whose case it is, and the system may submit the item.</summary>
/// <remarks>Pure. Articles 4 and 6; R6-1. Whether it may come offline is asked by <see cref="ProcessSecurityCheck"/>.</remarks>
internal static class SourceCheck
{
    /// <summary>What the register of sources says.</summary>
    public static RuleAnswer Check(InspectionFacts facts) =>
        facts.Terms is not { } terms ? Asking.RegistersNotAsked(facts)
        : terms.Source is not { } said ? Asking.NotSaid(facts, "source")
        : RuleAnswer.Of(said.Where(f => !ProcessSecurityCheck.OfflineCodes.Contains(f.Code))) with { Evidence = [KeyValuePair.Create("source", facts.Channel.Source)] };
}
