using System.Globalization;
using System.Text;
using System.Xml;
using Lantai.Characterization.Policy;
using Lantai.Words;

namespace Lantai.Characterization.Profile;

/// <summary>
/// A profile for people: one page that needs nothing else, has no script, prints well, and is both HTML and well-formed XML, so
/// that nothing in a name can become mark-up.
/// </summary>
public static class ProfilePage
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Writes a profile as an HTML page.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="target">Receives the page in UTF-8; stays open.</param>
    /// <param name="phrases">The texts of this room.</param>
    /// <param name="language">The language of the page.</param>
    /// <param name="holdings">What was profiled, as its keepers call it.</param>
    /// <param name="issued">When.</param>
    public static void Write(FormatProfile profile, Stream target, Phrases phrases, Language language, string holdings, DateTimeOffset issued)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(phrases);
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.None, CloseOutput = false };
        using var writer = XmlWriter.Create(target, settings);
        writer.WriteDocType("html", null, null, null);
        writer.WriteStartElement("html");
        writer.WriteAttributeString("lang", language == Language.Chinese ? "zh-CN" : "en");
        WriteHead(writer, Say("profile.title"));
        writer.WriteStartElement("body");
        Element(writer, "h1", $"{Say("profile.title")} · {holdings}");
        Element(writer, "p", Say("profile.issued", ("time", issued.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))));
        Element(writer, "p", Say("profile.total", ("files", Number(profile.Files)), ("bytes", Size(profile.Bytes))));
        if (profile.IsFolded)
        {
            Element(writer, "p", Say("profile.folded", ("most", Number(FormatProfile.MostRows))));
        }

        WriteKeys(writer, phrases, language);
        foreach (var chart in ProfileChart.Of(profile, phrases, language))
        {
            WriteChart(writer, chart, phrases, language);
        }

        writer.WriteFullEndElement();
        writer.WriteFullEndElement();

        string Say(string key, params (string, object?)[] arguments) => phrases.Say(language, key, arguments);
    }

    private static void WriteHead(XmlWriter writer, string title)
    {
        writer.WriteStartElement("head");
        Meta(writer, "charset", "utf-8", null);
        Meta(writer, "name", "viewport", "width=device-width, initial-scale=1");
        Meta(writer, "http-equiv", "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        Element(writer, "title", title);
        using var stream = typeof(ProfilePage).Assembly.GetManifestResourceStream("Profile.page.css")!;
        using var reader = new StreamReader(stream);
        Element(writer, "style", reader.ReadToEnd());
        writer.WriteFullEndElement();
    }

    private static void WriteKeys(XmlWriter writer, Phrases phrases, Language language)
    {
        writer.WriteStartElement("p");
        foreach (var verdict in Enum.GetValues<FormatVerdict>())
        {
            Segment(writer, "key " + PolicyWords.Write(verdict), null);
            writer.WriteString(ProfileChart.Verdict(verdict, phrases, language));
        }

        writer.WriteFullEndElement();
    }

    private static void WriteChart(XmlWriter writer, ProfileChart chart, Phrases phrases, Language language)
    {
        Element(writer, "h2", chart.Title);
        writer.WriteStartElement("table");
        writer.WriteStartElement("tr");
        Cell(writer, "th", null, "");
        Cell(writer, "th", "number", phrases.Say(language, "profile.files"));
        Cell(writer, "th", "number", phrases.Say(language, "profile.bytes"));
        Cell(writer, "th", null, "");
        writer.WriteFullEndElement();
        var most = chart.Bars.Select(b => b.Files).DefaultIfEmpty(1).Max();
        foreach (var bar in chart.Bars)
        {
            writer.WriteStartElement("tr");
            Cell(writer, "td", null, bar.Label);
            Cell(writer, "td", "number", Number(bar.Files));
            Cell(writer, "td", "number", Size(bar.Bytes));
            writer.WriteStartElement("td");
            writer.WriteAttributeString("class", "chart");
            WriteBar(writer, bar, most);
            writer.WriteFullEndElement();
            writer.WriteFullEndElement();
        }

        writer.WriteFullEndElement();
    }

    private static void WriteBar(XmlWriter writer, ProfileBar bar, long most)
    {
        writer.WriteStartElement("div");
        writer.WriteAttributeString("class", "bar");
        writer.WriteAttributeString("style", "width:" + Percent(bar.Files, most));
        foreach (var verdict in Enum.GetValues<FormatVerdict>().Where(v => bar.ByVerdict[(int)v] > 0))
        {
            Segment(writer, PolicyWords.Write(verdict), "width:" + Percent(bar.ByVerdict[(int)verdict], bar.Files));
        }

        writer.WriteFullEndElement();
    }

    private static void Segment(XmlWriter writer, string kind, string? style)
    {
        writer.WriteStartElement("span");
        writer.WriteAttributeString("class", kind);
        if (style is not null)
        {
            writer.WriteAttributeString("style", style);
        }

        writer.WriteFullEndElement();
    }

    private static void Meta(XmlWriter writer, string name, string value, string? content)
    {
        writer.WriteStartElement("meta");
        writer.WriteAttributeString(name, value);
        if (content is not null)
        {
            writer.WriteAttributeString("content", content);
        }

        writer.WriteEndElement();
    }

    private static void Element(XmlWriter writer, string name, string text) => Cell(writer, name, null, text);

    private static void Cell(XmlWriter writer, string name, string? kind, string text)
    {
        writer.WriteStartElement(name);
        if (kind is not null)
        {
            writer.WriteAttributeString("class", kind);
        }

        writer.WriteString(Clean(text));
        writer.WriteFullEndElement();
    }

    // XML has no place for control characters and halves of surrogate pairs.
    private static string Clean(string text) =>
        text.All(c => XmlConvert.IsXmlChar(c)) ? text : string.Concat(text.EnumerateRunes().Select(r => r.Value is < 0x20 or 0xFFFE or 0xFFFF ? "\uFFFD" : r.ToString()));

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(long part, long whole) => (100.0 * part / Math.Max(whole, 1)).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static string Size(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1024 && unit < Units.Length - 1; unit++)
        {
            value /= 1024;
        }

        return value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}
