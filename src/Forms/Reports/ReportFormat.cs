namespace Lantai.Forms;

/// <summary>What a report can be written as.</summary>
public enum ReportFormat
{
    /// <summary>Rows separated by commas (RFC 4180): the rows alone.</summary>
    Csv,

    /// <summary>JSON for programs (RFC 8259), codes as codes.</summary>
    Json,

    /// <summary>XML for programs (XML 1.0), codes as codes.</summary>
    Xml,

    /// <summary>A page to read and to print.</summary>
    Html,

    /// <summary>A workbook (ISO/IEC 29500): rows on the first sheet, facts on the last.</summary>
    Xlsx,
}

/// <summary>How a CSV file is written.</summary>
public sealed record CsvStyle
{
    /// <summary>Whether UTF-8 begins with its mark, without which spreadsheet programs take it for another encoding.</summary>
    public bool ByteOrderMark { get; init; } = true;

    /// <summary>Whether it is written in GB18030 instead of UTF-8.</summary>
    public bool Gb18030 { get; init; }

    /// <summary>Whether the first row holds the names that programs use instead of titles, and codes stay codes.</summary>
    public bool ForPrograms { get; init; }
}
