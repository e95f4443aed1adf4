using System.Text;
using Lantai.Characterization;
using Lantai.Tests.Containers;

namespace Lantai.Tests.Characterization.Compound;

public sealed class PropertySetsTests
{
    [Theory]
    [InlineData(936)]
    [InlineData(54936)]
    [InlineData(65001)]
    [InlineData(1200)]
    public void Texts_are_read_in_the_code_page_of_the_set(int codePage)
    {
        var encoding = codePage switch { 936 => CodePagesEncodingProvider.Instance.GetEncoding(936)!, 54936 => CodePagesEncodingProvider.Instance.GetEncoding(54936)!, 1200 => Encoding.Unicode, _ => Encoding.UTF8 };

        var found = Look(Set(codePage, (2, Text(encoding.GetBytes("关于归档的通知\0"))), (18, Text(encoding.GetBytes("WPS Office\0")))));

        Assert.Equal("关于归档的通知", found.Technical["title"]);
        Assert.Equal("WPS Office", found.Technical["creating-application"]);
    }

    [Fact]
    public void Dates_and_counts_are_read()
    {
        var created = new DateTime(2009, 8, 6, 8, 40, 4, DateTimeKind.Utc).ToFileTimeUtc();

        var found = Look(Set(1252, (12, [0x40, 0, 0, 0, .. BitConverter.GetBytes(created)]), (14, [3, 0, 0, 0, 7, 0, 0, 0]), (15, [3, 0, 0, 0, 99, 0, 0, 0])));

        Assert.Equal("2009-08-06T08:40:04Z", found.Technical["created"]);
        Assert.Equal(7L, found.Technical["pages"]);
        Assert.Equal(99L, found.Technical["words"]);
    }

    [Fact]
    public void A_set_that_makes_no_sense_tells_nothing_and_breaks_nothing()
    {
        var lying = Set(936, (2, [0x1E, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, (byte)'a', (byte)'b']));
        lying[52] = 0xFF;

        var found = Look(lying);

        Assert.Equal("ab", found.Technical["title"]);
        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Equal(Readability.Readable, Look(new byte[200]).Readability);
        Assert.Equal(Readability.Readable, Look([0xFE, 0xFF]).Readability);
    }

    internal static byte[] Text(byte[] bytes) => [0x1E, 0, 0, 0, .. BitConverter.GetBytes(bytes.Length), .. bytes];

    internal static byte[] Set(int codePage, params (int Id, byte[] Value)[] properties)
    {
        (int Id, byte[] Value)[] all = [(1, [2, 0, 0, 0, (byte)codePage, (byte)(codePage >> 8), 0, 0]), .. properties];
        var values = new List<byte>();
        var table = new List<byte>();
        foreach (var (id, value) in all)
        {
            table.AddRange([.. BitConverter.GetBytes(id), .. BitConverter.GetBytes(8 + (all.Length * 8) + values.Count)]);
            values.AddRange(value);
        }

        return [0xFE, 0xFF, .. new byte[22], 1, 0, 0, 0, .. new byte[16], 48, 0, 0, 0, .. BitConverter.GetBytes(8 + table.Count + values.Count), .. BitConverter.GetBytes(all.Length), .. table, .. values];
    }

    private static FileExamination Look(byte[] set) => Looking.Into(new HandMadeCompound().Add("\x05SummaryInformation", set).Make());
}
