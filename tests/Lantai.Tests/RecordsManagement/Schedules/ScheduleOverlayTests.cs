using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

/// <summary>A province's schedule of classes, and a city's that must not be weaker.</summary>
public sealed class ScheduleOverlayTests : IDisposable
{
    private const string Class = """
        /行政许可,行政许可,,证据性,调用,,,归档,D10,2,5,3,b,l
        /行政许可,行政许可,,程序性,形成,,,归档,D10,2,5,3,b,l
        /行政许可,行政许可,,结果性,形成,,,归档,D30,2,5,3,b,l
        /行政许可/食品,食品许可,,结果性,形成,,食品经营许可证,归档,Y,2,5,3,b,l

        """;

    private readonly TestOffice _test = new TestOffice().WithFuzhou();
    private readonly DateOnly _today;

    public ScheduleOverlayTests()
    {
        _today = LegalTime.DayOf(_test.Time.GetUtcNow());
        _ = _test.Office.Approved(KnownOffice.Authority, "省1", Class, _today);
    }

    public void Dispose() => _test.Dispose();

    [Fact]
    public void A_row_shorter_than_the_class_above_is_refused_with_the_floor()
    {
        var outcome = Draft(SampleSchedule.Item("I1"));

        Assert.Equal(["SCH-026"], outcome.Codes());
        Assert.Equal(["I1", "M3", "D10", "D30", "/行政许可", KnownOffice.Authority, "省1"], outcome.Findings[0].Arguments.Select(a => a.Value));
        Assert.Empty(outcome.Events);
    }

    [Theory]
    [InlineData("D30")]
    [InlineData("Y")]
    public void A_row_as_long_or_longer_is_drawn_up(string retention) => Assert.Empty(Draft(SampleSchedule.Item("I1", retention)).Findings);

    [Fact]
    public void The_nearest_class_and_the_material_itself_count()
    {
        var csv = SampleSchedule.Item("I1", "D30", "/行政许可/食品").Replace("M3,许可证", ",食品经营许可证", StringComparison.Ordinal);

        Assert.Equal(["Y"], Draft(csv).Findings.Select(f => f.Arguments.Single(a => a.Key == "floor").Value));
    }

    [Fact]
    public void A_row_for_all_materials_is_held_against_each_material_that_is_named_above()
    {
        var csv = SampleSchedule.Item("I1", "D30", "/行政许可/食品").Replace("M3,许可证", ",", StringComparison.Ordinal);

        var finding = Assert.Single(Draft(csv).Findings);

        Assert.Equal(("SCH-026", "I1", "Y", "/行政许可/食品"), (finding.Code, Said(finding, "item"), Said(finding, "floor"), Said(finding, "over")));
    }

    [Fact]
    public void A_row_for_a_class_is_held_against_the_classes_below_it_that_are_named_above()
    {
        var csv = SampleSchedule.Item("/行政许可", "D30", "").Replace("M3,许可证", ",", StringComparison.Ordinal);

        Assert.Equal([("SCH-026", "Y")], Draft(csv).Findings.Select(f => (f.Code, Said(f, "floor"))));
    }

    [Fact]
    public void A_schedule_above_that_begins_while_the_version_holds_binds_it_and_one_that_begins_later_does_not()
    {
        SampleSchedule.Done(_test.Office.Schedules.Repeal(KnownOffice.Authority, "省1", _today.AddDays(-1), "x", TestOffice.Clerk));
        _ = _test.Office.Approved(KnownOffice.Authority, "省2", Class, _today.AddDays(30));
        SampleSchedule.Done(Draft(SampleSchedule.Item("I1")));
        SampleSchedule.Done(_test.Office.Schedules.Submit(KnownOffice.Agency, "市1", TestOffice.Clerk));

        Assert.Equal(["SCH-026"], Approve(null).Codes());
        Assert.Equal(["SCH-026"], Approve(_today.AddDays(30)).Codes());
        Assert.Empty(Approve(_today.AddDays(29)).Codes());
    }

    [Fact]
    public void What_is_archived_above_may_not_be_left_out() =>
        Assert.Equal(["SCH-026"], Draft(SampleSchedule.Item("I1", "D30") + "I1,事项I1,/行政许可,结果性,形成,M4,x,不归档,,,,,,l\n").Codes());

    [Fact]
    public void What_is_left_out_of_a_long_list_is_counted()
    {
        var outcome = Draft(SampleSchedule.Item("I1", "D30") + string.Concat(Enumerable.Range(0, 2003).Select(i => $"I1,事项I1,/行政许可,结果性,形成,R{i},x,归档,D10,2,5,3,b,l\n")));

        Assert.Equal(2000, outcome.Findings.Count(f => f.Code == "SCH-026"));
        Assert.Equal("3", outcome.Findings.Single(f => f.Code == "SCH-034").Arguments[0].Value);
        Assert.True(outcome.IsRefused);
    }

    [Fact]
    public void An_item_of_another_class_is_free() => Assert.Empty(Draft(SampleSchedule.Item("I1", "D10", "/行政确认")).Findings);

    [Fact]
    public void A_schedule_above_that_is_not_in_force_binds_nobody()
    {
        SampleSchedule.Done(_test.Office.Schedules.Repeal(KnownOffice.Authority, "省1", _today.AddDays(-1), "x", TestOffice.Clerk));

        Assert.Empty(Draft(SampleSchedule.Item("I1")).Findings);
    }

    [Fact]
    public void What_became_weaker_since_it_was_drawn_up_is_not_approved()
    {
        SampleSchedule.Done(_test.Office.Schedules.Repeal(KnownOffice.Authority, "省1", _today.AddDays(-1), "x", TestOffice.Clerk));
        SampleSchedule.Done(Draft(SampleSchedule.Item("I1")));
        SampleSchedule.Done(_test.Office.Schedules.Submit(KnownOffice.Agency, "市1", TestOffice.Clerk));
        _ = _test.Office.Approved(KnownOffice.Authority, "省2", Class, _today);

        Assert.Equal(["SCH-026"], _test.Office.Schedules.Approve(KnownOffice.Agency, "市1", "a", _today, null, null, SampleSchedule.Reviewer).Codes());
        Assert.True(_test.CompareWithRebuild().AreEqual);
    }

    private DecisionOutcome Approve(DateOnly? until) => _test.Office.Schedules.Approve(KnownOffice.Agency, "市1", "a", _today, until, null, SampleSchedule.Reviewer);

    private static string Said(Lantai.Words.Finding finding, string name) => finding.Arguments.Single(a => a.Key == name).Value;

    private DecisionOutcome Draft(string csv) => _test.Office.Schedules.Draft(new ScheduleDraft(KnownOffice.Agency, "市1", SampleSchedule.Read(SampleSchedule.Heading + csv).Rows), TestOffice.Clerk);
}
