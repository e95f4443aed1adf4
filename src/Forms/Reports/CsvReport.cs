using System.Buffers;
using System.Text;

namespace Lantai.Forms;

/// <summary>Writes the rows of a report separated by commas.</summary>
/// <remarks>RFC 4180, with UTF-8 or GB18030. A cell that a spreadsheet program would take for a formula is guarded.</remarks>
internal static class CsvReport
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static void Write(Report report, IEnumerable<IReadOnlyList<string?>> rows, ReportTexts texts, CsvStyle style, Stream target)
    {
        using var csv = new StreamWriter(target, EncodingOf(style), 1 << 16, leaveOpen: true);
        Row(csv, report.Columns.Select(c => style.ForPrograms ? c.Name : texts.Say(c.TitleKey)));
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Count; i++)
            {
                var column = report.Columns[i];
                var text = style.ForPrograms ? row[i] ?? "" : texts.Cell(column, row[i]);
                Cell(csv, i, column.Kind == ColumnKind.Number && CellText.IsNumber(text) ? text : CellText.Guarded(text));
            }

            csv.Write("\r\n");
        }
    }

    private static void Row(StreamWriter csv, IEnumerable<string> cells)
    {
        var order = 0;
        foreach (var cell in cells)
        {
            Cell(csv, order++, CellText.Guarded(cell));
        }

        csv.Write("\r\n");
    }

    private static void Cell(StreamWriter csv, int order, string text)
    {
        if (order > 0)
        {
            csv.Write(',');
        }

        // A first cell without letters would make the whole row look like no row.
        if (text.AsSpan().ContainsAny(Quoted) || (order == 0 && text.Length == 0) || text is [' ', ..] or [.., ' '])
        {
            csv.Write('"');
            csv.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
            csv.Write('"');
        }
        else
        {
            csv.Write(text);
        }
    }

    private static Encoding EncodingOf(CsvStyle style) => style.Gb18030
        ? CodePagesEncodingProvider.Instance.GetEncoding("GB18030") ?? throw new PlatformNotSupportedException("GB18030 is part of the runtime.")
        : new UTF8Encoding(style.ByteOrderMark);
}
