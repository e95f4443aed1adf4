using Lantai.Characterization.Pdf;
using UglyToad.PdfPig.Filters;

namespace Lantai.Tests.Characterization.Pdf;

public sealed class PdfFiltersTests
{
    [Fact]
    public void The_length_that_is_measured_for_lzw_is_the_length_that_comes_out()
    {
        // ISO 32000-1, 7.4.4.2, the example: ten bytes of content.
        byte[] packed = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];

        Assert.Equal(10, LzwLength.Of(packed, 100));
        Assert.Equal(10, new LzwFilter().Decode(packed, new(new Dictionary<UglyToad.PdfPig.Tokens.NameToken, UglyToad.PdfPig.Tokens.IToken>()), DefaultFilterProvider.Instance, 0).Length);
    }

    [Fact]
    public void Noise_is_measured_without_an_end_in_chaos()
    {
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var noise = new byte[random.Next(5000)];
            random.NextBytes(noise);

            Assert.InRange(LzwLength.Of(noise, 1 << 20), 0, (1 << 20) + 4096);
        }
    }

    [Theory]
    [InlineData("LZWDecode")]
    [InlineData("RunLengthDecode")]
    public void Each_packing_that_grows_is_stopped_by_the_budget(string filter)
    {
        var packed = filter == "LZWDecode" ? GrowingLzw() : [.. Enumerable.Repeat(new byte[] { 129, 65 }, 100_000).SelectMany(b => b)];
        var pdf = HandMadePdf.OnePage().SetStream(6, "/Filter/" + filter, packed).ToBytes();

        var found = HandMadePdf.Examine(pdf, new() { MaxUnpacked = 1 << 20 });

        Assert.Contains(found.Findings, f => f.ToString() == "FMT-041 a.pdf why=too-much");
    }

    [Fact]
    public void Inflation_within_the_budget_gives_everything()
    {
        var bytes = new byte[200_000];
        new Random(1).NextBytes(bytes);

        var found = PdfInflation.Inflate(HandMadePdf.Deflate(bytes), new PdfBudget(1 << 20, TestContext.Current.CancellationToken));

        Assert.Equal(bytes, found.Bytes.ToArray());
        Assert.Equal((false, false), (found.IsDamaged, found.IsCheckWrong));
        _ = Assert.Throws<PdfOverspentException>(() => PdfInflation.Inflate(HandMadePdf.Deflate(bytes), new PdfBudget(100_000, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_bomb_is_stopped_before_there_is_room_for_it()
    {
        var bomb = HandMadePdf.Deflate(new byte[64 << 20]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        _ = Assert.Throws<PdfOverspentException>(() => PdfInflation.Inflate(bomb, new PdfBudget(1 << 20, TestContext.Current.CancellationToken)));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    // Each code is the one that is just being made: each run is one byte longer than the last.
    private static byte[] GrowingLzw()
    {
        var bits = new List<bool>();
        Put(256, 9);
        Put(65, 9);
        for (var code = 258; code < 4094; code++)
        {
            Put(code, code + 1 >= 2048 ? 12 : code + 1 >= 1024 ? 11 : code + 1 >= 512 ? 10 : 9);
        }

        var bytes = new byte[(bits.Count + 7) / 8];
        for (var i = 0; i < bits.Count; i++)
        {
            bytes[i / 8] |= (byte)(bits[i] ? 0x80 >> (i % 8) : 0);
        }

        return bytes;

        void Put(int code, int width)
        {
            for (var bit = width - 1; bit >= 0; bit--)
            {
                bits.Add((code >> bit & 1) != 0);
            }
        }
    }
}
