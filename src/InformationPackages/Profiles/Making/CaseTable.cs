using System.Text;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>A line of a table: its number in the file, from 1, and its cells by the columns' names.</summary>
/// <param name="Line">The line that it begins on.</param>
/// <param name="Cells">The cells that are not empty.</param>
public sealed record CaseTableRow(int Line, IReadOnlyDictionary<string, string> Cells);

/// <summary>
/// A table of cases as office programs write it: comma separated, the first line the names of the columns, UTF-8 (with or without a byte
/// order mark) or GB18030.
/// </summary>
/// <remarks>Source: RFC 4180, spec/formats/case-table.md. Immutable. At most 64 MiB, which are held in memory.</remarks>
public sealed class CaseTable
{
    private const long MostBytes = 64L << 20;

    private CaseTable(string name, IReadOnlyList<string> columns, IReadOnlyList<CaseTableRow> rows) => (Name, Columns, Rows) = (name, columns, rows);

    /// <summary>What the file is called.</summary>
    public string Name { get; }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The lines that are not empty.</summary>
    public IReadOnlyList<CaseTableRow> Rows { get; }

    /// <summary>Reads a table. Null exactly when an error was added to <paramref name="findings"/>.</summary>
    public static CaseTable? Read(Stream content, string name, List<Finding> findings)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int got; (got = content.Read(buffer)) > 0;)
        {
            bytes.Write(buffer, 0, got);
            if (bytes.Length > MostBytes)
            {
                return Refuse("too-long", 1);
            }
        }

        if (Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) is not { } text)
        {
            return Refuse("encoding", 1);
        }

        var (records, broken) = Split(text.TrimStart('\uFEFF'));
        if (broken > 0)
        {
            return Refuse("quotes", broken);
        }

        if (records.Count == 0)
        {
            return Refuse("empty", 1);
        }

        var columns = records[0].Cells.Select(c => c.Trim()).ToList();
        if (columns.Where(c => c.Length > 0).GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is not null)
        {
            return Refuse("column-twice", 1);
        }

        // What stands under no name would be lost without a word.
        var wide = records.FirstOrDefault(r => r.Cells.Where((c, i) => (i >= columns.Count || columns[i].Length == 0) && !string.IsNullOrWhiteSpace(c)).Any());
        return wide.Cells is not null ? Refuse("cells", wide.Line) : new CaseTable(name, columns, [.. records.Skip(1).Select(r => ToRow(r, columns))]);

        CaseTable? Refuse(string reason, int line)
        {
            findings.Add(Finding.Error("PKG-060", name, ("reason", reason), ("line", line)));
            return null;
        }
    }

    private static CaseTableRow ToRow((int Line, List<string> Cells) record, List<string> columns)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count && i < record.Cells.Count; i++)
        {
            if (columns[i].Length > 0 && record.Cells[i].Trim() is { Length: > 0 } value)
            {
                cells[columns[i]] = value;
            }
        }

        return new CaseTableRow(record.Line, cells);
    }

    private static string? Decode(ReadOnlySpan<byte> bytes)
    {
        foreach (var encoding in new[]
        {
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
            CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!,
        })
        {
            try
            {
                return encoding.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                continue; // the next encoding is asked; none left is told
            }
        }

        return null;
    }

    /// <summary>The records that hold something; and the line of a quote that is not closed or is followed by something, else 0.</summary>
    private static (List<(int Line, List<string> Cells)> Records, int Broken) Split(string text)
    {
        var records = new List<(int, List<string>)>();
        var (cells, cell) = (new List<string>(), new StringBuilder());
        var (line, begun, isQuoted, wasQuoted) = (1, 1, false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted)
            {
                line += c == '\n' ? 1 : 0;
                if (c != '"')
                {
                    _ = cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    _ = cell.Append(text[i++]);
                }
                else
                {
                    (isQuoted, wasQuoted) = (false, true);
                }
            }
            else if (c == '"' && cell.Length == 0 && !wasQuoted)
            {
                isQuoted = true;
            }
            else if (c is ',' or '\n')
            {
                EndCell();
                if (c == '\n')
                {
                    EndRecord();
                    begun = ++line;
                }
            }
            else if (c != '\r' && wasQuoted)
            {
                return (records, line);
            }
            else if (c != '\r')
            {
                _ = cell.Append(c);
            }
        }

        if (isQuoted)
        {
            return (records, begun);
        }

        EndCell();
        EndRecord();
        return (records, 0);

        void EndCell()
        {
            cells.Add(cell.ToString());
            _ = cell.Clear();
            wasQuoted = false;
        }

        void EndRecord()
        {
            if (cells.Exists(c => !string.IsNullOrWhiteSpace(c)))
            {
                records.Add((begun, cells));
            }

            cells = [];
        }
    }
}
