using System.IO.Compression;
using System.Text;
using Lantai.Containers;
using Microsoft.Extensions.Time.Testing;
using ZstdSharp;

namespace Lantai.Tests.Containers;

public sealed class UnpackedStreamTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 300).Select(i => $"{i} 兰台. ")));

    [Theory]
    [InlineData(ContainerKind.Gzip)]
    [InlineData(ContainerKind.Zstd)]
    public void All_members_are_read_one_after_the_other(ContainerKind kind) =>
        Assert.Equal([.. Text, .. Text], Unpack([.. Pack(kind, Text), .. Pack(kind, []), .. Pack(kind, Text)], kind, ContainerLimits.Default));

    [Theory]
    [InlineData(ContainerKind.Gzip)]
    [InlineData(ContainerKind.Zstd)]
    public void A_stream_cut_off_anywhere_is_never_accepted(ContainerKind kind)
    {
        var packed = Pack(kind, Text);
        byte[] two = [.. packed, .. packed];
        for (var length = 1; length < two.Length; length++)
        {
            if (length != packed.Length)
            {
                Assert.Equal("CON-012", Refuse(two[..length], kind, ContainerLimits.Default));
            }
        }
    }

    [Theory]
    [InlineData(ContainerKind.Gzip)]
    [InlineData(ContainerKind.Zstd)]
    public void A_flipped_byte_is_noticed_or_changes_nothing(ContainerKind kind)
    {
        var packed = Pack(kind, Text);
        for (var at = 0; at < packed.Length; at++)
        {
            var broken = (byte[])packed.Clone();
            broken[at] ^= 0x10;
            try
            {
                Assert.Equal(Text, Unpack(broken, kind, ContainerLimits.Default)); // times and flags of a header
            }
            catch (ContentException noticed)
            {
                Assert.Contains(noticed.Finding.Code, new[] { "CON-012", "CON-013", "CON-014" });
            }
        }
    }

    [Theory]
    [InlineData(ContainerKind.Gzip, 1)]
    [InlineData(ContainerKind.Gzip, 2)]
    [InlineData(ContainerKind.Gzip, 100_000)]
    [InlineData(ContainerKind.Zstd, 1)]
    [InlineData(ContainerKind.Zstd, 5)]
    [InlineData(ContainerKind.Zstd, 200_000)]
    public void Bytes_behind_the_end_are_refused(ContainerKind kind, int count)
    {
        var code = Refuse([.. Pack(kind, Text), .. Enumerable.Repeat((byte)'x', count)], kind, ContainerLimits.Default);

        Assert.Contains(code, new[] { "CON-012", "CON-013" });
    }

    [Theory]
    [InlineData(ContainerKind.Gzip)]
    [InlineData(ContainerKind.Zstd)]
    public void A_bomb_is_refused_by_its_ratio(ContainerKind kind)
    {
        var bomb = Pack(kind, new byte[16 << 20]);

        Assert.Equal("CON-006", Refuse(bomb, kind, new ContainerLimits { MaxRatio = 100 }));
    }

    [Fact]
    public void More_bytes_than_allowed_are_refused()
    {
        var packed = Pack(ContainerKind.Gzip, Text);

        Assert.Equal("CON-005", Refuse(packed, ContainerKind.Gzip, new ContainerLimits { MaxTotalBytes = Text.Length - 1 }));
        Assert.Equal(Text, Unpack(packed, ContainerKind.Gzip, new ContainerLimits { MaxTotalBytes = Text.Length }));
    }

    [Fact]
    public void What_takes_too_long_is_refused()
    {
        var clock = new FakeTimeProvider();
        var limits = new ContainerLimits { MaxTime = TimeSpan.FromMinutes(1), Clock = clock };
        using var stream = UnpackedStream.Open(new MemoryStream(Pack(ContainerKind.Gzip, Text)), ContainerKind.Gzip, "x.gz", limits);

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(-1, stream.ReadByte());
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("CON-007", Assert.Throws<ContentException>(() => stream.ReadByte()).Finding.Code);
    }

    [Fact]
    public void A_window_wider_than_allowed_is_refused()
    {
        using var packed = new MemoryStream();
        using (var writer = new CompressionStream(packed, 19, leaveOpen: true))
        {
            writer.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_windowLog, 24);
            writer.Write(new byte[100]);
            writer.Flush();
            writer.Write(Text);
        }

        Assert.Equal("CON-014", Refuse(packed.ToArray(), ContainerKind.Zstd, new ContainerLimits { MaxWindowBytes = 8 << 20 }));
        Assert.Equal(Text.Length + 100, Unpack(packed.ToArray(), ContainerKind.Zstd, new ContainerLimits { MaxWindowBytes = 16 << 20 }).Length);
    }

    [Fact]
    public void A_kind_is_told_by_its_bytes()
    {
        var tar = new HandMadeTar().Add("a", Text).End();
        foreach (var (bytes, name, kind) in new (byte[], string, ContainerKind)[]
        {
            (tar, "x", ContainerKind.Tar), (Pack(ContainerKind.Gzip, tar), "x.gz", ContainerKind.TarGzip), (Pack(ContainerKind.Zstd, tar), "x", ContainerKind.TarZstd),
            (Pack(ContainerKind.Gzip, Text), "x", ContainerKind.Gzip), (Pack(ContainerKind.Zstd, Text), "x.zst", ContainerKind.Zstd), (Pack(ContainerKind.Gzip, Text), "x.tgz", ContainerKind.TarGzip),
            (HandMadeZip.Make(new HandMadeEntry("a"u8.ToArray(), Text)), "x.tar", ContainerKind.Zip), ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0], "x.zip", ContainerKind.SevenZip),
            ([0x1F, 0x9D, 0x90], "x", ContainerKind.Compress), ([0x42, 0x5A, 0x68, 0x39], "x", ContainerKind.Bzip2), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "x", ContainerKind.Xz),
            (Text, "x.tar", ContainerKind.None), ([], "x.zip", ContainerKind.None),
        })
        {
            using var file = new MemoryStream(bytes);
            Assert.Equal(kind, ContainerDetection.Find(file, name, ContainerLimits.Default));
            Assert.Equal(0, file.Position);
        }
    }

    internal static byte[] Pack(ContainerKind kind, byte[] content)
    {
        using var packed = new MemoryStream();
        using (Stream writer = kind == ContainerKind.Gzip ? new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true) : Zstd(packed))
        {
            writer.Write(content);
            if (content.Length == 0)
            {
                writer.Flush();
            }
        }

        return packed.ToArray();
    }

    private static CompressionStream Zstd(Stream packed)
    {
        var writer = new CompressionStream(packed, 3, leaveOpen: true);
        writer.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return writer;
    }

    private static byte[] Unpack(byte[] packed, ContainerKind kind, ContainerLimits limits)
    {
        using var stream = UnpackedStream.Open(new MemoryStream(packed), kind, "x.gz", limits);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static string Refuse(byte[] packed, ContainerKind kind, ContainerLimits limits) =>
        Assert.Throws<ContentException>(() => Unpack(packed, kind, limits)).Finding.Code;
}
