using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lantai.Cli.Demo;

/// <summary>
/// Writes one A4 page as PDF 1.4: a Chinese title and lines in the standard Song face (not embedded, as office
/// systems of the time wrote them), a Latin line in Helvetica, and a red seal ring when asked for.
/// </summary>
internal static class DemoPdf
{
    public static byte[] Write(string title, IReadOnlyList<string> lines, string latin, bool ring = false)
    {
        var page = Encoding.ASCII.GetBytes(Page(title, lines, latin, ring));
        var id = Convert.ToHexString(SHA256.HashData(page))[..32];
        using var file = new MemoryStream();
        var places = new List<long>();

        Put(file, "%PDF-1.4\n");
        file.Write([(byte)'%', 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
        Thing("<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) >>");
        Thing("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        Thing("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /S 5 0 R /H 8 0 R >> >> >>");
        Thing($"<< /Length {page.Length} >>\nstream\n{Encoding.ASCII.GetString(page)}\nendstream");
        Thing("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [6 0 R] >>");
        Thing("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 7 0 R /DW 1000 /W [1 95 500] >>");
        Thing("<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>");
        Thing("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        Thing($"<< /Title <FEFF{Utf16(title)}> /Producer (Lantai demonstration) >>");

        var table = file.Position;
        Put(file, string.Create(CultureInfo.InvariantCulture, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n"));
        foreach (var place in places)
        {
            Put(file, string.Create(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n"));
        }

        Put(file, string.Create(CultureInfo.InvariantCulture, $"trailer\n<< /Size {places.Count + 1} /Root 1 0 R /Info {places.Count} 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{table}\n%%EOF\n"));
        return file.ToArray();

        void Thing(string body)
        {
            places.Add(file.Position);
            Put(file, string.Create(CultureInfo.InvariantCulture, $"{places.Count} 0 obj\n{body}\nendobj\n"));
        }
    }

    private static string Page(string title, IReadOnlyList<string> lines, string latin, bool ring)
    {
        var page = new StringBuilder();
        Text(page, "/S 20", (595 - (title.Length * 20)) / 2, 762, title);
        page.Append("0.6 w 72 748 m 523 748 l S\n");
        var y = 712;
        foreach (var line in lines)
        {
            Text(page, "/S 12", 72, y, line);
            y -= 26;
        }

        page.Append(CultureInfo.InvariantCulture, $"BT /H 9 Tf 72 56 Td ({latin}) Tj ET\n");
        if (ring)
        {
            Ring(page, 440, 190, 56);
            page.Append("0.8 0.1 0.1 rg\n");
            Text(page, "/S 15", 402, 185, "示例专用章");
        }

        return page.ToString().TrimEnd('\n');
    }

    private static void Text(StringBuilder page, string font, int x, int y, string text) =>
        page.Append(CultureInfo.InvariantCulture, $"BT {font} Tf {x} {y} Td <{Utf16(text)}> Tj ET\n");

    /// <summary>Four Bézier arcs; 0.5523 of the radius is the usual handle for a quarter of a circle.</summary>
    private static void Ring(StringBuilder page, int x, int y, int radius)
    {
        var handle = radius * 5523 / 10000;
        page.Append(CultureInfo.InvariantCulture, $"0.8 0.1 0.1 RG 3 w {x + radius} {y} m\n");
        page.Append(CultureInfo.InvariantCulture, $"{x + radius} {y + handle} {x + handle} {y + radius} {x} {y + radius} c\n");
        page.Append(CultureInfo.InvariantCulture, $"{x - handle} {y + radius} {x - radius} {y + handle} {x - radius} {y} c\n");
        page.Append(CultureInfo.InvariantCulture, $"{x - radius} {y - handle} {x - handle} {y - radius} {x} {y - radius} c\n");
        page.Append(CultureInfo.InvariantCulture, $"{x + handle} {y - radius} {x + radius} {y - handle} {x + radius} {y} c S\n");
    }

    private static string Utf16(string text) => Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));

    private static void Put(MemoryStream file, string text) => file.Write(Encoding.ASCII.GetBytes(text));
}
