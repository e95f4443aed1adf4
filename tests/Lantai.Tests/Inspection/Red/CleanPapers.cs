using System.Globalization;
using System.IO.Compression;
using System.Text;
using Lantai.Cli.Demo;

namespace Lantai.Tests.Inspection.Red;

/// <summary>Papers as an archive wants them: whole, of archival formats, with nothing that acts, and no font that is not in them.</summary>
internal static class CleanPapers
{
    private const string Ofd = "http://www.ofdspec.org/2016";

    /// <summary>A page of PDF 1.4 in Helvetica, one of the fourteen faces that every reader has, with a Chinese title.</summary>
    public static byte[] Pdf(string title, string line, string catalog = "", string fonts = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    {
        var page = $"BT /H 12 Tf 72 720 Td ({line}) Tj ET";
        using var file = new MemoryStream();
        var places = new List<long>();
        Put("%PDF-1.4\n");
        file.Write([(byte)'%', 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
        Thing($"<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) {catalog}>>");
        Thing("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        Thing("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /H 5 0 R >> >> >>");
        Thing($"<< /Length {page.Length} >>\nstream\n{page}\nendstream");
        Thing(fonts);
        Thing($"<< /Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(title))}> >>");
        var table = file.Position;
        Put(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n"));
        places.ForEach(p => Put(string.Create(CultureInfo.InvariantCulture, $"{p:D10} 00000 n \n")));
        Put(string.Create(CultureInfo.InvariantCulture, $"trailer\n<< /Size {places.Count + 1} /Root 1 0 R /Info {places.Count} 0 R >>\nstartxref\n{table}\n%%EOF\n"));
        return file.ToArray();

        void Thing(string body)
        {
            places.Add(file.Position);
            Put(string.Create(CultureInfo.InvariantCulture, $"{places.Count} 0 obj\n{body}\nendobj\n"));
        }

        void Put(string text) => file.Write(Encoding.ASCII.GetBytes(text));
    }

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
