using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Microsoft.Extensions.Time.Testing;

namespace Lantai.Tests.Inspection;

/// <summary>The engine asks each rule by itself, and what could not run never counts as passed.</summary>
public sealed class InspectionRunTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void A_rule_without_a_check_could_not_run_and_the_package_waits()
    {
        var report = Run("FN.GD.RESERVED");

        var result = Assert.Single(report.Results);
        Assert.Equal(RuleVerdict.CouldNotRun, result.Verdict);
        Assert.Equal("INS-002", Assert.Single(result.Answer.Findings).Code);
        Assert.Equal(InspectionOutcome.Waiting, report.Outcome);
    }

    [Fact]
    public void A_rule_that_does_not_apply_says_why()
    {
        var answer = RuleAnswer.NotApplicable("online");

        Assert.Equal(RuleVerdict.NotApplicable, answer.Verdict);
        Assert.Equal("why", Assert.Single(Assert.Single(answer.Findings).Arguments).Key);
    }

    [Theory]
    [InlineData(RuleVerdict.Failed, RuleWeight.Blocking, InspectionOutcome.Failed)]
    [InlineData(RuleVerdict.Failed, RuleWeight.Major, InspectionOutcome.Passed)]
    [InlineData(RuleVerdict.CouldNotRun, RuleWeight.Blocking, InspectionOutcome.Waiting)]
    [InlineData(RuleVerdict.CouldNotRun, RuleWeight.Major, InspectionOutcome.Passed)]
    [InlineData(RuleVerdict.Manual, RuleWeight.Major, InspectionOutcome.Waiting)]
    [InlineData(RuleVerdict.Warning, RuleWeight.Blocking, InspectionOutcome.Passed)]
    [InlineData(RuleVerdict.NotApplicable, RuleWeight.Blocking, InspectionOutcome.Passed)]
    public void What_a_report_comes_to_follows_from_weight_and_verdict(RuleVerdict verdict, RuleWeight weight, InspectionOutcome expected)
    {
        var report = Run("FN.GD.RESERVED");
        var rule = report.Results[0].Rule;

        var told = report with { Results = [new RuleResult(rule, weight, verdict, new RuleAnswer(verdict, []), null)] };

        Assert.Equal(expected, told.Outcome);
    }

    [Fact]
    public void A_scheme_of_another_stage_is_misuse() =>
        Assert.Throws<ArgumentException>(() => Run("FN.GD.RESERVED", InspectionStage.Transfer));

    private static InspectionReport Run(string prefix, InspectionStage stage = InspectionStage.Archiving)
    {
        var rule = RuleCatalogue.All.First(r => r.Manner == RuleManner.Reserved && r.Stage == InspectionStage.Archiving);
        Assert.Contains("RESERVED", rule.Id, StringComparison.Ordinal);
        var scheme = new InspectionScheme("试用", "1", stage, "*", [new SchemeRule(rule.Id, RuleWeight.Blocking)], new Dictionary<string, string>());
        var facts = new InspectionFacts
        {
            Point = RunPoint.AgencyArchiving,
            Now = Now,
            Package = new InspectedPackage { Name = prefix, Profile = "gbt42727", Confidence = ReadingConfidence.Low, Findings = [], Files = [] },
            Channel = new ChannelFacts("yz-cases", SourceChannel.Online),
        };
        var subject = new InspectionSubject("办件", "gbt42727", null, 0, 0, "yz-cases", null, null, null);
        return new InspectionRun(new FakeTimeProvider(Now)).Run(facts, scheme, new Dictionary<string, ManualDecision>(), subject, "甲");
    }
}
