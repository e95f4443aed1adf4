using Lantai.Inspection;

namespace Lantai.Tests.Inspection.Storage;

/// <summary>The agency's report and the hall's are both kept and held against each other.</summary>
public sealed class InspectionComparisonTests
{
    [Fact]
    public void Two_reports_that_say_the_same_differ_in_nothing()
    {
        var comparison = InspectionComparison.Of(Report("sha256:a", ("FN.YJ.AUTH.FIXITY", RuleVerdict.Passed)), Report("sha256:a", ("FN.YJ.AUTH.FIXITY", RuleVerdict.Passed)));

        Assert.Empty(comparison.Findings);
    }

    [Fact]
    public void Each_rule_on_which_two_reports_differ_is_told_and_the_outcome()
    {
        var agency = Report("sha256:a", ("FN.YJ.AUTH.FIXITY", RuleVerdict.Passed), ("FN.YJ.SEC.MALWARE", RuleVerdict.Passed), ("FN.YJ.COMP.CONTENT", RuleVerdict.Passed));
        var hall = Report("sha256:a", ("FN.YJ.AUTH.FIXITY", RuleVerdict.Passed), ("FN.YJ.SEC.MALWARE", RuleVerdict.Failed), ("ZW.OPINIONS", RuleVerdict.Passed));

        var comparison = InspectionComparison.Of(agency, hall);

        Assert.Equal(
            [new("FN.YJ.SEC.MALWARE", RuleVerdict.Passed, RuleVerdict.Failed), new("FN.YJ.COMP.CONTENT", RuleVerdict.Passed, null), new("ZW.OPINIONS", null, RuleVerdict.Passed)],
            comparison.Disagreements);
        Assert.Equal(["INS-571", "INS-572", "INS-572", "INS-572"], comparison.Findings.Select(f => f.Code));
    }

    [Theory]
    [InlineData("sha256:a", "sha256:b")]
    [InlineData(null, null)]
    public void Reports_of_other_bytes_are_no_reports_of_one_package(string? one, string? other) =>
        Assert.Equal("INS-570", Assert.Single(InspectionComparison.Of(Report(one), Report(other)).Findings).Code);

    private static InspectionReport Report(string? digest, params IReadOnlyList<(string Rule, RuleVerdict Verdict)> rules) => new()
    {
        Id = Guid.NewGuid(),
        Point = RunPoint.HallReceipt,
        Scheme = SchemeCatalogue.Of(RunPoint.HallReceipt),
        Subject = new InspectionSubject("移交包", "dat93", digest, 1, 1, "yz", null, null, null),
        Started = DateTimeOffset.UnixEpoch,
        Finished = DateTimeOffset.UnixEpoch,
        Operator = "甲",
        Results = [.. rules.Select(r => new RuleResult(RuleCatalogue.Find(r.Rule)!, RuleWeight.Blocking, r.Verdict, new RuleAnswer(r.Verdict, []), null))],
    };
}
