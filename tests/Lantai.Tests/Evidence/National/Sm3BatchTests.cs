using CsCheck;
using Lantai.Evidence.National;
using Lantai.Words;
using Org.BouncyCastle.Crypto.Digests;

namespace Lantai.Tests.Evidence.National;

public sealed class Sm3BatchTests
{
    private const string NoLanes = "This processor has no such lanes.";

    [Theory]
    [InlineData("sixteen")]
    [InlineData("eight")]
    [InlineData("one")]
    public void Every_small_length_agrees_with_BouncyCastle(string side)
    {
        SkipWithout(side);
        Check([.. Enumerable.Range(0, 321).Select(n => Bytes(n, n))], side);
    }

    [Theory]
    [InlineData("sixteen")]
    [InlineData("eight")]
    [InlineData("one")]
    public void Every_number_of_messages_agrees_with_BouncyCastle(string side)
    {
        SkipWithout(side);
        for (var count = 0; count <= 40; count++)
        {
            Check([.. Enumerable.Range(0, count).Select(n => Bytes(1000 + (n * 37), n))], side);
        }
    }

    [Theory]
    [InlineData("sixteen")]
    [InlineData("eight")]
    [InlineData("one")]
    public void Mixed_lengths_up_to_a_mebibyte_agree_with_BouncyCastle(string side)
    {
        SkipWithout(side);
        var length = Gen.Frequency((6, Gen.Int[0, 300]), (4, Gen.Int[300, 70_000]), (1, Gen.Int[70_000, 1_000_000]));

        length.Array[0, 60].Sample((lengths) => Check([.. lengths.Select(Bytes)], side), iter: 20);
    }

    [Theory]
    [InlineData("sixteen")]
    [InlineData("eight")]
    public void The_lanes_alone_agree_with_BouncyCastle_however_uneven_the_lengths(string side)
    {
        SkipWithout(side);
        foreach (var count in (int[])[1, 2, 5, 15, 16, 17, 33])
        {
            ReadOnlyMemory<byte>[] messages = [.. Enumerable.Range(0, count).Select(n => Bytes(n % 5 == 0 ? 100_000 - n : n * 13, n))];
            var digests = new Sm3Digest[count];
            ulong[] order = [.. Enumerable.Range(0, count).Select(n => (ulong)n)];

            if (side == "sixteen")
            {
                DigestLanes<Sm3Lanes, Sm3Digest>.Compute(messages, digests, order);
            }
            else
            {
                DigestLanes<Sm3NarrowLanes, Sm3Digest>.Compute(messages, digests, order);
            }

            Assert.Equal(Expected(messages), digests);
        }
    }

    /// <summary>Source: GB/T 32905, annex A.</summary>
    [Fact]
    public void The_examples_of_the_standard_come_out()
    {
        var long64 = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("abcd", 16)));
        ReadOnlyMemory<byte>[] messages = [.. Enumerable.Range(0, 16).SelectMany(_ => (ReadOnlyMemory<byte>[])["abc"u8.ToArray(), long64])];
        var digests = new Sm3Digest[messages.Length];

        Sm3Batch.Compute(messages, digests);

        Assert.All(digests.Where((_, i) => i % 2 == 0), d => Assert.Equal("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", d.ToString()));
        Assert.All(digests.Where((_, i) => i % 2 == 1), d => Assert.Equal("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732", d.ToString()));
    }

    [Fact]
    public void One_place_for_each_digest_is_asked_for() =>
        Assert.Throws<ArgumentException>(() => Sm3Batch.Compute(new ReadOnlyMemory<byte>[3], new Sm3Digest[2]));

    internal static Sm3Digest ByBouncyCastle(ReadOnlySpan<byte> message)
    {
        var (digest, result) = (new SM3Digest(), new byte[32]);
        digest.BlockUpdate(message);
        _ = digest.DoFinal(result);
        return new Sm3Digest(result);
    }

    private static void Check(ReadOnlyMemory<byte>[] messages, string side)
    {
        var digests = new Sm3Digest[messages.Length];
        switch (side)
        {
            case "sixteen":
                LaneOrder.Compute<Sm3Lanes, Sm3Digest>(messages, digests, inLanes: true);
                break;
            case "eight":
                LaneOrder.Compute<Sm3NarrowLanes, Sm3Digest>(messages, digests, inLanes: true);
                break;
            default:
                Sm3Batch.Compute(messages, digests, inLanes: false);
                break;
        }

        Assert.Equal(Expected(messages), digests);
    }

    private static Sm3Digest[] Expected(ReadOnlyMemory<byte>[] messages) => [.. messages.Select(m => ByBouncyCastle(m.Span))];

    private static ReadOnlyMemory<byte> Bytes(int length, int seed)
    {
        var bytes = new byte[length + 3];
        new Random(seed).NextBytes(bytes);
        return bytes.AsMemory(seed % 4, length); // messages begin anywhere in memory
    }

    private static void SkipWithout(string side) =>
        Assert.SkipUnless(side == "one" || (side == "sixteen" ? Sm3Lanes.IsSupported : Sm3NarrowLanes.IsSupported), NoLanes);
}
