using System.Buffers;
using System.Globalization;
using System.Text;
using Lantai.Characterization.Policy;
using Lantai.Characterization.Registry;

namespace Lantai.Characterization.Profile;

/// <summary>A profile for spreadsheets.</summary>
public static class ProfileCsv
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r");

    /// <summary>
    /// Writes a profile as CSV (RFC 4180) in UTF-8: a line with the names of the columns, then one line a row; what is not known is
    /// empty. A text that a spreadsheet would take for a formula gets an apostrophe before it.
    /// </summary>
    /// <param name="profile">The profile.</param>
    /// <param name="target">Receives the text; stays open.</param>
    /// <param name="withMark">Whether a byte order mark stands first: some spreadsheets take Chinese text for another encoding without it.</param>
    public static void Write(FormatProfile profile, Stream target, bool withMark)
    {
        ArgumentNullException.ThrowIfNull(profile);
        using var writer = new StreamWriter(target, new UTF8Encoding(withMark), leaveOpen: true) { NewLine = "\r\n" };
        writer.WriteLine("id,name,zh,version,class,verdict,readability,year,files,bytes");
        foreach (var row in profile.Rows)
        {
            string[] cells =
            [
                row.Format?.Id ?? "", row.Format?.Name ?? "", row.Format?.ChineseName ?? "", row.Format?.Version ?? "",
                row.Format is { } format ? FormatIds.Write(format.Class) : "", PolicyWords.Write(row.Verdict), PolicyWords.Write(row.Readability),
                row.Year?.ToString(CultureInfo.InvariantCulture) ?? "", row.Files.ToString(CultureInfo.InvariantCulture), row.Bytes.ToString(CultureInfo.InvariantCulture),
            ];
            writer.WriteLine(string.Join(',', cells.Select(Cell)));
        }
    }

    private static string Cell(string text)
    {
        var safe = text.Length > 0 && Formula.Contains(text[0]) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(Special) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
