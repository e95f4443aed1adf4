using System.Globalization;
using System.Text;
using System.Xml;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>
/// Writes pages that are both HTML and well-formed XML, without scripts or anything from elsewhere, so that nothing in a name can
/// become mark-up; characters that would reorder or hide text are shown by their number.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class PageWriter : IDisposable
{
    private static readonly XmlWriterSettings Settings = new() { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.None, CloseOutput = false };

    private readonly XmlWriter _xml;
    private readonly Phrases _phrases;
    private readonly Language _language;

    /// <summary>Begins a page: head, style and body.</summary>
    public PageWriter(Stream target, Phrases phrases, Language language, string title)
    {
        (_phrases, _language) = (phrases, language);
        _xml = XmlWriter.Create(target, Settings);
        _xml.WriteDocType("html", null, null, null);
        Begin("html", ("lang", ReportWords.Of(language)));
        Begin("head");
        Meta(("charset", "utf-8"));
        Meta(("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        Meta(("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'"));
        Text("title", title);
        using var stream = typeof(PageWriter).Assembly.GetManifestResourceStream("Reports.page.css")!;
        using var reader = new StreamReader(stream);
        Begin("style");
        _xml.WriteString(reader.ReadToEnd());
        End();
        End();
        Begin("body");
    }

    public Language Language => _language;

    public Phrases Phrases => _phrases;

    public string Say(string key, params (string Name, object? Value)[] arguments) => _phrases.Say(_language, key, arguments);

    public string Say(Finding finding) => _phrases.Say(_language, finding);

    public PageWriter Begin(string element, params (string Name, string Value)[] attributes)
    {
        _xml.WriteStartElement(element);
        foreach (var (name, value) in attributes)
        {
            _xml.WriteAttributeString(name, value);
        }

        return this;
    }

    public void End() => _xml.WriteFullEndElement();

    /// <summary>An element with a text, and a class when one is given.</summary>
    public PageWriter Text(string element, string text, string? kind = null)
    {
        _ = kind is null ? Begin(element) : Begin(element, ("class", kind));
        _xml.WriteString(Visible(text));
        End();
        return this;
    }

    /// <summary>A row of cells.</summary>
    public void Row(string cell, params ReadOnlySpan<(string Text, string? Kind)> cells)
    {
        Begin("tr");
        foreach (var (text, kind) in cells)
        {
            Text(cell, text, kind);
        }

        End();
    }

    /// <summary>A table of names and values; a value that is not there has no row.</summary>
    public void Facts(params ReadOnlySpan<(string Key, string? Value, string? Kind)> facts)
    {
        Begin("table", ("class", "facts"));
        foreach (var (key, value, kind) in facts)
        {
            if (!string.IsNullOrEmpty(value))
            {
                Begin("tr").Text("th", Say(key)).Text("td", value, kind).End();
            }
        }

        End();
    }

    /// <summary>Ends the page.</summary>
    public void Dispose()
    {
        End();
        End();
        _xml.Dispose();
    }

    private void Meta(params (string Name, string Value)[] attributes)
    {
        _ = Begin("meta", attributes);
        _xml.WriteEndElement();
    }

    private static string Visible(string text)
    {
        var clean = ReportWords.ForXml(text);
        if (!clean.EnumerateRunes().Any(IsHidden))
        {
            return clean;
        }

        var shown = new StringBuilder(clean.Length);
        foreach (var rune in clean.EnumerateRunes())
        {
            _ = IsHidden(rune) ? shown.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]") : shown.Append(rune.ToString());
        }

        return shown.ToString();
    }

    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator && rune.Value is not '\t';
}
