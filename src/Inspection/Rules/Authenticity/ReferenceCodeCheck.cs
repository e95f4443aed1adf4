namespace Lantai.Inspection;

/// <summary>档号/归档号规范性 (1-2): reference codes and electronic record codes follow their rules and agree with the metadata.</summary>
internal static class ReferenceCodeCheck
{
    /// <summary>The profile's own rule was compared when the package was read; the registers say what the rules of the archive are.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => Asking.AlsoAsksRegisters(facts, Asking.OfFindings(facts, facts.FindingsOf("reference-code").Concat(facts.Terms?.ReferenceCode ?? [])));
}
