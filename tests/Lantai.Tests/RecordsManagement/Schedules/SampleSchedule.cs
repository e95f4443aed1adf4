using System.Text;
using Lantai.Forms;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

/// <summary>Schedules that tests begin with, as lines of CSV and as rows.</summary>
internal static class SampleSchedule
{
    public const string Heading = "事项编码,事项名称,事项类别,材料性质,材料来源,材料编码,材料名称,是否归档,保管期限,行政追溯年限,诉讼追溯年限,审计追溯年限,追溯年限依据,依据\n";

    public static readonly ReportTexts Chinese = new(new Phrases(typeof(Report).Assembly, typeof(ScheduleRow).Assembly), Language.Chinese);

    /// <summary>Rows of one item: evidence, procedure and result, the first of them called.</summary>
    public static string Item(string code, string retention = "D10", string path = "/行政许可/市场监管") =>
        $"""
        {code},事项{code},{path},证据性,调用,M1,营业执照,归档,{retention},2,5,3,行政处罚法,8号令
        {code},事项{code},{path},程序性,形成,M2,受理通知书,归档,{retention},2,5,3,行政处罚法,8号令；权力清单
        {code},事项{code},{path},结果性,形成,M3,许可证,归档,{retention},2,5,3,行政处罚法,8号令

        """;

    public static ScheduleReading Read(string csv, string name = "s.csv") => Read(Encoding.UTF8.GetBytes(csv), name);

    public static ScheduleReading Read(byte[] bytes, string name = "s.csv") => ScheduleReading.Of(new MemoryStream(bytes), name, PolicyValues.National, default);

    public static IReadOnlyList<ScheduleRow> Rows(string csv)
    {
        var reading = Read(Heading + csv);
        Assert.Empty(reading.Findings);
        return reading.Rows;
    }

    public static IReadOnlyList<ScheduleRow> Rows(params string[] items) => Rows(string.Concat(items));

    /// <summary>Draws up, submits and has approved.</summary>
    public static ScheduleVersion Approved(this RecordsOffice office, string agency, string number, string csv, DateOnly from)
    {
        Done(office.Schedules.Draft(new ScheduleDraft(agency, number, Rows(csv)), TestOffice.Clerk));
        Done(office.Schedules.Submit(agency, number, TestOffice.Clerk));
        Assert.False(office.Schedules.Approve(agency, number, "档审〔2024〕1号", from, null, null, Reviewer).IsRefused);
        return office.Schedules.Find(agency, number)!;
    }

    public static Lantai.ArchivalStorage.Actor Reviewer { get; } = new("os:reviewer", "lantai test");

    public static void Done(DecisionOutcome outcome)
    {
        Assert.Empty(outcome.Findings);
        Assert.NotEmpty(outcome.Events);
    }
}
