using System.Globalization;
using Lantai.Containers;
using Lantai.Forms;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>Reads the cells of a schedule's rows: columns in any order, titles and codes in Chinese or English.</summary>
internal sealed class ScheduleCells(string name, BoundedFindings findings)
{
    /// <summary>The most characters that the texts of a schedule have together, texts that are told apart counted once each.</summary>
    public const int MostText = 64 << 20;

    private const int MostYears = 999;

    // The name of the table, its unit and its day stand above the heading of many.
    private const int MostAbove = 10;

    private static readonly Dictionary<string, string> RetentionWords = new(StringComparer.Ordinal)
    {
        ["永久"] = "Y", ["PERMANENT"] = "Y", ["30年"] = "D30", ["定期30年"] = "D30", ["10年"] = "D10", ["定期10年"] = "D10",
    };

    // Same texts again and again: one string for each.
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly List<SheetRow> _above = [];
    private int[]? _columns;
    private long _length;

    /// <summary>Number of the row of titles; 0 while it was not read.</summary>
    public long Heading { get; private set; }

    /// <summary>Whether more text came than a schedule may have.</summary>
    public bool IsFull => _length > MostText;

    /// <summary>
    /// Looks whether a row is the row of titles: the first that has most of those a schedule needs, else the one with the most titles of the first few.
    /// </summary>
    public void Look(SheetRow row)
    {
        _above.Add(row);
        if (Titles(row) > ScheduleColumns.All.Count(c => c.IsRequired) / 2 || _above.Count == MostAbove)
        {
            EndLooking();
        }
    }

    /// <summary>Takes the best of the rows that were looked at for the row of titles, if none was taken yet.</summary>
    public void EndLooking()
    {
        if (Heading == 0 && _above.MaxBy(Titles) is { } best)
        {
            Heading = best.Number;
            if (best != _above[0])
            {
                findings.Add(Finding.Information("SCH-037", At(best.Reference(1)), ("row", best.Number)));
            }

            ReadHeading(best);
        }
    }

    private static int Titles(SheetRow row) => row.Cells.Count(c => c.Length is > 0 and < 100 && ScheduleColumns.Of(c) >= 0);

    private void ReadHeading(SheetRow row)
    {
        var places = new int[ScheduleColumns.All.Count];
        for (var place = 1; place <= row.Cells.Count; place++)
        {
            var title = row.Cell(place);
            var column = title.Length == 0 ? -1 : ScheduleColumns.Of(title);
            if (column >= 0 && places[column] > 0)
            {
                findings.Add(Finding.Error("SCH-004", At(row.Reference(place)), ("schedule-column", ScheduleColumns.All[column].Name), ("other", row.Reference(places[column]))));
            }
            else if (column >= 0)
            {
                places[column] = place;
            }
            else if (title.Length > 0)
            {
                findings.Add(Finding.Warning("SCH-002", At(row.Reference(place)), ("title", Entry.Shown(title))));
            }
        }

        for (var column = 0; column < places.Length; column++)
        {
            if (places[column] == 0 && ScheduleColumns.All[column].IsRequired)
            {
                findings.Add(Finding.Error("SCH-001", At(row.Reference(1)), ("schedule-column", ScheduleColumns.All[column].Name)));
            }
        }

        _columns = places;
    }

    /// <summary>Reads a row.</summary>
    public ScheduleRow Read(SheetRow row)
    {
        var cells = new string[ScheduleColumns.All.Count];
        for (var column = 0; column < cells.Length; column++)
        {
            var text = _columns![column] == 0 ? "" : row.Cell(_columns[column]).Trim();
            cells[column] = text.Length == 0 ? "" : Kept(Value(column, text, row));
        }

        return new ScheduleRow(cells);
    }

    /// <summary>Where the cell of a column stands in a row, for findings: the first column when the file has none.</summary>
    public string Place(long row, int column) => At(CellReference.Of(row, Math.Max(_columns?[column] ?? 1, 1)));

    private string Value(int column, string text, SheetRow row)
    {
        var about = ScheduleColumns.All[column];
        if (text.Length > about.MaxLength)
        {
            findings.Add(Finding.Error("SCH-019", Place(row.Number, column), ("schedule-column", about.Name), ("length", text.Length), ("most", about.MaxLength)));
            return "";
        }

        var value = about.Kind switch
        {
            ScheduleCellKind.Code => ScheduleColumns.CodeOf(column, text),
            ScheduleCellKind.Retention => RetentionOf(text),
            ScheduleCellKind.Years => YearsOf(text),
            ScheduleCellKind.Item => text[0] == '/' ? PathOf(text) : ServiceItem.IsCode(text) ? text : null,
            ScheduleCellKind.Path => PathOf(text),
            ScheduleCellKind.List => ListOf(text),
            _ => text.ReplaceLineEndings("\n"),
        };
        if (value is null)
        {
            var code = about.Kind switch { ScheduleCellKind.Code => "SCH-008", ScheduleCellKind.Years => "SCH-010", ScheduleCellKind.Retention => "SCH-012", _ => "SCH-018" };
            findings.Add(Finding.Error(code, Place(row.Number, column), ("schedule-column", about.Name), ("value", Entry.Shown(text)), ("expected", ScheduleColumns.Expected(column))));
        }

        return value ?? "";
    }

    private static string? RetentionOf(string text)
    {
        var code = RetentionWords.GetValueOrDefault(text.ToUpperInvariant().Replace(" ", "", StringComparison.Ordinal), text.ToUpperInvariant());
        return RetentionPeriod.TryParse(code, out var period) ? period.Code : null;
    }

    private static string? YearsOf(string text)
    {
        var digits = text.EndsWith('年') ? text[..^1].TrimEnd() : text;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var years) && years <= MostYears
            ? years.ToString(CultureInfo.InvariantCulture)
            : null;
    }

    private static string? PathOf(string text)
    {
        var segments = text.Split('/');
        return segments.Length > 1 && segments[0].Length == 0 && segments.Skip(1).All(s => s.Trim().Length > 0) && !text.Contains('\n', StringComparison.Ordinal)
            ? string.Join('/', segments.Select(s => s.Trim()))
            : null;
    }

    private static string? ListOf(string text) => string.Join(
        ScheduleRow.BasisSeparator,
        text.Split(['\n', '\r', ';', ScheduleRow.BasisSeparator], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private string At(string reference) => name + " " + reference;

    private string Kept(string text)
    {
        const int MostKept = 200_000;
        if (_texts.TryGetValue(text, out var kept))
        {
            return kept;
        }

        _length += text.Length;
        if (_texts.Count < MostKept)
        {
            _texts.Add(text, text);
        }

        return text;
    }
}
