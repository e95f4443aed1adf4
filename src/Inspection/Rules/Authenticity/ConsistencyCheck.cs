using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>信息包一致性 (1-5): what was received is what was sent, by the digest that notice or hand-over declared.</summary>
internal static class ConsistencyCheck
{
    /// <summary>Compares the two; without a declared digest there is nothing to compare (R6-2 asks sources to declare one).</summary>
    public static RuleAnswer Check(InspectionFacts facts) => facts.Channel switch
    {
        { DeclaredDigest: null } => RuleAnswer.NotApplicable("no-declared-digest"),
        { ReceivedDigest: null, DeclaredDigest: var declared } => RuleAnswer.CouldNotRun(Finding.Error("INS-161", facts.Package.Name, ("expected", declared))),
        { DeclaredDigest: var declared, ReceivedDigest: var received } =>
            RuleAnswer.Of(declared.Equals(received, StringComparison.OrdinalIgnoreCase) ? [] : [Finding.Error("INS-160", facts.Package.Name, ("expected", declared), ("found", received))], 1)
                with { Evidence = [KeyValuePair.Create("declared", declared), KeyValuePair.Create("received", received)] },
    };
}
