using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Lantai.Cli.Demo;
using Lantai.Cli.Demo.Paper;

namespace Lantai.Tests.Inspection.Red;

/// <summary>Writes one page of PDF/A-1b (ISO 19005-1): its only font is drawn in it, its greys are those of a profile in it, and it says what it is.</summary>
/// <remarks>Letters are of the little font of the demonstration, capitals for small letters too, as glyphs of a Type 3 font; those it does not know are blanks.</remarks>
internal static class CleanPdf
{
    /// <summary>The number of the first further object.</summary>
    public const int FirstMore = 9;

    /// <summary>Writes the page.</summary>
    /// <param name="title">The title, in both of its places.</param>
    /// <param name="line">What stands on the page, in ASCII.</param>
    /// <param name="catalog">Further entries of the catalogue.</param>
    /// <param name="font">Another font than the one of the page; null for that one.</param>
    /// <param name="more">Further objects, numbered from <see cref="FirstMore"/>.</param>
    public static byte[] Write(string title, string line, string catalog, string? font, IReadOnlyList<string> more)
    {
        List<char> letters = [.. line.Distinct().Order()];
        var firstGlyph = FirstMore + more.Count;
        List<string> things =
        [
            $"<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) /Metadata 7 0 R /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (Grey gamma 2.2) /DestOutputProfile 8 0 R >>] {catalog}>>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /H 5 0 R >> >> >>",
            PdfObjects.Stream("", $"BT /H 12 Tf 72 720 Td ({line}) Tj ET"),
            font ?? Font(letters, firstGlyph),
            $"<< /Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(title))}> >>",
            PdfObjects.Stream("/Type /Metadata /Subtype /XML ", Packet(title)),
            PdfObjects.Stream("/N 1 /Filter /ASCIIHexDecode ", Convert.ToHexString(Grey()) + ">"),
            .. more,
            .. font is null ? letters.Select(l => PdfObjects.Stream("", Glyph(l))).Append(PdfObjects.Stream("", ToUnicode(letters))) : [],
        ];
        return PdfObjects.Put("1.4", things);
    }

    private static string Font(List<char> letters, int firstGlyph)
    {
        var glyphs = string.Join(' ', letters.Select((l, i) => string.Create(CultureInfo.InvariantCulture, $"/{NameOf(l)} {firstGlyph + i} 0 R")));
        var differences = string.Join(' ', letters.Select(l => string.Create(CultureInfo.InvariantCulture, $"{(int)l} /{NameOf(l)}")));
        var widths = string.Join(' ', Enumerable.Range(letters[0], letters[^1] - letters[0] + 1).Select(c => letters.Contains((char)c) ? "6" : "0"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Font /Subtype /Type3 /Name /H /FontBBox [0 0 6 7] /FontMatrix [0.125 0 0 0.125 0 0] /CharProcs << {glyphs} >> /Encoding << /Type /Encoding /Differences [{differences}] >> /FirstChar {(int)letters[0]} /LastChar {(int)letters[^1]} /Widths [{widths}] /ToUnicode {firstGlyph + letters.Count} 0 R /Resources << >> >>");
    }

    /// <summary>Names of the Adobe Glyph List, by which readers know the letters.</summary>
    private static string NameOf(char letter) => letter switch
    {
        ' ' => "space",
        '\'' => "quotesingle",
        >= '0' and <= '9' => "zero one two three four five six seven eight nine".Split(' ')[letter - '0'],
        _ => letter.ToString(),
    };

    /// <summary>What each code means (ISO 32000-1, 9.10.3): the names of glyphs that are drawn in the page say nothing by themselves.</summary>
    private static string ToUnicode(List<char> letters) =>
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n1 begincodespacerange <00> <FF> endcodespacerange\n"
        + string.Concat(letters.Chunk(100).Select(some => string.Create(CultureInfo.InvariantCulture, $"{some.Length} beginbfchar\n")
            + string.Concat(some.Select(l => string.Create(CultureInfo.InvariantCulture, $"<{(int)l:X2}> <{(int)l:X4}>\n"))) + "endbfchar\n"))
        + "endcmap end end";

    private static string Glyph(char letter)
    {
        var drawn = new StringBuilder("6 0 0 0 6 7 d1");
        var rows = DemoLetters.Rows(char.ToUpperInvariant(letter));
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < 5; column++)
            {
                if ((rows[row] & (0x10 >> column)) != 0)
                {
                    _ = drawn.Append(CultureInfo.InvariantCulture, $" {column} {6 - row} 1 1 re");
                }
            }
        }

        return drawn.Append(rows.IsEmpty ? "" : " f").ToString();
    }

    private static string Packet(string title) =>
        $"""
        <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title></rdf:Description>
        </rdf:RDF></x:xmpmeta>
        <?xpacket end="w"?>
        """;

    /// <summary>A profile of one grey with a gamma of 2.2, by ICC.1:2001-04.</summary>
    private static byte[] Grey()
    {
        (string Name, byte[] Content)[] tags =
        [
            ("desc", [.. "desc\0\0\0\0\0\0\0\u0005Grey\0"u8, .. new byte[4 + 4 + 2 + 1 + 67]]),
            ("cprt", [.. "text\0\0\0\0None\0"u8]),
            ("wtpt", [.. "XYZ \0\0\0\0"u8, .. White]),
            ("kTRC", [.. "curv\0\0\0\0\0\0\0\u0001"u8, 2, 0x33]),
        ];
        var at = 132 + (tags.Length * 12);
        var profile = new byte[at + tags.Sum(t => (t.Content.Length + 3) / 4 * 4)];
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(8), 0x02400000);
        "mntrGRAYXYZ "u8.CopyTo(profile.AsSpan(12));
        BinaryPrimitives.WriteInt16BigEndian(profile.AsSpan(24), 2026);
        profile[27] = profile[29] = 1;
        "acsp"u8.CopyTo(profile.AsSpan(36));
        White.CopyTo(profile.AsSpan(68));
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(128), tags.Length);
        for (var i = 0; i < tags.Length; i++)
        {
            var entry = profile.AsSpan(132 + (i * 12), 12);
            Encoding.ASCII.GetBytes(tags[i].Name).CopyTo(entry);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], at);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], tags[i].Content.Length);
            tags[i].Content.CopyTo(profile.AsSpan(at));
            at += (tags[i].Content.Length + 3) / 4 * 4;
        }

        return profile;
    }

    // D50, the white of the connection space.
    private static ReadOnlySpan<byte> White => [0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D];
}
