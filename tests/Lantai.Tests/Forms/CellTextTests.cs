using CsCheck;
using Lantai.Forms;

namespace Lantai.Tests.Forms;

public sealed class CellTextTests
{
    [Fact]
    public void What_is_guarded_comes_back_as_it_was() => Gen.String[Gen.Char["='-+@\t\rab"], 0, 8].Sample(text =>
    {
        Assert.Equal(text, CellText.Unguarded(CellText.Guarded(text)));
        Assert.DoesNotContain(CellText.Guarded(text).FirstOrDefault('x'), "=+-@\t\r");
    });

    [Fact]
    public void Texts_of_workbooks_come_back_as_they_were() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["_x0041\r\n\u0001\uD800A"], 0, 12]).Sample(text =>
        {
            var written = WorkbookText.Escape(text);
            Assert.True(CellText.IsXml(written));
            Assert.Equal(text, WorkbookText.Unescape(written));
        });

    [Theory]
    [InlineData("0", true)]
    [InlineData("-7", true)]
    [InlineData("999999999999999", true)]
    [InlineData("1000000000000000", false)]
    [InlineData("-9223372036854775808", false)]
    [InlineData("007", false)]
    [InlineData("+7", false)]
    [InlineData("-0", false)]
    [InlineData("1.5", false)]
    [InlineData("", false)]
    [InlineData("７", false)]
    public void Numbers_are_those_that_keep_all_their_digits(string text, bool isNumber) => Assert.Equal(isNumber, CellText.IsNumber(text));

    [Theory]
    [InlineData(1, "A1")]
    [InlineData(26, "Z1")]
    [InlineData(27, "AA1")]
    [InlineData(702, "ZZ1")]
    [InlineData(703, "AAA1")]
    [InlineData(16_384, "XFD1")]
    public void Columns_are_named_by_letters(int column, string reference)
    {
        Assert.Equal(reference, CellReference.Of(1, column));
        Assert.Equal(column, CellReference.Column(reference));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("A")]
    [InlineData("a1")]
    [InlineData("XFE1")]
    [InlineData("ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ1")]
    public void What_names_no_column_is_none(string? reference) => Assert.Equal(0, CellReference.Column(reference));
}
