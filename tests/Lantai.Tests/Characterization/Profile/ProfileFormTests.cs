using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Lantai.Characterization;
using Lantai.Characterization.Policy;
using Lantai.Characterization.Profile;
using Lantai.Words;

namespace Lantai.Tests.Characterization.Profile;

/// <summary>The forms that a profile is given out in.</summary>
public sealed class ProfileFormTests
{
    private static readonly DateTimeOffset Issued = new(2026, 1, 31, 16, 5, 0, TimeSpan.FromHours(8));
    private static readonly Phrases Texts = new(typeof(FormatProfile).Assembly);

    [Fact]
    public void As_JSON_it_has_a_row_for_each_kind()
    {
        using var json = JsonDocument.Parse(Written(s => ProfileJson.Write(FormatProfileTests.Sample(), s, "东区\"<", Issued)));
        var root = json.RootElement;

        Assert.Equal(("lantai-profile/1", "东区\"<", "2026-01-31T08:05:00Z"), (root.GetProperty("format").GetString(), root.GetProperty("holdings").GetString(), root.GetProperty("issued").GetString()));
        Assert.Equal((4, 1111, false), (root.GetProperty("files").GetInt64(), root.GetProperty("bytes").GetInt64(), root.GetProperty("folded").GetBoolean()));
        var rows = root.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(3, rows.Count);
        Assert.False(rows[0].TryGetProperty("id", out _));
        Assert.Equal(("lantai/ofd", "layout", "archival", 2023), (rows[1].GetProperty("id").GetString(), rows[1].GetProperty("class").GetString(), rows[1].GetProperty("verdict").GetString(), rows[1].GetProperty("year").GetInt32()));
    }

    [Fact]
    public void As_CSV_it_is_written_as_RFC_4180_says() =>
        Assert.Equal(
            "id,name,zh,version,class,verdict,readability,year,files,bytes\r\n,,,,,review,notcheckable,,1,1000\r\nlantai/ofd,OFD,版式文档,1.1,layout,archival,readable,2023,2,11\r\nlantai/ofd,OFD,版式文档,1.1,layout,archival,broken,2024,1,100\r\n",
            Encoding.UTF8.GetString(Written(s => ProfileCsv.Write(FormatProfileTests.Sample(), s, withMark: false))));

    [Fact]
    public void The_mark_for_spreadsheets_stands_first_when_it_is_asked_for() =>
        Assert.Equal([0xEF, 0xBB, 0xBF, (byte)'i'], Written(s => ProfileCsv.Write(new FormatProfile(), s, withMark: true))[..4]);

    [Fact]
    public void A_hostile_name_is_neither_a_formula_nor_a_second_cell()
    {
        var csv = Encoding.UTF8.GetString(Written(s => ProfileCsv.Write(Hostile(), s, withMark: false)));

        Assert.Contains("site/x,\"'=<script>alert('a & \"\"b\"\"')</script>,\r\n\u0001]]>\",,", csv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.Chinese, "zh-CN", "馆藏格式概况")]
    [InlineData(Language.English, "en", "Format profile")]
    public void As_a_page_it_is_well_formed_and_needs_nothing_else(Language language, string tag, string title)
    {
        var text = Page(FormatProfileTests.Sample(), language, "东区");
        var page = Parse(text);

        Assert.StartsWith("<!DOCTYPE html", text, StringComparison.Ordinal);
        Assert.Equal((tag, title), (page.Root!.Attribute("lang")!.Value, page.Root.Element("head")!.Element("title")!.Value));
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "img" or "iframe" || e.Attributes().Any(a => a.Name.LocalName is "src" or "href" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        Assert.DoesNotContain("url(", text, StringComparison.Ordinal);
        Assert.Equal(4, page.Descendants("table").Count());
        Assert.Contains("2026-01-31 08:05", page.Root.Value, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", text, StringComparison.Ordinal);
        Assert.Contains("@media print", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_elements_that_HTML_leaves_empty_close_themselves() =>
        Assert.All(
            Parse(Page(FormatProfileTests.Sample(), Language.English, "a")).Descendants().Where(e => e.IsEmpty),
            e => Assert.Equal("meta", e.Name.LocalName));

    [Fact]
    public void A_bar_is_as_long_as_its_share_and_has_a_segment_for_each_verdict()
    {
        var profile = FormatProfileTests.Sample();
        profile.Add(FormatProfileTests.Ofd, FormatVerdict.Forbidden, Readability.Readable, 2023, 1);

        var bars = Parse(Page(profile, Language.English, "a")).Descendants("table").ElementAt(1).Descendants("div").ToList();

        Assert.Equal(["width:100%", "width:25%"], bars.Select(b => b.Attribute("style")!.Value));
        Assert.Equal([("archival", "width:75%"), ("forbidden", "width:25%")], bars[0].Elements().Select(s => (s.Attribute("class")!.Value, s.Attribute("style")!.Value)));
    }

    [Fact]
    public void Hostile_names_stay_text_on_a_page()
    {
        var text = Page(Hostile(), Language.English, "</title><script>b</script>\u0000\uD800");
        var page = Parse(text);

        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.Contains(page.Descendants("td"), d => d.Value.Contains("<script>alert('a & \"b\"')</script>", StringComparison.Ordinal));
        Assert.Contains("</title><script>b</script>\uFFFD\uFFFD", page.Descendants("h1").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_that_was_folded_says_so()
    {
        var profile = new FormatProfile();
        for (var i = 0; i <= FormatProfile.MostRows; i++)
        {
            profile.Add(FormatProfileTests.Ofd with { Id = "site/" + i }, FormatVerdict.Accepted, Readability.Readable, 2024, 1);
        }

        Assert.Contains("More than 50,000 kinds", Page(profile, Language.English, "a"), StringComparison.Ordinal);
    }

    private static FormatProfile Hostile()
    {
        var profile = new FormatProfile();
        profile.Add(FormatProfileTests.Hostile, FormatVerdict.Review, Readability.Readable, null, 1);
        return profile;
    }

    private static string Page(FormatProfile profile, Language language, string holdings) =>
        Encoding.UTF8.GetString(Written(s => ProfilePage.Write(profile, s, Texts, language, holdings, Issued)));

    private static XDocument Parse(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    private static byte[] Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        Assert.True(stream.CanWrite);
        return stream.ToArray();
    }
}
