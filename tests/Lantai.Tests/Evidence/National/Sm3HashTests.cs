using CsCheck;
using Lantai.Evidence.National;
using Lantai.Evidence.National.Interop;

namespace Lantai.Tests.Evidence.National;

public sealed class Sm3HashTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Bytes_that_come_in_pieces_agree_with_BouncyCastle_and_the_state_begins_anew(bool native)
    {
        SkipWithoutOpenSsl(native);
        using var hash = new Sm3Hash(native);

        Gen.Byte.Array[0, 300].Array[0, 40].Sample(
            pieces =>
            {
                foreach (var piece in pieces)
                {
                    hash.Append(piece);
                }

                Assert.Equal(Sm3BatchTests.ByBouncyCastle(pieces.SelectMany(p => p).ToArray()), hash.Finish());
            },
            iter: 200, threads: 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_length_at_once_agrees_with_BouncyCastle(bool native)
    {
        SkipWithoutOpenSsl(native);
        var bytes = new byte[3_000_000];
        new Random(7).NextBytes(bytes);
        foreach (var length in Enumerable.Range(0, 300).Append(bytes.Length))
        {
            Assert.Equal(Sm3BatchTests.ByBouncyCastle(bytes.AsSpan(0, length)), Sm3Lanes.One(bytes.AsSpan(0, length), native));
        }
    }

    [Fact]
    public void The_usual_way_gives_the_example_of_the_standard()
    {
        using var hash = new Sm3Hash();
        hash.Append("a"u8);
        hash.Append("bc"u8);

        Assert.Equal("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", hash.Finish().ToString());
        Assert.Equal("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", Sm3Digest.Of("abc"u8).ToString());
    }

    [Fact]
    public void Digests_are_equal_by_their_bytes()
    {
        var bytes = new byte[32];
        var zero = new Sm3Digest(bytes);
        bytes[31] = 1;

        Assert.NotEqual(zero, new Sm3Digest(bytes));
        Assert.Equal(new Sm3Digest(bytes), new Sm3Digest([.. bytes]));
        Assert.Equal(new string('0', 63) + "1", new Sm3Digest(bytes).ToString());
        _ = Assert.Throws<ArgumentException>(() => new Sm3Digest(new byte[31]));
    }

    private static void SkipWithoutOpenSsl(bool native) => Assert.SkipUnless(!native || Libcrypto.HasSm3, "OpenSSL 3 with SM3 is not at hand.");
}
