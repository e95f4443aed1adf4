using System.Text;
using Lantai.Words;

namespace Lantai.Tests.Words;

public sealed class EntryNameTests
{
    [Fact]
    public void Utf8_bytes_are_shown_as_they_are()
    {
        var name = EntryName.OfBytes("申请材料/身份证.pdf"u8);

        Assert.Equal("申请材料/身份证.pdf", name.Display);
        Assert.Equal(NameBasis.Utf8, name.Basis);
    }

    [Fact]
    public void Gb18030_bytes_are_kept_and_shown_as_a_guess()
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("兰台.txt");

        var name = EntryName.OfBytes(bytes);

        Assert.Equal("兰台.txt", name.Display);
        Assert.Equal(NameBasis.Guessed, name.Basis);
        Assert.Equal(bytes, name.Bytes.ToArray());
    }

    [Fact]
    public void Bytes_of_no_encoding_are_escaped_and_kept()
    {
        byte[] bytes = [0x61, 0xFF, 0xFF];

        var name = EntryName.OfBytes(bytes);

        Assert.Equal(@"a\xFF\xFF", name.Display);
        Assert.Equal(bytes, name.Bytes.ToArray());
    }

    [Fact]
    public void Names_are_ordered_by_unsigned_bytes() =>
        Assert.True(EntryName.OfText("a") < EntryName.OfBytes([0xFF]));
}
