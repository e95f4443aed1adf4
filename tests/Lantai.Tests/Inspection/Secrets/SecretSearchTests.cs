using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Containers;
using Lantai.Inspection;
using Lantai.InformationPackages;
using Lantai.Tests.Characterization;
using Lantai.Words;

namespace Lantai.Tests.Inspection.Secrets;

public sealed class SecretSearchTests
{
    public static TheoryData<string> MarkedNames => [.. MarkedSamples.Marked.Keys];

    public static TheoryData<string> InnocentNames => [.. MarkedSamples.Innocent.Keys];

    public static TheoryData<string> DoubtfulNames => [.. MarkedSamples.Doubtful.Keys];

    [Theory]
    [MemberData(nameof(MarkedNames))]
    public void A_mark_is_found_wherever_people_make_it(string sample)
    {
        var (name, content, rule) = MarkedSamples.Marked[sample];

        var found = Search(("说明.txt", "示例"u8.ToArray()), (name, content));

        Assert.Equal(rule, Assert.Single(found.Marks).Rule);
        Assert.Empty(found.Doubts);
        Assert.Empty(found.NotSearched);
    }

    [Theory]
    [MemberData(nameof(InnocentNames))]
    public void What_only_looks_like_a_mark_passes_without_a_doubt(string sample)
    {
        var (name, content) = MarkedSamples.Innocent[sample];

        var found = Search((name, content));

        Assert.Empty(found.Marks);
        Assert.Empty(found.Doubts);
        Assert.Empty(found.NotSearched);
    }

    [Theory]
    [MemberData(nameof(DoubtfulNames))]
    public void Words_that_may_tell_of_a_secret_go_to_a_person(string sample)
    {
        var (name, content, rule) = MarkedSamples.Doubtful[sample];

        var found = Search((name, content));

        Assert.Empty(found.Marks);
        Assert.Equal(rule, Assert.Single(found.Doubts).Rule);
    }

    [Fact]
    public void The_place_says_which_file_and_where_in_it_and_nothing_of_its_name_or_text()
    {
        var found = Search(("a.txt", "x"u8.ToArray()), ("乙.zip", Looking.ZipOf(("一.txt", "x"u8.ToArray()), ("二.txt", Encoding.UTF8.GetBytes("题名\n机密★10年")))));

        var mark = Assert.Single(found.Marks);
        Assert.Equal(new SecretMark("star", "file 2 of 2, inside 2, line 2") { File = 2, Files = 2, Inside = "2", Unit = "line", Number = 2 }, mark);
    }

    [Theory]
    [MemberData(nameof(CaseInspectionTests.Samples), MemberType = typeof(CaseInspectionTests))]
    public void Good_samples_raise_no_doubt(string profile, string path)
    {
        var secrets = CaseInspectionTests.Inspect(path).Facts?.Secrets;

        Assert.True(secrets is { Marks.Count: 0, Doubts.Count: 0 }, profile + ": " + string.Join(", ", secrets?.Doubts.Select(d => d.ToString()) ?? ["refused"]));
    }

    [Fact]
    public void The_name_of_the_package_counts()
    {
        var mark = Assert.Single(new SecretSearch(ExaminationLimits.Default, TimeProvider.System).Search(PackageTree.Of("机密★某事", [PackageFile.OfBytes("a.txt", "x"u8.ToArray())]), CancellationToken.None).Marks);

        Assert.Equal("package, name", mark.Place);
    }

    [Fact]
    public void The_first_mark_ends_the_reading()
    {
        var opened = 0;
        var late = new PackageFile(EntryName.OfText("z.pdf"), 3, () =>
        {
            opened++;
            return new MemoryStream([1, 2, 3]);
        });

        _ = new SecretSearch(ExaminationLimits.Default, TimeProvider.System).Search(PackageTree.Of("p", [PackageFile.OfBytes("a.txt", Encoding.UTF8.GetBytes("机密★10年")), late]), CancellationToken.None);

        Assert.Equal(0, opened);
    }

