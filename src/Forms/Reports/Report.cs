namespace Lantai.Forms;

/// <summary>What the cells of a column hold.</summary>
public enum ColumnKind
{
    /// <summary>Text as it is.</summary>
    Text,

    /// <summary>A whole number, written with ASCII digits; anything else is kept as text.</summary>
    Number,

    /// <summary>A code out of a list; people read the text of the key <see cref="ReportColumn.ValueKeys"/>.CODE, programs the code.</summary>
    Code,
}

/// <summary>A column of a report.</summary>
/// <param name="Name">What programs call it: a member of JSON, an element of XML; <c>[a-z][A-Za-z0-9]*</c>.</param>
/// <param name="TitleKey">Key of the text that people read above it.</param>
/// <param name="Kind">What its cells hold.</param>
/// <param name="ValueKeys">For codes, what stands before the point in the keys of their texts; null for other kinds.</param>
/// <param name="Width">How wide people want it, in Latin letters, for XLSX; 0 to leave it to the program.</param>
public sealed record ReportColumn(string Name, string TitleKey, ColumnKind Kind = ColumnKind.Text, string? ValueKeys = null, int Width = 0);

/// <summary>A fact that stands above the rows of a report, such as the day it holds for.</summary>
/// <param name="Name">What programs call it; <c>[a-z][A-Za-z0-9]*</c>.</param>
/// <param name="TitleKey">Key of the text that people read before it.</param>
/// <param name="Value">Its value; empty when there is none.</param>
/// <param name="ValueKeys">For codes, what stands before the point in the keys of their texts.</param>
public sealed record ReportFact(string Name, string TitleKey, string Value, string? ValueKeys = null);

/// <summary>A report as a value, before it is paper: it knows neither a language nor a file format.</summary>
/// <param name="Name">What programs call it; <c>[a-z][A-Za-z0-9]*</c>.</param>
/// <param name="TitleKey">Key of its title.</param>
/// <param name="Facts">What is true of all of it.</param>
/// <param name="Columns">Its columns, at least one.</param>
/// <param name="Rows">Its rows, asked for once and one after another so that memory stays flat: one text for each column, null where there is none.</param>
public sealed record Report(
    string Name, string TitleKey, IReadOnlyList<ReportFact> Facts, IReadOnlyList<ReportColumn> Columns, IEnumerable<IReadOnlyList<string?>> Rows)
{
    /// <summary>Keys of texts that stand under the title for people, such as where a reading of the law is ours.</summary>
    public IReadOnlyList<string> NoteKeys { get; init; } = [];

    /// <summary>Keys of the titles of places to sign at, below the rows of the printed page.</summary>
    public IReadOnlyList<string> SignatureKeys { get; init; } = [];
}
