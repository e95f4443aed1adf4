using CsCheck;
using K4os.Compression.LZ4;
using Lantai.StoreFormat;

namespace Lantai.Tests.StoreFormat;

/// <summary>Our encoder against another's decoder.</summary>
public sealed class Lz4BlockTests
{
    private const int Guard = 64;

    [Fact]
    public void Another_decoder_gives_back_what_was_encoded()
    {
        Gen.Select(Gen.Int[0, 3].Array[0, 6], Gen.Int[0, 200_000], Gen.Int).Sample(
            (kinds, cut, seed) =>
            {
                var content = Content(kinds, seed);
                CheckRoundTrip(content.AsSpan(0, Math.Min(content.Length, cut)));
            },
            iter: 200);
    }

    [Fact]
    public void Every_short_length_comes_back()
    {
        for (var length = 0; length < 400; length++)
        {
            CheckRoundTrip(Content([1], length).AsSpan(0, length));
            CheckRoundTrip(new byte[length]);
        }
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(131_072)]
    public void A_match_reaches_back_64_KiB_less_one_and_no_further(int distance)
    {
        var content = new byte[distance + 1100]; // zeros between
        new Random(7).NextBytes(content.AsSpan(0, 1000));
        content.AsSpan(0, 1000).CopyTo(content.AsSpan(distance)); // position 0 and multiples of 65536 are what an empty table names

        var length = CheckRoundTrip(content);

        Assert.Equal(distance < 65_536, length < 1800); // 1000 literals once, not twice
    }

    [Fact]
    public void A_target_that_is_too_short_gives_nothing_and_is_not_overrun()
    {
        var content = Content([1, 2, 1, 3], 11)[..5000];
        var whole = CheckRoundTrip(content);
        for (var room = 0; room < whole + 40; room++)
        {
            var target = new byte[room + Guard];
            target.AsSpan(room).Fill(0xA5);

            var length = Lz4Block.Encode(content, target.AsSpan(0, room));

            Assert.Equal(room < whole ? 0 : whole, length);
            Assert.False(target.AsSpan(room).ContainsAnyExcept((byte)0xA5), $"Written behind a target of {room} bytes.");
        }
    }

    [Fact]
    public void What_repeats_becomes_short()
    {
        var content = Content([1, 1, 1, 1], 3);
        Assert.InRange(CheckRoundTrip(content), 1, content.Length * 2 / 3);
        Assert.InRange(CheckRoundTrip(new byte[1 << 20]), 1, 5000);
    }

    private static int CheckRoundTrip(ReadOnlySpan<byte> content)
    {
        var target = new byte[LZ4Codec.MaximumOutputSize(content.Length)];
        var length = Lz4Block.Encode(content, target);
        Assert.InRange(length, 1, target.Length);
        if (content.IsEmpty)
        {
            Assert.Equal([0], target[..length]); // the other decoder refuses an empty target
            return length;
        }

        var back = new byte[content.Length];
        Assert.Equal(content.Length, LZ4Codec.Decode(target.AsSpan(0, length), back));
        Assert.True(content.SequenceEqual(back), $"{content.Length} bytes did not come back.");
        return length;
    }

    /// <summary>Runs of zeros, words, noise, and long literals between long matches.</summary>
    private static byte[] Content(int[] kinds, int seed)
    {
        var random = new Random(seed);
        var content = new MemoryStream();
        foreach (var kind in kinds)
        {
            var part = new byte[40_000];
            switch (kind)
            {
                case 1:
                    for (var i = 0; i < part.Length; i++)
                    {
                        part[i] = (byte)"the archive of the hall "[random.Next(3) == 0 ? random.Next(24) : i % 24];
                    }

                    break;
                case 2:
                    random.NextBytes(part);
                    break;
                case 3:
                    random.NextBytes(part);
                    for (var at = 1000; at + 1500 < part.Length; at += 1000 + random.Next(500))
                    {
                        part.AsSpan(at - 1000, random.Next(700)).CopyTo(part.AsSpan(at));
                    }

                    break;
                default:
                    break;
            }

            content.Write(part);
        }

        return content.ToArray();
    }
}
