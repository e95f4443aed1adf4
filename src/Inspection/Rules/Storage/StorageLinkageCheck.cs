using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>BC, metadata and content linked: on every copy each piece lies where the catalogue says, and catalogue and ledger name the same manifest.</summary>
/// <remarks>Pure.</remarks>
internal static class StorageLinkageCheck
{
    public static RuleAnswer Check(InspectionFacts facts) => Stored.Ask(facts, stored =>
    {
        var findings = stored.CatalogueDifferences.Select(d => Differs(stored, d))
            .Concat(stored.Pieces.Where(p => p.Misplaced is not null).Select(Misplaced));
        return RuleAnswer.Of(findings, stored.Pieces.Count) with { Evidence = [.. stored.Copies.Select(c => KeyValuePair.Create("copy", c))] };
    });

    private static Finding Misplaced(StoredPiece piece) => Finding.Error(
        "INS-501", piece.Name, ("copy", piece.Copy), ("expected", piece.Digest), ("at", piece.Place ?? ""), ("found", piece.Misplaced!.Code));

    private static Finding Differs(StorageFacts stored, Difference difference) => Finding.Error(
        "INS-502", Stored.NameOf(stored), ("member", difference.Member), ("expected", difference.Expected), ("found", difference.Found));
}
