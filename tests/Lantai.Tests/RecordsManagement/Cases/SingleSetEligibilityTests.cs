using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

public sealed class SingleSetEligibilityTests
{
    private static readonly DateTimeOffset Noon = new(2025, 5, 10, 12, 0, 0, TimeSpan.FromHours(8));

    private static readonly CaseEvidence Whole = new()
    {
        SourceFindings = [],
        HasValidSignature = true,
        RequiredSteps = ["1", "4"],
        Steps = [new CaseStep("1", true, Noon), new CaseStep("4", true, Noon)],
        AreOperationsLogged = true,
        IsContentSound = true,
        IsStructureSound = true,
        IsContextSound = true,
    };

    public static TheoryData<string, string> Reasons => new()
    {
        { "register", "CAS-030" }, { "signature", "CAS-030" }, { "origin", "CAS-030" }, { "nosteps", "CAS-031" }, { "missing", "CAS-031" }, { "nodemand", "CAS-031" },
        { "operator", "CAS-031" }, { "time", "CAS-031" }, { "log", "CAS-031" }, { "content", "CAS-032" }, { "structure", "CAS-032" }, { "context", "CAS-032" },
    };

    [Fact]
    public void A_case_that_meets_all_three_conditions_may_be_archived_in_electronic_form_alone()
    {
        var whole = SingleSetEligibility.Of("S01/1", Whole);
        var byChannel = SingleSetEligibility.Of("S01/1", Whole with { HasValidSignature = null, IsChannelAuthenticated = true });

        Assert.Equal((true, true, true), (whole.IsEligible, whole.MeetsConditions, byChannel.IsEligible));
        Assert.Empty(whole.Findings);
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Each_condition_that_is_not_met_is_the_reason_by_itself(string reason, string code)
    {
        var verdict = SingleSetEligibility.Of("S01/1", Without(reason));

        Assert.False(verdict.IsEligible);
        Assert.All(verdict.Findings, f => Assert.Equal((code, Severity.Error, "S01/1"), (f.Code, f.Severity, f.Subject)));
        Assert.Contains(verdict.Findings, f => f.Arguments[0].Value == reason);
        Assert.Equal((code != "CAS-030", code != "CAS-031", code != "CAS-032"), (verdict.IsSourceReliable, verdict.IsProcedureSound, verdict.AreElementsComplete));
    }

    [Fact]
    public void Where_nothing_was_established_every_reason_is_listed()
    {
        var verdict = SingleSetEligibility.Of("S01/1", new CaseEvidence());

        Assert.Equal(["register", "origin", "nosteps", "nodemand", "log", "content", "structure", "context"], verdict.Findings.Select(f => f.Arguments[0].Value));
        Assert.Equal((false, false, false), (verdict.IsSourceReliable, verdict.IsProcedureSound, verdict.AreElementsComplete));
    }

    [Fact]
    public void What_the_register_says_against_the_source_is_the_reason()
    {
        var warning = Finding.Warning("SRC-003", "S01", ("reason", "line cut"));
        var refusal = Finding.Error("SRC-001", "S01", ("source-state", "disabled"));

        Assert.True(SingleSetEligibility.Of("S01/1", Whole with { SourceFindings = [warning] }).IsEligible);
        Assert.Equal([refusal], SingleSetEligibility.Of("S01/1", Whole with { SourceFindings = [warning, refusal] }).Findings);
    }

    [Fact]
    public void Where_paper_is_demanded_its_place_must_be_known_and_the_electronic_form_is_not_enough()
    {
        var demanded = Whole with { PaperCitation = "《某条例》第三条" };

        var missing = SingleSetEligibility.Of("S01/1", demanded);
        var placed = SingleSetEligibility.Of("S01/1", demanded with { PaperLocator = "B 库 3-2-1" });

        Assert.Equal("ARC-020", Assert.Single(missing.Findings).Code);
        Assert.Empty(placed.Findings);
        Assert.Equal((true, false), (placed.MeetsConditions, placed.IsEligible));
    }

    private static CaseEvidence Without(string reason) => reason switch
    {
        "register" => Whole with { SourceFindings = null },
        "signature" => Whole with { HasValidSignature = false, IsChannelAuthenticated = true },
        "origin" => Whole with { HasValidSignature = null, IsChannelAuthenticated = false },
        "nosteps" => Whole with { Steps = null },
        "missing" => Whole with { RequiredSteps = ["1", "3", "4"] },
        "nodemand" => Whole with { RequiredSteps = null },
        "operator" => Whole with { Steps = [Whole.Steps![0] with { HasOperator = false }, Whole.Steps[1]] },
        "time" => Whole with { Steps = [Whole.Steps![0] with { Time = null }, Whole.Steps[1]] },
        "log" => Whole with { AreOperationsLogged = null },
        "content" => Whole with { IsContentSound = false },
        "structure" => Whole with { IsStructureSound = null },
        _ => Whole with { IsContextSound = false },
    };
}
