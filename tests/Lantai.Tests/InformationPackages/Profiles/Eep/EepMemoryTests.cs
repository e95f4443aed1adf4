using System.Security.Cryptography;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Tests.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

[Collection(nameof(AloneCollection))]
public sealed class EepMemoryTests : IDisposable
{
    private const long Length = 200L << 20;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    [Trait("Length", "long")]
    public void A_file_of_two_hundred_megabytes_passes_in_flat_memory()
    {
        var (before, most) = (GC.GetTotalMemory(forceFullCollection: true), 0L);
        void Measure() => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before); // what lives: garbage waits longer where the machine is busy
        var content = new PackageFile(EntryName.OfText("录像.mp4"), Length, () => new Pattern(Length, Measure));
        var draft = EepDraftTests.Draft([new EepDocument(content, "MP4"), new EepDocument(PackageFile.OfBytes("a.txt", "小"u8.ToArray()), "TXT")]);
        var path = Path.Combine(_scratch.Path, "封装包.xml");

        using (var file = File.Create(path))
        {
            draft.WriteTo(file, CancellationToken.None);
        }

        Measure();
        using var tree = PackageTree.Open(new SubmissionSource(path, SubmissionForm.File, new ContainerLimits()), [])!;
        var (package, verdict) = EepPackage.Read(tree, CancellationToken.None);
        Measure();
        using var meter = SHA256.Create();
        using var again = new CryptoStream(Stream.Null, meter, CryptoStreamMode.Write);
        package!.WriteTo(again, CancellationToken.None);
        again.FlushFinalBlock();
        Measure();
        using var opened = package.Contents[0].OpenRead();
        var digest = SHA256.HashData(opened);

        Assert.Empty(verdict.Findings);
        Assert.Equal(SHA256.HashData(File.OpenRead(path)), meter.Hash);
        Assert.Equal(SHA256.HashData(new Pattern(Length, () => { })), digest);
        Assert.Equal("小"u8.ToArray(), EepDraftTests.Content(package.Contents[1]));
        Assert.InRange(most, 0, 32 << 20);
        Assert.InRange(new FileInfo(path).Length, Length * 4 / 3, (Length * 4 / 3) + (1 << 16));
    }

    private sealed class Pattern(long length, Action measure) : ForwardStream
    {
        private const long Step = 16 << 20;

        private long _place;

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, length - _place);
            for (var i = 0; i < count; i++)
            {
                buffer[i] = (byte)((_place + i) % 251);
            }

            if (_place / Step != (_place + count) / Step)
            {
                measure();
            }

            _place += count;
            return count;
        }
    }
}
