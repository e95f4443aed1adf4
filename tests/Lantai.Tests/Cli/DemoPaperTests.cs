using System.Globalization;
using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Identification;
using Lantai.Characterization.TextLayers;
using Lantai.Cli.Demo.Paper;
using Lantai.Words;

namespace Lantai.Tests.Cli;

/// <summary>The papers of the demonstration's day: what an archive takes without a word.</summary>
public sealed class DemoPaperTests
{
    private static readonly byte[] Sealed = DemoPaper.Write("食品经营许可证", ["办件编号：SP202611080001", "准予食品经营许可。"], "Example (fictitious)", isSealed: true);

    [Fact]
    public void A_paper_is_PDF_A_2b_with_its_font_in_it_and_its_words_can_be_read()
    {
        var text = Encoding.UTF8.GetString(Sealed);

        Assert.Contains("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>", text, StringComparison.Ordinal);
        Assert.Contains("/OutputIntent /S /GTS_PDFA1", text, StringComparison.Ordinal);
        Assert.Contains("/Subtype /Type3", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/BaseFont", text, StringComparison.Ordinal);
        foreach (var letter in "食品经营许可证示例专用章")
        {
            Assert.Contains($"<{(int)letter:X4}>\n", text, StringComparison.Ordinal); // in the map from codes to letters
            Assert.Contains($"/uni{(int)letter:X4} ", text, StringComparison.Ordinal); // and a drawing of that name
        }
    }

    [Fact]
    public void The_same_words_give_the_same_bytes_and_other_words_others()
    {
        Assert.Equal(Sealed, DemoPaper.Write("食品经营许可证", ["办件编号：SP202611080001", "准予食品经营许可。"], "Example (fictitious)", isSealed: true));
        Assert.NotEqual(Sealed, DemoPaper.Write("食品经营许可证", ["办件编号：SP202611080002", "准予食品经营许可。"], "Example (fictitious)", isSealed: true));
    }

    [Fact]
    public void It_is_told_as_what_it_is_and_wants_nothing()
    {
        var character = new FileCharacterizer(new CharacterizationPlan(FormatRegistry.BuiltIn, CharacterizationDepth.Full))
            .Characterize(FileContent.Of(Sealed), "食品经营许可证.pdf", Digest.Of(Sealed), TestContext.Current.CancellationToken);
        var technical = character.Examination!.Technical;

        Assert.Equal(("fmt/477", "2", "B", Readability.Readable), (character.Identification.Id, technical["pdfa-part"], technical["pdfa-level"], character.Examination.Readability));
        Assert.Equal(["P"], (IReadOnlyCollection<string>)technical["fonts"]);
        Assert.Empty((IReadOnlyCollection<string>)technical.GetValueOrDefault("fonts-not-embedded", Array.Empty<string>()));
        Assert.Empty(character.Findings("食品经营许可证.pdf"));
    }

    [Fact]
    public void Its_text_layer_says_what_is_drawn()
    {
        var lines = new List<string>();
        var unread = TextLayer.Read(
            FileContent.Of(Sealed), ExaminationLimits.Default,
            piece =>
            {
                lines.Add(piece.Text);
                return true;
            },
            TestContext.Current.CancellationToken);

        Assert.Empty(unread);
        Assert.Equal(["食品经营许可证", "办件编号：SP202611080001", "准予食品经营许可。", "示例专用章", "Example (fictitious)"], lines.Where(l => l != "Lantai demonstration").Distinct().Take(5)); // the title stands in the metadata too
    }

    [Fact]
    public void A_letter_is_drawn_inside_its_square_and_one_that_is_not_drawn_is_refused()
    {
        foreach (var letter in "云州市行政审批局场监督管清风餐饮有限公司（示例）、登记明远0123456789ABCXYZaeilmopstux-.()")
        {
            var numbers = DemoStrokes.Shared.Path(letter).Split(' ').Where(p => p.Length > 0 && !char.IsLetter(p[0])).Select(p => double.Parse(p, CultureInfo.InvariantCulture)).Chunk(2).ToList();
            Assert.NotEmpty(numbers);
            Assert.All(numbers, p => Assert.True(p[0] >= 0 && p[0] <= DemoStrokes.Width(letter) && p[1] is >= -DemoStrokes.Below and <= DemoStrokes.Square - DemoStrokes.Below, $"{letter} {p[0]} {p[1]}"));
        }

        Assert.False(DemoStrokes.Shared.Has('龘'));
        Assert.Throws<ArgumentException>(() => DemoPaper.Write("龘", [], "", isSealed: false));
    }
}
