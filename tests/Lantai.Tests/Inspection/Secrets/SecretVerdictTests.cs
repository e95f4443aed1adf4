using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Tests.Inspection.Secrets;

/// <summary>What it means for a package that something of it was not searched.</summary>
public sealed class SecretVerdictTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("image", RuleVerdict.Passed, "SEC-003")]
    [InlineData("sound", RuleVerdict.Passed, "SEC-003")]
    [InlineData("film", RuleVerdict.Passed, "SEC-003")]
    [InlineData("no-text", RuleVerdict.Passed, "SEC-003")]
    [InlineData("no-letters", RuleVerdict.Manual, "SEC-005")]
    [InlineData("unknown-encoding", RuleVerdict.Manual, "SEC-005")]
    [InlineData("envelope", RuleVerdict.Manual, "SEC-005")]
    [InlineData("old-office", RuleVerdict.Manual, "SEC-005")]
    [InlineData("unknown", RuleVerdict.Manual, "SEC-005")]
    [InlineData("program", RuleVerdict.Manual, "SEC-005")]
    [InlineData("broken", RuleVerdict.Manual, "SEC-005")]
    [InlineData("old-revision", RuleVerdict.Manual, "SEC-005")]
    [InlineData("encrypted", RuleVerdict.CouldNotRun, "SEC-006")]
    [InlineData("too-slow", RuleVerdict.CouldNotRun, "SEC-006")]
    [InlineData("reader-failed", RuleVerdict.CouldNotRun, "SEC-006")]
    [InlineData("too-much", RuleVerdict.CouldNotRun, "SEC-006")]
    [InlineData("too-deep", RuleVerdict.CouldNotRun, "SEC-006")]
    [InlineData("packed-otherwise", RuleVerdict.CouldNotRun, "SEC-006")]
    [InlineData("of-tomorrow", RuleVerdict.CouldNotRun, "SEC-006")]
    public void What_was_not_searched_never_passes_in_silence(string why, RuleVerdict verdict, string code)
    {
        var answer = SecretsCheck.Secrets(new SecretFacts([], [], [KeyValuePair.Create("a", why)]) { Searched = 2 });

        Assert.Equal((verdict, code, 2L), (answer.Verdict, Assert.Single(answer.Findings).Code, answer.Looked));
        var doubtful = SecretsCheck.Secrets(new SecretFacts([], [new SecretMark("word", "file 1 of 1, line 1")], [KeyValuePair.Create("a", why)]));
        Assert.Equal(verdict == RuleVerdict.CouldNotRun ? RuleVerdict.CouldNotRun : RuleVerdict.Manual, doubtful.Verdict);
    }

    [Fact]
    public void Files_that_were_searched_to_their_end_are_counted()
    {
        var found = Search(PackageFile.OfBytes("a.txt", "a"u8.ToArray()), PackageFile.OfBytes("b.png", new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }));

        Assert.Equal(1, found.Searched);
    }

    [Fact]
    public void A_file_that_is_too_long_to_be_held_is_read_forwards()
    {
        var limits = ExaminationLimits.Default with { MaxWhole = 1 << 16 };
        var text = Encoding.UTF8.GetBytes(new StringBuilder().Insert(0, "某年某月某日办理某事项。\n", 10_000).Append("机密★10年\n").ToString());
        var file = new PackageFile(EntryName.OfText("a.txt"), text.Length, () => new ForwardOnly(text));

        var found = new SecretSearch(limits, TimeProvider.System).Search(PackageTree.Of("p", [file]), CancellationToken.None);

        Assert.Equal(10_001, Assert.Single(found.Marks).Number);
    }

    [Fact]
    public void A_package_of_slow_files_ends_the_search_and_could_not_run()
    {
        var time = new LeapingTime();
        PackageFile File(int n) => new(EntryName.OfText($"{n}.txt"), 1, () =>
        {
            time.Leap(TimeSpan.FromSeconds(19)); // just within what one file may cost
            return new MemoryStream("x"u8.ToArray());
        });

        var found = new SecretSearch(ExaminationLimits.Default, time).Search(PackageTree.Of("p", Enumerable.Range(1, 9).Select(File)), CancellationToken.None);

        Assert.Equal(Enumerable.Range(5, 5).Select(n => KeyValuePair.Create($"{n}.txt", "too-slow")), found.NotSearched);
        Assert.Equal(RuleVerdict.CouldNotRun, SecretsCheck.Secrets(found).Verdict);
    }

    [Theory]
    [InlineData("机密\n秘密\n", null, "choice")]
    [InlineData("密级选项：\n绝密\n机密\n秘密\n公开\n", null, "choice")]
    [InlineData("{\"级别\":[\"绝密\",\"机密\",\"秘密\"]}", null, "choice")]
    [InlineData("{\"甲\":\"机密\",\"乙\":\"秘密\"}", "line", null)]
    [InlineData("目录\n机密\n公开\n", "line", null)]
    [InlineData("目录\n机密\n机密\n", "line", null)]
    [InlineData("目录\n正文\n机密", "line", null)]
    [InlineData("报告\n机\n密\n★\n", "line", null)]
    [InlineData("题名题名题名机\n密★10年\n", "star", null)]
    [InlineData("影片\n《秘密》\n", null, "title")]
    [InlineData("秘密：指不为公众所知悉的商业信息。\n", null, "heading")]
    [InlineData("附：机密会议纪要一份\n", null, "document word")]
    public void Levels_side_by_side_are_a_choice_and_words_in_running_text_a_doubt(string text, string? mark, string? doubt)
    {
        var found = Search(PackageFile.OfBytes("a.txt", Encoding.UTF8.GetBytes(text)));

        Assert.Equal(mark, found.Marks.SingleOrDefault()?.Rule);
        Assert.Equal(doubt is null, found.Doubts.Count == 0);
        Assert.All(found.Doubts, d => Assert.Contains(d.Rule, doubt!.Split(' ')));
    }

    private static SecretFacts Search(params PackageFile[] files) =>
        new SecretSearch(ExaminationLimits.Default, TimeProvider.System).Search(PackageTree.Of("p", files), CancellationToken.None);

    private sealed class ForwardOnly(byte[] bytes) : ForwardStream
    {
        private readonly MemoryStream _bytes = new(bytes, writable: false);

        public override int Read(Span<byte> buffer) => _bytes.Read(buffer);
    }

    private sealed class LeapingTime : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Leap(TimeSpan by) => _now += by.Ticks;
    }
}
