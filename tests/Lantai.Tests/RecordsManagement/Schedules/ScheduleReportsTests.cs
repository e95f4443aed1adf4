using Lantai.Forms;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

public sealed class ScheduleReportsTests
{
    private static readonly ScheduleVersion Version = new("x", KnownOffice.Agency, RegionCode.Nation, "1", 1, 4);

    private static readonly IReadOnlyList<ScheduleRow> Rows = SampleSchedule.Read(
        SampleSchedule.Heading.TrimEnd() + ",备注,起算规则,默认开放意见,共享类型\n" + SampleSchedule.Item("I1").Replace("8号令\n", "8号令,\"=HYPERLINK(1)\n二\",形成次年,控制,有条件共享\n", StringComparison.Ordinal)).Rows;

    [Theory]
    [InlineData(ReportFormat.Csv, Language.Chinese, false)]
    [InlineData(ReportFormat.Csv, Language.English, false)]
    [InlineData(ReportFormat.Csv, Language.Chinese, true)]
    [InlineData(ReportFormat.Xlsx, Language.Chinese, false)]
    [InlineData(ReportFormat.Xlsx, Language.English, false)]
    public void What_is_written_gives_the_same_rows_again(ReportFormat format, Language language, bool gb18030)
    {
        using var target = new MemoryStream();
        var texts = new ReportTexts(new Phrases(typeof(Report).Assembly, typeof(ScheduleRow).Assembly), language);
        ReportWriter.Write(ScheduleReports.Of(Version, ScheduleState.Draft, Rows), format, texts, new CsvStyle { Gb18030 = gb18030 }, target, default);

        var reading = SampleSchedule.Read(target.ToArray());

        Assert.DoesNotContain(reading.Findings, f => f.Severity == Severity.Error);
        Assert.DoesNotContain(reading.Findings, f => f.Code == "SCH-002");
        Assert.Equal(Rows, reading.Rows);
        Assert.Equal(("=HYPERLINK(1)\n二", "formation", "controlled", "conditional"), (reading.Rows[0].Remark, reading.Rows[0].Start, reading.Rows[0].Opening, reading.Rows[0].Sharing));
    }

    [Fact]
    public void A_printed_schedule_says_its_state_and_has_places_to_sign()
    {
        using var target = new MemoryStream();
        ReportWriter.Write(ScheduleReports.Of(Version with { Decided = ScheduleState.Approved, Approval = "档审1号" }, ScheduleState.InForce, Rows), ReportFormat.Html, SampleSchedule.Chinese, target, default);
        var html = System.Text.Encoding.UTF8.GetString(target.ToArray());

        Assert.Contains("<h1>归档范围和保管期限表</h1>", html, StringComparison.Ordinal);
        Assert.Contains("<dd>施行</dd>", html, StringComparison.Ordinal);
        Assert.Contains("审查单位", html, StringComparison.Ordinal);
        Assert.DoesNotContain("schedule-", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Differences_are_told_row_by_row_and_cell_by_cell_and_shortening_is_marked()
    {
        var before = SampleSchedule.Rows(SampleSchedule.Item("I1", "D30"), SampleSchedule.Item("I2"));
        var after = SampleSchedule.Rows(SampleSchedule.Item("I1").Replace("M1,营业执照", "M1,营业执照副本", StringComparison.Ordinal), SampleSchedule.Item("I3"));

        var differences = ScheduleDifference.Between(before, after).ToList();

        Assert.Equal(
            ["I1 M1 retention materialName True", "I1 M2 retention True", "I1 M3 retention True", "I2 M1  True", "I2 M2  True", "I2 M3  True", "I3 M1  False", "I3 M2  False", "I3 M3  False"],
            differences.Select(d => $"{d.Key.Item} {d.Key.Material} {string.Join(' ', d.Columns.Reverse())} {d.IsShortened}"));
        Assert.Equal(("D30", "D10"), differences[0].Cells("retention"));
        Assert.Empty(ScheduleDifference.Between(before, before));
        Assert.False(ScheduleDifference.Between(after, before).First().IsShortened);
    }

    [Fact]
    public void A_report_of_differences_has_a_row_for_each_cell()
    {
        var differences = ScheduleDifference.Between(SampleSchedule.Rows(SampleSchedule.Item("I1", "D30")), SampleSchedule.Rows(SampleSchedule.Item("I1"), SampleSchedule.Item("I2")));
        using var target = new MemoryStream();
        ReportWriter.Write(ScheduleReports.Of(Version, Version with { Number = "2" }, differences), ReportFormat.Csv, SampleSchedule.Chinese, new CsvStyle { ByteOrderMark = false }, target, default);

        var lines = System.Text.Encoding.UTF8.GetString(target.ToArray()).Split("\r\n");

        Assert.Equal("变更类型,期限变化,事项编码或类别路径,材料性质,材料名称,栏目,原值,新值", lines[0]);
        Assert.Equal("变更,缩短,I1,证据性,M1,保管期限,D30,D10", lines[1]);
        Assert.Equal("新增,,I2,证据性,M1,保管期限,,D10", lines[4]);
    }
}
