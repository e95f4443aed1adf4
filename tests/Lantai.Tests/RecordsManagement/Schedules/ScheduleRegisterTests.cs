using Lantai.Forms;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

public sealed class ScheduleRegisterTests : IDisposable
{
    private const string Agency = KnownOffice.Agency;

    private static readonly DateOnly NewYear = new(2026, 1, 1);

    private readonly TestOffice _test = new TestOffice().WithFuzhou();

    private ScheduleRegister Schedules => _test.Office.Schedules;

    public void Dispose() => _test.Dispose();

    [Fact]
    public void A_version_goes_from_drawn_up_to_repealed_and_says_who_did_it()
    {
        SampleSchedule.Done(Schedules.Draft(new ScheduleDraft(Agency, "1", SampleSchedule.Rows(SampleSchedule.Item("I1"))) { Fonds = "J001", Basis = ["国办发〔2023〕26号"] }, TestOffice.Clerk));
        Assert.Equal(ScheduleState.Draft, State("1", NewYear));

        SampleSchedule.Done(Schedules.Submit(Agency, "1", TestOffice.Clerk));
        Assert.Equal(ScheduleState.Submitted, State("1", NewYear));

        SampleSchedule.Done(Schedules.Approve(Agency, "1", "档审〔2025〕1号", NewYear, new DateOnly(2027, 12, 31), "同意", SampleSchedule.Reviewer));
        Assert.Equal(ScheduleState.Approved, State("1", NewYear.AddDays(-1)));
        Assert.Equal(ScheduleState.InForce, State("1", NewYear));
        Assert.Equal(ScheduleState.Repealed, State("1", new DateOnly(2028, 1, 1)));

        SampleSchedule.Done(Schedules.Repeal(Agency, "1", new DateOnly(2026, 6, 30), "机构改革", TestOffice.Clerk));
        Assert.Equal(ScheduleState.InForce, State("1", new DateOnly(2026, 6, 30)));
        Assert.Equal(ScheduleState.Repealed, State("1", new DateOnly(2026, 7, 1)));
        Assert.Equal(ScheduleState.Approved, State("1", NewYear.AddDays(-1)));

        var version = Schedules.Find(Agency, "1")!;
        Assert.Equal(("os:clerk", "os:clerk", "os:reviewer", "档审〔2025〕1号", "同意"), (version.DraftedBy, version.SubmittedBy, version.ReviewedBy, version.Approval, version.Opinion));
        Assert.Equal(("J001", "350100", 3L, "国办发〔2023〕26号"), (version.Fonds, version.Region.ToString(), version.RowCount, Assert.Single(version.Basis)));
        Agree();
    }

    [Fact]
    public void Every_step_that_is_not_the_next_is_refused()
    {
        _ = _test.Office.Approved(Agency, "approved", SampleSchedule.Item("I1"), NewYear);
        Draft("draft");
        Draft("submitted");
        SampleSchedule.Done(Schedules.Submit(Agency, "submitted", TestOffice.Clerk));
        Draft("returned");
        SampleSchedule.Done(Schedules.Submit(Agency, "returned", TestOffice.Clerk));
        SampleSchedule.Done(Schedules.Return(Agency, "returned", "补充依据", SampleSchedule.Reviewer));
        _ = _test.Office.Approved(Agency, "repealed", SampleSchedule.Item("I1"), NewYear);
        SampleSchedule.Done(Schedules.Repeal(Agency, "repealed", NewYear, "x", TestOffice.Clerk));
        Dictionary<string, Func<string, DecisionOutcome>> steps = new()
        {
            ["draft"] = n => Schedules.Submit(Agency, n, TestOffice.Clerk),
            ["submitted"] = n => Schedules.Approve(Agency, n, "a", NewYear, null, null, SampleSchedule.Reviewer),
            ["submitted "] = n => Schedules.Return(Agency, n, "o", SampleSchedule.Reviewer),
            ["approved"] = n => Schedules.Repeal(Agency, n, NewYear, "r", TestOffice.Clerk),
        };

        foreach (var (from, step) in steps)
        {
            foreach (var number in new[] { "draft", "submitted", "returned", "approved", "repealed" }.Where(n => n != from.Trim()))
            {
                var outcome = step(number);
                Assert.Equal(["SCH-022"], outcome.Codes());
                Assert.Empty(outcome.Events);
            }
        }

        Agree();
    }

