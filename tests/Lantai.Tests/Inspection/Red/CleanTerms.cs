using Lantai.Inspection;
using Lantai.RecordsManagement;

namespace Lantai.Tests.Inspection.Red;

/// <summary>What the registers say of the clean cases: nothing against them.</summary>
internal static class CleanTerms
{
    private static readonly string Agency = CleanCases.Agency.SocialCode;

    /// <summary>The terms of the clean case.</summary>
    public static TermsFacts Of()
    {
        _ = CompletionTime.TryParse("2026-05-19T15:20:00+08:00", out var completed);
        _ = RegionCode.TryParse("990100", out var region);
        List<ScheduleRow> rows =
        [
            Row("evidential", "formed", "食品经营许可申请书"), Row("evidential", "formed", "经营场所照片"), Row("evidential", "called", "营业执照"),
            Row("procedural", "formed", "受理通知书"), Row("procedural", "formed", "审查意见"), Row("result", "formed", "准予食品经营许可决定书"),
        ];
        return new TermsFacts
        {
            Day = new DateOnly(2026, 6, 3),
            Source = [],
            Item = new ServiceItem("0131045", "2", "食品经营许可证核发", "行政许可", Agency) { Steps = ["1", "2", "3", "4"] },
            Notice = new ServiceCase(1, Guid.Parse("6d8c1ab4-0d1c-4e6f-9c0e-0f6f0f4c0001"), CleanCases.Source, CleanCases.CaseNumber, Agency, "0131045", completed, CaseState.Awaiting, CleanCases.Completed) { Fonds = CleanCases.Agency.Fonds },
            Schedule = new ScheduleAnswer(new ScheduleVersion("s1", Agency, region, "云示市监档〔2024〕1号", 1, rows.Count), rows[^1], []),
            Scope = rows,
            Deadline = new DateOnly(2027, 6, 30),
        };
    }

    /// <summary>Terms of what is no package of one case.</summary>
    public static TermsFacts OfTransfer() => new() { Day = new DateOnly(2026, 6, 3), Source = [], ReferenceCode = [], Accession = [] };

    /// <summary>A row of the schedule of the clean case's item.</summary>
    public static ScheduleRow Row(string nature, string origin, string material, string archive = "yes", int floor = 5) => new(
    [
        "0131045", "食品经营许可证核发", "/行政许可", nature, origin, "", material, archive, archive == "yes" ? "D30" : "", "2",
        floor.ToString(System.Globalization.CultureInfo.InvariantCulture), "", "行政处罚法", "completion",
    ]);
}
