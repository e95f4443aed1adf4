using Lantai.Cli.Arguments;
using Lantai.Cli.Output;
using Lantai.Words;
using Microsoft.Extensions.Time.Testing;

namespace Lantai.Tests.Cli;

public sealed class QuantitiesTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("4096", 4096)]
    [InlineData("1KiB", 1024)]
    [InlineData("1k", 1024)]
    [InlineData("1KB", 1000)]
    [InlineData("64MiB", 64 << 20)]
    [InlineData("1.5GiB", 1610612736)]
    [InlineData("10GB", 10_000_000_000)]
    [InlineData("7B", 7)]
    public void Sizes_are_read(string text, long bytes) => Assert.Equal(bytes, Quantities.Bytes(text, "--x"));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.2.3")]
    [InlineData("MiB")]
    [InlineData("1 MiB")]
    [InlineData("1EB")]
    [InlineData("99999999999999999999")]
    [InlineData("999999999999999TiB")]
    public void What_is_no_size_is_refused(string text) => Assert.Throws<WrongUseException>(() => Quantities.Bytes(text, "--x"));

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("90m", 5400)]
    [InlineData("25h", 90000)]
    [InlineData("2d", 172800)]
    public void Spans_are_read(string text, long seconds) => Assert.Equal(seconds, Quantities.Span(text, "--x").TotalSeconds);

    [Theory]
    [InlineData("h")]
    [InlineData("1w")]
    [InlineData("-1h")]
    [InlineData("1.5h")]
    [InlineData("99999999999d")]
    public void What_is_no_span_is_refused(string text) => Assert.Throws<WrongUseException>(() => Quantities.Span(text, "--x"));

    [Fact]
    public void A_budget_is_bytes_or_time()
    {
        Assert.Equal((10_000_000_000L, null), Quantities.Budget("10GB", "--x"));
        Assert.Equal((null, TimeSpan.FromMinutes(30)), Quantities.Budget("30m", "--x"));
        Assert.Throws<WrongUseException>(() => Quantities.Budget("much", "--x"));
    }

    [Theory]
    [InlineData("5%", 0.05)]
    [InlineData("100", 1)]
    [InlineData("0.5%", 0.005)]
    public void Shares_are_read(string text, double share) => Assert.Equal(share, Quantities.Share(text, "--x"), 9);

    [Theory]
    [InlineData("0%")]
    [InlineData("101")]
    [InlineData("NaN")]
    public void What_is_no_share_is_refused(string text) => Assert.Throws<WrongUseException>(() => Quantities.Share(text, "--x"));

    [Fact]
    public void Chinese_characters_take_two_columns()
    {
        Assert.Equal(6, Amounts.Width("办件ab"));
        Assert.Equal("办件  |", Amounts.Pad("办件", 6) + "|");
    }

    [Fact]
    public void Progress_says_rate_and_time_left_and_plain_lines_come_every_five_seconds()
    {
        var time = new FakeTimeProvider();
        using var error = new StringWriter();
        var progress = new ProgressLine(error, new Screen(false, 80), new Speech(Language.English), time, ProgressForm.Text);

        for (var second = 0; second < 11; second++)
        {
            progress.Report(second, second << 20, 20, 20 << 20, null, "a\u001b[2J.txt");
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            ["5/20 files, 5.0 MiB / 20.0 MiB, 1.0 MiB/s, 0:15 left  a\\u001b[2J.txt", "10/20 files, 10.0 MiB / 20.0 MiB, 1.0 MiB/s, 0:10 left  a\\u001b[2J.txt"],
            error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_program_gets_a_line_of_json_at_once_in_each_second_and_at_the_end()
    {
        var time = new FakeTimeProvider();
        using var error = new StringWriter();
        var progress = new ProgressLine(error, new Screen(true, 80), new Speech(Language.English), time, ProgressForm.JsonLines);

        for (var half = 0; half < 5; half++)
        {
            if (half < 3)
            {
                progress.Report(half, half * 200, 8, null, null, "a");
            }

            time.Advance(TimeSpan.FromMilliseconds(500));
        }

        progress.End();
        progress.End();

        Assert.Equal(
            [
                """{"seconds":0,"files":0,"bytes":0,"totalFiles":8,"totalBytes":null,"done":false}""",
                """{"seconds":1,"files":1,"bytes":200,"totalFiles":8,"totalBytes":null,"done":false}""",
                """{"seconds":2,"files":2,"bytes":400,"totalFiles":8,"totalBytes":null,"done":false}""",
                """{"seconds":2.5,"files":2,"bytes":400,"totalFiles":8,"totalBytes":null,"done":true}""",
            ],
            error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void On_a_terminal_the_line_is_drawn_again_and_never_wider()
    {
        var time = new FakeTimeProvider();
        using var error = new StringWriter();
        var progress = new ProgressLine(error, new Screen(true, 30), new Speech(Language.Chinese), time, ProgressForm.Text);
        time.Advance(TimeSpan.FromSeconds(1));
        progress.Report(1, 1 << 20, 2, 2 << 20, null, new string('很', 40));
        progress.Clear();

        var text = error.ToString();
        Assert.StartsWith("\r\u001b[2K", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\u001b[2K", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
        Assert.InRange(Amounts.Width(System.Text.RegularExpressions.Regex.Replace(text, "\u001b\\[[0-9;]*[mK]|\r", "")), 20, 29);
    }
}
