using Lantai.Characterization;
using Lantai.Tests.Containers;

namespace Lantai.Tests.Characterization.Packages;

public sealed class OpenDocumentExaminerTests
{
    private const string Text = "application/vnd.oasis.opendocument.text";
    private const string Content = """<office:document-content xmlns:office="o" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:draw="d" xmlns:text="t" xmlns:script="s">{0}</office:document-content>""";

    [Fact]
    public void A_sound_document_is_readable_and_tells_its_properties()
    {
        var found = Looking.Into(Document(
            Content,
            ("meta.xml", """<office:document-meta xmlns:office="o" xmlns:meta="m" xmlns:dc="d"><office:meta><meta:generator>LibreOffice/24.2</meta:generator><dc:title>标题</dc:title><meta:creation-date>2024-01-02T03:04:05</meta:creation-date><meta:document-statistic meta:page-count="4" meta:word-count="9"/></office:meta></office:document-meta>""")));

        Assert.Equal(FileFamily.OpenDocument, found.Family);
        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Empty(found.Active);
        Assert.Empty(found.Encryption);
        Assert.Equal("LibreOffice/24.2", found.Technical["creating-application"]);
        Assert.Equal("标题", found.Technical["title"]);
        Assert.Equal(4L, found.Technical["pages"]);
        Assert.Equal("1.3", found.Technical["format-version"]);
    }

    [Fact]
    public void Entries_that_the_manifest_says_are_encrypted_are_told_and_not_called_broken()
    {
        var found = Looking.Into(Package(Manifest("""<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry>"""), ("content.xml", "\x01\x02 not xml")));

        Assert.Equal(new EncryptionMark("odf", "content.xml"), Assert.Single(found.Encryption));
        Assert.Equal(Readability.NotCheckable, found.Readability);
    }

    [Theory]
    [InlineData("""<draw:image xlink:href="https://example.org/a.png"/>""", "external-reference")]
    [InlineData("""<draw:object xlink:href="../other.ods"/>""", "external-reference")]
    [InlineData("""<text:a xlink:href="https://example.org"/>""", "hyperlink")]
    [InlineData("""<script:event-listener script:language="ooo:script"/>""", "macro")]
    [InlineData("""<text:dde-connection-decl/>""", "dde")]
    public void What_acts_or_reaches_outside_is_told(string inner, string kind) => Assert.True(Looking.Into(Document(Content.Replace("{0}", inner))).Has(kind));

    [Theory]
    [InlineData("""<draw:image xlink:href="Pictures/a.png"/>""")]
    [InlineData("""<draw:object xlink:href="./Object 1"/>""")]
    [InlineData("""<text:a xlink:href="#heading"/>""")]
    public void What_lies_in_the_package_is_no_reference_outside(string inner) => Assert.Empty(Looking.Into(Document(Content.Replace("{0}", inner))).Active);

    [Fact]
    public void Modules_are_macros_and_the_lists_of_libraries_are_none()
    {
        Assert.True(Looking.Into(Document(Content, ("Basic/Standard/Module1.xml", "<a/>"))).Has("macro", "Basic/Standard/Module1.xml"));
        Assert.True(Looking.Into(Document(Content, ("Scripts/python/a.py", "x"))).Has("macro"));
        Assert.Empty(Looking.Into(Document(Content, ("Basic/script-lc.xml", "<a/>"), ("Basic/Standard/script-lb.xml", "<a/>"))).Active);
    }

    [Fact]
    public void A_document_without_content_or_manifest_is_broken()
    {
        Assert.True(Looking.Into(Package(Manifest(""))).IsBroken("content.xml", "missing-part"));
        Assert.True(Looking.Into(Looking.Zip(("mimetype", Text), ("content.xml", "<a/>"))).IsBroken("META-INF/manifest.xml", "missing-part"));
    }

    [Fact]
    public void An_empty_part_of_settings_breaks_nothing_and_empty_content_does()
    {
        Assert.Equal(Readability.Readable, Looking.Into(Document(Content, ("Configurations2/accelerator/current.xml", ""))).Readability);
        Assert.True(Looking.Into(Document("")).IsBroken("content.xml", "not-well-formed"));
    }

    private static (string, string) Manifest(string entries) =>
        ("META-INF/manifest.xml", $"""<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" m:version="1.3"/>{entries}</m:manifest>""");

    private static byte[] Document(string content, params (string Name, string Content)[] more) => Package([Manifest(""), ("content.xml", content), .. more]);

    private static byte[] Package(params (string Name, string Content)[] parts) => Looking.Zip([("mimetype", Text), .. parts]);
}
