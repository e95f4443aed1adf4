using Lantai.Characterization.Matching.Simd;

namespace Lantai.Tests.Characterization.Matching;

/// <summary>The search of the matcher finds what the runtime's finds, at every length and place.</summary>
public sealed class LiteralSearchTests
{
    [Fact]
    public void Every_place_in_texts_of_every_short_length_is_found()
    {
        for (var length = 1; length <= 200; length++)
        {
            var bytes = new byte[length];
            for (var place = 0; place < length; place++)
            {
                bytes.AsSpan().Fill((byte)'x');
                bytes[place] = (byte)'A';
                Assert.Equal(place, LiteralSearch.IndexOf(bytes, "A"u8));
                if (place + 3 <= length)
                {
                    "ABC"u8.CopyTo(bytes.AsSpan(place));
                    Assert.Equal(place, LiteralSearch.IndexOf(bytes, "ABC"u8));
                    Assert.Equal(-1, LiteralSearch.IndexOf(bytes, "ABD"u8));
                }
            }
        }
    }

    [Fact]
    public void It_agrees_with_the_runtime_on_bytes_of_few_values()
    {
        // Few values make first and last byte stand together often without the rest.
        var random = new Random(20261126);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(0, 700)];
            var literal = new byte[random.Next(1, 9)];
            Fill(bytes);
            Fill(literal);

            Assert.Equal(bytes.AsSpan().IndexOf(literal), LiteralSearch.IndexOf(bytes, literal));
        }

        void Fill(byte[] some)
        {
            for (var i = 0; i < some.Length; i++)
            {
                some[i] = (byte)random.Next(3);
            }
        }
    }

    [Fact]
    public void Nothing_is_found_in_nothing() => Assert.Equal(-1, LiteralSearch.IndexOf([], "A"u8));
}
