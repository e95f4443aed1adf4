using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Words;
using static Lantai.Tests.Inspection.RuleFacts;

namespace Lantai.Tests.Inspection.Regulation;

/// <summary>What the registers say: of the source, of the deadline, of the retention.</summary>
public sealed class RegisterRuleTests
{
    [Theory]
    [InlineData("source")]
    [InlineData("deadline")]
    [InlineData("retention")]
    [InlineData("scope")]
    [InlineData("joint")]
    [InlineData("package-metadata")]
    [InlineData("process")]
    [InlineData("process-security")]
    public void A_rule_that_asks_registers_could_not_run_without_them(string check)
    {
        var answer = Ask(check, Of() with { Terms = null });

        Assert.Equal((RuleVerdict.CouldNotRun, "INS-200", "later"), (answer.Verdict, answer.Findings[0].Code, Argument(answer.Findings[0], "retry")));
    }

    [Theory]
    [InlineData("source", "source")]
    [InlineData("deadline", "completion")]
    [InlineData("retention", "retention")]
    public void What_the_package_does_not_say_the_registers_cannot_be_asked_with(string check, string missing)
    {
        var facts = Of();

        var answer = Ask(check, facts with { Terms = facts.Terms! with { Source = null, Deadline = null, Schedule = null } });

        Assert.Equal((RuleVerdict.CouldNotRun, "INS-202", missing), (answer.Verdict, answer.Findings[0].Code, Argument(answer.Findings[0], "missing")));
    }

    [Fact]
    public void A_source_that_may_not_submit_fails_and_coming_offline_is_another_rule()
    {
        var facts = Of();
        InspectionFacts Said(Finding finding) => facts with { Terms = facts.Terms! with { Source = [finding] } };

        Assert.Equal(RuleVerdict.Passed, Ask("source", facts).Verdict);
        Assert.Equal(RuleVerdict.Failed, Ask("source", Said(Finding.Error("SRC-001", "yz-cases", ("source-state", "disabled")))).Verdict);
        Assert.Equal(RuleVerdict.Passed, Ask("source", Said(Finding.Error("SRC-004", "yz-cases"))).Verdict);
        Assert.Equal(RuleVerdict.Failed, Ask("process-security", Said(Finding.Error("SRC-004", "yz-cases"))).Verdict);
        Assert.Equal(RuleVerdict.Warning, Ask("process-security", Said(Finding.Warning("SRC-003", "yz-cases", ("reason", "专线中断")))).Verdict);
    }

    [Theory]
    [InlineData("2024-06-30", RuleVerdict.Passed, "")]
    [InlineData("2024-07-01", RuleVerdict.Warning, "1")]
    [InlineData("2024-07-31", RuleVerdict.Warning, "31")]
    public void The_thirtieth_of_June_is_in_time_and_late_hinders_nothing(string day, RuleVerdict expected, string days)
    {
        var answer = Ask("deadline", On(day, since: "2023-01-01"));

        Assert.Equal(expected, answer.Verdict);
        Assert.All(answer.Findings, f => Assert.Equal(("INS-250", days, "2024-06-30", day), (f.Code, Argument(f, "days"), Argument(f, "expected"), Argument(f, "found"))));
    }

    [Theory]
    [InlineData("2023-05-19", RuleVerdict.Warning)]
    [InlineData("2023-05-20", RuleVerdict.NotApplicable)]
    public void What_was_completed_before_the_regulation_is_told_apart_and_is_never_late(string since, RuleVerdict expected) =>
        Assert.Equal((expected, expected == RuleVerdict.Warning ? "INS-250" : "INS-251"), (Ask("deadline", On("2025-01-01", since)).Verdict, Ask("deadline", On("2025-01-01", since)).Findings[0].Code));

    [Fact]
    public void The_regulation_came_into_force_on_30_July_2023() => Assert.Equal(new DateOnly(2023, 7, 30), new TermsFacts { Day = new DateOnly(2026, 1, 1) }.RegulationSince);

    [Fact]
    public void A_retention_that_the_schedule_refuses_fails()
    {
        var facts = Of();
        var refused = new ScheduleAnswer(null, null, [Finding.Error("SCH-027", Agency + " " + Item, ("material", Item), ("retention", "D10"), ("expected", "D30"), ("number", "2024-1"))]);

        Assert.Equal(RuleVerdict.Passed, Ask("retention", facts).Verdict);
        Assert.Equal(RuleVerdict.Failed, Ask("retention", facts with { Terms = facts.Terms! with { Schedule = refused } }).Verdict);
    }

    [Theory]
    [InlineData(30, RuleVerdict.Passed)]
    [InlineData(31, RuleVerdict.Failed)]
    public void A_retention_shorter_than_the_traceback_years_fails_whatever_the_schedule_says(int floor, RuleVerdict expected)
    {
        var facts = Of();

        var answer = Ask("retention", facts with { Terms = facts.Terms! with { Scope = [Row("result", "食品经营许可证", floor: floor), Row("result", "不归档", archive: "no", floor: 99)] } });

        Assert.Equal(expected, answer.Verdict);
        Assert.All(answer.Findings, f => Assert.Equal(("INS-252", "31", "D30"), (f.Code, Argument(f, "expected"), Argument(f, "found"))));
    }

    private static InspectionFacts On(string day, string since)
    {
        var facts = Of();
        return facts with { Terms = facts.Terms! with { Day = DateOnly.Parse(day), RegulationSince = DateOnly.Parse(since) } };
    }
}
