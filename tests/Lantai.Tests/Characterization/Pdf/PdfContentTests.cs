using System.Text;
using Lantai.Characterization.Pdf;

namespace Lantai.Tests.Characterization.Pdf;

public sealed class PdfContentTests
{
    [Theory]
    [InlineData("BT /F0 24 Tf 50 700 Td (Hel\\)lo(x)) Tj [(a) -10 <41>] TJ ET")]
    [InlineData("q 1 0 0 1 0 0 cm /X0 Do Q")]
    [InlineData("0.5 g 1 0 0 RG 0 0 10 10 re f*")]
    [InlineData("/Span <</ActualText(x)/A[1 2]>> BDC EMC")]
    [InlineData("q BI /W 2 /H 1 /BPC 8 /CS /G ID \u0001EI EI Q")]
    [InlineData("BX /a /b unknown EX")]
    [InlineData("BX /a /b un0 EX % comment ( \n0 g")]
    [InlineData("/Pattern cs /P0 scn 1 scn")]
    [InlineData("BT /F#30 1 Tf ET")]
    [InlineData("")]
    public void Sound_instructions_are_read_without_a_word(string text)
    {
        var content = Read(text);

        Assert.Empty(content.Oddities);
        Assert.False(content.IsBroken);
    }

    [Theory]
    [InlineData("/F0 24 Tf (a) Tj", "pdf-content-balance")]
    [InlineData("BT /F0 24 Tf (a) Tj", "pdf-content-balance")]
    [InlineData("ET", "pdf-content-balance")]
    [InlineData("BT BT ET", "pdf-content-balance")]
    [InlineData("q q Q", "pdf-content-balance")]
    [InlineData("Q q", "pdf-content-balance")]
    [InlineData("BT /F0 Tf ET", "pdf-content-operands")]
    [InlineData("BT (a) ET", "pdf-content-operands")]
    [InlineData("1 2", "pdf-content-operands")]
    [InlineData("1 2 foo", "pdf-content-operator")]
    [InlineData("BT /F9 24 Tf ET", "pdf-content-font")]
    [InlineData("/X9 Do", "pdf-content-drawing")]
    public void What_is_odd_is_named(string text, string oddity) => Assert.Contains(oddity, Read(text).Oddities);

    [Theory]
    [InlineData("BT (a Tj ET")]
    [InlineData("[(a) 1")]
    [InlineData("/a <</b 1 BDC")]
    [InlineData("<41")]
    [InlineData("a) Tj")]
    [InlineData("BI /W 1 ID xxxx")]
    public void What_breaks_off_is_broken(string text) => Assert.True(Read(text).IsBroken);

    [Fact]
    public void Device_colours_are_noted() => Assert.Equal(["DeviceCMYK", "DeviceGray", "DeviceRGB"], Read("0 g 0 0 0 RG 0 0 0 1 k").Colours);

    private static PdfContent Read(string text)
    {
        var content = new PdfContent(new HashSet<string> { "F0" }, new HashSet<string> { "X0" });
        content.Read(Encoding.Latin1.GetBytes(text), new PdfBudget(1000, TestContext.Current.CancellationToken));
        return content;
    }
}
