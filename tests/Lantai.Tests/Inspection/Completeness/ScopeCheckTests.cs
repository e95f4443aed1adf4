using Lantai.Inspection;
using Lantai.Words;
using static Lantai.Tests.Inspection.RuleFacts;

namespace Lantai.Tests.Inspection.Completeness;

/// <summary>The materials are those of the schedule in force for the item.</summary>
public sealed class ScopeCheckTests
{
    [Fact]
    public void Materials_that_the_schedule_names_pass_and_what_is_called_need_not_be_there() => Assert.Equal(RuleVerdict.Passed, Ask("scope", Of()).Verdict);

    [Fact]
    public void A_row_without_a_name_covers_all_materials_of_its_nature() =>
        Assert.Equal(RuleVerdict.Passed, Ask("scope", WithScope(Row("evidential", ""), Row("procedural", ""), Row("result", ""))).Verdict);

    [Fact]
    public void A_nature_that_is_archived_and_has_no_material_fails()
    {
        var facts = Of();
        var read = facts.Package.Case!;

        var answer = Ask("scope", facts with { Package = facts.Package with { Case = read with { Folders = [.. read.Folders.SkipLast(1)] } } });

        Assert.Equal((RuleVerdict.Failed, "INS-226", "result"), (answer.Verdict, Assert.Single(answer.Findings).Code, Argument(answer.Findings[0], "schedule-nature")));
    }

    [Fact]
    public void A_material_that_the_schedule_says_is_not_archived_fails() =>
        Assert.Equal(
            (RuleVerdict.Failed, "INS-225", "", "受理通知书"),
            Told(Ask("scope", WithScope(Row("evidential", ""), Row("procedural", "受理通知书", archive: "no"), Row("procedural", ""), Row("result", "")))));

    [Theory]
    [InlineData(null, RuleVerdict.Warning)]
    [InlineData("fail", RuleVerdict.Failed)]
    public void A_material_in_no_row_is_a_warning_unless_the_scheme_says_otherwise(string? weight, RuleVerdict expected)
    {
        var facts = WithScope(Row("evidential", ""), Row("procedural", "受理通知书"), Row("result", "不予许可决定书"));

        var answer = Ask("scope", facts with { Parameters = Parameter("scope.extra", weight) });

        Assert.Equal((expected, "INS-224", "", "食品经营许可证"), Told(answer));
    }

    [Theory]
    [InlineData(null, RuleVerdict.Warning)]
    [InlineData("fail", RuleVerdict.Failed)]
    public void A_named_proof_that_is_missing_is_a_warning_unless_the_scheme_says_otherwise(string? weight, RuleVerdict expected)
    {
        var facts = WithScope(Row("evidential", "食品经营许可申请书"), Row("evidential", "身份证明"), Row("procedural", ""), Row("result", ""));

        var answer = Ask("scope", facts with { Parameters = Parameter("scope.missing", weight) });

        Assert.Equal((expected, "INS-227", "身份证明", ""), Told(answer));
    }

    [Fact]
    public void A_name_is_the_same_however_its_blanks_and_widths_were_typed() =>
        Assert.Equal(RuleVerdict.Passed, Ask("scope", WithScope(Row("evidential", "食品 经营许可申请书"), Row("procedural", "受理通知书　"), Row("result", "食品经营许可证"))).Verdict);

    [Fact]
    public void An_item_of_which_the_schedule_says_nothing_waits_for_the_archive()
    {
        var answer = Ask("scope", WithScope());

        Assert.Equal((RuleVerdict.CouldNotRun, "INS-228", "later"), (answer.Verdict, answer.Findings[0].Code, Argument(answer.Findings[0], "retry")));
        Assert.Equal(RuleVerdict.CouldNotRun, Ask("scope", Of() with { Terms = null }).Verdict);
        Assert.Equal(Severity.Error, answer.Findings[0].Severity);
    }

    private static Dictionary<string, string> Parameter(string name, string? value) => value is null ? [] : new() { [name] = value };

    private static InspectionFacts WithScope(params Lantai.RecordsManagement.ScheduleRow[] rows)
    {
        var facts = Of();
        return facts with { Terms = facts.Terms! with { Scope = rows } };
    }
}
