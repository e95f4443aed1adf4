using System.Globalization;
using System.Net;
using System.Text;

namespace Lantai.Forms;

/// <summary>
/// Writes a report as a page to read and to print: one file without scripts, pictures or links to elsewhere; all that
/// comes from outside is escaped, and characters that would reorder the page are shown by their number.
/// </summary>
internal static class HtmlReport
{
    private const string Style = """
        body{font-family:"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",Georgia,sans-serif;margin:1.5rem;color:#1b1b1b;background:#fdfcf9;line-height:1.5}
        h1{font-size:1.4rem;border-bottom:3px double #8a2b1d;padding-bottom:.4rem}p.note{font-size:.85rem;color:#555;margin:.2rem 0}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.6rem 0}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
        table{border-collapse:collapse;width:100%;font-size:.85rem}th,td{border:1px solid #cfc8b8;padding:.2rem .4rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
        th{background:#f5f1e6}td.n{text-align:right;font-variant-numeric:tabular-nums}p.signed{margin-top:2.5rem}p.signed span{display:inline-block;min-width:16rem;border-bottom:1px solid #1b1b1b;margin-left:1rem}
        @page{size:A4 landscape;margin:14mm}@media print{body{margin:0;background:#fff}thead{display:table-header-group}tr{break-inside:avoid}p.signed{break-inside:avoid}}
        """;

    public static void Write(Report report, IEnumerable<IReadOnlyList<string?>> rows, ReportTexts texts, Stream target)
    {
        using var html = new StreamWriter(target, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        var title = Escape(texts.Say(report.TitleKey));
        html.WriteLine($"<!DOCTYPE html>\n<html lang=\"{texts.Tag}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{Style}</style></head><body>");
        html.WriteLine($"<h1>{title}</h1>");
        foreach (var note in report.NoteKeys)
        {
            html.WriteLine($"<p class=\"note\">{Escape(texts.Say(note))}</p>");
        }

        html.Write("<dl>");
        foreach (var fact in report.Facts)
        {
            html.Write($"<dt>{Escape(texts.Say(fact.TitleKey))}</dt><dd>{Escape(texts.Fact(fact))}</dd>");
        }

        html.WriteLine("</dl>");
        Table(html, report, rows, texts);
        foreach (var place in report.SignatureKeys)
        {
            html.WriteLine($"<p class=\"signed\">{Escape(texts.Say(place))}<span></span></p>");
        }

        html.WriteLine("</body></html>");
    }

    private static void Table(StreamWriter html, Report report, IEnumerable<IReadOnlyList<string?>> rows, ReportTexts texts)
    {
        html.Write("<table>");
        if (report.Columns.All(c => c.Width > 0))
        {
            // As wide as people want them, each against the others: a page has the width that it has.
            var whole = report.Columns.Sum(c => c.Width);
            html.Write("<colgroup>" + string.Concat(report.Columns.Select(c => string.Create(CultureInfo.InvariantCulture, $"<col style=\"width:{100.0 * c.Width / whole:0.#}%\">"))) + "</colgroup>");
        }

        html.Write("<thead><tr>");
        foreach (var column in report.Columns)
        {
            html.Write($"<th scope=\"col\">{Escape(texts.Say(column.TitleKey))}</th>");
        }

        html.WriteLine("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Write("<tr>");
            for (var i = 0; i < row.Count; i++)
            {
                html.Write(report.Columns[i].Kind == ColumnKind.Number ? "<td class=\"n\">" : "<td>");
                html.Write(Escape(texts.Cell(report.Columns[i], row[i])));
                html.Write("</td>");
            }

            html.WriteLine("</tr>");
        }

        html.WriteLine("</tbody></table>");
    }

    private static string Escape(string text)
    {
        var isPlain = true;
        foreach (var letter in text)
        {
            isPlain &= letter is >= ' ' and < '\u007F' or >= '\u4E00' and <= '\u9FFF';
        }

        return WebUtility.HtmlEncode(isPlain ? text : Visible(text));
    }

    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isHidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format && rune.Value is not ('\n' or '\t');
            _ = isHidden ? visible.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}") : visible.Append(rune.ToString());
        }

        return visible.ToString();
    }
}
