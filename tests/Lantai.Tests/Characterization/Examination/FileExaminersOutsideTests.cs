using Lantai.Characterization.Identification;
using Lantai.Adapters.OutsideTools;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Tests.Adapters.OutsideTools;
using Lantai.Tests.Characterization.Pdf;

namespace Lantai.Tests.Characterization.Examination;

public sealed class FileExaminersOutsideTests
{
    [Fact]
    public void A_program_that_cannot_read_it_makes_the_file_broken_and_is_named()
    {
        var found = Examine("echo '/tmp/content (offset 12): damaged' >&2; exit 2");

        Assert.Equal(Readability.Broken, found.Readability);
        Assert.Contains(found.Findings, f => f.ToString() == "FMT-040 a.pdf part=offset 12 (qpdf 1.2.3) fault=outside");
        Assert.Equal(["qpdf 1.2.3 Broken"], (IEnumerable<string>)found.Technical["outside-readers"]);
    }

    [Theory]
    [InlineData("kill -SEGV $$", "crashed")]
    [InlineData("exit 9", "not-understood")]
    [InlineData("while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done", "too-much-output")]
    public void A_program_that_fails_changes_nothing_about_the_file(string script, string why)
    {
        var found = Examine(script);

        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Contains(found.Findings, f => f.ToString() == $"FMT-131 a.pdf tool=qpdf 1.2.3 why={why}");
    }

    [Fact]
    public void A_program_that_mends_is_told()
    {
        var found = Examine("echo 'WARNING: /tmp/content (offset 12): odd' >&2; exit 3");

        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Contains(found.Findings, f => f.ToString() == "FMT-130 a.pdf tool=qpdf 1.2.3 part=offset 12");
    }

    [Fact]
    public void A_program_without_a_fence_is_told() =>
        Assert.Contains(Examine("exit 0", mayCut: false).Findings, f => f.ToString() == "FMT-132 a.pdf tool=qpdf 1.2.3");

    [Fact]
    public void A_program_that_is_absent_is_passed_over()
    {
        var absent = new FencedTool(Qpdf.Manner, null, new ToolFence(), ToolLimits.Default);

        Assert.Empty(Examine(absent).Findings);
    }

    [Fact]
    public void What_was_read_here_outweighs_what_a_program_says()
    {
        using var tool = new FakeTool("echo '{\"media\":{\"track\":[{\"\\u0040type\":\"General\",\"Format\":\"X\"}]}}'");
        var manner = Mediainfo.Manner with { Families = [FileFamily.Pdf] };

        var found = Examine(tool.As(manner));

        Assert.Equal("X", found.Technical["format"]);
        Assert.Equal("1.7", found.Technical["pdf-version"]);
    }

    private static FileExamination Examine(string script, bool mayCut = true)
    {
        using var tool = new FakeTool(script);
        return Examine(tool.As(Qpdf.Manner, new ToolLimits { MaxOutput = 10_000 }, mayCut));
    }

    private static FileExamination Examine(IOutsideReader reader) =>
        FileExaminers.Examine(FileContent.Of(HandMadePdf.OnePage().ToBytes()), "a.pdf", new CharacterizationPlan(FormatRegistry.BuiltIn, CharacterizationDepth.Full) { Outside = [reader] }, null, TestContext.Current.CancellationToken);
}
