using System.Text;
using Lantai.Characterization;
using Lantai.Tests.Containers;

namespace Lantai.Tests.Characterization.Packages;

public sealed class OfdExaminerTests
{
    private const string Namespace = "http://www.ofdspec.org/2016";

    [Fact]
    public void A_sound_document_is_readable_and_tells_its_properties()
    {
        var found = Looking.Into(Make());

        Assert.Equal(FileFamily.Ofd, found.Family);
        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Empty(found.Findings);
        Assert.Empty(found.Active);
        Assert.Equal("1.1", found.Technical["format-version"]);
        Assert.Equal("OFD-A", found.Technical["conformance-claim"]);
        Assert.Equal("数科", found.Technical["creating-application"]);
        Assert.Equal("2024-05-01", found.Technical["created"]);
        Assert.Equal(2L, found.Technical["pages"]);
        Assert.Equal("0 0 210 297", found.Technical["page-box"]);
        Assert.Equal(["仿宋"], (IEnumerable<string>)found.Technical["fonts-embedded"]);
        Assert.Equal(["宋体"], (IEnumerable<string>)found.Technical["fonts-not-embedded"]);
        Assert.False(found.Technical.ContainsKey("signatures"));
        Assert.False(found.Technical.ContainsKey("attachments"));
    }

    [Fact]
    public void Signatures_are_counted_and_are_no_encryption()
    {
        var found = Looking.Into(Make(
            root: "<o:Signatures>/Doc_0/Signs/Signatures.xml</o:Signatures>",
            more:
            [
                ("Doc_0/Signs/Signatures.xml", $"""<o:Signatures xmlns:o="{Namespace}"><o:Signature ID="1" BaseLoc="Sign_0/Signature.xml"/></o:Signatures>"""),
                ("Doc_0/Signs/Sign_0/Signature.xml", $"""<o:Signature xmlns:o="{Namespace}"><o:SignedInfo><o:SignatureMethod>1.2.156.10197.1.501</o:SignatureMethod></o:SignedInfo></o:Signature>"""),
                ("Doc_0/Signs/Sign_0/SignedValue.dat", "0\x0B\x06\x09*\x01"),
            ]));

        Assert.Equal(1L, found.Technical["signatures"]);
        Assert.Equal(["1.2.156.10197.1.501"], (IEnumerable<string>)found.Technical["signature-methods"]);
        Assert.Empty(found.Encryption);
        Assert.Equal(Readability.Readable, found.Readability);
    }

    [Fact]
    public void Attachments_are_embedded_files_and_programs_among_them_are_told()
    {
        var parts = Parts(document: "<o:Attachments>Attachs/Attachments.xml</o:Attachments>").Select(p => Looking.Part(p.Name, p.Content)).ToList();
        parts.Add(Looking.Part("Doc_0/Attachs/Attachments.xml", $"""<o:Attachments xmlns:o="{Namespace}"><o:Attachment><o:FileLoc>a.xml</o:FileLoc></o:Attachment><o:Attachment><o:FileLoc>b.bin</o:FileLoc></o:Attachment></o:Attachments>"""));
        parts.Add(Looking.Part("Doc_0/Attachs/a.xml", "not xml, and nobody minds"));
        parts.Add(Looking.Part("Doc_0/Attachs/b.bin", Looking.Program()));

        var found = Looking.Into(HandMadeZip.Make([.. parts]));

        Assert.Equal(2L, found.Technical["attachments"]);
        Assert.True(found.Has("embedded-file", "Doc_0/Attachs/a.xml"));
        Assert.True(found.Has("embedded-executable", "Doc_0/Attachs/b.bin"));
        Assert.Equal(Readability.Readable, found.Readability);
    }

    [Fact]
    public void A_package_with_encrypted_parts_is_told_and_its_missing_parts_are_no_fault()
    {
        var keys = ("Encryptions.xml", $"""<o:Encryptions xmlns:o="{Namespace}"><o:EncryptInfo ID="1"/></o:Encryptions>""");

        var partly = Looking.Into(Make(skip: "Doc_0/Pages/Page_0/Content.xml", more: [keys]));
        var fully = Looking.Into(Looking.Zip(keys, ("decryptseed.dat", "x"), ("enc/a.dat", "y")));

        foreach (var found in (FileExamination[])[partly, fully])
        {
            Assert.Equal(FileFamily.Ofd, found.Family);
            Assert.Equal(new EncryptionMark("ofd", "Encryptions.xml"), Assert.Single(found.Encryption));
            Assert.Equal(Readability.NotCheckable, found.Readability);
        }
    }

