using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class ScheduleJudgementTests : IDisposable
{
    private static readonly DateOnly NewYear = new(2026, 1, 1);

    private readonly TestOffice _test = new TestOffice().WithFuzhou();

    public ScheduleJudgementTests() => _ = _test.Office.Approved(
        KnownOffice.Agency,
        "1",
        SampleSchedule.Item("I1") + """
        I1,事项I1,,证据性,形成,,身份证,归档,D30,2,5,3,b,l
        I1,事项I1,,证据性,形成,M9,草稿,不归档,,,,,,l
        /行政许可,行政许可,,证据性,形成,,,归档,Y,2,5,3,b,l
        /行政许可,行政许可,,程序性,形成,,,归档,D10,2,5,3,b,l
        /行政许可,行政许可,,结果性,形成,,,归档,D30,2,5,3,b,l

        """,
        NewYear);

    public void Dispose() => _test.Dispose();

    [Theory]
    [InlineData("I1", "M1", "营业执照", "D10")]
    [InlineData("I1", "", "身份证", "D30")]
    [InlineData("I1", "M77", "身份证", "D30")]
    [InlineData("I1", "", "别的", "Y")]
    [InlineData("I7", "M1", "营业执照", "Y")]
    public void The_row_of_the_material_counts_then_the_item_then_the_class_above(string item, string code, string name, string retention)
    {
        var row = _test.Office.Schedules.RowFor(_test.Office.Schedules.InForce(KnownOffice.Agency, NewYear)!, new ScheduleQuestion(item, "/行政许可/市场监管", "evidential", code, name));

        Assert.Equal(retention, row?.Retention?.Code);
        Assert.Equal(row, _test.Rebuilt().Schedules.RowFor(_test.Office.Schedules.InForce(KnownOffice.Agency, NewYear)!, new ScheduleQuestion(item, "/行政许可/市场监管", "evidential", code, name)));
    }

    [Fact]
    public void Shorter_is_refused_and_longer_needs_a_reason()
    {
        var question = new ScheduleQuestion("I1", "", "evidential", "", "身份证");

        Assert.Empty(Judge(question, "D30").Findings);
        var shorter = Judge(question, "D10");
        Assert.True(shorter.IsRefused);
        Assert.Equal(("SCH-027", "D10", "D30"), (Assert.Single(shorter.Findings).Code, shorter.Findings[0].Arguments[1].Value, shorter.Findings[0].Arguments[2].Value));
        Assert.Equal("SCH-027", Assert.Single(Judge(question, "D10", "档批1号").Findings).Code);
        Assert.Equal("SCH-028", Assert.Single(Judge(question, "Y").Findings).Code);
        Assert.Equal("SCH-028", Assert.Single(Judge(question, "Y", " ").Findings).Code);
        Assert.Empty(Judge(question, "Y", "档批1号").Findings);
    }

    [Fact]
    public void What_no_row_covers_is_refused() =>
        Assert.Equal("SCH-029", Assert.Single(Judge(new ScheduleQuestion("I9", "/行政确认", "result", "", "x"), "Y").Findings).Code);

    [Fact]
    public void What_is_not_archived_is_refused() =>
        Assert.Equal("SCH-031", Assert.Single(Judge(new ScheduleQuestion("I1", "", "evidential", "M9", "草稿"), "Y").Findings).Code);

    [Fact]
    public void Archiving_under_a_version_that_is_not_in_force_is_refused()
    {
        var question = new ScheduleQuestion("I1", "", "evidential", "", "身份证");
        var schedules = _test.Office.Schedules;
        SampleSchedule.Done(schedules.Draft(new ScheduleDraft(KnownOffice.Agency, "2", SampleSchedule.Rows(SampleSchedule.Item("I1"))), TestOffice.Clerk));
        Assert.True(RetentionPeriod.TryParse("D30", out var declared));

        Assert.Equal("SCH-003", Assert.Single(schedules.Judge(KnownOffice.Agency, NewYear, question, declared, null, "2").Findings).Code);
        SampleSchedule.Done(schedules.Submit(KnownOffice.Agency, "2", TestOffice.Clerk));
        Assert.Equal("SCH-003", Assert.Single(schedules.Judge(KnownOffice.Agency, NewYear, question, declared, null, "2").Findings).Code);
        Assert.Equal("SCH-003", Assert.Single(schedules.Judge(KnownOffice.Agency, NewYear.AddDays(-1), question, declared, null, "1").Findings).Code);
        Assert.Empty(schedules.Judge(KnownOffice.Agency, NewYear, question, declared, null, "1").Findings);
        Assert.Equal("SCH-021", Assert.Single(schedules.Judge(KnownOffice.Agency, NewYear, question, declared, null, "9").Findings).Code);
        Assert.Equal("SCH-030", Assert.Single(schedules.Judge(KnownOffice.Agency, NewYear.AddDays(-1), question, declared, null).Findings).Code);
        Assert.Equal("SCH-030", Assert.Single(schedules.Judge(KnownOffice.OtherAgency, NewYear, question, declared, null).Findings).Code);
    }

    private ScheduleAnswer Judge(ScheduleQuestion question, string declared, string? reason = null)
    {
        Assert.True(RetentionPeriod.TryParse(declared, out var period));
        return _test.Office.Schedules.Judge(KnownOffice.Agency, NewYear, question, period, reason);
    }
}
