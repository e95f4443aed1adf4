using System.Diagnostics;
using Lantai.Adapters.OutsideTools;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Words;

namespace Lantai.Tests.Adapters.OutsideTools;

public sealed class FencedToolTests
{
    private static readonly byte[] Bytes = "%PDF-1.4 content"u8.ToArray();

    private static readonly ToolLimits Short = new() { MaxTime = TimeSpan.FromSeconds(1) };

    public static TheoryData<bool> WithAndWithoutNamespaces => [true, false];

    [Fact]
    public void The_program_gets_the_bytes_under_our_name_in_a_folder_that_only_we_may_enter_and_that_is_gone_after()
    {
        using var tool = new FakeTool("cp \"$2\" @/copy; echo \"$2\" > @/path; stat -c %a . > @/mode; touch made; pwd > @/folder");

        var report = tool.Read(Bytes);

        Assert.Equal(("qpdf 1.2.3", OutsideVerdict.Readable), (report.Tool, report.Verdict));
        Assert.Equal("%PDF-1.4 content", tool.Left("copy"));
        Assert.Equal("content", Path.GetFileName(tool.Left("path")!.Trim()));
        Assert.Equal("700", tool.Left("mode")!.Trim());
        Assert.False(Directory.Exists(tool.Left("folder")!.Trim()));
    }

