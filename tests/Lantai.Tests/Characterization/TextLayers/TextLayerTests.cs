using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Characterization.TextLayers;
using Lantai.Cli.Demo;
using Lantai.Tests.Characterization.Pdf;
using Lantai.Tests.Containers;

namespace Lantai.Tests.Characterization.TextLayers;

public sealed class TextLayerTests
{
    [Fact]
    public void Lines_of_a_pdf_come_from_top_to_bottom_with_their_page()
    {
        var (pieces, unread) = Read(DemoPdf.Write("标题", ["第一行", "第二行"], "Latin line"));

        Assert.Equal(["标题", "第一行", "第二行", "Latin line"], pieces.Where(p => p.Unit == "page").Select(p => p.Text));
        Assert.All(pieces.Where(p => p.Unit == "page"), p => Assert.Equal(1, p.Number));
        Assert.Equal(TextRole.Margin, pieces.Single(p => p.Text == "Latin line").Role);
        Assert.Contains(pieces, p => p is { Field: "Title", Text: "标题", Role: TextRole.Field });
        Assert.Empty(unread);
    }

    [Fact]
    public void Letters_that_are_drawn_one_by_one_are_a_line_and_under_one_another_a_column()
    {
        var lines = new PlacedLines();
        foreach (var (x, y, letter) in new[] { (0, 100, "机"), (24, 100, "密"), (0, 80, "绝"), (0, 68, "密"), (200, 100, "件") })
        {
            _ = lines.Add(x, y, 12, letter);
        }

        var texts = lines.Lines().Select(l => l.Text).ToList();

        Assert.Contains("机 密\t件", texts);
        Assert.Contains(texts, t => t.Contains("绝密", StringComparison.Ordinal));
    }

    [Fact]
    public void A_text_that_is_drawn_twice_for_boldness_is_read_once()
    {
        var lines = new PlacedLines();
        _ = lines.Add(10, 100, 12, "标题");
        _ = lines.Add(10.3, 100, 12, "标题");

        Assert.Equal("标题", Assert.Single(lines.Lines()).Text);
    }

    [Fact]
    public void A_font_that_does_not_say_its_letters_is_told()
    {
        var pdf = HandMadePdf.OnePage(text: "BT /F0 12 Tf 50 700 Td <00010002> Tj ET")
            .Set(5, "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+SimSun/Encoding/Identity-H/DescendantFonts[6 0 R]>>").Set(6, "<</Type/Font/Subtype/CIDFontType2>>").ToBytes();

        Assert.Equal(["no-letters"], Read(pdf).Unread);
    }

    [Fact]
    public void A_page_that_is_a_picture_only_is_told()
    {
        var pdf = HandMadePdf.OnePage(text: "q 500 0 0 700 0 0 cm /I Do Q")
            .Set(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 6 0 R>>>>/Contents 4 0 R>>")
            .SetStream(6, "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", [0]).ToBytes();

        Assert.Equal(["no-text"], Read(pdf).Unread);
    }

    [Fact]
    public void An_encrypted_entry_is_told_and_the_rest_is_read()
    {
        var zip = HandMadeZip.Make(Looking.Part("a.txt", "甲"), new HandMadeEntry("b.txt"u8.ToArray(), "乙"u8.ToArray()) { Flags = 0x801 });

        var (pieces, unread) = Read(zip);

        Assert.Contains(pieces, p => p is { Text: "甲", Inside: "1" });
        Assert.Contains("encrypted", unread);
    }

    [Fact]
    public void Files_in_a_tar_are_read()
    {
        var (pieces, unread) = Read(new HandMadeTar().Add("内/一.txt", Encoding.UTF8.GetBytes("第一行\n第二行")).End());

        Assert.Equal([("内/一.txt", TextRole.Name, ""), ("第一行", TextRole.Body, "1"), ("第二行", TextRole.Body, "1")], pieces.Select(p => (p.Text, p.Role, p.Inside)));
        Assert.Empty(unread);
    }

    [Fact]
    public void Nothing_more_is_read_once_no_more_is_wanted()
    {
        var count = 0;

        var unread = TextLayer.Read(FileContent.Of(Encoding.UTF8.GetBytes("一\n二\n三\n")), ExaminationLimits.Default, _ => ++count < 2, CancellationToken.None);

        Assert.Equal(2, count);
        Assert.Empty(unread);
    }

    [Fact]
    public void A_text_longer_than_a_piece_comes_in_pieces_that_overlap()
    {
        var text = new string('文', 4070) + "机密" + new string('字', 5000);

        var pieces = Read(Encoding.UTF8.GetBytes(text)).Pieces;

        Assert.All(pieces, p => Assert.InRange(p.Text.Length, 1, 4097));
        Assert.Contains(pieces, p => p.Text.Contains("机密", StringComparison.Ordinal));
        Assert.Contains(Read(Encoding.UTF8.GetBytes(new string('文', 4096) + "密机" + new string('字', 9))).Pieces, p => p.Text.Contains("密机", StringComparison.Ordinal));
    }

    [Fact]
    public void When_the_time_is_spent_that_is_told()
    {
        Assert.Equal(["too-slow"], Read("text"u8.ToArray(), ExaminationLimits.Default with { MaxTime = TimeSpan.Zero }).Unread);
    }

    [Fact]
    public void Parts_that_unpack_to_more_than_is_allowed_are_told()
    {
        var zip = Looking.ZipOf(("a.txt", new byte[1 << 20]));

        Assert.Contains("too-much", Read(zip, ExaminationLimits.Default with { MaxUnpacked = 1 << 16 }).Unread);
    }

    [Fact]
    public void Nothing_is_thrown_whatever_a_byte_is_changed_to()
    {
        var random = new Random(20261127);
        foreach (var (name, content, _) in Inspection.Secrets.MarkedSamples.Marked.Values)
        {
            for (var round = 0; round < 12; round++)
            {
                var bytes = (byte[])content.Clone();
                for (var change = 0; change < 3; change++)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                var thrown = Record.Exception(() => Read(bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)]));
                Assert.True(thrown is null, $"{name}: {thrown}");
            }
        }
    }

    private static (List<TextPiece> Pieces, IReadOnlyList<string> Unread) Read(byte[] file, ExaminationLimits? limits = null)
    {
        var pieces = new List<TextPiece>();
        var unread = TextLayer.Read(
            FileContent.Of(file), limits ?? ExaminationLimits.Default,
            p =>
            {
                pieces.Add(p);
                return true;
            },
            CancellationToken.None);
        return (pieces, unread);
    }
}
