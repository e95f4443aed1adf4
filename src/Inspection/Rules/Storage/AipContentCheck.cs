using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>BC, AIP content complete: the manifest adds up, and every content that it lists is there on every copy.</summary>
/// <remarks>Pure. Whether the bytes are the same is asked by <see cref="AipUnchangedCheck"/>; here only whether anything is missing.</remarks>
internal static class AipContentCheck
{
    public static RuleAnswer Check(InspectionFacts facts) => Stored.Ask(facts, stored =>
    {
        var findings = stored.ManifestDifferences.Select(d => Differs(stored, d))
            .Concat(stored.Pieces.Where(p => p.State is FixityState.Missing || (p.Kind != StoredPieceKind.Content && p.State is not FixityState.Verified)).Select(Absent));
        return RuleAnswer.Of(findings, stored.Pieces.Count(p => p.Kind == StoredPieceKind.Content)) with
        {
            Evidence = [KeyValuePair.Create("files", facts.Package.Files.Count.ToString(CultureInfo.InvariantCulture))],
        };
    });

    private static Finding Absent(StoredPiece piece) => Finding.Error(
        piece.Kind == StoredPieceKind.Content ? "INS-532" : "INS-533", piece.Name, ("copy", piece.Copy), ("expected", piece.Digest), ("found", piece.Trouble?.Code ?? ""));

    private static Finding Differs(StorageFacts stored, Difference difference) => Finding.Error(
        "INS-530", Stored.NameOf(stored), ("member", difference.Member), ("expected", difference.Expected), ("found", difference.Found));
}