    [Fact]
    public void A_repeal_never_lets_a_version_hold_longer_than_it_was_approved_for()
    {
        Draft("1");
        SampleSchedule.Done(Schedules.Submit(Agency, "1", TestOffice.Clerk));
        SampleSchedule.Done(Schedules.Approve(Agency, "1", "a", NewYear, new DateOnly(2026, 12, 31), null, SampleSchedule.Reviewer));

        var longer = Schedules.Repeal(Agency, "1", new DateOnly(2027, 1, 1), "x", TestOffice.Clerk);

        Assert.Equal(["SCH-041"], longer.Codes());
        Assert.Empty(longer.Events);
        SampleSchedule.Done(Schedules.Repeal(Agency, "1", new DateOnly(2026, 12, 31), "x", TestOffice.Clerk));
    }

    [Fact]
    public void Nobody_reviews_what_they_submitted()
    {
        Draft("1");
        SampleSchedule.Done(Schedules.Submit(Agency, "1", SampleSchedule.Reviewer));

        Assert.Equal(["SCH-023"], Schedules.Approve(Agency, "1", "a", NewYear, null, null, SampleSchedule.Reviewer).Codes());
        Assert.Equal(["SCH-023"], Schedules.Approve(Agency, "1", "a", NewYear, null, null, TestOffice.Clerk).Codes());
        Assert.Equal(["SCH-023"], Schedules.Return(Agency, "1", "o", TestOffice.Clerk).Codes());
        Assert.Equal(ScheduleState.Submitted, State("1", NewYear));
    }

    [Fact]
    public void A_version_that_ends_before_it_begins_is_refused()
    {
        Draft("1");
        SampleSchedule.Done(Schedules.Submit(Agency, "1", TestOffice.Clerk));

        Assert.Equal(["SCH-024"], Schedules.Approve(Agency, "1", "a", NewYear, NewYear.AddDays(-1), null, SampleSchedule.Reviewer).Codes());
        Assert.Equal(["REC-002", "SCH-024"], Schedules.Approve(Agency, "1", " ", NewYear, NewYear.AddDays(-1), null, SampleSchedule.Reviewer).Codes());
        Assert.False(Schedules.Approve(Agency, "1", "a", NewYear, NewYear, null, SampleSchedule.Reviewer).IsRefused);
    }

    [Fact]
    public void A_number_is_used_again_only_for_what_was_returned()
    {
        Draft("1");
        SampleSchedule.Done(Schedules.Submit(Agency, "1", TestOffice.Clerk));
        Assert.Equal(["SCH-032"], Schedules.Draft(new ScheduleDraft(Agency, "1", SampleSchedule.Rows(SampleSchedule.Item("I2"))), TestOffice.Clerk).Codes());

        SampleSchedule.Done(Schedules.Return(Agency, "1", "补充", SampleSchedule.Reviewer));
        SampleSchedule.Done(Schedules.Draft(new ScheduleDraft(Agency, "1", SampleSchedule.Rows(SampleSchedule.Item("I2"))), TestOffice.Clerk));

        Assert.Equal(2, Schedules.Find(Agency, "1")!.Revision);
        Assert.Equal(["I2"], Schedules.Rows(Schedules.Find(Agency, "1")!).Select(r => r.Item).Distinct());
        Assert.Equal([ScheduleState.Returned, ScheduleState.Draft], Schedules.List(Agency).Select(v => v.Decided));
        SampleSchedule.Done(Schedules.Submit(Agency, "1", TestOffice.Clerk));
        Agree();
    }

    [Fact]
    public void What_is_not_there_is_told()
    {
        Assert.Equal(["SCH-021"], Schedules.Submit(Agency, "9", TestOffice.Clerk).Codes());
        Assert.Equal(["SCH-021"], Schedules.Draft(new ScheduleDraft(Agency, "1", SampleSchedule.Rows(SampleSchedule.Item("I2"))) { Fonds = "J009" }, TestOffice.Clerk).Codes());
        Assert.Equal(["REC-002", "FON-007", "SHT-011"], Schedules.Draft(new ScheduleDraft(KnownOffice.Hall, "", []), TestOffice.Clerk).Codes());
        Assert.Equal(["FON-005"], Schedules.Draft(new ScheduleDraft("x", "1", SampleSchedule.Rows(SampleSchedule.Item("I2"))), TestOffice.Clerk).Codes());
        Assert.Null(Schedules.Find(Agency, "9"));
        Assert.Empty(Schedules.List(null));
    }

    [Fact]
    public void Rows_come_back_in_the_order_of_the_file()
    {
        // Rows of one item lie far from each other, and some items have more than one document holds.
        var csv = string.Concat(Enumerable.Range(0, 700).Select(i => $"I{i % 7},事项I{i % 7},,证据性,调用,E{i},e,归档,D10,2,5,3,b,l\n"))
            + string.Concat(Enumerable.Range(0, 7).Select(i => SampleSchedule.Item($"I{i}")));
        var rows = SampleSchedule.Rows(csv);
        SampleSchedule.Done(Schedules.Draft(new ScheduleDraft(Agency, "1", rows), TestOffice.Clerk));

        Assert.Equal(rows, Schedules.Rows(Schedules.Find(Agency, "1")!));
        Agree();
    }

