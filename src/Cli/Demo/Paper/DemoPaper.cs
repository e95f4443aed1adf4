using System.Globalization;
using System.Text;

namespace Lantai.Cli.Demo.Paper;

/// <summary>
/// Writes one A4 page of PDF/A-2b (ISO 19005-2), as a paper is that an archive takes without a word: its font is drawn in it with a
/// text layer, its colours are those of a profile in it, and it says what it is. The same words give the same bytes.
/// </summary>
internal static class DemoPaper
{
    private const string Producer = "Lantai demonstration";
    private const int Left = 72;
    private const int Right = 523;
    private const int FirstGlyph = 10;

    /// <summary>Writes the page.</summary>
    /// <param name="title">The title, in the middle of the first line.</param>
    /// <param name="lines">What stands below it.</param>
    /// <param name="foot">The last line.</param>
    /// <param name="isSealed">Whether it bears the red seal.</param>
    /// <exception cref="ArgumentException">A letter is not drawn in <see cref="DemoStrokes"/>.</exception>
    public static byte[] Write(string title, IReadOnlyList<string> lines, string foot, bool isSealed)
    {
        var seal = isSealed ? DemoSeal.Words : "";
        List<char> letters = [.. string.Concat([title, .. lines, foot, seal]).Distinct().Order()];
        List<string> things =
        [
            "<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) /Metadata 7 0 R /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB, gamma 2.2) /Info (sRGB, gamma 2.2) /DestOutputProfile 8 0 R >>] >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /P 5 0 R >> >> >>",
            PdfObjects.Stream("", Page(title, lines, foot, isSealed, letters)),
            Font(letters),
            $"<< /Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(title))}> /Producer ({Producer}) >>",
            PdfObjects.Stream("/Type /Metadata /Subtype /XML ", Packet(title)),
            PdfObjects.Stream("/N 3 /Filter /ASCIIHexDecode ", Convert.ToHexString(DemoColourProfile.Make()) + ">"),
            PdfObjects.Stream("", ToUnicode(letters)),
            .. letters.Select(l => PdfObjects.Stream("", Glyph(l))),
        ];
        return PdfObjects.Put("1.7", things);
    }

    private static string Page(string title, IReadOnlyList<string> lines, string foot, bool isSealed, List<char> letters)
    {
        var page = new StringBuilder("0 0 0 rg 0 0 0 RG 0.6 w\n");
        Text(title, 20, (595 - (title.Sum(DemoStrokes.Width) * 20 / DemoStrokes.Square)) / 2, 762);
        _ = page.Append(CultureInfo.InvariantCulture, $"{Left} 746 m {Right} 746 l S\n");
        for (var i = 0; i < lines.Count; i++)
        {
            Text(lines[i], 13, Left, 710 - (i * 28));
        }

        Text(foot, 9, Left, 56);
        if (isSealed)
        {
            DemoSeal.Draw(page);
            Text(DemoSeal.Words, 14, DemoSeal.X - (DemoSeal.Words.Length * 7), DemoSeal.Y - 34);
        }

        return page.ToString();

        void Text(string text, int size, int x, int y) => page.Append(
            CultureInfo.InvariantCulture, $"BT /P {size} Tf {x} {y} Td <{string.Concat(text.Select(l => (letters.IndexOf(l) + 1).ToString("X2", CultureInfo.InvariantCulture)))}> Tj ET\n");
    }

    /// <summary>A font of Type 3: a letter is a little drawing, numbered from 1 in the order of letters.</summary>
    private static string Font(List<char> letters)
    {
        var glyphs = string.Join(' ', letters.Select((l, i) => string.Create(CultureInfo.InvariantCulture, $"/{NameOf(l)} {FirstGlyph + i} 0 R")));
        var names = string.Join(' ', letters.Select(l => "/" + NameOf(l)));
        var widths = string.Join(' ', letters.Select(DemoStrokes.Width));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Font /Subtype /Type3 /Name /P /FontBBox [0 {-DemoStrokes.Below} {DemoStrokes.Square} {DemoStrokes.Square - DemoStrokes.Below}] /FontMatrix [0.01 0 0 0.01 0 0] /CharProcs << {glyphs} >> /Encoding << /Type /Encoding /Differences [1 {names}] >> /FirstChar 1 /LastChar {letters.Count} /Widths [{widths}] /ToUnicode 9 0 R /Resources << >> >>");
    }

    /// <summary>The name by which readers know a letter (Adobe Glyph List for New Fonts).</summary>
    private static string NameOf(char letter) => letter == ' ' ? "space" : string.Create(CultureInfo.InvariantCulture, $"uni{(int)letter:X4}");

    private static string Glyph(char letter) => string.Create(
        CultureInfo.InvariantCulture,
        $"{DemoStrokes.Width(letter)} 0 0 {-DemoStrokes.Below} {DemoStrokes.Width(letter)} {DemoStrokes.Square - DemoStrokes.Below} d1 6 w 1 J 1 j {DemoStrokes.Shared.Path(letter)}");

    private static string ToUnicode(List<char> letters)
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n1 begincodespacerange <00> <FF> endcodespacerange\n");
        foreach (var some in letters.Select((l, i) => (Letter: l, Code: i + 1)).Chunk(100)) // a block of a CMap holds no more
        {
            _ = map.Append(CultureInfo.InvariantCulture, $"{some.Length} beginbfchar\n");
            foreach (var (letter, code) in some)
            {
                _ = map.Append(CultureInfo.InvariantCulture, $"<{code:X2}> <{(int)letter:X4}>\n");
            }

            _ = map.Append("endbfchar\n");
        }

        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end").ToString();
    }

    private static string Packet(string title) =>
        $"""
        <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
        <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>{Producer}</pdf:Producer></rdf:Description>
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title></rdf:Description>
        </rdf:RDF></x:xmpmeta>
        <?xpacket end="w"?>
        """;
}
