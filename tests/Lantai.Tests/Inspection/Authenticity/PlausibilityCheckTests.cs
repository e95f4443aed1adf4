using Lantai.Inspection;
using Lantai.Tests.Inspection.Red;

namespace Lantai.Tests.Inspection.Authenticity;

public sealed class PlausibilityCheckTests
{
    [Theory]
    [InlineData("gbt42727", "元数据.xml", "archive_time", "2026-06-03T09:05:01+08:00", "INS-110")]
    [InlineData("gbt42727", "元数据.xml", "computer_file_creation_time", "2036-06-03T09:00:00+08:00", "INS-110")]
    [InlineData("gbt42727", "元数据.xml", "调用时间", "2027-01-01T00:00:00Z", "INS-110")]
    [InlineData("gbt42727", "元数据.xml", "computer_file_creation_time", "0001-01-01T08:00:01+08:00", "INS-111")]
    [InlineData("dat85", "基本信息元数据.xml", "receive_time", "1949-09-30 23:59:59", "INS-111")]
    [InlineData("dat85", "基本信息元数据.xml", "receive_time", "2026-05-20 09:30:00", "PKG-020")]
    [InlineData("dat93", "目录文件.XML", "页数", "0", "INS-112")]
    [InlineData("dat93", "目录文件.XML", "日期", "2026-06-04", "INS-110")]
    public void A_time_or_number_that_cannot_be_fails(string profile, string file, string element, string value, string code)
    {
        var answer = RedReading.Answer(CleanCases.Of(profile).Set(file, element, value), "plausibility");

        Assert.Equal(RuleVerdict.Failed, answer.Verdict);
        Assert.Contains(answer.Findings, f => f.Code == code);
    }

    [Theory]
    [InlineData("2026-06-03T09:04:59+08:00")]
    [InlineData("2026-06-03T01:04:59Z")]
    public void Two_clocks_may_differ_by_five_minutes(string time) =>
        Assert.Equal(RuleVerdict.Passed, RedReading.Answer(CleanCases.Of("gbt42727").Set("元数据.xml", "archive_time", time), "plausibility").Verdict);

    [Fact]
    public void A_finding_says_where_and_what_was_expected()
    {
        var finding = Assert.Single(RedReading.Answer(RedMutations.ByName["time-to-come"].Make(), "plausibility").Findings);

        Assert.Equal("元数据.xml", finding.Subject);
        Assert.Equal(["/record/description[1]/archive_time", "归档时间", "2026-06-03T09:00:00+08:00", "2026-09-01T10:00:00+08:00"], finding.Arguments.Select(a => a.Value));
    }
}
