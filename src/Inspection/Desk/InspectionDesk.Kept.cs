using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection;

/// <content>What the store keeps of inspections beside their reports, and reports that lie in an AIP.</content>
public sealed partial class InspectionDesk
{
    /// <summary>Why the package of a run did not come in although its inspection let it pass; empty when its report says it.</summary>
    /// <exception cref="StorageException">The event is damaged or gone.</exception>
    public IReadOnlyList<Finding> ReasonsOf(RecordedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return EventDetail.ReadFindings(EntryOf(run));
    }

    /// <summary>The report by which a version of an AIP came in, as it lies there, and whether its run was recorded.</summary>
    /// <param name="sequence">Sequence of the ingestion event of the version.</param>
    /// <exception cref="StorageException">The version has no such report, or it cannot be read.</exception>
    public (SealedReport Report, bool IsRecorded) Recall(long sequence)
    {
        var place = "ledger/" + sequence;
        var root = _vault.ReadEvent(sequence).Record?.Manifest ?? throw new StorageException(StorageProblem.Damaged, place, null, Finding.Error(Codes.DetailMissing, place));
        var entries = VersionEntries.Of(_vault, root, CancellationToken.None).Where(e => e.Role == ManifestEntry.Inspection).ToList();
        var named = entries.FirstOrDefault(e => e.Name.Display.EndsWith(".xml", StringComparison.Ordinal));
        var note = entries.FirstOrDefault(e => e.Name.Display.EndsWith(".xml.sig", StringComparison.Ordinal));
        var number = named is null ? "" : Path.GetFileNameWithoutExtension(named.Name.Display);
        if (named is null || note is null || Content(named) is not { } xml || ReportReader.TryRead(xml, number, new List<Finding>()) is not { } report)
        {
            throw new StorageException(StorageProblem.Damaged, place, null, Finding.Error(Codes.DetailMissing, place));
        }

        return (new SealedReport(report, xml, ReportSeal.Of(_vault.Descriptor.Origin, report, xml), Content(note)), RunsOf(number).Count > 0);
    }

    private byte[] Content(ManifestEntry entry)
    {
        using var content = _vault.OpenContent(entry.Content!.Value);
        var bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        return bytes;
    }
}