    [Fact]
    public void A_missing_page_is_broken_and_a_missing_list_is_told()
    {
        Assert.True(Looking.Into(Make(skip: "Doc_0/Pages/Page_0/Content.xml")).IsBroken("Pages/Page_0/Content.xml", "missing-part"));

        var found = Looking.Into(Make(skip: "Doc_0/PublicRes.xml"));
        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Contains(found.Findings, f => f.Code == "FMT-150" && f.Arguments[0].Value == "PublicRes.xml");
    }

    [Fact]
    public void A_name_without_end_is_told_by_its_beginning()
    {
        var found = Looking.Into(Make(document: $"<o:Attachments>{new string('a', 50_000)}</o:Attachments>"));

        Assert.Equal(200, Assert.Single(found.Findings, f => f.Code == "FMT-150").Arguments[0].Value.Length);
    }

    [Fact]
    public void A_missing_font_or_picture_is_broken()
    {
        Assert.True(Looking.Into(Make(skip: "Doc_0/Res/f.ttf")).IsBroken("f.ttf", "missing-part"));
    }

    [Fact]
    public void Documents_that_name_each_other_in_a_circle_come_to_an_end()
    {
        var found = Looking.Into(Make(document: "<o:PublicRes>Document.xml</o:PublicRes><o:Pages><o:Page BaseLoc='Document.xml'/></o:Pages>"));

        Assert.Equal(3L, found.Technical["pages"]);
    }

    [Fact]
    public void A_document_without_its_root_is_broken() => Assert.True(Looking.Into(Make(skip: "Doc_0/Document.xml")).IsBroken("Doc_0/Document.xml", "missing-part"));

    [Theory]
    [InlineData("GBK")]
    [InlineData("GB18030")]
    [InlineData("gb2312")]
    public void Parts_in_a_chinese_encoding_are_read(string encoding)
    {
        var text = $"""<?xml version="1.0" encoding="{encoding}"?>""" + Parts()[0].Content;
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(encoding)!.GetBytes(text);

        var found = Looking.Into(HandMadeZip.Make([Looking.Part("OFD.xml", bytes), .. Parts()[1..].Select(p => Looking.Part(p.Name, p.Content))]));

        Assert.Equal("数科", found.Technical["creating-application"]);
        Assert.Equal(Readability.Readable, found.Readability);
    }

    [Fact]
    public void A_part_in_an_encoding_that_nobody_knows_is_not_checkable()
    {
        var found = Looking.Into(Make(more: [("Doc_0/Tags/a.xml", """<?xml version="1.0" encoding="x-none"?><a/>""")]));

        Assert.Equal(Readability.NotCheckable, found.Readability);
        Assert.Contains(found.Findings, f => f.Arguments[0].Value == "unknown-encoding");
    }

    [Fact]
    public void A_document_type_is_refused()
    {
        var bomb = """<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>""";

        Assert.True(Looking.Into(Make(more: [("Doc_0/Tags/a.xml", bomb)])).IsBroken("Doc_0/Tags/a.xml", "not-well-formed"));
    }

    private static byte[] Make(string root = "", string document = "", string? skip = null, params (string Name, string Content)[] more) =>
        Looking.Zip([.. Parts(root, document).Where(p => p.Name != skip), .. more]);

    private static (string Name, string Content)[] Parts(string root = "", string document = "") =>
    [
        ("OFD.xml", $"""<o:OFD xmlns:o="{Namespace}" Version="1.1" DocType="OFD-A"><o:DocBody><o:DocInfo><o:Creator>数科</o:Creator><o:CreationDate>2024-05-01</o:CreationDate></o:DocInfo><o:DocRoot>Doc_0/Document.xml</o:DocRoot>{root}</o:DocBody></o:OFD>"""),
        ("Doc_0/Document.xml", $"""<o:Document xmlns:o="{Namespace}"><o:CommonData><o:PublicRes>PublicRes.xml</o:PublicRes><o:PageArea><o:PhysicalBox>0 0 210 297</o:PhysicalBox></o:PageArea></o:CommonData><o:Pages><o:Page BaseLoc="Pages/Page_0/Content.xml"/><o:Page BaseLoc="/Doc_0/Pages/Page_1/Content.xml"/></o:Pages>{document}</o:Document>"""),
        ("Doc_0/PublicRes.xml", $"""<o:Res xmlns:o="{Namespace}" BaseLoc="Res"><o:Fonts><o:Font FontName="仿宋"><o:FontFile>f.ttf</o:FontFile></o:Font><o:Font FontName="宋体"/></o:Fonts></o:Res>"""),
        ("Doc_0/Res/f.ttf", "font"),
        ("Doc_0/Pages/Page_0/Content.xml", $"""<o:Page xmlns:o="{Namespace}"/>"""),
        ("Doc_0/Pages/Page_1/Content.xml", $"""<o:Page xmlns:o="{Namespace}"/>"""),
    ];
}