    [Fact]
    public void A_workbook_of_several_thousand_rows_is_drawn_up_whole()
    {
        var rows = SampleSchedule.Rows([.. Enumerable.Range(0, 700).Select(i => SampleSchedule.Item($"I{i}"))]);
        using var book = new MemoryStream();
        var form = ScheduleReports.Of(new ScheduleVersion("x", Agency, RegionCode.Nation, "1", 1, rows.Count), ScheduleState.Draft, rows);
        ReportWriter.Write(form, ReportFormat.Xlsx, SampleSchedule.Chinese, book, default);
        var reading = SampleSchedule.Read(book.ToArray(), "s.xlsx");

        var outcome = Schedules.Draft(new ScheduleDraft(Agency, "1", reading.Rows), TestOffice.Clerk);

        Assert.Equal(4, outcome.Events.Count); // three of at most a thousand rows, and the one that makes them count
        Assert.Equal(rows, Schedules.Rows(Schedules.Find(Agency, "1")!));
        Agree();
    }

    [Fact]
    public void An_item_that_the_catalogue_does_not_know_is_told()
    {
        var rows = SampleSchedule.Rows(SampleSchedule.Item("I1"), SampleSchedule.Item("I2"));
        Assert.Empty(Schedules.Draft(new ScheduleDraft(Agency, "1", rows), TestOffice.Clerk).Findings);
        SampleSchedule.Done(_test.Office.Items.Enter([new ServiceItem("I9", "1", "x", "行政许可", Agency)], TestOffice.Clerk));
        Assert.Empty(Schedules.Draft(new ScheduleDraft(Agency, "2", rows), TestOffice.Clerk).Findings);
        SampleSchedule.Done(_test.Office.Items.Enter([new ServiceItem("I2", "1", "x", "行政许可", Agency)], TestOffice.Clerk));

        var outcome = Schedules.Draft(new ScheduleDraft(Agency, "3", rows), TestOffice.Clerk);

        Assert.False(outcome.IsRefused);
        Assert.Equal(["SCH-038 I1"], outcome.Findings.Select(f => f.Code + " " + f.Arguments[0].Value));
    }

    [Fact]
    public void Rows_with_an_error_are_refused_whoever_hands_them_in()
    {
        var reading = SampleSchedule.Read(SampleSchedule.Heading + SampleSchedule.Item("I1").Replace(",2,5,3,", ",2,15,3,", StringComparison.Ordinal));

        var outcome = Schedules.Draft(new ScheduleDraft(Agency, "1", reading.Rows), TestOffice.Clerk);

        Assert.Equal(["SCH-005", "SCH-005", "SCH-005"], outcome.Codes());
        Assert.Empty(outcome.Events);
    }

    [Fact]
    public void A_retention_that_an_overlay_left_out_is_refused_with_its_ground()
    {
        var overlay = new PolicyOverlay("o", "350100", null, new DateOnly(2026, 1, 31), [new OverlayValue(PolicyKeys.RetentionCodes, ["D30", "Y"], new PolicyBasis("榕档〔2025〕9号", "3", "2026-01-01", "high"))]);
        Assert.Empty(_test.Office.Policy.Adopt(overlay, TestOffice.Clerk).Findings);

        var outcome = Schedules.Draft(new ScheduleDraft(Agency, "1", SampleSchedule.Rows(SampleSchedule.Item("I1"))), TestOffice.Clerk);

        Assert.Equal(["SCH-039", "SCH-039", "SCH-039"], outcome.Codes());
        Assert.Equal(["D10", "D30, Y", "榕档〔2025〕9号", "3"], outcome.Findings[0].Arguments.Select(a => a.Value));
        Assert.Empty(Schedules.Draft(new ScheduleDraft(Agency, "1", SampleSchedule.Rows(SampleSchedule.Item("I1", "D15"))), TestOffice.Clerk).Findings);
        Assert.Empty(Schedules.Draft(new ScheduleDraft(KnownOffice.Authority, "1", SampleSchedule.Rows(SampleSchedule.Item("I1"))), TestOffice.Clerk).Findings);
    }

    [Fact]
    public void What_an_overlay_left_out_since_a_version_was_drawn_up_is_not_approved()
    {
        Draft("1");
        SampleSchedule.Done(Schedules.Submit(Agency, "1", TestOffice.Clerk));
        var overlay = new PolicyOverlay("o", "350100", null, NewYear.AddDays(60), [new OverlayValue(PolicyKeys.RetentionCodes, ["D30", "Y"], new PolicyBasis("榕档〔2025〕9号", "3", "2026-01-01", "high"))]);
        Assert.Empty(_test.Office.Policy.Adopt(overlay, TestOffice.Clerk).Findings);

        var after = Schedules.Approve(Agency, "1", "a", NewYear.AddDays(60), null, null, SampleSchedule.Reviewer);

        Assert.Equal(["SCH-039", "SCH-039", "SCH-039"], after.Codes());
        Assert.Empty(Schedules.Approve(Agency, "1", "a", NewYear.AddDays(59), null, null, SampleSchedule.Reviewer).Findings);
    }

