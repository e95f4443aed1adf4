using System.Text;

namespace Lantai.Characterization.TextLayers;

/// <summary>Tells rows of a table in plain text by their delimiters, and gives each cell the name that the first row has for it.</summary>
/// <remarks>A table is known by one of its first lines: two cells or more, short ones, and no sentence among them. Made for one text.</remarks>
internal sealed class TableLetters
{
    private const int MostCell = 64;
    private const int MostColumns = 1000;
    private const int MostBefore = 5;

    private static readonly char[] Delimiters = [',', '\t', ';', '|'];

    private List<string>? _header;
    private char _delimiter;
    private int _lines;

    /// <summary>Looks at a line; the cells of a row, each with the name of its column, or none when it is no row.</summary>
    /// <param name="line">The line.</param>
    /// <param name="row">The whole row with its cells apart; the line itself when it is none.</param>
    public IReadOnlyList<(string Name, string Cell)> Take(string line, out string row)
    {
        row = line;
        if (_header is null && _lines < MostBefore && !string.IsNullOrWhiteSpace(line))
        {
            Begin(line);
            row = _header is null ? line : string.Join('\t', _header);
            return [];
        }

        if (_header is null || !line.Contains(_delimiter, StringComparison.Ordinal))
        {
            return [];
        }

        var cells = Cells(line, _delimiter);
        row = string.Join('\t', cells);
        return [.. _header.Zip(cells).Where(c => c.First.Length > 0 && c.Second.Length is > 0 and <= MostCell)];
    }

    private void Begin(string line)
    {
        _lines++; // a title may stand above
        foreach (var delimiter in Delimiters)
        {
            var cells = line.Contains(delimiter, StringComparison.Ordinal) ? Cells(line, delimiter) : [];
            if (cells.Count is > 1 and <= MostColumns && cells.TrueForAll(c => c.Length <= MostCell && !c.Contains('。', StringComparison.Ordinal)))
            {
                (_header, _delimiter) = (cells, delimiter);
                return;
            }
        }
    }

    // A delimiter in quotation marks is none (RFC 4180).
    private static List<string> Cells(string line, char delimiter)
    {
        var (cells, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var letter in line)
        {
            if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (letter == delimiter && !isQuoted)
            {
                cells.Add(cell.ToString().Trim());
                _ = cell.Clear();
            }
            else
            {
                _ = cell.Append(letter);
            }
        }

        cells.Add(cell.ToString().Trim());
        return cells;
    }
}
