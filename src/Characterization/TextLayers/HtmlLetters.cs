using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Lantai.Characterization.TextLayers;

/// <summary>The text of HTML: lines as a reader sees them, and what attributes and the title say.</summary>
internal static partial class HtmlLetters
{
    private const int MostLine = 4096;
    private const int MostName = 64;
    private const int TopLines = 5;

    private static readonly SearchValues<char> Name = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
    };

    /// <summary>Reads a text.</summary>
    public static void Read(string html, TextSink sink, CancellationToken stop) => new Reading(html, sink, stop).ReadAll();

    private sealed class Reading(string html, TextSink sink, CancellationToken stop)
    {
        private readonly StringBuilder _line = new();
        private readonly NextPlace _tagEnd = new(html, ">");
        private readonly NextPlace _commentEnd = new(html, "-->");
        private readonly NextPlace _scriptEnd = new(html, "</script");
        private readonly NextPlace _styleEnd = new(html, "</style");
        private int _number;

        public void ReadAll()
        {
            for (var at = 0; at < html.Length;)
            {
                stop.ThrowIfCancellationRequested();
                var tag = html.IndexOf('<', at);
                _ = _line.Append(html, at, (tag < 0 ? html.Length : tag) - at);
                if (tag < 0)
                {
                    break;
                }

                at = ReadTag(tag);
                if (_line.Length > MostLine)
                {
                    Give();
                }
            }

            Give();
        }

        // Returns where the text goes on.
        private int ReadTag(int at)
        {
            if (string.CompareOrdinal(html, at, "<!--", 0, 4) == 0)
            {
                var closed = _commentEnd.From(at + 4);
                sink.Take(html[(at + 4)..(closed < 0 ? html.Length : closed)], TextRole.Body, "comment", 0);
                return closed < 0 ? html.Length : closed + 3;
            }

            var inside = html.AsSpan(at + 1, Math.Min(MostName, html.Length - at - 1)).TrimStart('/');
            var letters = inside.IndexOfAnyExcept(Name);
            var name = (letters < 0 ? inside : inside[..letters]).ToString();
            if (name.Length == 0)
            {
                _ = _line.Append('<');
                return at + 1; // no tag but a sign
            }

            if (!Inline.Contains(name))
            {
                Give();
            }

            var end = _tagEnd.From(at) is >= 0 and var found ? found : html.Length - 1;
            TakeAttributes(html.Substring(at, Math.Min(MostLine, end - at + 1)));
            var over = html[at + 1] == '/' ? -1
                : name.Equals("script", StringComparison.OrdinalIgnoreCase) ? _scriptEnd.From(end)
                : name.Equals("style", StringComparison.OrdinalIgnoreCase) ? _styleEnd.From(end)
                : -1;
            return over >= 0 ? over : end + 1;
        }

        private void TakeAttributes(string tag)
        {
            string? label = null;
            foreach (Match value in Spoken().Matches(tag))
            {
                var (name, text) = (value.Groups[1].Value, WebUtility.HtmlDecode(value.Groups[2].Value.Trim('"', '\'')));
                sink.Take(text, TextRole.Field, "element", _number, name);
                label = FieldNames.IsName(name) ? text : label;
            }

            // <meta name="密级" content="JM">
            foreach (Match value in label is null ? [] : Spoken().Matches(tag).Where(m => !FieldNames.IsName(m.Groups[1].Value)))
            {
                sink.Take(WebUtility.HtmlDecode(value.Groups[2].Value.Trim('"', '\'')), TextRole.Field, "element", _number, label!);
            }
        }

        private void Give()
        {
            var text = WebUtility.HtmlDecode(_line.ToString());
            _ = _line.Clear();
            if (!string.IsNullOrWhiteSpace(text))
            {
                _number++;
                sink.Take(text.Replace('\r', ' ').Replace('\n', ' '), TextRole.Body, "line", _number, isTop: _number <= TopLines);
            }
        }
    }

    /// <summary>Finds the next place of a word, and looks at each letter once, however often it is asked from places that go on.</summary>
    private sealed class NextPlace(string text, string word)
    {
        private int _place = -2;

        /// <summary>The first place at or behind this one; -1 when there is none.</summary>
        public int From(int at)
        {
            if (_place != -1 && _place < at)
            {
                _place = text.IndexOf(word, Math.Min(at, text.Length), StringComparison.OrdinalIgnoreCase);
            }

            return _place;
        }
    }

    [GeneratedRegex("""\b(title|alt|content|value|placeholder|name|label)\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Spoken();
}
