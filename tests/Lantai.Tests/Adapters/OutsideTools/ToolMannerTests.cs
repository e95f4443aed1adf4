using System.Text;
using Lantai.Adapters.OutsideTools;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Tests.Characterization.Pdf;

namespace Lantai.Tests.Adapters.OutsideTools;

public sealed class ToolMannerTests
{
    [Theory]
    [InlineData(0, "", OutsideVerdict.Readable, "", "")]
    [InlineData(3, "WARNING: /tmp/x/content (offset 452): xref not found", OutsideVerdict.Doubtful, "offset 452", "")]
    [InlineData(2, "/tmp/x/content (object 4 0, offset 314): expected endobj", OutsideVerdict.Broken, "object 4 0, offset 314", "")]
    [InlineData(2, "/tmp/x/content: unable to find trailer dictionary", OutsideVerdict.Broken, "", "")]
    [InlineData(2, "/tmp/x/content: invalid password", OutsideVerdict.Failed, "", "encrypted")]
    [InlineData(2, "qpdf: std::bad_alloc", OutsideVerdict.Failed, "", "crashed")]
    [InlineData(2, "", OutsideVerdict.Failed, "", "not-understood")]
    [InlineData(5, "", OutsideVerdict.Failed, "", "not-understood")]
    public void What_qpdf_says_is_understood(int code, string errors, OutsideVerdict verdict, string place, string why)
    {
        var answer = Qpdf.Manner.Judge(new ToolRun(ToolEnding.Ended, code, "", errors, true));

        Assert.Equal((verdict, place, why), (answer.Verdict, answer.Place, answer.Why));
    }

    [Fact]
    public void What_mediainfo_says_is_understood()
    {
        const string json = """
            {"media":{"@ref":"content","track":[{"@type":"General","Format":"MPEG-4","Duration":"12.345"},
            {"@type":"Video","Format":"AVC","Width":"1920","Height":"1080","FrameRate":"25.000"},{"@type":"Audio","Format":"AAC","SamplingRate":"48000","Channels":"2"}]}}
            """;
        using var tool = new FakeTool($"cat <<'EOF'\n{json.Replace("@", "\\u0040", StringComparison.Ordinal)}\nEOF");

        var report = tool.As(Mediainfo.Manner).Read(FileContent.Of(new byte[1]), null, TestContext.Current.CancellationToken);

        Assert.Equal(("mediainfo 1.2.3", OutsideVerdict.Described), (report.Tool, report.Verdict));
        Assert.Equal(
            "audio-codec=AAC channels=2 duration-ms=12345 format=MPEG-4 frame-rate=25.000 height=1080 sample-rate=48000 video-codec=AVC width=1920",
            string.Join(' ', report.Technical.Select(t => $"{t.Key}={t.Value}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"media\":null}")]
    [InlineData("{\"media\":{\"track\":1}}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void What_mediainfo_says_badly_is_its_own_failure(string output) =>
        Assert.Equal((OutsideVerdict.Failed, "not-understood"), Verdict(Mediainfo.Manner.Judge(new ToolRun(ToolEnding.Ended, 0, output, "", true))));

    [Fact]
    public void A_film_that_is_cut_off_is_broken() =>
        Assert.Equal(OutsideVerdict.Broken, Mediainfo.Manner.Judge(new ToolRun(ToolEnding.Ended, 0, "{\"media\":{\"track\":[{\"@type\":\"General\",\"IsTruncated\":\"Yes\"}]}}", "", true)).Verdict);

    [Fact]
    public void The_real_qpdf_reads_a_sound_file_and_finds_a_broken_one()
    {
        var reader = FencedTools.OnThisMachine(ToolLimits.Default).FirstOrDefault(r => r.Families.Contains(FileFamily.Pdf));
        Assert.SkipWhen(reader is null, "qpdf is not on this machine.");
        var sound = HandMadePdf.OnePage().ToBytes();
        var broken = Encoding.Latin1.GetBytes("%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\n");

        var good = reader.Read(FileContent.Of(sound), null, TestContext.Current.CancellationToken);
        var bad = reader.Read(FileContent.Of(broken), null, TestContext.Current.CancellationToken);

        Assert.Equal((OutsideVerdict.Readable, ""), (good.Verdict, good.Why));
        Assert.Equal((OutsideVerdict.Broken, ""), (bad.Verdict, bad.Why));
        Assert.Matches(@"^qpdf \d+\.\d+", good.Tool);
    }

    private static (OutsideVerdict Verdict, string Why) Verdict(ToolAnswer answer) => (answer.Verdict, answer.Why);
}
