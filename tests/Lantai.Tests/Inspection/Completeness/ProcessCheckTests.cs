using Lantai.Inspection;
using static Lantai.Tests.Inspection.RuleFacts;

namespace Lantai.Tests.Inspection.Completeness;

/// <summary>The process is there: the steps of the item, each with person, department, times and result.</summary>
public sealed class ProcessCheckTests
{
    [Fact]
    public void The_four_steps_of_every_case_are_enough_where_the_item_demands_no_more() => Assert.Equal(RuleVerdict.Passed, Ask("process", Of()).Verdict);

    [Fact]
    public void A_step_that_the_item_demands_beyond_those_must_be_there()
    {
        var facts = Of();
        var demanding = facts with { Terms = facts.Terms! with { Item = facts.Terms.Item! with { Steps = ["1", "2", "11", "3", "4"] } } };

        Assert.Equal((RuleVerdict.Failed, "INS-212", "11 补齐补正", ""), Told(Ask("process", demanding)));
    }

    [Theory]
    [InlineData("<办理人>孙三</办理人>", "<办理人/>", "办理人")]
    [InlineData("<办理部门>综合窗口</办理部门>", "<办理部门> </办理部门>", "办理部门")]
    [InlineData("<开始时间>2023-05-10T10:00:00+08:00</开始时间>", "", "开始时间")]
    [InlineData("<结束时间>2023-05-18T15:00:00+08:00</结束时间>", "<结束时间>2023-02-30T15:00:00+08:00</结束时间>", "结束时间")]
    [InlineData("      <结果>准予</结果>", "", "结果")]
    public void A_step_without_person_department_time_or_result_fails_and_is_told_once(string good, string bad, string element)
    {
        var facts = Of("plain", (good, bad));
        var answer = Ask("process", facts);

        Assert.Equal((RuleVerdict.Failed, "INS-213", element), (answer.Verdict, Assert.Single(answer.Findings).Code, Argument(answer.Findings[0], "expected")));
        Assert.Contains("Process", Argument(answer.Findings[0], "at"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_without_any_step_fails()
    {
        var facts = Of();
        var read = facts.Package.Case! with { Steps = [] };

        Assert.Contains(Ask("process", facts with { Package = facts.Package with { Case = read } }).Findings, f => f.Code == "INS-214");
    }

    [Fact]
    public void Cases_inside_the_package_are_asked_too()
    {
        var facts = Of("joint-nested");
        var part = facts.Package.Case!.Parts[0];
        var read = facts.Package.Case with { Parts = [KeyValuePair.Create(part.Key, part.Value with { Steps = [] }), facts.Package.Case.Parts[1]] };

        var finding = Assert.Single(Ask("process", facts with { Package = facts.Package with { Case = read } }).Findings, f => f.Code == "INS-214");
        Assert.StartsWith("子包/" + part.Key, finding.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_registers_it_could_not_run_unless_the_package_fails_by_itself()
    {
        var good = Of() with { Terms = null };
        var bad = Of("plain", ("<办理人>孙三</办理人>", "<办理人/>")) with { Terms = null };

        Assert.Equal((RuleVerdict.CouldNotRun, "INS-200"), (Ask("process", good).Verdict, Ask("process", good).Findings[0].Code));
        Assert.Equal("later", Argument(Ask("process", good).Findings[0], "retry"));
        Assert.Equal(RuleVerdict.Failed, Ask("process", bad).Verdict);
    }

    [Fact]
    public void An_item_that_the_catalogue_does_not_know_demands_the_four_steps()
    {
        var facts = Of();

        Assert.Equal(RuleVerdict.Passed, Ask("process", facts with { Terms = facts.Terms! with { Item = null } }).Verdict);
    }
}