    [Fact]
    public void The_environment_is_closed()
    {
        Environment.SetEnvironmentVariable("LANTAI_TEST_SECRET", "x");
        using var tool = new FakeTool("env | cut -d= -f1 | sort > @/names");

        _ = tool.Read(Bytes);

        Assert.Equal(["HOME", "LC_ALL", "PATH", "PWD", "TMPDIR"], tool.Left("names")!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(["OLDPWD", "SHLVL", "_"]));
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutNamespaces))]
    public void A_program_that_hangs_is_ended(bool mayCut)
    {
        using var tool = new FakeTool("echo $$ > @/pid; while :; do sleep 100; done");
        var watch = Stopwatch.StartNew();

        var report = tool.Read(Bytes, Short, mayCut);

        Assert.Equal((OutsideVerdict.Failed, "too-slow"), (report.Verdict, report.Why));
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(15));
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutNamespaces))]
    public void Children_end_with_the_program(bool mayCut)
    {
        using var tool = new FakeTool("(while :; do date > @/alive; sleep 0.1; done) & (while :; do sleep 0.1; done) & exit 0");

        var watch = Stopwatch.StartNew();
        var report = tool.Read(Bytes, mayCut: mayCut);

        Assert.Equal(OutsideVerdict.Readable, report.Verdict);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        AssertQuiet(tool);
    }

    [Fact]
    public void A_child_that_flees_into_a_group_of_its_own_ends_with_the_namespace()
    {
        Assert.SkipUnless(IsFencedHere(), "Namespaces are not allowed on this machine.");
        using var tool = new FakeTool("setsid sh -c 'while :; do date > @/alive; sleep 0.1; done' & sleep 0.5; exit 0");

        var report = tool.Read(Bytes);

        Assert.Equal(OutsideVerdict.Readable, report.Verdict);
        Assert.NotNull(tool.Left("alive"));
        AssertQuiet(tool);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void A_flood_of_output_ends_the_program(string output)
    {
        using var tool = new FakeTool($"while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa >&{output}; done");

        var report = tool.Read(Bytes, new ToolLimits { MaxOutput = 10_000 });

        Assert.Equal((OutsideVerdict.Failed, "too-much-output"), (report.Verdict, report.Why));
    }

    [Fact]
    public void Much_on_both_outputs_at_once_does_not_stop_either()
    {
        using var tool = new FakeTool("i=0; while [ $i -lt 4000 ]; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; echo bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb >&2; i=$((i+1)); done");

        Assert.Equal(OutsideVerdict.Readable, tool.Read(Bytes).Verdict);
    }

    [Theory]
    [InlineData("kill -SEGV $$")]
    [InlineData("kill -KILL $$")]
    [InlineData("exec sh -c 'kill -ABRT $$'")]
    public void A_crash_is_the_programs_failure(string script)
    {
        using var tool = new FakeTool(script);

        var report = tool.Read(Bytes);

        Assert.Equal((OutsideVerdict.Failed, "crashed"), (report.Verdict, report.Why));
    }

    [Fact]
    public void Processor_time_is_bounded()
    {
        using var tool = new FakeTool("while :; do :; done");

        var report = tool.Read(Bytes, new ToolLimits { MaxProcessorSeconds = 1, MaxTime = TimeSpan.FromSeconds(40) });

        Assert.Equal((OutsideVerdict.Failed, "crashed"), (report.Verdict, report.Why));
    }

    [Fact]
    public void Memory_and_written_files_are_bounded()
    {
        using var tool = new FakeTool("ulimit -v > @/memory; ulimit -f > @/file; head -c 100000000 /dev/zero > big; stat -c %s big > @/written");

        _ = tool.Read(Bytes, new ToolLimits { MaxMemory = 256L << 20, MaxWritten = 1 << 20 });

        Assert.Equal("262144", tool.Left("memory")!.Trim());
        Assert.Equal("2048", tool.Left("file")!.Trim());
        Assert.Equal((1 << 20).ToString(System.Globalization.CultureInfo.InvariantCulture), tool.Left("written")!.Trim());
    }

    [Fact]
    public void The_network_is_cut_off_where_the_machine_allows_it_and_the_report_says_so()
    {
        using var tool = new FakeTool("cat /proc/net/route > @/routes; cat /proc/net/dev > @/devices");

        var report = tool.Read(Bytes);

        Assert.SkipUnless(report.IsFenced, "Namespaces are not allowed on this machine.");
        Assert.InRange(tool.Left("routes")!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 0, 1);
        Assert.Equal(["lo"], tool.Left("devices")!.Split('\n').Where(l => l.Contains(':', StringComparison.Ordinal)).Select(l => l.Split(':')[0].Trim()));
        Assert.False(tool.Read([1, 2, 3], mayCut: false).IsFenced);
    }

    [Fact]
    public void A_program_that_is_not_there_is_absent_and_one_that_cannot_run_has_failed()
    {
        using var tool = new FakeTool("");
        var absent = new FencedTool(Qpdf.Manner, null, new ToolFence(), ToolLimits.Default);
        var gone = new FencedTool(Qpdf.Manner, "/nowhere/qpdf", new ToolFence(), ToolLimits.Default);
        var still = tool.As(Qpdf.Manner);
        File.SetUnixFileMode(tool.Program, UnixFileMode.UserRead);

        Assert.Equal(OutsideVerdict.Absent, absent.Read(FileContent.Of(Bytes), null, TestContext.Current.CancellationToken).Verdict);
        Assert.Equal(OutsideVerdict.Absent, gone.Read(FileContent.Of(Bytes), null, TestContext.Current.CancellationToken).Verdict);
        Assert.Equal("not-started", still.Read(FileContent.Of(Bytes), null, TestContext.Current.CancellationToken).Why);
    }

    [Fact]
    public void The_same_file_is_read_once()
    {
        using var tool = new FakeTool("echo run >> @/runs");
        var reader = tool.As(Qpdf.Manner);
        foreach (var (content, digest) in new (FileContent, Digest?)[] { (FileContent.Of(Bytes), null), (FileContent.Of(Bytes), Digest.Of(Bytes)), (FileContent.Of(new MemoryStream(Bytes)), null), (FileContent.Of(new byte[3]), null) })
        {
            _ = reader.Read(content, digest, TestContext.Current.CancellationToken);
        }

        Assert.Equal("run\nrun\n", tool.Left("runs"));
    }

    [Fact]
    public void The_memory_of_reports_forgets_the_oldest()
    {
        var memory = new ReportMemory(2);
        var digests = Enumerable.Range(0, 3).Select(i => Digest.Of([(byte)i])).ToArray();
        foreach (var digest in digests)
        {
            memory.Keep(digest, new OutsideReport("", OutsideVerdict.Readable, "", "", true, new Dictionary<string, object>()));
        }

        Assert.Equal([true, false, false], digests.Select(d => memory.Find(d) is null));
    }

    [Fact]
    public void A_request_to_stop_ends_the_program()
    {
        using var tool = new FakeTool("while :; do date > @/alive; sleep 0.1; done");
        var reader = tool.As(Qpdf.Manner);
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        _ = Assert.ThrowsAny<OperationCanceledException>(() => reader.Read(FileContent.Of(Bytes), null, time.Token));

        AssertQuiet(tool);
    }

    // A process that lives writes the time ten times a second.
    private static void AssertQuiet(FakeTool tool)
    {
        using var never = new ManualResetEventSlim();
        _ = never.Wait(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
        var before = tool.Left("alive");
        _ = never.Wait(TimeSpan.FromMilliseconds(1200), TestContext.Current.CancellationToken);

        Assert.Equal(before, tool.Left("alive"));
    }

    private static bool IsFencedHere()
    {
        using var tool = new FakeTool("exit 0");
        return tool.Read(Bytes).IsFenced;
    }
}
