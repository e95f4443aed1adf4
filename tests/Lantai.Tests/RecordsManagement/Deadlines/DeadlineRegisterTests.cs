using CsCheck;
using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class DeadlineRegisterTests
{
    private static readonly DateOnly Due = new(2026, 6, 30);

    [Fact]
    public void A_case_that_is_archived_on_30_June_is_in_time_and_one_on_1_July_is_late()
    {
        using var office = new TestOffice();
        _ = office.Tell(CaseSketch.Notice("in time"), CaseSketch.Notice("late"), CaseSketch.Notice("open"));
        office.At("2026-06-30T15:50:00Z"); // ten minutes to midnight in Beijing
        office.Archive("in time");
        office.At("2026-06-30T16:00:00Z");
        office.Archive("late");

        DeadlineTotals On(DateOnly day)
        {
            _ = office.Office.Deadlines.Totals(day, DeadlineGrouping.Agency, out var all);
            return all;
        }

        Assert.Equal((3L, 1L, 0L, 2L, 0L), Numbers(On(Due)));
        Assert.Equal((3L, 1L, 1L, 0L, 1L), Numbers(On(Due.AddDays(1))));
        Assert.Equal(1, On(Due.AddDays(1)).LateDays);
        Assert.Equal([30], On(Due).Warned.Select(w => w.Days));
        Assert.Equal("S01/open", Assert.Single(office.Office.Deadlines.Overdue(Due.AddDays(1), null, null)).Case.Name);
        Assert.Empty(office.Office.Deadlines.Overdue(Due, null, null));
    }

    [Fact]
    public void What_was_completed_before_the_regulation_stands_by_itself_and_is_never_overdue()
    {
        using var office = new TestOffice();
        _ = office.Tell(CaseSketch.Notice("old", "2023-07-29T23:59:59+08:00"), CaseSketch.Notice("new", "2023-07-30T00:00:00+08:00"));

        var rows = office.Office.Deadlines.Totals(new DateOnly(2026, 1, 31), DeadlineGrouping.Source, out var all);

        Assert.Equal((1L, 1L, 1L, 1L), (all.BeforeRegulation, all.BeforeRegulationOpen, all.Completed, all.Overdue));
        Assert.Equal("S01", Assert.Single(rows).Code);
        Assert.Equal("S01/new", Assert.Single(office.Office.Deadlines.Overdue(new DateOnly(2026, 1, 31), null, null)).Case.Name);
    }

    [Fact]
    public void A_declared_participant_that_archives_nothing_is_overdue_by_itself_and_not_its_lead()
    {
        using var office = new TestOffice();
        _ = office.Tell(CaseSketch.Notice("1", joint: new JointHandling("U7", JointRole.Lead, [new JointPart("A02", "I02")])));
        office.Archive("1");

        var rows = office.Office.Deadlines.Totals(Due.AddDays(1), DeadlineGrouping.Agency, out _);
        var overdue = Assert.Single(office.Office.Deadlines.Overdue(Due.AddDays(1), null, null));

        Assert.Equal([("A01", 1L, 0L), ("A02", 0L, 1L)], rows.Select(r => (r.Code, r.InTime, r.Overdue)));
        Assert.Equal(("A02", "U7", null), (overdue.Case.Agency, overdue.Case.Joint, overdue.Case.Number));
    }

    [Fact]
    public void An_overlay_brings_the_deadline_of_an_agency_forward_without_a_new_view()
    {
        using var office = new TestOffice().WithFuzhou();
        _ = office.Tell(CaseSketch.Notice("1", agency: KnownOffice.Agency), CaseSketch.Notice("2", agency: KnownOffice.OtherAgency));
        IEnumerable<string> OverdueOn(DateOnly day) => office.Office.Deadlines.Overdue(day, null, null).Select(o => o.Case.Number!);
        Assert.Empty(OverdueOn(new DateOnly(2026, 4, 1)));
        var size = office.Vault.Ledger.Size;

        var basis = new PolicyBasis("福州市办法", "3", "2026-01-01", "high");
        OverlayValue Value(string key, string value) => new(key, [value], basis);
        var overlay = new PolicyOverlay("city", null, KnownOffice.Agency, new DateOnly(2025, 12, 31), [Value(PolicyKeys.DeadlineMonth, "3"), Value(PolicyKeys.DeadlineDay, "31")]);
        Assert.False(office.Office.Policy.Adopt(overlay, TestOffice.Clerk).IsRefused);

        Assert.Equal(size + 1, office.Vault.Ledger.Size);
        Assert.Equal(["1"], OverdueOn(new DateOnly(2026, 4, 1)));
        Assert.Equal(["1", "2"], OverdueOn(new DateOnly(2026, 7, 1)).Order());
        Assert.Equal(
            [(KnownOffice.Agency, 1L, 0L), (KnownOffice.OtherAgency, 0L, 1L)],
            office.Office.Deadlines.Totals(new DateOnly(2026, 4, 1), DeadlineGrouping.Agency, out _).Select(r => (r.Code, r.Overdue, r.NotYetDue)));
    }

    [Fact]
    public void An_overlay_makes_nothing_late_that_was_completed_before_its_year()
    {
        using var office = new TestOffice().WithFuzhou();
        _ = office.Tell(CaseSketch.Notice("1", agency: KnownOffice.Agency));
        var basis = new PolicyBasis("福州市办法", "3", "2026-01-01", "high");
        var overlay = new PolicyOverlay("city", null, KnownOffice.Agency, new DateOnly(2026, 1, 1), [new(PolicyKeys.DeadlineMonth, ["3"], basis), new(PolicyKeys.DeadlineDay, ["31"], basis)]);
        Assert.False(office.Office.Policy.Adopt(overlay, TestOffice.Clerk).IsRefused);

        Assert.Empty(office.Office.Deadlines.Overdue(new DateOnly(2026, 6, 30), null, null));
        Assert.Equal(new DateOnly(2026, 6, 30), office.Office.Deadlines.RuleFor(KnownOffice.Agency, 2025).ForYear(2025));
        Assert.Equal(new DateOnly(2027, 3, 31), office.Office.Deadlines.RuleFor(KnownOffice.Agency, 2026).ForYear(2026));
    }

    [Fact]
    public void A_part_that_was_declared_by_mistake_is_withdrawn_and_counts_on_no_day()
    {
        using var office = new TestOffice();
        _ = office.Tell(CaseSketch.Notice("1", joint: new JointHandling("U7", JointRole.Lead, [new JointPart("A02", "I02"), new JointPart("A03", null)])));
        var parts = office.Office.Cases.PartsOf("U7");

        Assert.False(office.Office.Cases.WithdrawPart(parts[1].Place, "named by mistake", TestOffice.Clerk).IsRefused);

        Assert.Equal([CaseCodes.Reason, CaseCodes.NoPart], office.Office.Cases.WithdrawPart(parts[1].Place, "", TestOffice.Clerk).Findings.Select(f => f.Code));
        Assert.Equal(CaseCodes.NoPart, Assert.Single(office.Office.Cases.WithdrawPart(parts[0].Place, "not a part", TestOffice.Clerk).Findings).Code);
        Assert.Equal(["A01", "A03"], office.Office.Deadlines.Totals(Due.AddDays(1), DeadlineGrouping.Agency, out _).Select(r => r.Code));
        Assert.Equal(["A01", "A03"], office.Office.Deadlines.Overdue(Due.AddDays(1), null, null).Select(o => o.Case.Agency));
        office.AssertRebuilds();
    }

    [Fact]
    public void Totals_and_lists_of_any_day_are_those_of_a_plain_recount()
    {
        Gen.Int[0, 1_000_000].Sample(seed =>
        {
            using var office = new TestOffice();
            var history = CaseHistory.Play(office, seed, 160);
            foreach (var day in Days(seed))
            {
                AssertTotals(office.Office, history, day);
                AssertList(office.Office, history, day);
            }

            office.AssertRebuilds();
            AssertTotals(office.Rebuilt(), history, new DateOnly(2027, 7, 1));
        }, iter: 6, threads: 1);
    }

    [Fact]
    public void Pages_follow_one_another_without_gap_or_repetition()
    {
        using var office = new TestOffice();
        _ = CaseHistory.Play(office, 7, 200);
        var day = new DateOnly(2027, 7, 1);
        var whole = office.Office.Deadlines.Overdue(day, null, null).Select(o => o.Case.Name).ToList();
        Assert.True(whole.Count > 20, "The history is too poor for this test.");

        var paged = new List<string>();
        string? next = null;
        for (var page = office.Office.Deadlines.Overdue(day, null, next).Take(7).ToList(); page.Count > 0; page = [.. office.Office.Deadlines.Overdue(day, null, next).Take(7)])
        {
            paged.AddRange(page.Select(o => o.Case.Name));
            next = page[^1].Next;
        }

        Assert.Equal(whole, paged);
        Assert.Throws<ArgumentException>(() => office.Office.Deadlines.Overdue(day, null, "2025/A01"));
    }

    [Fact]
    public void Delays_are_those_of_online_cases_archived_within_the_range()
    {
        using var office = new TestOffice();
        office.At("2026-02-28T00:00:00Z");
        _ = office.Tell([.. Enumerable.Range(1, 20).Select(i => CaseSketch.Notice("N" + i, $"2026-02-{i:00}T08:00:00+08:00"))]);
        _ = office.Tell(CaseSketch.Notice("offline", "2025-02-01T08:00:00+08:00") with { Channel = SourceChannel.Offline, OfflineReason = "line cut" });
        office.Time.AutoAdvanceAmount = TimeSpan.Zero;
        foreach (var i in Enumerable.Range(1, 20))
        {
            office.Archive("N" + i);
        }

        office.Archive("offline");
        var today = new DateOnly(2026, 2, 28);

        var delays = office.Office.Deadlines.Delays(today, today);

        Assert.Equal(["S01", ""], delays.Select(d => d.Source));
        Assert.Equal((20L, TimeSpan.FromDays(17), TimeSpan.FromDays(26)), (delays[1].Cases, delays[1].Median, delays[1].P95));
        Assert.Empty(office.Office.Deadlines.Delays(today.AddDays(1), today.AddDays(9)));
        Assert.Empty(office.Office.Deadlines.Delays(today.AddDays(-9), today.AddDays(-1)));
    }

    private static IEnumerable<DateOnly> Days(int seed)
    {
        var chance = new Random(seed);
        DateOnly[] edges = [new(2023, 7, 29), new(2023, 7, 30), new(2024, 6, 30), new(2024, 7, 1), new(2026, 6, 30), new(2026, 7, 1), new(2027, 6, 30), new(2027, 7, 1)];
        return [.. edges, .. Enumerable.Range(0, 25).Select(_ => new DateOnly(2023, 1, 1).AddDays(chance.Next(2200)))];
    }

    private static void AssertTotals(RecordsOffice office, CaseHistory history, DateOnly day)
    {
        foreach (var row in office.Deadlines.Totals(day, DeadlineGrouping.Agency, out var all).Append(all))
        {
            var told = history.Cases.Where(c => c.Day <= day && (row.Code.Length == 0 || c.Agency == row.Code)).ToList();
            var under = told.Where(c => !c.IsBefore).ToList();
            var archived = under.Where(c => c.Archived <= day).ToList();
            var late = archived.Where(c => c.Archived > c.Deadline).ToList();
            var overdue = under.Where(c => c.IsOverdueOn(day)).ToList();

            Assert.Equal((long)under.Count, row.Completed);
            Assert.Equal((archived.Count - late.Count, late.Count), (row.InTime, row.Late));
            Assert.Equal(late.Sum(c => c.Archived!.Value.DayNumber - c.Deadline.DayNumber), row.LateDays);
            Assert.Equal(under.Count(c => c.IsOpenOn(day)) - overdue.Count, row.NotYetDue);
            Assert.Equal((overdue.Count, overdue.Count(c => c.WasReturnedOn(day))), (row.Overdue, row.ReturnedAndOverdue));
            Assert.Equal(under.Count(c => c.Refused <= day), row.RefusedAsSecret);
            Assert.Equal((told.Count - under.Count, told.Count(c => c.IsBefore && c.IsOpenOn(day))), (row.BeforeRegulation, row.BeforeRegulationOpen));
            Assert.Equal(under.Count(c => c.IsOpenOn(day) && c.Deadline >= day && c.Deadline.DayNumber - day.DayNumber <= 180), row.Warned.Sum(w => w.Cases));
        }
    }

    private static void AssertList(RecordsOffice office, CaseHistory history, DateOnly day)
    {
        var expected = history.Cases.Where(c => c.IsOverdueOn(day)).Select(c => ("S01/" + c.Number, day.DayNumber - c.Deadline.DayNumber, c.WasReturnedOn(day)));

        Assert.Equal(expected.Order(), office.Deadlines.Overdue(day, null, null).Select(o => (o.Case.Name, o.Days, o.WasReturned)).Order());
        Assert.Equal(
            history.Cases.Where(c => c.IsOverdueOn(day) && c.Agency == "A1").Select(c => "S01/" + c.Number).Order(),
            office.Deadlines.Overdue(day, "A1", null).Select(o => o.Case.Name).Order());
    }

    private static (long Completed, long InTime, long Late, long NotYetDue, long Overdue) Numbers(DeadlineTotals all) =>
        (all.Completed, all.InTime, all.Late, all.NotYetDue, all.Overdue);
}
