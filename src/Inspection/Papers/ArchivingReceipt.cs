using System.Globalization;
using Lantai.Forms;
using Lantai.RecordsManagement;

namespace Lantai.Inspection;

/// <summary>A case that was archived, as its receipt names it.</summary>
/// <param name="Case">The business serial number (业务流水号).</param>
/// <param name="RecordCode">The electronic record code (电子文件号); null when it has none.</param>
/// <param name="ReferenceCode">The reference code (档号); null when it has none yet.</param>
/// <param name="Digest">Digest of the package, with the algorithm in front.</param>
/// <param name="Archived">When it was archived.</param>
/// <param name="ReportNumber">Number of the inspection report that admitted it.</param>
/// <param name="Aip">The AIP.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sequence">The event of the ledger that took it in.</param>
/// <remarks>Immutable.</remarks>
public sealed record ArchivedCase(
    string Case, string? RecordCode, string? ReferenceCode, string Digest, DateTimeOffset Archived, string ReportNumber, Guid Aip, long Version, long Sequence);

/// <summary>What a source system gets for cases that were archived (归档回执).</summary>
/// <remarks>Pure; safe for concurrent use. R6-2, form F4.</remarks>
public static class ArchivingReceipt
{
    /// <summary>Makes the receipt.</summary>
    /// <param name="source">The source system.</param>
    /// <param name="holders">The agency that it is given to and the hall of its jurisdiction.</param>
    /// <param name="issued">When it is issued.</param>
    /// <param name="cases">The cases.</param>
    public static Report Make(string source, HolderNames holders, DateTimeOffset issued, IEnumerable<ArchivedCase> cases) => new(
        "archivingReceipt",
        "paper.receipt.title",
        [new ReportFact("agency", "inspection.page.agency", holders.Agency ?? ""), new ReportFact("hall", "inspection.page.hall", holders.Hall ?? ""), new ReportFact("source", "inspection.page.source", source), new ReportFact("issued", "paper.issued", ReportPage.Time(issued))],
        [
            new ReportColumn("case", "inspection.page.case", Width: 24),
            new ReportColumn("recordCode", "inspection.page.record-code", Width: 40),
            new ReportColumn("referenceCode", "paper.reference-code", Width: 30),
            new ReportColumn("digest", "inspection.page.digest", Width: 70),
            new ReportColumn("archived", "paper.archived", Width: 20),
            new ReportColumn("reportNo", "paper.report", Width: 28),
            new ReportColumn("aip", "paper.aip", Width: 38),
            new ReportColumn("version", "paper.version", ColumnKind.Number, Width: 8),
            new ReportColumn("sequence", "paper.sequence", ColumnKind.Number, Width: 10),
        ],
        cases.Select(c => (IReadOnlyList<string?>)
        [
            c.Case, c.RecordCode, c.ReferenceCode, c.Digest, ReportPage.Time(c.Archived), c.ReportNumber, c.Aip.ToString("D", CultureInfo.InvariantCulture),
            c.Version.ToString(CultureInfo.InvariantCulture), c.Sequence.ToString(CultureInfo.InvariantCulture),
        ]))
    {
        SignatureKeys = ["inspection.page.sign.seal"],
    };
}