    [Fact]
    public void A_silent_content_is_searched_once_and_a_doubt_or_a_mark_each_time_where_it_stands()
    {
        var opened = 0;
        PackageFile File(string name, string text) => new(EntryName.OfText(name), Encoding.UTF8.GetByteCount(text), () =>
        {
            opened++;
            return new MemoryStream(Encoding.UTF8.GetBytes(text));
        });
        PackageFile[] Files(string first) => [File("营业执照.txt", "名称：示例"), File(first, "示例"), File("未知.bin", "\u0000\u0001\u0002\u0003\u0004\u0005")];
        var (search, searched) = (new SecretSearch(ExaminationLimits.Default, TimeProvider.System), new Remembered<Digest, IReadOnlyList<string>>(10));
        SecretFacts Search(params PackageFile[] files) => search.Search(PackageTree.Of("示例包", files), [], f => Digest.Of(Read(f)), searched, TestContext.Current.CancellationToken);
        static byte[] Read(PackageFile file)
        {
            using var stream = file.OpenRead();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }

        var (first, once) = (Search(Files("甲.txt")), opened);
        opened = 0;
        var (second, again) = (Search(Files("乙.txt")), opened);

        Assert.Equal((6, 3), (once, again)); // for the digest alone
        Assert.Equal(first.NotSearched, second.NotSearched);
        Assert.NotEmpty(second.NotSearched);
        var (name, doubtful, rule) = MarkedSamples.Doubtful.Values.First();
        PackageFile Doubtful(string folder) => PackageFile.OfBytes(folder + "/" + name, doubtful);
        Assert.Equal(1, Assert.Single(Search(Doubtful("a")).Doubts).File);
        Assert.Equal((rule, 2), (Search(File("丙.txt", "丙"), Doubtful("末")) is var found ? Assert.Single(found.Doubts).Rule : "", found.Doubts[0].File));
        Assert.Equal(1, Assert.Single(Search(File("丁.txt", "机密★10年")).Marks).File);
        Assert.Equal(2, Assert.Single(Search(File("戊.txt", "戊"), File("辛.txt", "机密★10年")).Marks).File);
    }

    [Theory]
    [InlineData("图.png", "image", new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A })]
    [InlineData("声.flac", "sound", new byte[] { 0x66, 0x4C, 0x61, 0x43 })]
    [InlineData("包.7z", "packed-otherwise", new byte[] { 0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C })]
    [InlineData("未知.bin", "unknown", new byte[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData("坏.pdf", "broken", new byte[] { 0x25, 0x50, 0x44, 0x46, 0x2D, 0x31, 0x2E, 0x37 })]
    public void What_cannot_be_searched_is_listed_with_why(string name, string why, byte[] content)
    {
        var found = Search((name, content));

        Assert.Contains(KeyValuePair.Create(name, why), found.NotSearched);
    }

    [Fact]
    public void A_zip_within_more_zips_than_are_opened_is_listed()
    {
        var deep = Enumerable.Range(0, 4).Aggregate(Encoding.UTF8.GetBytes("机密★10年"), (inner, _) => Looking.ZipOf(("a.zip", inner)));

        var found = Search(("a.zip", deep));

        Assert.Empty(found.Marks);
        Assert.Contains(KeyValuePair.Create("a.zip", "too-deep"), found.NotSearched);
    }

    [Fact]
    public void The_check_refuses_marks_asks_a_person_about_doubts_and_never_passes_what_nobody_searched()
    {
        var mark = new SecretMark("star", "file 1 of 1, line 1") { File = 1, Files = 1, Unit = "line", Number = 1 };

        var refused = SecretsCheck.Secrets(new SecretFacts([mark], [], []));
        Assert.Equal((RuleVerdict.Failed, "SEC-001"), (refused.Verdict, refused.Findings[0].Code));
        var asked = SecretsCheck.Secrets(new SecretFacts([], [mark], []));
        Assert.Equal((RuleVerdict.Manual, "SEC-002"), (asked.Verdict, asked.Findings[0].Code));
        var listed = SecretsCheck.Secrets(new SecretFacts([], [], [KeyValuePair.Create("a.png", "image")]));
        Assert.Equal((RuleVerdict.Passed, "SEC-003", Severity.Information), (listed.Verdict, listed.Findings[0].Code, listed.Findings[0].Severity));
        Assert.Equal((RuleVerdict.CouldNotRun, "SEC-004"), (SecretsCheck.Secrets((SecretFacts?)null).Verdict, SecretsCheck.Secrets((SecretFacts?)null).Findings[0].Code));
        Assert.Equal(RuleVerdict.Passed, SecretsCheck.Secrets(new SecretFacts([], [], [])).Verdict);
    }

    private static SecretFacts Search(params (string Name, byte[] Content)[] files) =>
        new SecretSearch(ExaminationLimits.Default, TimeProvider.System).Search(PackageTree.Of("示例包", files.Select(f => PackageFile.OfBytes(f.Name, f.Content))), TestContext.Current.CancellationToken);
}
