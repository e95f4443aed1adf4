using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

/// <summary>What the law demands before a case is archived: a reviewed schedule, its retention, a code of its own, paper where law still asks for it.</summary>
public sealed class CaseArchivingTests : IDisposable
{
    private const string Item = "000101002000";

    private readonly TestOffice _office = new TestOffice().WithFuzhou();

    public CaseArchivingTests() => SampleSchedule.Done(_office.Office.Codes.Rules.Enter(ReadyCodeRules.Find("case-item")!, TestOffice.Clerk));

    public void Dispose() => _office.Dispose();

    [Fact]
    public void A_case_is_archived_under_the_schedule_in_force_with_a_code_of_its_own()
    {
        Schedule("D30");
        Passed("1");
        var code = Code("D30");

        var outcome = Archive("1", "D30", code);

        Assert.Empty(outcome.Findings);
        var c = _office.Case("1");
        Assert.Equal(CaseState.Registered, c.State);
        Assert.Equal(new ArchivedAs(new RetentionPeriod(30), code, "2024-1", null, null), c.As);
        Assert.Equal(code, Assert.Single(outcome.Events).Event.Record!.ReferenceCode);
        _office.AssertRebuilds();
        Assert.Equal(c.As, _office.Rebuilt().Cases.Find(CaseSketch.Source, "1")!.As);
    }

    [Fact]
    public void Nobody_registers_a_case_around_the_rules()
    {
        Schedule("D30");
        Passed("1");

        var outcome = _office.Office.Cases.Move([new CaseMove(CaseSketch.Source, "1")], CaseState.Registered, "in a hurry", null, TestOffice.Clerk);

        Assert.Equal(["CAS-025"], outcome.Codes());
        Assert.Equal(CaseState.Passed, _office.Case("1").State);
    }

    [Fact]
    public void Nobody_calls_a_case_destroyed_that_is_still_there()
    {
        Schedule("D30");
        Passed("1");
        Assert.Empty(Archive("1", "D30", Code("D30")).Findings);
        _office.Lead("1", CaseState.Appraising, CaseState.DestructionDue);

        Assert.Equal(["CAS-028"], _office.Office.Cases.Move([new CaseMove(CaseSketch.Source, "1")], CaseState.Destroyed, "done", null, TestOffice.Clerk).Codes());
        Assert.Equal(CaseState.DestructionDue, _office.Case("1").State);
    }

    [Fact]
    public void A_schedule_that_was_not_approved_archives_nothing()
    {
        Passed("1");
        var code = Code("D30");
        Assert.Equal(["SCH-030"], Archive("1", "D30", code).Codes());

        SampleSchedule.Done(_office.Office.Schedules.Draft(new ScheduleDraft(KnownOffice.Agency, "2024-1", SampleSchedule.Rows(SampleSchedule.Item(Item, "D30"))), TestOffice.Clerk));
        Assert.Equal(["SCH-003"], Archive("1", "D30", code, schedule: "2024-1").Codes());

        SampleSchedule.Done(_office.Office.Schedules.Submit(KnownOffice.Agency, "2024-1", TestOffice.Clerk));
        Assert.Equal(["SCH-003"], Archive("1", "D30", code, schedule: "2024-1").Codes());
        Assert.Equal(["SCH-021"], Archive("1", "D30", code, schedule: "2031-9").Codes());
        Assert.Equal(CaseState.Passed, _office.Case("1").State);
    }

    [Fact]
    public void A_shorter_retention_is_refused_and_a_longer_one_needs_an_approval()
    {
        Schedule("D30");
        Passed("1");

        Assert.Equal(["SCH-027"], Archive("1", "D10", Code("D10")).Codes());
        Assert.Equal(["SCH-028"], Archive("1", "Y", Code("Y")).Codes());
        Assert.Empty(Archive("1", "Y", Code("Y"), approval: "档审〔2025〕7号").Findings);
        Assert.Equal("档审〔2025〕7号", _office.Case("1").As!.Approval);
    }

    [Fact]
    public void A_case_is_kept_as_long_as_the_longest_of_its_materials()
    {
        Schedule("D10", "000101002000,事项000101002000,/行政许可/市场监管,结果性,形成,M4,证书,归档,D30,2,5,3,行政处罚法,8号令\n");
        Passed("1");

        Assert.Equal(["SCH-027"], Archive("1", "D10", Code("D10")).Codes());
        Assert.Empty(Archive("1", "D30", Code("D30")).Findings);
    }

    [Fact]
    public void A_fonds_with_a_schedule_of_its_own_follows_that_one()
    {
        Schedule("D10");
        SampleSchedule.Done(_office.Office.Schedules.Draft(
            new ScheduleDraft(KnownOffice.Agency, "J001-1", SampleSchedule.Rows(SampleSchedule.Item(Item, "D30"))) { Fonds = "J001" }, TestOffice.Clerk));
        SampleSchedule.Done(_office.Office.Schedules.Submit(KnownOffice.Agency, "J001-1", TestOffice.Clerk));
        Assert.False(_office.Office.Schedules.Approve(KnownOffice.Agency, "J001-1", "1", new DateOnly(2024, 1, 1), null, null, SampleSchedule.Reviewer).IsRefused);
        _ = _office.Tell(CaseSketch.Notice("1", agency: KnownOffice.Agency, item: Item) with { Fonds = "J001" });
        _office.Lead("1", CaseState.Collecting, CaseState.Checking, CaseState.Passed);

        Assert.Equal(["SCH-027"], Archive("1", "D10", Code("D10")).Codes());
        Assert.Empty(Archive("1", "D30", Code("D30")).Findings);
        Assert.Equal("J001-1", _office.Case("1").As!.Schedule);
    }

