using System.Buffers;
using Lantai.Words;

namespace Lantai.Forms;

/// <summary>A row of a sheet.</summary>
/// <param name="Number">Its number from 1, as spreadsheet programs show it.</param>
/// <param name="Cells">Its cells from the first column on; empty ones are empty texts, those at the end are left out.</param>
public sealed record SheetRow(long Number, IReadOnlyList<string> Cells)
{
    /// <summary>The cell of a column, from 1; empty when there is none.</summary>
    public string Cell(int column) => column <= Cells.Count ? Cells[column - 1] : "";

    /// <summary>Where the cell of a column stands, such as <c>C5</c>.</summary>
    public string Reference(int column) => CellReference.Of(Number, column);
}

/// <summary>Rows of texts that came from outside: a CSV file or the first sheet of a workbook, read once from beginning to end.</summary>
/// <remarks>Memory is bounded by <see cref="SheetLimits"/> and does not grow with the rows. Not safe for concurrent use.</remarks>
public abstract class Sheet
{
    // Control characters but tab and line ends, and the mark of what could not be decoded.
    private static readonly SearchValues<char> NoText = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Where(c => c is not ('\t' or '\n' or '\r' or 0x85)).Select(c => (char)c), '\uFFFD', '\uFFFE', '\uFFFF']);

    private readonly List<Finding> _findings = [];
    private long _untold;
    private Severity _gravestUntold;

    private protected Sheet(string name, SheetLimits limits) => (Name, Limits) = (name, limits);

    /// <summary>How findings call the file.</summary>
    public string Name { get; }

    /// <summary>
    /// What is wrong with what was read so far; complete when all rows were read. An error means that the rows are not all that the file says.
    /// </summary>
    public IReadOnlyList<Finding> Findings => _untold == 0
        ? _findings
        : [.. _findings, new Finding("SHT-014", _gravestUntold, Name, [KeyValuePair.Create("count", _untold.ToString(System.Globalization.CultureInfo.InvariantCulture))])];

    /// <summary>How its text was decoded: <c>UTF-8</c>, <c>UTF-16LE</c>, <c>UTF-16BE</c> or <c>GB18030</c> (guessed, since it is not UTF-8).</summary>
    public abstract string Encoding { get; }

    private protected SheetLimits Limits { get; }

    /// <summary>A CSV file (RFC 4180) separated by commas, semicolons or tabs, whichever its first row has most of.</summary>
    /// <param name="stream">The file, able to seek; not closed.</param>
    /// <param name="name">How findings call it.</param>
    /// <param name="limits">How much it may hold.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static Sheet OfCsv(Stream stream, string name, SheetLimits limits) => new CsvSheet(stream, name, limits);

    /// <summary>The first sheet of a workbook (ISO/IEC 29500).</summary>
    /// <param name="openPart">
    /// Opens a part of the workbook by its path without a leading slash, as it stands in the zip file; null when there is none. Whoever gives it has looked
    /// at the zip file: sizes, ratios and paths are not looked at again.
    /// </param>
    /// <param name="name">How findings call it.</param>
    /// <param name="limits">How much it may hold.</param>
    public static Sheet OfWorkbook(Func<string, Stream?> openPart, string name, SheetLimits limits) => new WorkbookSheet(openPart, name, limits);

    /// <summary>Reads the rows; rows without any text are left out. Call it once.</summary>
    /// <param name="cancellation">Asked between rows.</param>
    public abstract IEnumerable<SheetRow> Rows(CancellationToken cancellation);

    private protected void Tell(Finding finding)
    {
        if (_findings.Count < Limits.MaxFindings)
        {
            _findings.Add(finding);
            return;
        }

        _untold++;
        _gravestUntold = finding.Severity > _gravestUntold ? finding.Severity : _gravestUntold;
    }

    private protected void Tell(string code, string reference, params (string Name, object Value)[] arguments) =>
        Tell(Finding.Error(code, reference.Length == 0 ? Name : Name + " " + reference, arguments));

    /// <summary>Tells what in a cell is no text.</summary>
    private protected void Judge(string text, long row, int column)
    {
        if (text.AsSpan().IndexOfAny(NoText) is >= 0 and var at)
        {
            Tell("SHT-001", CellReference.Of(row, column), ("character", "U+" + ((int)text[at]).ToString("X4", System.Globalization.CultureInfo.InvariantCulture)), ("place", at + 1), ("encoding", Encoding));
        }
    }
}
