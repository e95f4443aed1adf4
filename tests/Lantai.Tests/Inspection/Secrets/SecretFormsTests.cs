using System.Text;
using Lantai.Characterization.Examination;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.Tests.Characterization;

namespace Lantai.Tests.Inspection.Secrets;

/// <summary>Marks in forms that hide them from a reader of plain lines.</summary>
public sealed class SecretFormsTests
{
    private const string Xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private static readonly Dictionary<string, (string Name, byte[] Content, string Rule)> Samples = new(StringComparer.Ordinal)
    {
        ["company in front"] = Text("a.txt", "某科技公司机密★10年\n", "star"),
        ["technique in front"] = Text("a.txt", "报送单位：市技术秘密★5年 急件\n正文\n", "star"),
        ["list with a star"] = Text("a.txt", "密级：机密、秘密★10年\n", "star"),
        ["code behind its label"] = Text("a.txt", "关于某事\n密级：JM\n正文\n", "label"),
        ["code in json"] = Text("a.json", "{\"题名\":\"某报告\",\"密级\":\"JM\"}", "field"),
        ["code in json, named beside"] = Text("a.json", "{\"name\":\"密级\",\"value\":\"JM\"}", "field"),
        ["escaped json"] = Text("a.json", "{\"标识\": \"\\u673a\\u5bc6\\u260510\\u5e74\"}", "star"),
        ["value of json"] = Text("a.json", "{\n  \"name\": \"level\",\n  \"value\": \"机密\",\n  \"year\": 2023\n}\n", "line"),
        ["broken json"] = Text("a.json", "{\n  \"value\": \"x\n  \"机密\",\n", "line"),
        ["column of a table"] = Text("a.csv", "题名,密级\n某报告,JM\n另一报告,公开\n", "field"),
        ["column of a wide table"] = Text("a.csv", "目录\n序号;题名;密级;年度\n1;\"某;报告\";JM;2023\n", "field"),
        ["table of two columns"] = Text("a.csv", "题名,备注\n某报告,机密\n", "line"),
        ["name beside a value in xml"] = Text("a.xml", Xml + "<档案><字段 名称=\"密级\" 值=\"JM\"/></档案>", "field"),
        ["name of an element's text"] = Text("a.xml", Xml + "<档案><字段 名称=\"密级\">JM</字段></档案>", "field"),
        ["name in an element beside"] = Text("a.xml", Xml + "<档案><项><名称>密级</名称><值>UM</值></项></档案>", "field"),
        ["name with blanks and a colon"] = Text("a.xml", Xml + "<档案><字段 名称=\"密　级：\">JM</字段></档案>", "field"),
        ["property of docx"] = ("a.docx", Office(("docProps/custom.xml", "<Properties xmlns:vt=\"v\"><property pid=\"2\" name=\"密级\"><vt:lpwstr>JM</vt:lpwstr></property></Properties>")), "field"),
        ["data of ofd"] = ("a.ofd", Looking.Zip(("OFD.xml", "<ofd:OFD xmlns:ofd=\"o\"><ofd:DocBody><ofd:DocInfo><ofd:CustomDatas><ofd:CustomData Name=\"密级\">JM</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo></ofd:DocBody></ofd:OFD>")), "field"),
        ["meta of html"] = Text("a.html", "<!DOCTYPE html><html><head><meta name=\"密级\" content=\"JM\"></head></html>", "field"),
        ["comment of html"] = Text("a.html", "<!DOCTYPE html><html><body><!-- 机密★10年 --><p>正文</p></body></html>", "star"),
        ["box in rtf"] = Rtf("{\\shp{\\*\\shpinst\\shpleft0{\\sp{\\sn shapeType}{\\sv 202}}{\\shptxt \\pard\\plain " + Mark + "\\par}}}", "star"),
        ["watermark in rtf"] = Rtf("{\\header \\pard{\\shp{\\*\\shpinst{\\sp{\\sn gtextUNICODE}{\\sv \\u26426?\\u23494?}}}}\\par}", "line"),
        ["property in rtf"] = Rtf("{\\*\\userprops{\\propname \\u23494?\\u32423?}\\proptype30{\\staticval JM}}", "field"),
        ["bookmark in a mark in rtf"] = Rtf("\\u26426?{\\*\\bkmkstart a}\\u23494?{\\*\\bkmkend a}\\u9733?", "star"),
        ["part of ofd, .dat"] = ("a.ofd", Ofd(("Doc_0/Attachs/memo.dat", "机密★10年\n")), "star"),
        ["part of ofd, .esl"] = ("a.ofd", Ofd(("Doc_0/Signs/Sign_0/SignedValue.esl", "机密★10年\n")), "star"),
        ["part of ofd, .ttf"] = ("a.ofd", Ofd(("Doc_0/Res/x.ttf", "机密★10年\n")), "star"),
        ["part of docx, .ttf"] = ("a.docx", Office(("word/fonts/x.ttf", "机密★10年\n")), "star"),
        ["letters of a seal"] = ("a.ofd", Looking.ZipOf(("OFD.xml", Encoding.UTF8.GetBytes("<OFD/>")), ("Doc_0/Signs/Seal.esl", Der("机密★10年"))), "star"),
        ["page of ofd without its ending"] = ("a.ofd", Ofd(("Doc_0/Pages/Page_0/Content", Page("机", "密"))), "line"),
        ["split runs in flat xml"] = Text("a.xml", Xml + "<w:document xmlns:w=\"w\"><w:p><w:r><w:t>机</w:t></w:r><w:r><w:t>密★</w:t></w:r></w:p></w:document>", "star"),
        ["split runs in a part of docx"] = ("a.docx", Office(("word/document.dat", Xml + "<w:document xmlns:w=\"w\"><w:p><w:r><w:t>机</w:t></w:r><w:r><w:t>密★</w:t></w:r></w:p></w:document>")), "star"),
        ["name of a part of docx"] = ("a.docx", Office(("word/embeddings/机密-会议纪要.txt", "正文")), "name"),
        ["short base64 in xml, said"] = Text("a.xml", Xml + $"<包><编码数据 编码=\"base64\">{Base64("机密★1年")}</编码数据></包>", "star"),
        ["short base64 in xml, not said"] = Text("a.xml", Xml + $"<包><数据>{Base64("机密★10年\n关于某事")}</数据></包>", "star"),
        ["base64 in an attribute"] = Text("a.xml", Xml + $"<包 数据=\"{Base64("机密★10年\n关于某事")}\"/>", "star"),
        ["base64 in json"] = Text("a.json", $"{{\"数据\":\"{Base64("机密★10年\n关于某事")}\"}}", "star"),
        ["comment of a zip"] = ("a.zip", RefusedSecretTests.Commented(Looking.ZipOf(("a.txt", "x"u8.ToArray())), "机密★10年"), "star"),
        ["comment of a docx"] = ("a.docx", RefusedSecretTests.Commented(Office(("word/document.xml", "<a/>")), "机密★10年"), "star"),
        ["broken text in UTF-8"] = ("a.txt", [.. Encoding.UTF8.GetBytes("机密★10年\n关于某事的报告"), 0xFF, 0xFE, 0x80, .. " tail\n"u8], "star"),
        ["text in Big5"] = ("a.txt", CodePagesEncodingProvider.Instance.GetEncoding("Big5")!.GetBytes("機密★10年\n關於某事的報告，請查照辦理。\n"), "star"),
        ["mark in an old office file behind many letters"] = ("a.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[504], .. Encoding.Unicode.GetBytes(new string('文', 4095) + "机密★10年")], "star"),
        ["letters that choose a form"] = Text("a.txt", "机\uFE00密\uFE00★10年\n", "star"),
        ["seal letter"] = Text("a.txt", "㊙ 10年\n", "line"),
    };

    private static string Mark => string.Concat("机密★10年".Select(c => $"\\u{(short)c}?"));

    public static TheoryData<string> Names => [.. Samples.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mark_is_found_in_whatever_form_it_is_written(string sample)
    {
        var (name, content, rule) = Samples[sample];

        Assert.Equal(rule, Assert.Single(Search(name, content).Marks).Rule);
    }

    [Theory]
    [InlineData("a.xml", "<包><摘要>660ddc09cf82a1072c0cbecc6ec6a785bf966e85b9a0ccc9be356071e4eae754</摘要><签名>MEUCIQDKx0l3Ykq4m0Yb5uZ3hJ1mF4d0gYyZr0sJ1y8k3v5f7QIgQ0hBq1jv9m7h2n5s8k3v5f7Q0hBq1jv9m7h2n5s8k3v5f7Q=</签名></包>")]
    [InlineData("a.json", "{\"id\":\"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef\",\"密级\":\"公开\"}")]
    [InlineData("a.csv", "年度,绝密,机密,秘密\n2023,0,0,0\n")]
    [InlineData("a.txt", "密级（绝密 机密 秘密 内部 公开）：公开\n申请书\n")]
    [InlineData("a.txt", "密级：绝密□机密□秘密□公开☑\n密级：□绝密 □机密 □秘密 ☑公开\n")]
    [InlineData("a.txt", "密级：GK\n密级：公开\n")]
    public void What_is_no_mark_passes_and_what_only_looks_like_a_file_is_none(string name, string text)
    {
        var found = Search(name, Encoding.UTF8.GetBytes(text));

        Assert.Empty(found.Marks);
        Assert.Empty(found.Doubts);
        Assert.Empty(found.NotSearched);
    }

    [Fact]
    public void What_is_said_to_be_base64_and_is_none_is_told() =>
        Assert.Equal([KeyValuePair.Create("a.xml", "broken")], Search("a.xml", Encoding.UTF8.GetBytes("<包><数据 编码=\"base64\">5py65a=5py6</数据></包>")).NotSearched);

    [Fact]
    public void A_long_xml_is_read_as_xml_to_its_end()
    {
        var xml = new StringBuilder("<包>").Insert(3, "<甲>某年某月某日</甲>", 5_000).Append("<乙>机<b>密</b>★10年</乙></包>").ToString();

        Assert.Equal("star", Assert.Single(Search("a.xml", Encoding.UTF8.GetBytes(xml), limits: ExaminationLimits.Default with { MaxWhole = 1 << 16 }).Marks).Rule);
    }

    [Theory]
    [InlineData("<包><甲>正文</乙></包>", "broken")]
    [InlineData("<table><tr><td>正文</table>", null)]
    public void Xml_that_is_none_is_told_but_not_html(string text, string? why)
    {
        var found = Search("a.xml", Encoding.UTF8.GetBytes(text));

        Assert.Equal(why is null ? [] : [why], found.NotSearched.Select(f => f.Value));
    }

    [Theory]
    [InlineData("<包 xmlns:e=\"http://www.w3.org/2001/04/xmlenc#\"><e:EncryptedData><e:CipherData><e:CipherValue>5py65a+G</e:CipherValue></e:CipherData></e:EncryptedData></包>")]
    [InlineData("说明\n-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n")]
    [InlineData("U2FsdGVkX18AAAAAAAAAAG5v\n")]
    public void What_is_encrypted_inside_a_text_is_told(string text) =>
        Assert.Equal([KeyValuePair.Create("a.txt", "encrypted")], Search("a.txt", Encoding.UTF8.GetBytes(text)).NotSearched);

    [Fact]
    public void Xml_that_is_nested_deeper_than_is_read_is_told()
    {
        var xml = new StringBuilder().Insert(0, "<甲>", 1_100).Append("正文").Append(new StringBuilder().Insert(0, "</甲>", 1_100));

        Assert.Equal([KeyValuePair.Create("a.xml", "too-deep")], Search("a.xml", Encoding.UTF8.GetBytes(xml.ToString())).NotSearched);
    }

    [Fact]
    public void Fonts_and_signatures_in_documents_leave_nothing_unsearched()
    {
        byte[] font = [0, 1, 0, 0, 0, 1, 0, 16, 0, 0, 0, 0, .. "glyf"u8, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 64, .. new byte[64]];

        var found = Search("a.ofd", Looking.ZipOf(("OFD.xml", Encoding.UTF8.GetBytes("<OFD/>")), ("Doc_0/Res/f.dat", font), ("Doc_0/Signs/SignedValue.dat", Der("某单位电子印章"))));

        Assert.Empty(found.NotSearched);
    }

    [Fact]
    public void Html_of_many_signs_is_read_in_time_that_grows_with_its_length()
    {
        var html = new StringBuilder("<!DOCTYPE html><html><body>").Insert(27, "<script >", 200_000).Append(new StringBuilder().Insert(0, "< ", 500_000)).Append("<p>机密★10年");

        var found = Search("a.html", Encoding.UTF8.GetBytes(html.ToString()), ExaminationLimits.Default with { MaxTime = TimeSpan.FromSeconds(12) });

        Assert.Equal("star", Assert.Single(found.Marks).Rule);
    }

    private static (string Name, byte[] Content, string Rule) Text(string name, string text, string rule) => (name, Encoding.UTF8.GetBytes(text), rule);

    private static (string Name, byte[] Content, string Rule) Rtf(string body, string rule) =>
        ("a.rtf", Encoding.ASCII.GetBytes("{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0 SimSun;}}" + body + "\\pard \\u27491?\\u25991?\\par}"), rule);

    private static byte[] Office(params (string, string)[] parts) => Looking.Zip([("[Content_Types].xml", "<Types/>"), ("_rels/.rels", "<Relationships/>"), .. parts]);

    private static byte[] Ofd(params (string, string)[] parts) => Looking.Zip([("OFD.xml", "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\"/>"), .. parts]);

    private static string Page(params string[] codes) => Xml + "<ofd:Page xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:Content><ofd:Layer>"
        + string.Concat(codes.Select((c, i) => $"<ofd:TextObject Boundary=\"{20 + (i * 6)} 30 60 5\" Size=\"5\"><ofd:TextCode X=\"0\" Y=\"4\">{c}</ofd:TextCode></ofd:TextObject>")) + "</ofd:Layer></ofd:Content></ofd:Page>";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // SEQUENCE { UTF8String, OCTET STRING }
    private static byte[] Der(string text)
    {
        var letters = Encoding.UTF8.GetBytes(text);
        return [0x30, (byte)(letters.Length + 14), 0x0C, (byte)letters.Length, .. letters, 0x04, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0];
    }

    private static SecretFacts Search(string name, byte[] content, ExaminationLimits? limits = null) =>
        new SecretSearch(limits ?? ExaminationLimits.Default, TimeProvider.System)
            .Search(PackageTree.Of("p", [PackageFile.OfBytes(name, content)]), CancellationToken.None);
}
