using Lantai.ArchivalStorage;
using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Tests.Inspection.Desk;

public sealed class InspectionDeskTests : IDisposable
{
    private const string Appearance = "FN.GD.SEC.MEDIUM-APPEARANCE";

    private readonly TestDesk _test = new();

    private InspectionDesk Desk => _test.Desk;

    [Fact]
    public async Task A_report_is_recorded_found_and_verified()
    {
        var made = Desk.Seal(SampleReport.Make());
        await Desk.RecordAsync([new RunEntry(made), new RunEntry(Desk.Seal(SampleReport.Make(failing: false) with { Id = Guid.NewGuid() }), Guid.NewGuid())], TestDesk.Archivist, default);

        foreach (var desk in new[] { Desk, _test.Rebuilt() })
        {
            var run = Assert.Single(desk.RunsOf(made.Report.Number));
            Assert.Equal((InspectionOutcome.Failed, "gd-case/1", "os:李档案"), (run.Outcome, run.Scheme, run.Operator));
            Assert.Equal(2, desk.RunsOfCase("榕政通", "2023-350100-000021").Count);
            Assert.Equal(2, desk.RunsOf(SampleReport.Package).Count);
            Assert.Equal(2, desk.Newest(10, null).Count);
            Assert.Empty(desk.Newest(10, new DateOnly(2026, 11, 26)));
            Assert.Equal(made.Xml, desk.Load(run).Xml);
            Assert.Equal("INS-015", Assert.Single(desk.Verify(run, desk.KeysOf(null, null), out var read)).Code);
            Assert.Equal(made.Report.Number, read!.Number);
        }
    }

    [Fact]
    public async Task Many_reports_share_events_of_bounded_size()
    {
        List<RunEntry> runs = [.. Enumerable.Range(0, 60).Select(_ => new RunEntry(Desk.Seal(SampleReport.Make() with { Id = Guid.NewGuid() })))];
        var before = _test.Vault.Ledger.Size;

        await Desk.RecordAsync(runs, TestDesk.Archivist, default);

        Assert.Equal(60, Desk.RunsOf(SampleReport.Package).Count);
        Assert.InRange(_test.Vault.Ledger.Size - before, 2, 10);
        Assert.All(runs, r => Assert.Equal(r.Report.Xml, Desk.Load(Assert.Single(Desk.RunsOf(r.Report.Report.Number))).Xml));
    }

    [Fact]
    public async Task A_report_that_was_changed_where_it_lies_is_found()
    {
        var made = Desk.Seal(SampleReport.Make());
        var other = Desk.Seal(SampleReport.Make(failing: false) with { Id = made.Report.Id });
        await Desk.RecordAsync([new RunEntry(made)], TestDesk.Archivist, default);
        var run = Assert.Single(Desk.RunsOf(made.Report.Number));

        var codes = Desk.Verify(run with { Xml = other.Seal.Sha256 }, Desk.KeysOf(null, null), out _).Select(f => f.Code);

        Assert.Contains("INS-016", codes);
    }

    [Fact]
    public async Task Another_person_decides_an_open_item()
    {
        await Desk.RecordAsync([new RunEntry(Desk.Seal(SampleReport.Make()))], TestDesk.Archivist, default);

        Assert.Single(Desk.Decide(new ItemDecision(SampleReport.Package, Appearance, RuleVerdict.Failed, "有划痕"), TestDesk.Reviewer).Events);
        Assert.Single(Desk.Decide(new ItemDecision(SampleReport.Package, Appearance, RuleVerdict.Passed, "换盘后外观完好"), TestDesk.Reviewer).Events);

        var decision = Assert.Single(_test.Rebuilt().DecisionsFor(SampleReport.Package));
        Assert.Equal((Appearance, RuleVerdict.Passed, "os:王复核", "换盘后外观完好"), (decision.Key, decision.Value.Verdict, decision.Value.Person, decision.Value.Note));
        Assert.Empty(Desk.DecisionsFor(null));
    }

