using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lantai.Tests.Adapters;

namespace Lantai.Tests.EndToEnd;

/// <summary>The demonstration's day, once for all tests: the real program, and a real engine where it is installed.</summary>
public sealed class DemoDay : IDisposable
{
    public DemoDay()
    {
        using var engine = new Clamd();
        HasEngine = engine.Program is not null;
        Ended = HasEngine ? Shop.RunProgram("/usr/bin/env", "LANTAI_CLAMD_DEFINITIONS=" + DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Workshop.Program, "demo", "--dir", "demo", "--clamd", engine.Socket, "--json") : Shop.Run("demo", "--dir", "demo", "--json");
    }

    internal Workshop Shop { get; } = new("lantai-day-");

    internal bool HasEngine { get; }

    internal Ended Ended { get; }

    /// <summary>What each step answered, by the start of its command.</summary>
    internal IEnumerable<JsonObject> Answers(string command) =>
        Ended.Json["steps"]!.AsArray().Where(s => ((string)s!["line"]!).Contains($" {command} ", StringComparison.Ordinal)).Select(s => s!["answer"]!.AsObject());

    public void Dispose() => Shop.Dispose();
}

public sealed class DemoDayTests(DemoDay day) : IClassFixture<DemoDay>
{
    [Fact]
    public void Good_packages_pass_without_a_word_and_each_bad_one_is_bad_for_its_own_reason_alone()
    {
        Assert.True(day.Ended.Code == 0, day.Ended.ToString());
        var told = day.Answers("case archive").SelectMany(a => a["packages"]!.AsArray())
            .Select(p => $"{p!["name"]} {p["outcome"]} {string.Join(' ', p["codes"]!.AsArray())}".TrimEnd()).ToList();

        // The package is infected, and the file in it.
        string[] infected = day.HasEngine ? ["infected.zip returned INS-375 INS-375"] : ["infected.zip archived"];
        Assert.Equal(
            [
                "good.zip would", "good.zip archived", "licence.zip archived", "late.zip archived INS-250", "incomplete.zip returned INS-226 PKG-042", "encrypted.zip returned INS-340",
                .. infected, " secret SEC-001", "lead.zip archived", "part.zip archived", "good.zip held", "supplement.zip refused PKG-009", "supplement.zip archived",
            ],
            told);
    }

    [Fact]
    public void The_vendor_is_told_the_same_offline()
    {
        var answer = Assert.Single(day.Answers("sip validate").Skip(1));

        Assert.DoesNotContain("INS-614", answer.ToString(), StringComparison.Ordinal); // by the key that was published
        Assert.DoesNotMatch("\"verdict\": ?\"(warning|manual)\"", Regex.Replace(answer.ToString(), "\\s+", " "));
    }
}