    [Fact]
    public void A_version_for_one_fonds_succeeds_none_that_holds_for_the_others()
    {
        _ = _test.Office.Approved(Agency, "all", SampleSchedule.Item("I1"), NewYear);
        SampleSchedule.Done(Schedules.Draft(new ScheduleDraft(Agency, "one", SampleSchedule.Rows(SampleSchedule.Item("I1"))) { Fonds = "J001" }, TestOffice.Clerk));
        SampleSchedule.Done(Schedules.Submit(Agency, "one", TestOffice.Clerk));
        SampleSchedule.Done(Schedules.Approve(Agency, "one", "a", NewYear.AddDays(10), NewYear.AddDays(20), null, SampleSchedule.Reviewer));

        Assert.Equal((ScheduleState.InForce, ScheduleState.InForce), (State("all", NewYear.AddDays(10)), State("one", NewYear.AddDays(10))));
        Assert.Equal("all", Schedules.InForce(Agency, NewYear.AddDays(10))?.Number);
        Assert.Equal("one", Schedules.InForce(Agency, NewYear.AddDays(10), "J001")?.Number);
        Assert.Equal("all", Schedules.InForce(Agency, NewYear.AddDays(10), "0059")?.Number);
        Assert.Equal("all", Schedules.InForce(Agency, NewYear.AddDays(21), "J001")?.Number);
    }

    [Fact]
    public void A_newer_version_succeeds_the_one_before_from_its_first_day()
    {
        _ = _test.Office.Approved(Agency, "1", SampleSchedule.Item("I1"), NewYear);
        _ = _test.Office.Approved(Agency, "2", SampleSchedule.Item("I1"), NewYear.AddYears(1));

        Assert.Null(Schedules.InForce(Agency, NewYear.AddDays(-1)));
        Assert.Equal("1", Schedules.InForce(Agency, NewYear)?.Number);
        Assert.Equal("1", Schedules.InForce(Agency, NewYear.AddYears(1).AddDays(-1))?.Number);
        Assert.Equal("2", Schedules.InForce(Agency, NewYear.AddYears(1))?.Number);
        Assert.Equal((ScheduleState.Repealed, ScheduleState.InForce), (State("1", NewYear.AddYears(1)), State("2", NewYear.AddYears(1))));

        // Approved last, but for the time before the second: whoever began last is in force.
        _ = _test.Office.Approved(Agency, "3", SampleSchedule.Item("I1"), NewYear.AddMonths(6));
        Assert.Equal(["1", "3", "2"], new[] { 5, 6, 12 }.Select(m => Schedules.InForce(Agency, NewYear.AddMonths(m))?.Number));
        Assert.Equal("2", _test.Rebuilt().Schedules.InForce(Agency, NewYear.AddYears(1))?.Number);
        Agree();
    }

    [Fact]
    public void Retention_that_gets_shorter_is_told_when_it_is_approved()
    {
        _ = _test.Office.Approved(Agency, "1", SampleSchedule.Item("I1", "D30"), NewYear);
        Draft("2", SampleSchedule.Item("I1").Replace("M3,许可证,归档,D10", "M3,许可证,归档,Y", StringComparison.Ordinal));
        SampleSchedule.Done(Schedules.Submit(Agency, "2", TestOffice.Clerk));

        var outcome = Schedules.Approve(Agency, "2", "a", NewYear.AddYears(1), null, null, SampleSchedule.Reviewer);

        Assert.False(outcome.IsRefused);
        Assert.Equal(["M1 D30 D10", "M2 D30 D10"], outcome.Findings.Where(f => f.Code == "SCH-025").Select(f => string.Join(' ', f.Arguments.Skip(1).Take(3).Select(a => a.Value))));
    }

    private void Draft(string number, string? csv = null) =>
        SampleSchedule.Done(Schedules.Draft(new ScheduleDraft(Agency, number, SampleSchedule.Rows(csv ?? SampleSchedule.Item("I1"))), TestOffice.Clerk));

    private ScheduleState State(string number, DateOnly day) => Schedules.StateOn(Schedules.Find(Agency, number)!, day);

    private void Agree()
    {
        Assert.True(_test.CompareWithRebuild().AreEqual);
        Assert.Equal(Schedules.List(null), _test.Rebuilt().Schedules.List(null));
    }
}
