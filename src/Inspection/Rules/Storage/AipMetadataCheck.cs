using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>BC, AIP metadata complete: the preservation metadata that its way in demands are there.</summary>
/// <remarks>Pure. What a store without a records profile does not demand is shown and does not weigh.</remarks>
internal static class AipMetadataCheck
{
    public static RuleAnswer Check(InspectionFacts facts) => Stored.Ask(facts, stored =>
        RuleAnswer.Of(stored.Members.Where(m => !m.IsThere).Select(m => Missing(stored, m)), stored.Members.Count) with
        {
            Evidence = [.. stored.Members.Where(m => m.IsThere && m.Value.Length > 0).Select(m => KeyValuePair.Create(m.Name, m.Value))],
        });

    private static Finding Missing(StorageFacts stored, PreservationMember member) => member.IsDemanded
        ? Finding.Error("INS-520", Stored.NameOf(stored), ("member", member.Name), ("found", member.Value))
        : Finding.Information("INS-521", Stored.NameOf(stored), ("member", member.Name));
}
