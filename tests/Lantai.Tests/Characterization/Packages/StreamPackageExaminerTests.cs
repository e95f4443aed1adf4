using System.Formats.Tar;
using System.IO.Compression;
using Lantai.Characterization;
using Lantai.Tests.Containers;

namespace Lantai.Tests.Characterization.Packages;

public sealed class StreamPackageExaminerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_tar_is_read_to_its_end_and_looked_into(bool isPacked)
    {
        var tar = Tar(("a.txt", "one"u8.ToArray()), ("in.zip", HandMadeZip.Make(Looking.Part("s", "x") with { Flags = 1 })), ("x.bin", Looking.Program()));

        var found = Looking.Into(isPacked ? Gzip(tar) : tar);

        Assert.Equal(isPacked ? FileFamily.Gzip : FileFamily.Tar, found.Family);
        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Equal(3L, found.Technical["entries"]);
        Assert.Equal(new EncryptionMark("zip-classic", "in.zip/s"), Assert.Single(found.Encryption));
        Assert.True(found.Has("embedded-executable", "x.bin"));
    }

    [Fact]
    public void One_file_packed_by_gzip_is_read_and_looked_into()
    {
        var found = Looking.Into(Gzip(HandMadeZip.Make(Looking.Part("s", "x") with { Flags = 1 })));

        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Single(found.Encryption);
    }

    [Fact]
    public void A_tar_or_gzip_that_is_cut_off_is_broken()
    {
        var tar = Tar(("a.txt", new byte[5000]));

        Assert.Equal(Readability.Broken, Looking.Into(tar[..2048]).Readability);
        Assert.Equal(Readability.Broken, Looking.Into(Gzip(tar)[..^6]).Readability);
    }

    private static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            packed.Write(content);
        }

        return bytes.ToArray();
    }
}
