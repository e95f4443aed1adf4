using System.Text;
using CsCheck;
using Lantai.Evidence.National;

namespace Lantai.Tests.Evidence.National;

public sealed class Sm3Tests
{
    [Theory]
    [InlineData("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")]
    [InlineData("abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd", "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732")]
    public void The_digests_of_the_standard_are_computed(string text, string digest) =>
        Assert.Equal(digest, Convert.ToHexStringLower(Sm3.Hash(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void Pieces_give_the_digest_of_the_whole_and_the_next_content_begins_anew() =>
        Gen.Byte.Array[0, 300].Array[0, 5].Sample(pieces =>
        {
            var sm3 = new Sm3();
            sm3.Append("before"u8);
            _ = sm3.Finish();
            foreach (var piece in pieces)
            {
                sm3.Append(piece);
            }

            Assert.Equal(Sm3.Hash([.. pieces.SelectMany(p => p)]), sm3.Finish());
        }, iter: 200);

    [Fact]
    public void An_hmac_is_its_first_half_or_more_and_nothing_else()
    {
        var tag = Sm3.Hmac("key"u8, "content"u8);

        Assert.True(Sm3.IsHmac("key"u8, "content"u8, tag));
        Assert.True(Sm3.IsHmac("key"u8, "content"u8, tag.AsSpan(0, 16)));
        Assert.False(Sm3.IsHmac("key"u8, "content"u8, tag.AsSpan(0, 15)));
        Assert.False(Sm3.IsHmac("key"u8, "content"u8, [.. tag, 0]));
        Assert.False(Sm3.IsHmac("key"u8, "other"u8, tag));
        Assert.False(Sm3.IsHmac("Key"u8, "content"u8, tag));
    }

    [Fact]
    public void A_place_that_is_too_short_is_misuse()
    {
        var sm3 = new Sm3();

        Assert.Throws<ArgumentException>(() => sm3.Finish(new byte[31]));
        Assert.Throws<ArgumentException>(() => Sm3.Hash("a"u8, new byte[31]));
    }
}
