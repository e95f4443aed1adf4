using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Text;

/// <summary>Tells what plain text looks like by its first lines: a table with a delimiter, or JSON.</summary>
internal static class TableText
{
    private const int MostLines = 64;
    private const int FewestLines = 2;

    private static readonly (char Delimiter, string Name)[] Delimiters = [(',', "comma"), ('\t', "tab"), (';', "semicolon"), ('|', "bar")];

    /// <summary>Notes what it looks like.</summary>
    public static void Describe(string start, bool isWhole, ExaminationNotes notes)
    {
        if (start is ['{' or '[', ..] && start.TrimStart('{', '[', ' ', '\t', '\r', '\n') is ['"' or '}' or ']' or '-' or (>= '0' and <= '9'), ..])
        {
            notes.Set("text-kind", "json");
            return;
        }

        var lines = start.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var whole = lines.Take(Math.Min(MostLines, isWhole ? lines.Length : lines.Length - 1)).Where(l => l.Length > 0).ToList();
        foreach (var (delimiter, name) in Delimiters)
        {
            var columns = whole.Count >= FewestLines ? Columns(whole[0], delimiter) : 1;
            if (columns > 1 && whole.All(l => Columns(l, delimiter) == columns))
            {
                notes.Set("text-kind", "table");
                notes.Set("delimiter", name);
                notes.Set("columns", columns);
                return;
            }
        }
    }

    // A delimiter in quotation marks is none (RFC 4180).
    private static int Columns(string line, char delimiter)
    {
        var (columns, isQuoted) = (1, false);
        foreach (var one in line)
        {
            isQuoted ^= one == '"';
            columns += one == delimiter && !isQuoted ? 1 : 0;
        }

        return columns;
    }
}
