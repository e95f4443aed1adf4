using System.Diagnostics;
using System.Text;
using Lantai.Characterization;

namespace Lantai.Tests.Characterization.Pdf;

/// <summary>Files that would end the process, fill the memory or take for ever: each is told and the next one is read.</summary>
public sealed class PdfGuardTests
{
    private const string Circle = "<</Kids[6 0 R]>>";

    [Fact]
    public void A_circle_of_named_destinations_does_not_end_the_process() =>
        Assert.Equal(Readability.Readable, HandMadePdf.OnePage("/Names<</Dests 6 0 R>>").Set(6, Circle).Examine().Readability);

    [Fact]
    public void Nor_does_one_in_an_object_stream()
    {
        var bytes = HandMadePdf.OnePage("/Names 7 0 R").WithObjectStream(8, (6, Circle), (7, "<</Dests 6 0 R>>"));

        Assert.NotEqual(Readability.NotExamined, HandMadePdf.Examine(bytes).Readability);
    }

    [Theory]
    [InlineData("/#44ests")]
    [InlineData("/D#65sts")]
    [InlineData("/De#73ts")]
    [InlineData("/Des#74s")]
    [InlineData("/Dest#73")]
    public void A_name_that_is_disguised_is_not_given_to_the_library(string name) =>
        Assert.Contains(HandMadePdf.OnePage($"/Names<<{name} 6 0 R>>").Set(6, Circle).Examine().Findings, f => f.ToString() == "FMT-041 a.pdf why=too-deep");

    [Fact]
    public void The_name_is_hidden_where_a_window_cuts_it_too()
    {
        // Padding moves the name over the border of the window of 64 KiB.
        for (var padding = (64 << 10) - 400; padding < (64 << 10) + 8; padding += 3)
        {
            var pdf = HandMadePdf.OnePage($"/X({new string('x', padding)})/Names<</Dests 6 0 R>>").Set(6, Circle);

            Assert.NotEqual(Readability.NotExamined, pdf.Examine().Readability);
        }
    }

    [Fact]
    public void One_long_stream_that_a_page_lists_many_times_is_not_gathered_into_memory()
    {
        var pdf = HandMadePdf.OnePage().SetStream(4, "", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("q Q ", 1 << 18))));
        pdf.Set(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[" + string.Concat(Enumerable.Repeat("4 0 R ", 5000)) + "]>>");

        Assert.Contains(pdf.Examine().Findings, f => f.ToString() == "FMT-041 a.pdf why=too-much"); // 5 GiB when it is
    }

    [Fact]
    public void One_long_object_that_a_table_lists_many_times_is_looked_at_once()
    {
        var text = new StringBuilder("%PDF-1.4\n1 0 obj\n<</A(").Append('\\', 4 << 20).Append('\n');
        var table = text.Length;
        _ = text.Append("xref\n");
        for (var i = 0; i < 20_000; i++)
        {
            _ = text.Append("1 1\n0000000009 00000 n \n");
        }

        _ = text.Append($"trailer\n<</Size 2/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        var watch = Stopwatch.StartNew();

        _ = HandMadePdf.Examine(Encoding.ASCII.GetBytes(text.ToString()));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), "It is looked at again and again."); // minutes when it is
    }
}
