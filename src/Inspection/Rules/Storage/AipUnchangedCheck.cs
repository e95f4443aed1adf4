using Lantai.ArchivalStorage;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>BC, AIP unchanged since ingest: manifest and contents have, on every copy, the digests that the ledger recorded at ingest.</summary>
/// <remarks>Pure.</remarks>
internal static class AipUnchangedCheck
{
    public static RuleAnswer Check(InspectionFacts facts) => Stored.Ask(facts, stored =>
    {
        List<Finding> findings = [.. stored.EventFindings.Select(f => Event(stored, f)), .. stored.Pieces.Where(IsBad).Select(Bad)];
        if (stored.ContentAtIngest is { } then && stored.ContentNow is { } now && then != now)
        {
            findings.Add(Finding.Error("INS-513", Stored.NameOf(stored), ("expected", then), ("found", now)));
        }

        var answer = RuleAnswer.Of(findings, stored.Pieces.Count) with { Evidence = [KeyValuePair.Create("manifest", "sha256:" + stored.ManifestAtIngest), .. stored.Copies.Select(c => KeyValuePair.Create("copy", c))] };
        var unread = stored.Pieces.Where(p => p.State is FixityState.NotChecked or FixityState.Deferred).ToList();
        return unread.Count == 0 || answer.Verdict == RuleVerdict.Failed
            ? answer
            : RuleAnswer.CouldNotRun(Finding.Error("INS-515", unread[0].Name, ("copy", unread[0].Copy), ("count", unread.Count), ("retry", "later")));
    });

    private static bool IsBad(StoredPiece piece) => piece.State is FixityState.Changed or FixityState.Missing or FixityState.Unreadable;

    private static Finding Bad(StoredPiece piece)
    {
        var code = piece.State switch { FixityState.Changed => "INS-510", FixityState.Missing => "INS-511", _ => "INS-512" };
        return Finding.Error(code, piece.Name, ("copy", piece.Copy), ("expected", piece.Digest), ("at", piece.Place ?? ""), ("found", piece.Trouble?.Code ?? ""));
    }

    private static Finding Event(StorageFacts stored, Finding finding) =>
        Finding.Error("INS-514", Stored.NameOf(stored), ("at", finding.Subject), ("found", finding.Code));
}
