using Lantai.Characterization;
using Lantai.Characterization.Examination;

namespace Lantai.Tests.Characterization.Examination;

/// <summary>What a reader throws over an odd file stays with the file; what the source throws is news about the disk.</summary>
public sealed class StumblingReaderTests
{
    [Fact]
    public void A_stumble_over_a_file_in_memory_is_about_the_file()
    {
        var content = FileContent.Of(new byte[8]);

        Assert.True(FileExaminers.IsOurs(new OverflowException(), content));
        Assert.True(FileExaminers.IsOurs(new EndOfStreamException(), content));
        Assert.False(FileExaminers.IsOurs(new OperationCanceledException(), content));
    }

    [Fact]
    public void A_failing_source_is_not_the_files_fault()
    {
        var content = FileContent.Of(new FailingStream());

        Assert.True(FileExaminers.IsOurs(new EndOfStreamException(), content));
        Assert.Throws<IOException>(() => content.Read(0, new byte[4]));
        Assert.False(FileExaminers.IsOurs(new IOException(), content));
        Assert.Throws<IOException>(() => FileExaminers.Examine(content, "a", ExaminationLimits.Default, TestContext.Current.CancellationToken));
    }

    private sealed class FailingStream : MemoryStream
    {
        public override long Length => 100;

        public override int Read(Span<byte> buffer) => throw new IOException("The disk has failed.");
    }
}
