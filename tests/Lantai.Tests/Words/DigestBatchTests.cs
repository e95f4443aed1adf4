using System.Buffers;
using System.Security.Cryptography;
using CsCheck;
using Lantai.Words;

namespace Lantai.Tests.Words;

public sealed class DigestBatchTests
{
    private const string NoLanes = "This processor has no AVX-512.";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_small_length_agrees_with_the_platform(bool inLanes)
    {
        SkipWithoutLanes(inLanes);
        Check([.. Enumerable.Range(0, 321).Select(n => Bytes(n, n))], inLanes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_number_of_messages_agrees_with_the_platform(bool inLanes)
    {
        SkipWithoutLanes(inLanes);
        for (var count = 0; count <= 40; count++)
        {
            Check([.. Enumerable.Range(0, count).Select(n => Bytes(1000 + (n * 37), n))], inLanes);
            Check([.. Enumerable.Range(0, count).Select(n => Bytes(4096, n))], inLanes);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Mixed_lengths_up_to_some_mebibytes_agree_with_the_platform(bool inLanes)
    {
        SkipWithoutLanes(inLanes);
        var length = Gen.Frequency((6, Gen.Int[0, 300]), (4, Gen.Int[300, 70_000]), (1, Gen.Int[70_000, 3_000_000]));

        length.Array[0, 60].Sample((lengths) => Check([.. lengths.Select(Bytes)], inLanes), iter: 60);
    }

    [Fact]
    public void The_lanes_alone_agree_with_the_platform_however_uneven_the_lengths()
    {
        SkipWithoutLanes(true);
        foreach (var count in (int[])[1, 2, 5, 15, 16, 17, 33])
        {
            ReadOnlyMemory<byte>[] messages = [.. Enumerable.Range(0, count).Select(n => Bytes(n % 5 == 0 ? 200_000 - n : n * 13, n))];
            var digests = new Digest[count];

            DigestLanes<Sha256Lanes, Digest>.Compute(messages, digests, [.. Enumerable.Range(0, count).Select(n => (ulong)n)]);

            Assert.Equal(Expected(messages), digests);
        }
    }

    [Fact]
    public void The_examples_of_the_standard_come_out()
    {
        ReadOnlyMemory<byte>[] messages = [.. Enumerable.Range(0, 16).SelectMany(_ => (ReadOnlyMemory<byte>[])["abc"u8.ToArray(), "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"u8.ToArray()])];
        var digests = new Digest[messages.Length];

        DigestBatch.Compute(messages, digests);

        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", digests[0].ToString());
        Assert.Equal("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1", digests[31].ToString());
    }

    [Fact]
    public void Memory_is_let_go_although_one_message_cannot_be_read()
    {
        SkipWithoutLanes(true);
        var (sound, broken) = (new Unsteady(breaks: false), new Unsteady(breaks: true));
        ReadOnlyMemory<byte>[] messages = [.. Enumerable.Repeat<ReadOnlyMemory<byte>>(sound.Memory, 8), broken.Memory];

        _ = Assert.Throws<InvalidOperationException>(() => DigestBatch.Compute(messages, new Digest[messages.Length], inLanes: true));

        Assert.Equal(0, sound.Pins);
    }

    [Fact]
    public void One_place_for_each_digest_is_asked_for() =>
        Assert.Throws<ArgumentException>(() => DigestBatch.Compute(new ReadOnlyMemory<byte>[3], new Digest[2]));

    private static void Check(ReadOnlyMemory<byte>[] messages, bool inLanes)
    {
        var digests = new Digest[messages.Length];
        DigestBatch.Compute(messages, digests, inLanes);
        Assert.Equal(Expected(messages), digests);
    }

    private static Digest[] Expected(ReadOnlyMemory<byte>[] messages) => [.. messages.Select(m => new Digest(SHA256.HashData(m.Span)))];

    private static ReadOnlyMemory<byte> Bytes(int length, int seed)
    {
        var bytes = new byte[length + 3];
        new Random(seed).NextBytes(bytes);
        return bytes.AsMemory(seed % 4, length); // messages begin anywhere in memory
    }

    private static void SkipWithoutLanes(bool inLanes) => Assert.SkipUnless(!inLanes || DigestBatch.IsParallel, NoLanes);

    private sealed unsafe class Unsteady(bool breaks) : MemoryManager<byte>
    {
        private readonly byte[] _bytes = GC.AllocateArray<byte>(10_000, pinned: true);

        public int Pins { get; private set; }

        public override Span<byte> GetSpan() => _bytes;

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            if (breaks)
            {
                throw new InvalidOperationException("This memory cannot be pinned.");
            }

            Pins++;
            return new MemoryHandle(System.Runtime.CompilerServices.Unsafe.AsPointer(ref _bytes[elementIndex]), pinnable: this);
        }

        public override void Unpin() => Pins--;

        protected override void Dispose(bool disposing)
        {
        }
    }
}
