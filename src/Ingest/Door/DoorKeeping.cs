using Lantai.ArchivalStorage;
using Lantai.Inspection;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>Pass two: keeps what may pass, with its report, and finds the same digests as the inspection found, or keeps nothing of it.</summary>
internal sealed class DoorKeeping(IngestRun ingest, InspectionDesk desk, DoorMeans means, Actor actor)
{
    private const string Folder = "metadata/preservation/inspection/";
    private const int MostAtOnce = 64;

    /// <summary>Keeps each that is open. Those of a batch share the writes of their commits.</summary>
    public async Task KeepAsync(IReadOnlyList<CaseAtDoor> batch)
    {
        foreach (var some in batch.Where(at => at.IsOpen).Chunk(MostAtOnce))
        {
            await Task.WhenAll(some.Select(at => Task.Run(() => KeepAsync(at)))).ConfigureAwait(false);
        }
    }

    private async Task KeepAsync(CaseAtDoor at)
    {
        var (package, completed) = (at.Facts!.Package, at.Case!.Completed.Day);
        var report = at.Sealed = desk.Seal(at.Report);
        var admission = new Admission(
            package.Files.Where(f => f.Content is not null).ToDictionary(f => package.Wrapper + f.Path, f => f.Content!.Value, StringComparer.Ordinal),
            [Added(report.FileName, report.Xml), Added(report.NoteName, report.Note)])
        {
            Characters = package.Files.Where(f => f.Character is not null).ToDictionary(f => package.Wrapper + f.Path, f => f.Character!, StringComparer.Ordinal),
        };
        var request = new IngestRequest(at.Request.Submitted.Package, at.Source, at.Number, new RetentionDecision(at.KeptFor!.Value.Code, completed))
        {
            Admission = admission,
            Characterization = means.Characterization,
        };
        switch (await ingest.ExecuteAsync(request, actor, null, CancellationToken.None).ConfigureAwait(false))
        {
            case IngestOutcome.Kept kept:
                at.Kept = kept;
                if (kept.WasHeld)
                {
                    // A run before was cut off behind this: its report counts, and whatever of it is missing in the ledger is written now.
                    (at.Sealed, at.IsRecorded) = desk.Recall(kept.Sequence);
                }

                at.ReportNumber = at.Sealed.Report.Number;
                break;
            case var refused:
                at.Refuse(refused.Findings);
                break;
        }
    }

    private static AddedFile Added(string name, byte[] content) => new(EntryName.OfText(Folder + name), ManifestEntry.Inspection, content);
}
