using System.Text;
using Lantai.Cli.Demo;
using Lantai.InformationPackages;
using Lantai.Tests.Characterization;
using Lantai.Tests.Characterization.Pdf;

namespace Lantai.Tests.Inspection.Secrets;

/// <summary>Files that bear a mark of a state secret in all the ways that people make them, and files that only look alike.</summary>
internal static class MarkedSamples
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    /// <summary>Each marked file by what it is: its name and bytes, and the rule that must refuse it.</summary>
    public static IReadOnlyDictionary<string, (string Name, byte[] Content, string Rule)> Marked { get; } = new Dictionary<string, (string, byte[], string)>(StringComparer.Ordinal)
    {
        ["name"] = ("材料/【机密】会议纪要.txt", Utf8("正文"), "name"),
        ["name, letters apart"] = ("绝 密 附件.txt", Utf8("正文"), "name"),
        ["metadata field"] = ("case.xml", Utf8("<case><title>示例</title><security_classification>JM</security_classification></case>"), "field"),
        ["metadata field in Chinese"] = ("包说明.xml", Utf8("<文件><密级>秘密</密级></文件>"), "field"),
        ["metadata attribute"] = ("m.xml", Utf8("<文件 密级=\"机密★20年\">示例</文件>"), "field"),
        ["metadata as JSON"] = ("m.json", Utf8("{\"title\": \"示例\", \"security_classification\": \"UM\"}"), "field"),
        ["xml text"] = ("x.xml", Utf8("<a><b>机<i>密</i>★10年</b></a>"), "star"),
        ["xml in GB18030"] = ("g.xml", Gb18030.GetBytes("<?xml version=\"1.0\" encoding=\"GB18030\"?><a><b>秘密★1年</b></a>"), "star"),
        ["broken xml"] = ("y.xml", Utf8("<a><b>机密★10年</a>"), "star"),
        ["base64 in xml"] = ("eep.xml", Utf8("<包><编码数据>" + Convert.ToBase64String(Docx(("word/document.xml", Paragraphs("机密★10年", new string('文', 400))))) + "</编码数据></包>"), "star"),
        ["text in UTF-8"] = ("u.txt", Utf8("示例文件\n\n机密\n正文"), "line"),
        ["text in GB18030"] = ("t.txt", Gb18030.GetBytes("关于某事的通知\n机密★10年\n各单位：\n"), "star"),
        ["text in UTF-16"] = ("w.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("第一行\r\n绝　密\r\n")], "line"),
        ["text in UTF-16, big end first"] = ("b.txt", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("秘密★5年\r\n")], "star"),
        ["traditional letters"] = ("h.txt", Utf8("文件\n機 密\n"), "line"),
        ["csv"] = ("t.csv", Utf8("编号,题名,密级,备注,页数\n1,示例,机密,无,3\n"), "line"),
        ["html"] = ("p.html", Utf8("<html><body><h1>文件</h1><p>机<b>密</b>&#9733;10年</p></body></html>"), "star"),
        ["rtf"] = ("r.rtf", Encoding.ASCII.GetBytes(@"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}\pard \'bb\'fa{\b \'c3\'dc}\u9733?10\'c4\'ea\par}"), "star"),
        ["rtf header"] = ("s.rtf", Encoding.ASCII.GetBytes(@"{\rtf1\ansi\ansicpg936{\header \u26426?\u23494? \u25991?\u20214?\par}\pard x\par}"), "top"),
        ["pdf first page"] = ("文件.pdf", DemoPdf.Write("示例文件", ["机密★10年", "正文"], "x"), "star"),
        ["pdf header"] = ("h.pdf", DemoPdf.Write("示例文件  正文", ["正文"], "x", ring: false).Replaced("示例文件  正文", "示例文件   秘密"), "line"),
        ["pdf, letter by letter"] = ("l.pdf", Pdf("BT /S 12 Tf 60 700 Td <" + Hex("机") + "> Tj ET BT /S 12 Tf 100 700 Td <" + Hex("密") + "> Tj ET"), "line"),
        ["pdf in a column"] = ("c.pdf", Pdf("BT /S 12 Tf 60 700 Td <" + Hex("绝") + "> Tj 0 -14 Td <" + Hex("密") + "> Tj ET BT /S 12 Tf 90 700 Td <" + Hex("正文一") + "> Tj 0 -14 Td <" + Hex("正文二") + "> Tj ET"), "line"),
        ["hidden text of a scanned pdf"] = ("q.pdf", ScannedPdf("机密★10年"), "star"),
        ["recognised text of a scan, letter by letter"] = ("r.xml", Utf8("<alto><Layout><Page><PrintSpace><TextBlock><TextLine><String CONTENT=\"机\"/><String CONTENT=\"密\"/><String CONTENT=\"★10年\"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>"), "line"), // its words one below the other are a line already
        ["recognised text of a scan, in pages"] = ("v.xml", Utf8("<PcGts><Page><TextRegion><TextLine><Word><TextEquiv><Unicode>秘</Unicode></TextEquiv></Word><Word><TextEquiv><Unicode>密★5年</Unicode></TextEquiv></Word></TextLine></TextRegion></Page></PcGts>"), "star"),
        ["pdf by ToUnicode"] = ("m.pdf", MappedPdf("机密★10年"), "star"),
        ["pdf form"] = ("f.pdf", FormPdf("秘密★10年"), "star"),
        ["pdf title"] = ("t.pdf", AboutPdf("/Title <FEFF" + Hex("机密：关于某事") + ">"), "opening"),
        ["pdf metadata"] = ("x.pdf", XmpPdf("机密★10年"), "star"),
        ["pdf annotation"] = ("n.pdf", HandMadePdf.OnePage(page: "/Annots[6 0 R]").Set(6, "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents<FEFF" + Hex("机密★5年") + ">>>").ToBytes(), "star"),
        ["pdf bookmark"] = ("k.pdf", HandMadePdf.OnePage("/Outlines 6 0 R").Set(6, "<</First 7 0 R/Last 7 0 R/Count 1>>").Set(7, "<</Parent 6 0 R/Title<FEFF" + Hex("绝密") + ">>>").ToBytes(), "line"),
        ["attachment in a pdf"] = ("a.pdf", AttachedPdf("附.txt", Utf8("机密★10年")), "star"),
        ["name of an attachment in a pdf"] = ("d.pdf", AttachedPdf("机密.txt", Utf8("正文")), "name"),
        ["docx, split over runs"] = ("d.docx", Docx(("word/document.xml", Document("<w:p><w:r><w:t>机</w:t></w:r><w:r><w:t>密</w:t></w:r><w:r><w:t>★10年</w:t></w:r></w:p>"))), "star"),
        ["docx header"] = ("e.docx", Docx(("word/document.xml", Paragraphs("正文")), ("word/header1.xml", Paragraphs("示例机关 秘密"))), "top"),
        ["docx watermark"] = ("f.docx", Docx(("word/document.xml", Paragraphs("正文")), ("word/header1.xml", "<w:hdr xmlns:w=\"w\" xmlns:v=\"v\"><w:p><w:r><w:pict><v:shape><v:textpath string=\"绝密\"/></v:shape></w:pict></w:r></w:p></w:hdr>")), "line"),
        ["docx comment"] = ("g.docx", Docx(("word/document.xml", Paragraphs("正文")), ("word/comments.xml", Paragraphs("秘密★3年"))), "star"),
        ["document properties"] = ("p.docx", Docx(("word/document.xml", Paragraphs("正文")), ("docProps/core.xml", "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:title>【机密】方案</dc:title></cp:coreProperties>")), "prefix"),
        ["xlsx cell"] = ("b.xlsx", Docx(("xl/workbook.xml", "<workbook><sheets><sheet name=\"表一\"/></sheets></workbook>"), ("xl/sharedStrings.xml", "<sst><si><t>题名</t></si><si><r><t>机</t></r><r><t>密</t></r></si></sst>")), "line"),
        ["xlsx header"] = ("c.xlsx", Docx(("xl/worksheets/sheet1.xml", "<worksheet><headerFooter><oddHeader>&amp;L示例&amp;C&amp;\"宋体,加粗\"&amp;14机密&amp;R1</oddHeader></headerFooter></worksheet>")), "line"),
        ["pptx"] = ("s.pptx", Docx(("ppt/slides/slide2.xml", "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:r><a:t>秘</a:t></a:r><a:r><a:t>密★5年</a:t></a:r></a:p></p:sld>")), "star"),
        ["odt"] = ("o.odt", Looking.Zip(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<o:d xmlns:o=\"o\" xmlns:text=\"t\"><text:p>机<text:span>密</text:span><text:s/>★10年</text:p></o:d>"), ("META-INF/manifest.xml", "<m/>")), "star"),
        ["ofd text"] = ("f.ofd", Ofd("机密★10年"), "star"),
        ["ofd, letter by letter"] = ("g.ofd", Ofd("机", "密"), "line"),
        ["ofd document information"] = ("i.ofd", Looking.Zip(("OFD.xml", "<ofd:OFD xmlns:ofd=\"o\"><ofd:DocBody><ofd:DocInfo><ofd:Title>秘密★方案</ofd:Title></ofd:DocInfo></ofd:DocBody></ofd:OFD>")), "star"),
        ["zip in a zip"] = ("z.zip", Looking.ZipOf(("内.zip", Looking.ZipOf(("t.txt", Utf8("机密★10年"))))), "star"),
        ["name in a zip"] = ("y.zip", Looking.ZipOf(("秘密/正文.txt", Utf8("正文"))), "name"),
        ["old office file"] = ("o.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[505], .. Encoding.Unicode.GetBytes("机密★10年\r正文")], "star"),
    };

    /// <summary>Files that must neither be refused nor raise a doubt.</summary>
    public static IReadOnlyDictionary<string, (string Name, byte[] Content)> Innocent { get; } = new Dictionary<string, (string, byte[])>(StringComparer.Ordinal)
    {
        ["words that look alike"] = ("材料/商业秘密保护承诺书.txt", Utf8("商业秘密\n个人秘密\n保密\n解密\n本单位承诺保守国家秘密和工作秘密。\n《中华人民共和国保守国家秘密法》\n机密级以下信息系统\n数据的机密性、完整性\n秘密花园\n")),
        ["classification open"] = ("case.xml", Utf8("<case><security_classification>GK</security_classification><密级>公开</密级><保密期限/></case>")),
        ["a choice"] = ("表.docx", Docx(("word/document.xml", Paragraphs("密级：□绝密 □机密 □秘密 ☑公开", "密级：绝密/机密/秘密/公开", "按绝密、机密、秘密三级管理")))),
        ["commercial secret with a star"] = ("商密.pdf", DemoPdf.Write("商业秘密★3年", ["核心商密，注意保密", "工作秘密"], "MM JM UM")),
        ["a law that is cited"] = ("法.ofd", Ofd("依据保守国家秘密法的规定予以处罚")),
        ["codes that are no marks"] = ("c.csv", Utf8("JM,UM,MM,GK\n机构,秘书,密码,密度\n")),
    };

    /// <summary>Files that a person must look at.</summary>
    public static IReadOnlyDictionary<string, (string Name, byte[] Content, string Rule)> Doubtful { get; } = new Dictionary<string, (string, byte[], string)>(StringComparer.Ordinal)
    {
        ["level in running text"] = ("a.txt", Utf8("经研究，本项目定为机密级，请各单位遵守。"), "level"),
        ["a secret document is mentioned"] = ("b.docx", Docx(("word/document.xml", Paragraphs("随附涉密文件一份，请查收。"))), "document"),
        ["said to belong"] = ("c.pdf", DemoPdf.Write("说明", ["本材料属于国家秘密，不得公开。"], "x"), "belongs"),
        ["hidden text of a scanned pdf"] = ("e.pdf", ScannedPdf("经研究，本项目定为机密级，请遵守。"), "level"),
        ["ticked"] = ("d.txt", Utf8("密级 □公开 ☑秘密 （请勾选）"), "ticked"),
    };

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Hex(string text) => Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));

    private static byte[] Docx(params (string, string)[] parts) => Looking.Zip([("[Content_Types].xml", "<Types/>"), ("_rels/.rels", "<Relationships/>"), .. parts]);

    private static string Document(string body) => $"<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>";

    private static string Paragraphs(params string[] texts) => Document(string.Concat(texts.Select(t => $"<w:p><w:r><w:t>{t}</w:t></w:r></w:p>")));

    private static byte[] Ofd(params string[] codes) => Looking.Zip(
        ("OFD.xml", "<ofd:OFD xmlns:ofd=\"o\"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"),
        ("Doc_0/Document.xml", "<ofd:Document xmlns:ofd=\"o\"><ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/></ofd:Pages></ofd:Document>"),
        ("Doc_0/Pages/Page_0/Content.xml", "<ofd:Page xmlns:ofd=\"o\"><ofd:Content><ofd:Layer>"
            + string.Concat(codes.Select((c, i) => $"<ofd:TextObject ID=\"{i + 2}\" Boundary=\"{20 + (i * 10)} 30 60 5\" Size=\"5\"><ofd:TextCode X=\"0\" Y=\"4\">{c}</ofd:TextCode></ofd:TextObject>"))
            + "</ofd:Layer></ofd:Content></ofd:Page>"));

    private static HandMadePdf Chinese(string operators)
    {
        var pdf = HandMadePdf.OnePage(text: operators);
        pdf.Set(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</S 5 0 R>>/XObject<</X 8 0 R>>>>/Contents 4 0 R>>");
        pdf.Set(5, "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[6 0 R]>>");
        return pdf.Set(6, "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>");
    }

    private static byte[] Pdf(string operators) => Chinese(operators).ToBytes();

    /// <summary>A page that is a picture, with the recognised text laid over it in letters that nobody sees.</summary>
    private static byte[] ScannedPdf(string text) => Chinese($"q 595 0 0 842 0 0 cm /X Do Q BT 3 Tr /S 12 Tf 60 700 Td <{Hex(text)}> Tj ET")
        .SetPacked(8, "/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray", new byte[64]).ToBytes();

    private static byte[] FormPdf(string text) => Chinese("q 1 0 0 1 0 300 cm /X Do Q")
        .SetPacked(8, "/Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</Font<</S 5 0 R>>>>", Encoding.ASCII.GetBytes($"BT /S 12 Tf 10 10 Td <{Hex(text)}> Tj ET")).ToBytes();

    private static byte[] MappedPdf(string text)
    {
        var codes = string.Concat(text.Select((_, i) => $"{i + 1:X4}"));
        var map = "/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            + $"{text.Length} beginbfchar\n" + string.Concat(text.Select((c, i) => $"<{i + 1:X4}> <{(int)c:X4}>\n")) + "endbfchar end";
        return Chinese($"BT /S 12 Tf 60 700 Td [<{codes}>] TJ ET")
            .Set(5, "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+SimSun/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>")
            .SetPacked(7, "", Encoding.ASCII.GetBytes(map)).ToBytes();
    }

    private static byte[] AboutPdf(string about)
    {
        var pdf = HandMadePdf.OnePage().Set(6, $"<<{about}>>");
        pdf.Trailer = "/Info 6 0 R";
        return pdf.ToBytes();
    }

    private static byte[] XmpPdf(string title) => HandMadePdf.OnePage("/Metadata 6 0 R")
        .SetStream(6, "/Type/Metadata/Subtype/XML", Utf8($"<x:xmpmeta xmlns:x=\"x\" xmlns:rdf=\"r\" xmlns:dc=\"d\"><rdf:RDF><rdf:Description><dc:title><rdf:Alt><rdf:li>{title}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>")).ToBytes();

    private static byte[] AttachedPdf(string name, byte[] content) => HandMadePdf.OnePage("/Names<</EmbeddedFiles<</Names[(a) 6 0 R]>>>>")
        .Set(6, $"<</Type/Filespec/UF<FEFF{Hex(name)}>/EF<</F 7 0 R>>>>")
        .SetPacked(7, "/Type/EmbeddedFile", content).ToBytes();

    // Both texts have the same length, so that the places in the file stay right.
    private static byte[] Replaced(this byte[] pdf, string old, string with) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(pdf).Replace(Hex(old), Hex(with), StringComparison.Ordinal));
}
