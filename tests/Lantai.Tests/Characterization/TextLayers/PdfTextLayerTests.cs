using System.Globalization;
using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Characterization.TextLayers;
using Lantai.Tests.Characterization.Pdf;

namespace Lantai.Tests.Characterization.TextLayers;

/// <summary>Text that PDF writes in ways in which a search may pass it by.</summary>
public sealed class PdfTextLayerTests
{
    private const string Mark = "机密★10年";
    private const string Shown = "BT /F0 20 Tf 70 700 Td <000100020003000400050006> Tj ET";

    private static readonly string[] Marks = [.. Mark.Select(c => c.ToString())];

    public static TheoryData<string> HiddenNames => [.. Hidden.Keys];

    public static TheoryData<string> UnknownNames => [.. Unknown.Keys];

    public static TheoryData<string> KnownNames => [.. Known.Keys];

    private static Dictionary<string, Func<byte[]>> Hidden { get; } = new(StringComparer.Ordinal)
    {
        ["font of the page in a form"] = () => Mapped("/F0 20 Tf /X Do", "/XObject<</X 10 0 R>>").SetPacked(10, "/Type/XObject/Subtype/Form/BBox[0 0 595 842]", Bytes("BT 70 700 Td <000100020003000400050006> Tj ET")).ToBytes(),
        ["font of a graphics state"] = () => Mapped("BT /G gs 70 700 Td <000100020003000400050006> Tj ET", "/ExtGState<</G<</Font[5 0 R 20]>>>>").ToBytes(),
        ["pattern"] = () => Mapped("/Pattern cs /P scn 0 0 595 842 re f", "/Pattern<</P 10 0 R>>").SetPacked(10, "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 595 842]/XStep 595/YStep 842/Resources<</Font<</F0 5 0 R>>>>", Bytes(Shown)).ToBytes(),
        ["appearance without a kind"] = () => Mapped("q Q").Set(3, Page("/Annots[<</Subtype/Stamp/Rect[0 0 9 9]/AP<</N 10 0 R>>>>]")).SetPacked(10, "/BBox[0 0 595 842]/Resources<</Font<</F0 5 0 R>>>>", Bytes(Shown)).ToBytes(),
        ["appearance with the fonts of all fields"] = () => Mapped("q Q").Set(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]/DR<</Font<</F0 5 0 R>>>>>>>>").SetPacked(10, "/Subtype/Form/BBox[0 0 595 842]", Bytes(Shown)).ToBytes(),
        ["drawing without a kind"] = () => Mapped("/X Do", "/XObject<</X 10 0 R>>").SetPacked(10, "/Resources<</Font<</F0 5 0 R>>>>", Bytes(Shown)).ToBytes(),
        ["glyph that is a drawing"] = () => Mapped("BT /T 20 Tf (a) Tj ET", "/Font<</T 10 0 R>>").Set(10, "<</Type/Font/Subtype/Type3/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 11 0 R>>/Encoding<</Differences[97/a]>>/Resources<</Font<</F0 5 0 R>>>>>>").SetPacked(11, "", Bytes("1 0 d0 " + Shown)).ToBytes(),
        ["page outside the tree"] = () => Mapped("q Q").Set(10, "<</Type/Page/Parent 2 0 R/Resources<</Font<</F0 5 0 R>>>>/Contents 11 0 R>>").SetPacked(11, "", Bytes(Shown)).ToBytes(),
        ["XFA"] = () => Xfa("5 0 R", $"<x:xdp xmlns:x=\"x\"><data><b>{Mark}</b></data></x:xdp>"),
        ["XFA in packets"] = () => Xfa("[(a) 5 0 R (b) 6 0 R]", $"<x:xdp xmlns:x=\"x\"><b>{Mark[..2]}", $"{Mark[2..]}</b></x:xdp>"),
        ["text in a stream"] = () => HandMadePdf.OnePage("/Any 6 0 R").SetPacked(6, "", Encoding.UTF8.GetBytes($"正文\n{Mark}\n")).ToBytes(),
        ["contents that were replaced"] = () => Changed(Mapped(Shown).ToBytes(), (4, "<</Length 3>>\nstream\nq Q\nendstream")),
        ["page that was given other contents"] = () => Changed(Mapped(Shown).ToBytes(), (3, Page("").Replace("4 0 R", "10 0 R", StringComparison.Ordinal)), (10, "<</Length 3>>\nstream\nq Q\nendstream")),
        ["font that was replaced"] = () => Changed(Mapped(Shown).ToBytes(), (5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")),
        ["title that was replaced"] = () => Changed(Titled($"<FEFF{Hex(Mark)}>"), (6, "<</Title(x)>>")),
        ["name of a font with escapes"] = () => Mapped(Shown.Replace("/F0", "/#460", StringComparison.Ordinal)).ToBytes(),
        ["words beside the letters"] = () => HandMadePdf.OnePage(text: $"/Span<</ActualText<FEFF{Hex(Mark)}>>> BDC BT /F0 12 Tf (x) Tj ET EMC").ToBytes(),
        ["more states than are kept"] = () => Mapped("/F9 9 Tf q /F0 20 Tf " + string.Concat(Enumerable.Repeat("q ", 300)) + string.Concat(Enumerable.Repeat("Q ", 300)) + "BT 70 700 Td <000100020003000400050006> Tj ET").ToBytes(),
        ["letters under a picture"] = () => Mapped("q 595 0 0 842 0 0 cm /I Do Q BT 3 Tr /F0 20 Tf 70 700 Td <000100020003000400050006> Tj ET", "/XObject<</I 10 0 R>>").SetStream(10, "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", [0]).ToBytes(),
        ["letters that climb"] = () => Mapped("BT /F0 40 Tf " + string.Concat(Enumerable.Range(0, 6).Select(i => string.Create(CultureInfo.InvariantCulture, $"0.7 0.7 -0.7 0.7 {100 + (60 * i)} {200 + (60 * i)} Tm <{i + 1:X4}> Tj "))) + "ET").ToBytes(),
        ["a column that trembles"] = () => Mapped("BT /F0 20 Tf " + string.Concat(Enumerable.Range(0, 6).Select(i => string.Create(CultureInfo.InvariantCulture, $"1 0 0 1 {(i % 2 == 0 ? 69.8 : 70.2)} {780 - (25 * i)} Tm <{i + 1:X4}> Tj "))) + "ET").ToBytes(),
        ["codes with the wrong length in the map"] = () => Mapped(Shown).SetPacked(7, "", Bytes(Map(Marks).Replace("<00", "<", StringComparison.Ordinal))).ToBytes(),
        ["letters behind an image that seems longer"] = () => Mapped("BI /W 1 /H 1 /BPC 8 /CS /G ID x\nEI \u00FF BT /F0 20 Tf 70 700 Td <000100020003000400050006> Tj ET\nEI q Q ").ToBytes(),
        ["letters between letters"] = () => Mapped("BT /F0 20 Tf " + string.Concat(Enumerable.Range(0, 12).Select(i => string.Create(CultureInfo.InvariantCulture, $"1 0 0 1 {(i < 6 ? 70 + (25 * i) : 82 + (25 * (i - 6)))} 700 Tm <{(i < 6 ? i + 1 : 4):X4}> Tj "))) + "ET").ToBytes(),
        ["codes in ranges that overlap"] = () => Mapped(Shown).SetPacked(7, "", Bytes($"7 beginbfrange <0000> <FFFF> <4E00> {string.Concat(Marks.Select((m, i) => $"<{i + 1:X4}> <{i + 1:X4}> <{Hex(m)}> "))} endbfrange")).ToBytes(),
    };

    // Text is drawn whose letters nothing says.
    private static Dictionary<string, Func<byte[]>> Unknown { get; } = new(StringComparer.Ordinal)
    {
        ["map of other codes"] = () => Mapped(Shown).SetPacked(7, "", Bytes("1 beginbfchar <0009> <0061> endbfchar")).ToBytes(),
        ["map that says nothing"] = () => Mapped(Shown).SetPacked(7, "", Bytes(Map("", "\uFFFD", "\0", "a", "b", "c"))).ToBytes(),
        ["map to controls"] = () => Mapped(Shown).SetPacked(7, "", Bytes("1 beginbfrange <0000> <FFFF> <0000> endbfrange")).ToBytes(),
        ["map to signs of one's own"] = () => Mapped(Shown).SetPacked(7, "", Bytes("1 beginbfrange <0000> <FFFF> <E000> endbfrange")).ToBytes(),
        ["font that is not there, in Latin letters"] = () => HandMadePdf.OnePage(text: "BT /F9 12 Tf (AB) Tj ET").ToBytes(),
        ["two codes that blanks have"] = () => Mapped("BT /F0 20 Tf <00010003> Tj ET").SetPacked(7, "", Bytes("1 beginbfchar <0009> <0061> endbfchar")).ToBytes(),
        ["names of glyphs that say nothing"] = () => Embedded("<</Type/Font/Subtype/TrueType/FontDescriptor 7 0 R/Encoding<</Differences[65/g1/g2]>>>>"),
        ["font that brings its own encoding"] = () => Embedded("<</Type/Font/Subtype/TrueType/FontDescriptor 7 0 R>>"),
        ["glyphs that are drawings"] = () => Embedded("<</Type/Font/Subtype/Type3/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 8 0 R>>/Encoding<</Differences[65/a/a]>>>>"),
        ["codes of seven bits"] = () => Mapped("BT /F0 12 Tf <2121> Tj ET").Set(5, "<</Type/Font/Subtype/Type0/Encoding/GB-H/DescendantFonts[6 0 R]>>").ToBytes(),
        ["font that is not there"] = () => HandMadePdf.OnePage(text: "BT /F9 12 Tf <0102> Tj ET").ToBytes(),
        ["no font at all"] = () => HandMadePdf.OnePage(text: "BT <0102> Tj ET").ToBytes(),
    };

    private static Dictionary<string, Func<byte[]>> Known { get; } = new(StringComparer.Ordinal)
    {
        ["a font of every reader"] = () => HandMadePdf.OnePage().ToBytes(),
        ["a usual encoding"] = () => Embedded("<</Type/Font/Subtype/TrueType/FontDescriptor 7 0 R/Encoding/WinAnsiEncoding>>"),
        ["usual names of glyphs"] = () => Embedded("<</Type/Font/Subtype/TrueType/FontDescriptor 7 0 R/Encoding<</Differences[65/A/uni673A]>>>>"),
        ["names in a program"] = () => Embedded("<</Type/Font/Subtype/Type1/FontDescriptor 7 0 R>>", "FontFile", "/Encoding 256 array 0 1 255 {1 index exch /.notdef put} for dup 65 /A put dup 66/B put readonly def"),
        ["a blank that the map leaves out"] = () => Mapped("BT /F0 12 Tf <0001000300020003> Tj ET").SetPacked(7, "", Bytes("2 beginbfchar <0001> <0061> <0002> <0062> endbfchar")).ToBytes(),
        ["a font that is not used"] = () => Mapped("BT /F0 12 Tf () Tj ET q Q").SetPacked(7, "", Bytes("1 beginbfchar <0009> <0061> endbfchar")).ToBytes(),
        ["a map of drawings"] = () => Embedded("<</Type/Font/Subtype/Type3/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 8 0 R>>/Encoding<</Differences[65/g1/g2]>>/ToUnicode 9 0 R>>"),
        ["words beside the letters"] = () => Mapped("/Span<</ActualText<FEFF0041>>> BDC BT /F0 12 Tf <0001> Tj ET EMC").ToBytes(),
        ["a signature appended"] = () => Changed(Mapped("BT /F0 12 Tf <0001> Tj ET").ToBytes(), (3, Page("/Annots[10 0 R]")), (10, "<</Type/Annot/Subtype/Widget/FT/Sig/Rect[0 0 0 0]/V<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>>>")),
        ["a wrong place in the table"] = () => Moved(HandMadePdf.OnePage().ToBytes()),
        ["a PDF in the file"] = () => HandMadePdf.OnePage("/Names<</EmbeddedFiles<</Names[(a) 6 0 R]>>>>").Set(6, "<</Type/Filespec/UF(a.txt)/EF<</F 7 0 R>>>>").SetStream(7, "/Type/EmbeddedFile", Bytes("x\n1 0 obj\n<<>>\nendobj\n")).ToBytes(),
    };

    [Theory]
    [MemberData(nameof(HiddenNames))]
    public void A_text_is_read_wherever_it_is_drawn(string sample)
    {
        var (texts, _) = Read(Hidden[sample]());

        Assert.Contains(texts, t => t.Contains(Mark, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(UnknownNames))]
    public void Letters_that_nothing_says_are_told(string sample) => Assert.Contains("no-letters", Read(Unknown[sample]()).Unread);

    [Theory]
    [MemberData(nameof(KnownNames))]
    public void What_says_its_letters_raises_nothing(string sample) => Assert.Empty(Read(Known[sample]()).Unread);

    [Fact]
    public void A_state_that_no_table_leads_to_is_told()
    {
        var old = Encoding.Latin1.GetString(Mapped(Shown).ToBytes()).Replace("%%EOF", "%%   ", StringComparison.Ordinal);
        var pdf = Encoding.Latin1.GetString(Moved(HandMadePdf.OnePage().ToBytes(), old.Length)).Replace("%PDF-1.7", "%       ", StringComparison.Ordinal);

        Assert.Contains("old-revision", Read(Encoding.Latin1.GetBytes(old + pdf)).Unread);
    }

    [Fact]
    public void Maps_that_are_made_to_take_long_are_read_in_time_and_what_comes_after_them_is_searched()
    {
        var ranges = string.Concat(Enumerable.Range(1, 20_000).Select(i => $"<{i:X4}> <{i:X4}> <0041>\n"));
        var codes = string.Concat(Enumerable.Repeat("FFF0", 500_000));
        var slow = Mapped($"BT /F0 20 Tf <{codes}> Tj ET").SetPacked(7, "", Bytes($"20000 beginbfrange {ranges} endbfrange")).ToBytes();

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(["no-letters"], Read(slow, ExaminationLimits.Default with { MaxTime = TimeSpan.FromSeconds(4) }).Unread);
        }

        Assert.Contains(Read(Mapped(Shown).ToBytes()).Texts, t => t.Contains(Mark, StringComparison.Ordinal));
    }

    [Fact]
    public void A_code_that_stands_for_many_letters_is_bounded()
    {
        var many = string.Concat(Enumerable.Repeat("0041", 10_000));
        var pdf = Mapped($"BT /F0 20 Tf <{string.Concat(Enumerable.Repeat("0001", 400_000))}> Tj ET").SetPacked(7, "", Bytes($"1 beginbfchar <0001> <{many}> endbfchar")).ToBytes();

        var (texts, unread) = Read(pdf, ExaminationLimits.Default with { MaxUnpacked = 16 << 20 });

        Assert.Equal(["too-much"], unread);
        Assert.InRange(texts.Sum(t => (long)t.Length), 0, 32 << 20);
    }

    [Fact]
    public void A_string_longer_than_is_read_is_told() =>
        Assert.Contains("too-much", Read(Mapped($"BT /F0 20 Tf ({new string('A', 5 << 20)}) Tj ET").ToBytes()).Unread);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 30)]
    [InlineData(0.001, 15)]
    [InlineData(30, 30)]
    public void Many_letters_at_chosen_places_are_put_together_in_time(double across, double down)
    {
        var lines = new PlacedLines();
        for (var i = 0; i < 200_000; i++)
        {
            _ = lines.Add(i * across, -i * down, 12, "机");
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        _ = lines.Lines().Count();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Letters_that_climb_are_joined_in_whatever_order_they_are_drawn()
    {
        var lines = new PlacedLines();
        foreach (var i in (int[])[3, 0, 2, 1])
        {
            _ = lines.Add(100 + (60 * i), 200 + (60 * i), 40, Marks[i]);
        }

        Assert.Contains(Mark[..4], lines.Lines().Select(l => l.Text));
    }

    [Fact]
    public void A_large_letter_behind_lines_does_not_make_them_one()
    {
        var lines = new PlacedLines();
        _ = lines.Add(0, 110, 200, "印");
        foreach (var (x, text) in new[] { (100, "机密"), (124, "★10年") })
        {
            _ = lines.Add(x, 100, 12, text);
        }

        _ = lines.Add(110, 80, 12, "正文正文");

        Assert.Contains(Mark, lines.Lines().Select(l => l.Text));
    }

    [Fact]
    public void A_column_in_bold_letters_is_read_once()
    {
        var lines = new PlacedLines();
        foreach (var (letter, i) in Marks[..3].Select((m, i) => (m, i)))
        {
            _ = lines.Add(70, 700 - (25 * i), 20, letter);
            _ = lines.Add(70.4, 700 - (25 * i), 20, letter);
        }

        Assert.Contains(Mark[..3], lines.Lines().Select(l => l.Text));
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static string Hex(string text) => Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));

    private static string Page(string more) => $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F0 5 0 R>>>>/Contents 4 0 R{more}>>";

    private static string Map(params string[] letters) => $"{letters.Length} beginbfchar\n{string.Concat(letters.Select((l, i) => $"<{i + 1:X4}> <{Hex(l)}>\n"))}endbfchar end";

    // A page whose font F0 says by a map that the codes from 1 on are the letters of the mark.
    private static HandMadePdf Mapped(string operators, string resources = "") => HandMadePdf.OnePage(text: operators)
        .Set(3, $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<{(resources.StartsWith("/Font", StringComparison.Ordinal) ? "" : "/Font<</F0 5 0 R>>")}{resources}>>/Contents 4 0 R>>")
        .Set(5, "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+SimSun/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>")
        .Set(6, "<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+SimSun>>").SetPacked(7, "", Bytes(Map(Marks)));

    // A page that writes AB in a font that brings its program.
    private static byte[] Embedded(string font, string kind = "FontFile2", string program = "\0\u0001\0\0") => HandMadePdf.OnePage(text: "BT /F0 12 Tf (AB) Tj ET")
        .Set(5, font).Set(7, $"<</Type/FontDescriptor/Flags 4/{kind} 8 0 R>>").SetPacked(8, "/Length1 4", Bytes(program))
        .SetPacked(9, "", Bytes("1 beginbfrange <41> <42> <4E00> endbfrange")).ToBytes();

    private static byte[] Xfa(string value, params string[] packets)
    {
        var pdf = HandMadePdf.OnePage($"/AcroForm<</Fields[]/XFA {value}>>", text: "q Q").Set(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>");
        for (var i = 0; i < packets.Length; i++)
        {
            _ = pdf.SetPacked(5 + i, "", Encoding.UTF8.GetBytes(packets[i]));
        }

        return pdf.ToBytes();
    }

    private static byte[] Titled(string title)
    {
        var pdf = HandMadePdf.OnePage().Set(6, $"<</Title {title}>>");
        pdf.Trailer = "/Info 6 0 R";
        return pdf.ToBytes();
    }

    // What is appended when a file is changed (ISO 32000-1, 7.5.6).
    private static byte[] Changed(byte[] pdf, params (int Number, string Text)[] objects)
    {
        var text = new StringBuilder(Encoding.Latin1.GetString(pdf));
        var before = text.ToString().Split("startxref\n")[^1].Split('\n')[0];
        var table = new StringBuilder("xref\n");
        foreach (var (number, thing) in objects)
        {
            _ = table.Append(CultureInfo.InvariantCulture, $"{number} 1\n{text.Length:D10} 00000 n \n");
            _ = text.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{thing}\nendobj\n");
        }

        var start = text.Length;
        _ = text.Append(table).Append(CultureInfo.InvariantCulture, $"trailer\n<</Size 20/Root 1 0 R/Info 6 0 R/Prev {before}>>\nstartxref\n{start}\n%%EOF\n");
        return Bytes(text.ToString());
    }

    // All places in the table, and its own, are later by so much; by three bytes they are wrong.
    private static byte[] Moved(byte[] pdf, int by = 0)
    {
        var text = Encoding.Latin1.GetString(pdf);
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].EndsWith(" n ", StringComparison.Ordinal))
            {
                lines[i] = string.Create(CultureInfo.InvariantCulture, $"{int.Parse(lines[i][..10], CultureInfo.InvariantCulture) + (by == 0 ? 3 : by):D10}{lines[i][10..]}");
            }
            else if (i > 0 && lines[i - 1] == "startxref")
            {
                lines[i] = (int.Parse(lines[i], CultureInfo.InvariantCulture) + by).ToString(CultureInfo.InvariantCulture);
            }
        }

        return Bytes(string.Join('\n', lines));
    }

    private static (List<string> Texts, IReadOnlyList<string> Unread) Read(byte[] file, ExaminationLimits? limits = null)
    {
        var texts = new List<string>();
        var unread = TextLayer.Read(
            FileContent.Of(file), limits ?? ExaminationLimits.Default,
            p =>
            {
                texts.Add(p.Text);
                return true;
            },
            CancellationToken.None);
        return (texts, unread);
    }
}
