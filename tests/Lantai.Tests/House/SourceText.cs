using System.Text;

namespace Lantai.Tests.House;

/// <summary>C# text with its comments and literals blanked, so that a scan sees code alone; lines keep their numbers.</summary>
internal static class SourceText
{
    public static string CodeOnly(string source)
    {
        var code = new StringBuilder(source.Length);
        var at = 0;
        while (at < source.Length)
        {
            var end = EndOfBlank(source, at);
            if (end == at)
            {
                code.Append(source[at++]);
                continue;
            }

            for (; at < end; at++)
            {
                code.Append(source[at] == '\n' ? '\n' : ' ');
            }
        }

        return code.ToString();
    }

    public static int LineOf(string source, int at) => source.AsSpan(0, at).Count('\n') + 1;

    /// <summary>The end of the comment or literal that starts here; here itself when none does.</summary>
    private static int EndOfBlank(string source, int at)
    {
        var rest = source.AsSpan(at);
        if (rest.StartsWith("//"))
        {
            return After(source, "\n", at) - (source.IndexOf('\n', at) >= 0 ? 1 : 0);
        }

        if (rest.StartsWith("/*"))
        {
            return After(source, "*/", at + 2);
        }

        if (rest.StartsWith("\"\"\""))
        {
            var quotes = rest.IndexOfAnyExcept('"');
            return quotes < 0 ? source.Length : After(source, new string('"', quotes), at + quotes);
        }

        return rest[0] switch
        {
            '"' => Verbatim(source, at) ? EndOfVerbatim(source, at + 1) : EndOfPlain(source, at + 1, '"'),
            '\'' => EndOfPlain(source, at + 1, '\''),
            _ => at,
        };
    }

    private static bool Verbatim(string source, int quote) =>
        (quote > 0 && source[quote - 1] == '@') || (quote > 1 && source[quote - 1] == '$' && source[quote - 2] == '@');

    private static int EndOfVerbatim(string source, int at)
    {
        for (; at < source.Length; at++)
        {
            if (source[at] != '"')
            {
                continue;
            }

            if (at + 1 >= source.Length || source[at + 1] != '"')
            {
                return at + 1;
            }

            at++;
        }

        return source.Length;
    }

    private static int EndOfPlain(string source, int at, char quote)
    {
        for (; at < source.Length && source[at] != '\n'; at++)
        {
            if (source[at] == '\\')
            {
                at++;
            }
            else if (source[at] == quote)
            {
                return at + 1;
            }
        }

        return Math.Min(at, source.Length);
    }

    private static int After(string source, string mark, int from)
    {
        var found = source.IndexOf(mark, from, StringComparison.Ordinal);
        return found < 0 ? source.Length : found + mark.Length;
    }
}