    [Fact]
    public void A_stricter_schedule_above_binds_from_its_day_on()
    {
        Schedule("D10");
        _ = _office.Office.Approved(KnownOffice.Authority, "省1", SampleSchedule.Item(Item, "D30"), new DateOnly(2026, 1, 1));
        Passed("1");
        Passed("2");

        Assert.Equal(["SCH-042"], Archive("1", "D10", Code("D10")).Codes());
        Assert.Empty(Archive("1", "D30", Code("D30"), approval: "省1").Findings);
    }

    [Fact]
    public void An_item_that_the_schedule_does_not_name_is_refused()
    {
        Schedule("D30");
        _ = _office.Tell(CaseSketch.Notice("1", agency: KnownOffice.Agency, item: "999"));
        _office.Lead("1", CaseState.Collecting, CaseState.Checking, CaseState.Passed);

        Assert.Equal(["SCH-040"], Archive("1", "D30", Code("D30")).Codes());
    }

    [Fact]
    public void A_code_names_one_case_for_ever()
    {
        Schedule("D30");
        Passed("1");
        Passed("2");
        Passed("3");
        var code = Code("D30");

        Assert.Equal(["CAS-022"], Archive("1", "D30", "J001-ZY·ZW·2025-D30-A-000099").Codes());
        var both = _office.Office.Cases.Archive([Archiving("1", "D30", code), Archiving("2", "D30", code)], "same code", TestOffice.Clerk);
        Assert.Equal(["CAS-023"], both.Codes());
        Assert.Empty(Archive("1", "D30", code).Findings);
        Assert.Equal(["CAS-023"], Archive("2", "D30", code).Codes());
        Assert.Contains("CAS-023", _office.Rebuilt().Cases.Archive([Archiving("3", "D30", code)], "again", TestOffice.Clerk).Codes());
    }

    [Fact]
    public void A_code_that_says_another_retention_or_year_is_refused()
    {
        Schedule("D30");
        Passed("1");

        var retention = Assert.Single(Archive("1", "D30", Code("D10")).Findings);
        var year = Assert.Single(Archive("1", "D30", Code("D30", "2024")).Findings);

        Assert.Equal(("CAS-024", "retention", "D30", "D10"), (retention.Code, Argument(retention, "segment"), Argument(retention, "expected"), Argument(retention, "found")));
        Assert.Equal(("CAS-024", "year", "2025", "2024"), (year.Code, Argument(year, "segment"), Argument(year, "expected"), Argument(year, "found")));
    }

    [Fact]
    public void Where_law_demands_paper_its_place_must_be_said()
    {
        Schedule("D30");
        SampleSchedule.Done(_office.Office.Items.Enter([new ServiceItem(Item, "1", "食品经营许可", "行政许可", KnownOffice.Agency) { PaperCitation = "某法第十条" }], TestOffice.Clerk));
        Passed("1");
        var code = Code("D30");

        Assert.Equal(["ARC-020"], Archive("1", "D30", code).Codes());
        Assert.Empty(Archive("1", "D30", code, paper: "3号库房 12柜").Findings);
        Assert.Equal("3号库房 12柜", _office.Case("1").As!.PaperLocator);
    }

    [Fact]
    public void One_wrong_case_keeps_all_out_and_every_fault_is_told()
    {
        Schedule("D30");
        Passed("1");
        Passed("2");

        var outcome = _office.Office.Cases.Archive([Archiving("1", "D30", Code("D30")), Archiving("2", "D10", "none")], "batch", TestOffice.Clerk);

        Assert.Equal(["CAS-022", "SCH-027"], outcome.Codes().Order(StringComparer.Ordinal));
        Assert.Equal(CaseState.Passed, _office.Case("1").State);
    }

    private void Schedule(string retention, string more = "") =>
        _ = _office.Office.Approved(KnownOffice.Agency, "2024-1", SampleSchedule.Item(Item, retention) + more, new DateOnly(2024, 1, 1));

    private void Passed(string number)
    {
        _ = _office.Tell(CaseSketch.Notice(number, agency: KnownOffice.Agency, item: Item));
        _office.Lead(number, CaseState.Collecting, CaseState.Checking, CaseState.Passed);
    }

    private string Code(string retention, string year = "2025")
    {
        var outcome = _office.Office.Codes.Next(
            "case-item", [new CodeRequest(new Dictionary<string, string> { ["fonds"] = "J001", ["year"] = year, ["retention"] = retention, ["unit"] = "A" })], TestOffice.Clerk);
        Assert.Empty(outcome.Findings);
        return outcome.Codes[0];
    }

    private static CaseArchiving Archiving(string number, string retention, string code) =>
        new(CaseSketch.Source, number, RetentionPeriod.TryParse(retention, out var period) ? period : throw new ArgumentException(retention), code);

    private DecisionOutcome Archive(string number, string retention, string code, string? approval = null, string? schedule = null, string? paper = null) =>
        _office.Office.Cases.Archive([Archiving(number, retention, code) with { Approval = approval, Schedule = schedule, PaperLocator = paper }], "归档", TestOffice.Clerk);

    private static string Argument(Finding finding, string name) => finding.Arguments.First(a => a.Key == name).Value;
}
