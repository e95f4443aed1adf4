using System.IO.Compression;
using System.Text;
using Lantai.Cli.Demo;

namespace Lantai.Tests.Inspection.Red;

/// <summary>Papers as an archive wants them: whole, of archival formats, with nothing that acts, and no font that is not in them.</summary>
internal static class CleanPapers
{
    private const string Ofd = "http://www.ofdspec.org/2016";

    /// <summary>A page of PDF/A-1b with a Chinese title.</summary>
    /// <inheritdoc cref="CleanPdf.Write"/>
    public static byte[] Pdf(string title, string line, string catalog = "", string? font = null, params IReadOnlyList<string> more) => CleanPdf.Write(title, line, catalog, font, more);

    private static readonly Lazy<byte[]> SignedOnce = new(() => SignedPdf.Sign(Pdf(
        "食品经营许可申请书", "Application form 1", "/AcroForm << /SigFlags 3 /Fields [9 0 R] >> ", null,
        "<< /Type /Annot /Subtype /Widget /FT /Sig /T (S) /Rect [0 0 0 0] /F 4 /P 3 0 R /V 10 0 R >>",
        SignedPdf.Room.Replace("FORM", "adbe.pkcs7.detached", StringComparison.Ordinal))));

    /// <summary>A PDF as one that signs leaves it: a field of a signature and the signature, which holds. The same each time.</summary>
    public static byte[] Signed() => [.. SignedOnce.Value];

    /// <summary>A page of OFD whose one font is in it.</summary>
    public static byte[] OfdPage(string text, string fonts = """<o:Font ID="9" FontName="仿宋"><o:FontFile>f.ttf</o:FontFile></o:Font>""") => Zip(
        ("OFD.xml", Utf8($"""<o:OFD xmlns:o="{Ofd}" Version="1.1" DocType="OFD"><o:DocBody><o:DocInfo><o:DocID>e5e8e4a6d5abc599573c2d46ed402525</o:DocID><o:Creator>云示例</o:Creator></o:DocInfo><o:DocRoot>Doc_0/Document.xml</o:DocRoot></o:DocBody></o:OFD>""")),
        ("Doc_0/Document.xml", Utf8($"""<o:Document xmlns:o="{Ofd}"><o:CommonData><o:MaxUnitID>9</o:MaxUnitID><o:PublicRes>PublicRes.xml</o:PublicRes><o:PageArea><o:PhysicalBox>0 0 210 297</o:PhysicalBox></o:PageArea></o:CommonData><o:Pages><o:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></o:Pages></o:Document>""")),
        ("Doc_0/PublicRes.xml", Utf8($"""<o:Res xmlns:o="{Ofd}" BaseLoc="Res"><o:Fonts>{fonts}</o:Fonts></o:Res>""")),
        ("Doc_0/Res/f.ttf", Utf8("font")),
        ("Doc_0/Pages/Page_0/Content.xml", Utf8($"""<o:Page xmlns:o="{Ofd}"><o:Content><o:Layer ID="2"><o:TextObject ID="3" Boundary="20 20 170 10" Font="9" Size="5"><o:TextCode X="0" Y="5">{text}</o:TextCode></o:TextObject></o:Layer></o:Content></o:Page>""")));

    /// <summary>A picture of a card.</summary>
    public static byte[] Png()
    {
        var picture = new DemoPicture(60, 40, DemoColour.Paper);
        picture.Box(5, 5, 20, 20, DemoColour.Blueprint);
        return DemoPng.Write(picture);
    }

    /// <summary>A zip of some parts, packed.</summary>
    public static byte[] Zip(params (string Name, byte[] Content)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (name, content) in parts)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = new DateTimeOffset(2026, 5, 12, 9, 0, 0, TimeSpan.Zero);
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