    [Fact]
    public async Task Each_decision_that_nobody_may_take_is_refused()
    {
        await Desk.RecordAsync([new RunEntry(Desk.Seal(SampleReport.Make()))], TestDesk.Archivist, default);
        var good = new ItemDecision(SampleReport.Package, Appearance, RuleVerdict.Passed, "外观完好");

        Assert.Equal(["FN-011"], Refused(good with { Package = "sm3:00" }, TestDesk.Reviewer));
        Assert.Equal(["FN-012"], Refused(good with { Rule = "FN.GD.AUTH.FIXITY" }, TestDesk.Reviewer));
        Assert.Equal(["FN-013"], Refused(good with { Verdict = RuleVerdict.Manual }, TestDesk.Reviewer));
        Assert.Equal(["FN-014"], Refused(good, TestDesk.Archivist));
        Assert.Equal(["REC-002"], Refused(good with { Note = "" }, TestDesk.Reviewer));
        Assert.Empty(Desk.DecisionsFor(SampleReport.Package));

        var disc = SampleReport.Make() with { Id = Guid.NewGuid() };
        disc = disc with { Results = [.. disc.Results.Select(r => r.Rule.Check == "optical-disc" ? r with { Verdict = RuleVerdict.Manual, Answer = RuleAnswer.Manual() } : r)] };
        await Desk.RecordAsync([new RunEntry(Desk.Seal(disc))], TestDesk.Archivist, default);
        var measured = good with { Rule = "FN.GD.SEC.OPTICAL-DISC" };
        Assert.Equal(["FN-015"], Refused(measured, TestDesk.Reviewer));
        Assert.Single(Desk.Decide(measured with { Attachment = Digest.Of("BLER"u8) }, TestDesk.Reviewer).Events);
    }

    [Fact]
    public async Task Nobody_who_ever_ran_an_inspection_of_a_package_decides_its_items()
    {
        var second = SampleReport.Make() with { Id = Guid.NewGuid(), Operator = "os:周值班" };
        await Desk.RecordAsync([new RunEntry(Desk.Seal(SampleReport.Make())), new RunEntry(Desk.Seal(second))], TestDesk.Archivist, default);

        Assert.Equal(["FN-014"], Refused(new ItemDecision(SampleReport.Package, Appearance, RuleVerdict.Passed, "外观完好"), TestDesk.Archivist));
        Assert.Single(Desk.Decide(new ItemDecision(SampleReport.Package, Appearance, RuleVerdict.Passed, "外观完好"), TestDesk.Reviewer).Events);
    }

    [Fact]
    public async Task A_decision_is_applied_to_every_run_but_that_of_whoever_decided()
    {
        await Desk.RecordAsync([new RunEntry(Desk.Seal(SampleReport.Make()))], TestDesk.Archivist, default);
        _ = Desk.Decide(new ItemDecision(SampleReport.Package, Appearance, RuleVerdict.Passed, "外观完好"), TestDesk.Reviewer);
        var open = SampleReport.Make();

        var decided = Desk.Decided(open).Results.Single(r => r.Rule.Id == Appearance);
        var own = Desk.Decided(open with { Operator = TestDesk.Reviewer.AccountName });

        Assert.Equal((RuleVerdict.Passed, "os:王复核"), (decided.Verdict, decided.Manual?.Person));
        var left = own.Results.Single(r => r.Rule.Id == Appearance);
        Assert.Equal((RuleVerdict.Manual, null, "FN-014"), (left.Verdict, left.Manual, left.Answer.Findings[^1].Code));
        Assert.Empty(own.Reviewers);
        Assert.NotNull(ReportReader.TryRead(Desk.Seal(own).Xml, "报告.xml", new List<Finding>()));
    }

