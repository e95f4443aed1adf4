using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Lantai.Characterization.TextLayers;

/// <summary>The text of HTML: lines as a reader sees them, and what attributes and the title say.</summary>
internal static partial class HtmlLetters
{
    private const int MostLine = 4096;
    private const int TopLines = 5;

    private static readonly SearchValues<char> Name = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
    };

    /// <summary>Reads a text.</summary>
    public static void Read(string html, TextSink sink, CancellationToken stop)
    {
        var (line, number, at) = (new StringBuilder(), 0, 0);
        while (at < html.Length)
        {
            stop.ThrowIfCancellationRequested();
            var tag = html.IndexOf('<', at);
            _ = line.Append(html, at, (tag < 0 ? html.Length : tag) - at);
            if (tag < 0)
            {
                break;
            }

            at = Tag(html, tag, line, ref number, sink);
            if (line.Length > MostLine)
            {
                Give(line, ref number, sink);
            }
        }

        Give(line, ref number, sink);
    }

    // Returns where the text goes on.
    private static int Tag(string html, int at, StringBuilder line, ref int number, TextSink sink)
    {
        if (string.CompareOrdinal(html, at, "<!--", 0, 4) == 0)
        {
            return html.IndexOf("-->", at + 4, StringComparison.Ordinal) is >= 0 and var closed ? closed + 3 : html.Length;
        }

        var end = html.IndexOf('>', at);
        end = end < 0 ? html.Length - 1 : end;
        var inside = html.AsSpan(at + 1, Math.Max(0, end - at - 1)).TrimStart('/');
        var letters = inside.IndexOfAnyExcept(Name);
        var name = (letters < 0 ? inside : inside[..letters]).ToString();
        if (name.Length == 0)
        {
            _ = line.Append('<');
            return at + 1; // no tag but a sign
        }

        if (!Inline.Contains(name))
        {
            Give(line, ref number, sink);
        }

        foreach (Match value in Spoken().Matches(html.Substring(at, Math.Min(MostLine, end - at + 1))))
        {
            sink.Take(WebUtility.HtmlDecode(value.Groups[2].Value.Trim('"', '\'')), TextRole.Field, "element", number, value.Groups[1].Value);
        }

        var isSkipped = html[at + 1] != '/' && (name.Equals("script", StringComparison.OrdinalIgnoreCase) || name.Equals("style", StringComparison.OrdinalIgnoreCase));
        return isSkipped && html.IndexOf("</" + name, end, StringComparison.OrdinalIgnoreCase) is >= 0 and var over ? over : end + 1;
    }

    private static void Give(StringBuilder line, ref int number, TextSink sink)
    {
        var text = WebUtility.HtmlDecode(line.ToString());
        _ = line.Clear();
        if (!string.IsNullOrWhiteSpace(text))
        {
            number++;
            sink.Take(text.Replace('\r', ' ').Replace('\n', ' '), TextRole.Body, "line", number, isTop: number <= TopLines);
        }
    }

    [GeneratedRegex("""\b(title|alt|content|value|placeholder)\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Spoken();
}
