namespace Lantai.Forms;

/// <summary>Writes reports. Row after row: what is written does not lie in memory.</summary>
/// <remarks>Safe for concurrent use with different targets. Targets are not closed.</remarks>
public static class ReportWriter
{
    /// <summary>Writes a report.</summary>
    /// <param name="report">The report; its rows are asked for once.</param>
    /// <param name="format">As what.</param>
    /// <param name="texts">The texts for people; programs' formats do not depend on the language but for titles.</param>
    /// <param name="target">Where to; need not be seekable.</param>
    /// <param name="cancellation">Asked between rows.</param>
    /// <exception cref="ArgumentException">A row has not one text for each column.</exception>
    public static void Write(Report report, ReportFormat format, ReportTexts texts, Stream target, CancellationToken cancellation) =>
        Write(report, format, texts, new CsvStyle(), target, cancellation);

    /// <inheritdoc cref="Write(Report, ReportFormat, ReportTexts, Stream, CancellationToken)"/>
    /// <param name="report">The report; its rows are asked for once.</param>
    /// <param name="format">As what.</param>
    /// <param name="texts">The texts for people.</param>
    /// <param name="csv">How CSV is written.</param>
    /// <param name="target">Where to; need not be seekable.</param>
    /// <param name="cancellation">Asked between rows.</param>
    public static void Write(Report report, ReportFormat format, ReportTexts texts, CsvStyle csv, Stream target, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        var rows = Checked(report, cancellation);
        switch (format)
        {
            case ReportFormat.Csv:
                CsvReport.Write(report, rows, texts, csv, target);
                break;
            case ReportFormat.Json:
                JsonReport.Write(report, rows, target);
                break;
            case ReportFormat.Xml:
                XmlReport.Write(report, rows, texts, target);
                break;
            case ReportFormat.Html:
                HtmlReport.Write(report, rows, texts, target);
                break;
            case ReportFormat.Xlsx:
                XlsxReport.Write(report, rows, texts, target);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format));
        }
    }

    private static IEnumerable<IReadOnlyList<string?>> Checked(Report report, CancellationToken cancellation)
    {
        foreach (var row in report.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return row.Count == report.Columns.Count
                ? row
                : throw new ArgumentException($"A row has {row.Count} cells for {report.Columns.Count} columns.", nameof(report));
        }
    }
}
