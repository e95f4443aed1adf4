using Lantai.Containers;
using Lantai.Words;

namespace Lantai.Tests.Containers;

public sealed class ShrinkingFileTests
{
    [Fact]
    public void A_file_that_becomes_shorter_while_it_is_read_is_refused()
    {
        using var whole = new MemoryStream();
        using (var writer = new System.IO.Compression.ZipArchive(whole, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = writer.CreateEntry("a.txt").Open();
            entry.Write("alpha"u8);
        }

        // The end is still there when it is looked for; the beginning is gone when the local headers are read.
        var findings = new List<Finding>();
        using var shrinking = new ShrinkingStream(whole.ToArray(), gone: 20);

        Assert.Null(ZipContainer.TryOpen(shrinking, "a.zip", ContainerLimits.Default, findings));
        Assert.Contains("ZIP-026", findings.Select(f => f.Code));
    }

    private sealed class ShrinkingStream(byte[] bytes, int gone) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => Position < gone ? 0 : base.Read(buffer);

        public override int Read(byte[] buffer, int offset, int count) => Position < gone ? 0 : base.Read(buffer, offset, count);
    }
}
