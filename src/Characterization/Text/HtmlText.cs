using System.Buffers;
using System.Text;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Text;

/// <summary>HTML: scripts, and resources that are fetched from elsewhere when it is shown. Links that somebody must click are none.</summary>
internal sealed class HtmlText(FileContent content, ExaminationNotes notes, ExaminationLimits limits, TextShape shape, CancellationToken cancellation)
{
    private const int MostTag = 1 << 16;

    private static readonly string[] Elements =
        ["html", "head", "body", "title", "meta", "link", "script", "style", "table", "tr", "td", "div", "p", "span", "h1", "h2", "h3", "font", "center", "a", "img", "ul", "ol", "li", "br", "hr", "form", "frameset", "iframe",
         "details", "picture", "samp", "kbd", "b", "i", "em", "strong", "small", "pre", "blockquote", "nav", "h4", "h5", "h6", "dl", "sub", "sup"];

    private static readonly SearchValues<char> EndsOfValue = SearchValues.Create(" \"';/>");
    private static readonly SearchValues<char> BeforeKey = SearchValues.Create(" \t\r\n\"'/");

    private string? _charset;

    /// <summary>Whether a text begins as HTML does.</summary>
    public static bool IsLikely(string start) =>
        start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
        || (start.StartsWith('<') && (IsElement(NameAt(start, 1)) || start.Contains("<html", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether an element of this name is one of HTML.</summary>
    public static bool IsElement(string name) => Array.Exists(Elements, e => e.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether an address leads outside: to a server, by its scheme or without one.</summary>
    public static bool IsOutside(string address) =>
        address.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
        || address.StartsWith("ftp:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("//", StringComparison.Ordinal) || address.StartsWith(@"\\", StringComparison.Ordinal);

    /// <summary>Looks through all tags; returns the encoding that is declared, or null.</summary>
    public string? Read()
    {
        if (content.Length > limits.MaxWhole)
        {
            throw WalkStoppedException.NotCheckable("too-long");
        }

        Scan(Letters());
        return _charset;
    }

    // Tags are ASCII in every encoding that is met: other letters may come out wrong.
    private string Letters()
    {
        var bytes = content.ReadBytes(0, (int)content.Length);
        return shape.Encoding switch
        {
            "UTF-16LE" => Encoding.Unicode.GetString(bytes),
            "UTF-16BE" => Encoding.BigEndianUnicode.GetString(bytes),
            _ => Encoding.Latin1.GetString(bytes),
        };
    }

    private void Scan(string text)
    {
        for (var at = text.IndexOf('<'); at >= 0 && at < text.Length - 1; at = at < 0 ? -1 : text.IndexOf('<', at))
        {
            cancellation.ThrowIfCancellationRequested();
            if (string.CompareOrdinal(text, at, "<!--", 0, 4) == 0)
            {
                at = text.IndexOf("-->", at + 4, StringComparison.Ordinal);
                if (at < 0)
                {
                    return;
                }

                continue;
            }

            var name = NameAt(text, at + 1);
            if (name.Length == 0)
            {
                at++;
                continue;
            }

            var end = EndOfTag(text, at + 1 + name.Length);
            ReadTag(name, text.AsSpan(at + 1 + name.Length, end - at - 1 - name.Length), at);
            at = name.Equals("script", StringComparison.OrdinalIgnoreCase) ? text.IndexOf("</script", end, StringComparison.OrdinalIgnoreCase) : end;
        }
    }

    private void ReadTag(string name, ReadOnlySpan<char> attributes, int place)
    {
        var element = name.ToLowerInvariant();
        if (element == "script")
        {
            notes.Active("script", WalkStoppedException.Place("script", place));
        }

        // "refresh" and a declared encoding need two attributes, or the words of one.
        if (element == "meta")
        {
            ReadMeta(attributes.ToString(), place);
            return;
        }

        foreach (var (key, value) in Attributes(attributes.ToString()))
        {
            var isResource = (key is "src" or "background" or "poster" && element != "a") || (key == "data" && element == "object") || (key == "href" && element is "link" or "base");
            if (isResource && IsOutside(value))
            {
                notes.Active("external-reference", value);
            }

            if ((key.StartsWith("on", StringComparison.Ordinal) && key.Length > 4) || value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase))
            {
                notes.Active("script", WalkStoppedException.Place(key, place));
            }
        }
    }

    private void ReadMeta(string attributes, int place)
    {
        var at = attributes.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (at >= 0 && _charset is null)
        {
            var value = attributes.AsSpan(at + 8).TrimStart(" \"'");
            var end = value.IndexOfAny(EndsOfValue);
            _charset = (end < 0 ? value : value[..end]).ToString();
        }

        if (attributes.Contains("refresh", StringComparison.OrdinalIgnoreCase) && attributes.Contains("url=http", StringComparison.OrdinalIgnoreCase))
        {
            notes.Active("external-reference", WalkStoppedException.Place("refresh", place));
        }
    }

    private static IEnumerable<(string Key, string Value)> Attributes(string text)
    {
        for (var at = text.IndexOf('='); at > 0; at = at >= text.Length ? -1 : text.IndexOf('=', at))
        {
            var before = text.AsSpan(0, at).TrimEnd();
            var key = before[(before.LastIndexOfAny(BeforeKey) + 1)..].ToString().ToLowerInvariant();
            at++;
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            var quote = at < text.Length && text[at] is '"' or '\'' ? text[at++] : '\0';
            var end = quote != '\0' ? text.IndexOf(quote, at) : text.AsSpan(at).IndexOfAny(" \t\r\n") is >= 0 and var space ? at + space : -1;
            end = end < 0 ? text.Length : end;
            yield return (key, text[at..end].Trim());
            at = end + 1;
        }
    }

    private static string NameAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < 32 && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == ':'))
        {
            end++;
        }

        return end > at && char.IsAsciiLetter(text[at]) ? text[at..end] : "";
    }

    // A ">" in quotation marks ends no tag.
    private static int EndOfTag(string text, int at)
    {
        var quote = '\0';
        for (var end = at; end < Math.Min(text.Length, at + MostTag); end++)
        {
            var one = text[end];
            if (quote == '\0' && one == '>')
            {
                return end;
            }

            quote = quote == one ? '\0' : quote == '\0' && one is '"' or '\'' ? one : quote;
        }

        return Math.Min(text.Length, at + MostTag);
    }
}
