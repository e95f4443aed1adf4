using Lantai.Characterization.Examination;
using Lantai.Words;

namespace Lantai.Characterization.Pdf;

/// <summary>Looks into PDF files: first at what stands in plain sight, then by PdfPig at everything.</summary>
/// <remarks>Holds no state but a count of the readings that were abandoned. Safe for concurrent use.</remarks>
internal sealed class PdfExaminer : IExaminer
{
    private const int MostAbandoned = 4;

    // The file is read in parts, but one stream, which may be nearly all of it, lies in memory as a whole.
    private const int MostTimesWhole = 16;

    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    private readonly AbandonableWork _work = new(MostAbandoned, Grace);

    /// <inheritdoc/>
    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.Pdf];

    /// <inheritdoc/>
    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        var scan = PdfScan.Of(content, limits, cancellation);
        Tell(scan, notes);
        if (content.Length > limits.MaxWhole * MostTimesWhole)
        {
            notes.NotCheckable("too-long");
            return;
        }

        if (PdfGuard.IsDangerous(new PdfBytes(content, limits.MaxWhole), scan.Encrypted is not null, cancellation))
        {
            notes.NotCheckable(scan.Encrypted is null ? "too-deep" : "encrypted");
            return;
        }

        var found = new ExaminationNotes(notes.Subject, notes.Family);
        using var source = new PdfSource(content, cancellation);
        try
        {
            if (!_work.TryRun(() => PdfReading.Read(source, found, scan.Encrypted is not null, limits, cancellation), cancellation))
            {
                notes.NotCheckable("reader-busy");
                return;
            }
        }
        finally
        {
            source.Seal();
        }

        var result = found.ToExamination();
        notes.Add(result);
        notes.Set("pdf-version", Later(scan.HeaderVersion, result.Technical.GetValueOrDefault("pdf-catalog-version") as string));
    }

    private static void Tell(PdfScan scan, ExaminationNotes notes)
    {
        if (scan.Encrypted is { } place)
        {
            notes.Encrypted("pdf", place);
        }

        if (scan.IsCutOff)
        {
            notes.Broken("%%EOF", "cut-off");
        }

        foreach (var oddity in scan.Oddities)
        {
            notes.Tell(Finding.Warning("FMT-120", notes.Subject, ("part", PartOf(oddity)), ("fault", oddity)));
        }

        notes.Set("pdf-header-version", scan.HeaderVersion);
        notes.Set("linearized", scan.IsLinearized);
        if (scan.Revisions > 0)
        {
            notes.Set("revisions", scan.Revisions);
        }
    }

    private static string PartOf(string oddity) => oddity switch
    {
        "pdf-header" or "pdf-header-late" => "%PDF-",
        "pdf-no-end" or "pdf-after-end" => "%%EOF",
        "pdf-trailer" => "trailer",
        "pdf-stream-length" => "/Length",
        "pdf-object-end" => "endobj",
        _ => "xref",
    };

    // The catalogue may name a later version than the header, and then it counts; an earlier one does not (ISO 32000-1, 7.5.2).
    private static string? Later(string? header, string? catalogue) =>
        header is null ? catalogue : string.CompareOrdinal(catalogue, header) > 0 ? catalogue : header;
}
