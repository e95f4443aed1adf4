using System.Buffers;
using System.Diagnostics;
using System.IO.Hashing;
using CsCheck;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.StoreFormat;

public sealed class PreparedFrameTests
{
    private const int Block = 1 << 20;

    [Fact]
    public void Content_of_every_shape_comes_back()
    {
        Gen.Select(Gen.Int[0, 3].Array[0, 5], Gen.Int[0, Block + 70_000], Gen.Int).Sample(
            (kinds, cut, seed) =>
            {
                var content = Mixed(kinds, seed);
                CheckRoundTrip(content[..Math.Min(content.Length, cut)]);
                CheckRoundTrip(content);
            },
            iter: 60);
    }

    [Fact]
    public void Content_of_every_small_length_comes_back()
    {
        for (var length = 0; length < 300; length++)
        {
            CheckRoundTrip(new byte[length]);
            CheckRoundTrip(Mixed([2], length)[..length]);
        }
    }

    [Fact]
    public void The_lz4_command_decodes_blocks_of_every_kind()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/lz4"), "The lz4 command is not on this machine.");
        var folder = Directory.CreateTempSubdirectory("lantai-lz4-");
        try
        {
            var content = Mixed([1, 2, 3, 1, 0], 7)[..^12_345]; // the second block is stored as it is
            using var frame = Frame.Prepare(FrameKind.Blob, content);
            Assert.Equal(FrameCodec.Lz4, frame.Codec);
            var (packed, plain) = (Path.Combine(folder.FullName, "a.lz4"), Path.Combine(folder.FullName, "a"));
            File.WriteAllBytes(packed, frame.Stored.Span);

            using var lz4 = Process.Start("/usr/bin/lz4", ["-d", "-q", packed, plain]);
            lz4.WaitForExit();

            Assert.Equal(0, lz4.ExitCode);
            Assert.Equal(content, File.ReadAllBytes(plain));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(4, FrameCodec.Raw)]
    [InlineData(8, FrameCodec.Lz4)]
    public void Content_is_compressed_when_that_saves_five_percent(int percent, FrameCodec codec)
    {
        var content = Mixed([2], 3)[..100_000];
        content.AsSpan(0, 1000 * percent).Clear();

        using var frame = Frame.Prepare(FrameKind.Blob, content);

        Assert.Equal(codec, frame.Codec);
    }

    [Fact]
    public void What_starts_incompressible_is_stored_as_it_is()
    {
        using var frame = Frame.Prepare(FrameKind.Blob, Mixed([2, 0, 0, 0], 5));

        Assert.Equal(FrameCodec.Raw, frame.Codec);
    }

    [Theory]
    [InlineData(new[] { 1 }, FrameCodec.Lz4)]
    [InlineData(new[] { 0, 0, 0 }, FrameCodec.Lz4)]
    [InlineData(new[] { 2 }, FrameCodec.Raw)]
    public void What_was_lent_is_given_back_once(int[] kinds, FrameCodec codec)
    {
        var pool = new CountingPool();
        var lender = new Lender();
        var content = Mixed(kinds, 11);
        var frame = Frame.Prepare(FrameKind.Blob, content, Digest.Of(content), lender, pool);

        Assert.Equal(codec, frame.Codec);
        Assert.Equal(codec == FrameCodec.Lz4 ? 1 : 0, lender.Returned);
        Assert.Equal(codec == FrameCodec.Lz4 ? 1 : 0, pool.Out);
        Assert.InRange(pool.BytesOut, 0, 2 * frame.StoredLength + 32);

        frame.Dispose();
        frame.Dispose();
        Assert.Equal(1, lender.Returned);
        Assert.Equal(0, pool.Out);
        _ = Assert.Throws<ObjectDisposedException>(() => frame.Stored);
    }

    private static void CheckRoundTrip(byte[] content)
    {
        var pool = new CountingPool();
        using (var frame = Frame.Prepare(FrameKind.Blob, content, Digest.Of(content), null, pool))
        {
            var header = frame.Place(Guid.NewGuid(), 4096, 1);
            Assert.Equal(XxHash3.HashToUInt64(frame.Stored.Span), frame.StoredHash);
            Assert.Equal(header.Length, frame.Length);
            Assert.Null(Frame.TryDecode(header, frame.Stored.ToArray(), out var original));
            Assert.True(original.Span.SequenceEqual(content));
        }

        Assert.Equal(0, pool.Out);
    }

    /// <summary>Blocks of 1 MiB: 0 zeros, 1 words, 2 random, 3 random with a few words.</summary>
    private static byte[] Mixed(int[] kinds, int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[kinds.Length * Block];
        for (var i = 0; i < kinds.Length; i++)
        {
            var block = bytes.AsSpan(i * Block, Block);
            if (kinds[i] >= 2)
            {
                random.NextBytes(block);
            }

            for (var at = 0; kinds[i] % 2 == 1 && at < Block - 16; at += kinds[i] == 1 ? random.Next(4, 12) : 4096)
            {
                BitConverter.TryWriteBytes(block[at..], random.Next(1000) * 0x01010101L);
            }
        }

        return bytes;
    }

    private sealed class Lender : IDisposable
    {
        public int Returned { get; private set; }

        public void Dispose() => Returned++;
    }

    /// <summary>Lends filled arrays: bytes that were not written show.</summary>
    private sealed class CountingPool : ArrayPool<byte>
    {
        private readonly HashSet<byte[]> _out = [];

        public int Out => _out.Count;

        public long BytesOut => _out.Sum(a => (long)a.Length);

        public override byte[] Rent(int minimumLength)
        {
            var array = new byte[minimumLength + 7];
            array.AsSpan().Fill(0xA5);
            _ = _out.Add(array);
            return array;
        }

        public override void Return(byte[] array, bool clearArray = false)
        {
            Assert.True(_out.Remove(array));
            array.AsSpan().Fill(0x5A);
        }
    }
}