    [Fact]
    public async Task What_is_decided_of_the_store_holds_for_every_package_and_for_so_many_days()
    {
        const string Medium = "FN.BC.SEC.STORAGE-MEDIUM";
        var one = Stored("sha256:" + new string('1', 64));
        await Desk.RecordAsync([new RunEntry(Desk.Seal(one))], TestDesk.Archivist, default);
        Assert.Single(Desk.Decide(new ItemDecision(one.Subject.Digest!, Medium, RuleVerdict.Passed, "SMART 正常", Digest.Of("SMART"u8)), TestDesk.Reviewer).Events);
        var at = Assert.Single(Desk.DecisionsFor("store")).Value.At;
        var other = Stored("sha256:" + new string('2', 64));

        RuleVerdict After(int days, InspectionScheme? scheme = null) =>
            _test.Rebuilt().Decided(other with { Started = at.AddDays(days), Scheme = scheme ?? other.Scheme }).Results.Single(r => r.Rule.Id == Medium).Verdict;

        Assert.Equal(RuleVerdict.Passed, After(365));
        Assert.Equal(RuleVerdict.Manual, After(366));
        Assert.Equal(RuleVerdict.Manual, After(31, other.Scheme with { Parameters = new Dictionary<string, string> { ["manual.days"] = "30" } }));
    }

    [Fact]
    public async Task What_is_decided_of_one_stored_package_holds_for_it_alone_and_grows_old_too()
    {
        const string Longevity = "FN.BC.USE.FORMAT-LONGEVITY";
        var one = Stored("sha256:" + new string('1', 64), Longevity);
        await Desk.RecordAsync([new RunEntry(Desk.Seal(one))], TestDesk.Archivist, default);
        Assert.Single(Desk.Decide(new ItemDecision(one.Subject.Digest!, Longevity, RuleVerdict.Passed, "可读"), TestDesk.Reviewer).Events);
        var at = Assert.Single(Desk.DecisionsFor(one.Subject.Digest)).Value.At;

        RuleVerdict Of(InspectionReport report, int days) => Desk.Decided(report with { Started = at.AddDays(days) }).Results.Single(r => r.Rule.Id == Longevity).Verdict;

        Assert.Equal((RuleVerdict.Passed, RuleVerdict.Manual), (Of(one, 1), Of(one, 366)));
        Assert.Equal(RuleVerdict.Manual, Of(Stored("sha256:" + new string('2', 64), Longevity), 1));
    }

    [Fact]
    public void A_package_with_an_open_item_is_not_accepted()
    {
        Assert.Empty(InspectionDesk.Hindrances(SampleReport.Make(failing: false)));

        var open = Assert.Single(InspectionDesk.Hindrances(SampleReport.Make()));
        Assert.Equal("FN-010", open.Code);
        Assert.Contains("需人工", SampleReport.Texts.Say(Language.Chinese, open), StringComparison.Ordinal);
    }

    public void Dispose() => _test.Dispose();

    /// <summary>A report of a stored package in which some rule is left to a person.</summary>
    private static InspectionReport Stored(string digest, string rule = "FN.BC.SEC.STORAGE-MEDIUM")
    {
        var scheme = SchemeCatalogue.Of(RunPoint.Storage);
        var sample = SampleReport.Make();
        return sample with
        {
            Id = Guid.NewGuid(), Point = RunPoint.Storage, Scheme = scheme, Subject = sample.Subject with { Digest = digest },
            Results = [.. scheme.Rules.Select(r => new RuleResult(
                RuleCatalogue.Find(r.Rule)!, r.Weight, r.Rule == rule ? RuleVerdict.Manual : RuleVerdict.Passed, r.Rule == rule ? RuleAnswer.Manual() : RuleAnswer.Passed(), null))],
        };
    }

    private IEnumerable<string> Refused(ItemDecision wish, Actor actor)
    {
        var outcome = Desk.Decide(wish, actor);
        Assert.Empty(outcome.Events);
        return outcome.Findings.Select(f => f.Code);
    }
}
