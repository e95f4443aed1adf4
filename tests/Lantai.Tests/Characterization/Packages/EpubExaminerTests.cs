using Lantai.Characterization;

namespace Lantai.Tests.Characterization.Packages;

public sealed class EpubExaminerTests
{
    private const string Book = """<package xmlns="p" xmlns:dc="d" version="3.0"><metadata><dc:title>书</dc:title><dc:language>zh</dc:language></metadata><manifest>{0}</manifest><spine><itemref/><itemref/></spine></package>""";

    [Fact]
    public void A_sound_book_is_readable_and_tells_its_properties()
    {
        var found = Looking.Into(Make());

        Assert.Equal(FileFamily.Epub, found.Family);
        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Equal("书", found.Technical["title"]);
        Assert.Equal("3.0", found.Technical["format-version"]);
        Assert.Equal(2L, found.Technical["documents"]);
        Assert.Empty(found.Active);
    }

    [Theory]
    [InlineData("http://www.idpf.org/2008/embedding", false)]
    [InlineData("http://ns.adobe.com/pdf/enc#RC", false)]
    [InlineData("http://www.w3.org/2001/04/xmlenc#aes256-cbc", true)]
    public void Obfuscated_fonts_are_no_encryption(string algorithm, bool isEncrypted)
    {
        var encryption = $"""<encryption xmlns="c" xmlns:e="e"><e:EncryptedData><e:EncryptionMethod Algorithm="{algorithm}"/><e:CipherData><e:CipherReference URI="OEBPS/a.otf"/></e:CipherData></e:EncryptedData></encryption>""";

        var found = Looking.Into(Make(more: ("META-INF/encryption.xml", encryption)));

        Assert.Equal(isEncrypted ? [new EncryptionMark("epub", "OEBPS/a.otf")] : [], found.Encryption);
        Assert.Equal(isEncrypted ? Readability.NotCheckable : Readability.Readable, found.Readability);
    }

    [Theory]
    [InlineData("META-INF/rights.xml")]
    [InlineData("META-INF/license.lcpl")]
    public void Rights_management_is_told(string name) => Assert.Equal(new EncryptionMark("drm", name), Assert.Single(Looking.Into(Make(more: (name, "x"))).Encryption));

    [Fact]
    public void Scripts_and_remote_resources_are_told()
    {
        var found = Looking.Into(Make("""<item href="a.xhtml" properties="nav scripted"/><item href="https://example.org/a.mp3"/>"""));

        Assert.True(found.Has("script", "a.xhtml"));
        Assert.True(found.Has("external-reference"));
    }

    [Fact]
    public void A_book_without_its_package_document_is_broken()
    {
        Assert.True(Looking.Into(Looking.Zip(("mimetype", "application/epub+zip"), Container)).IsBroken("OEBPS/book.opf", "missing-part"));
        Assert.True(Looking.Into(Looking.Zip(("mimetype", "application/epub+zip"))).IsBroken("META-INF/container.xml", "missing-part"));
    }

    private static (string, string) Container =>
        ("META-INF/container.xml", """<container xmlns="c"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>""");

    private static byte[] Make(string items = "", params (string Name, string Content)[] more) =>
        Looking.Zip([("mimetype", "application/epub+zip"), Container, ("OEBPS/book.opf", Book.Replace("{0}", items)), .. more]);
}
