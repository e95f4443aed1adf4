using Lantai.Characterization;
using Lantai.Characterization.Policy;
using Lantai.Characterization.Profile;
using Lantai.Words;

namespace Lantai.Tests.Characterization.Profile;

public sealed class ProfileChartTests
{
    private static readonly Phrases Texts = new(typeof(FormatProfile).Assembly);

    [Fact]
    public void There_are_charts_by_risk_format_year_and_readability()
    {
        var charts = ProfileChart.Of(FormatProfileTests.Sample(), Texts, Language.Chinese);

        Assert.Equal(["按风险", "按格式", "按年度", "按可读性"], charts.Select(c => c.Title));
        Assert.Equal(["归档格式", "待人工判定"], charts[0].Bars.Select(b => b.Label));
        Assert.Equal(["版式文档 1.1", "未识别"], charts[1].Bars.Select(b => b.Label));
        Assert.Equal(["年度不明", "2023", "2024"], charts[2].Bars.Select(b => b.Label));
        Assert.Equal(["可读", "损坏", "无法检查"], charts[3].Bars.Select(b => b.Label));
        Assert.All(charts, c => Assert.Equal((4, 1111), (c.Bars.Sum(b => b.Files), c.Bars.Sum(b => b.Bytes))));
        Assert.All(charts.SelectMany(c => c.Bars), b => Assert.Equal(b.Files, b.ByVerdict.Sum()));
        Assert.Equal([3, 0, 0, 0], charts[1].Bars[0].ByVerdict);
    }

    [Fact]
    public void English_readers_see_English_names() =>
        Assert.Equal(["OFD 1.1", "Not identified"], ProfileChart.Of(FormatProfileTests.Sample(), Texts, Language.English)[1].Bars.Select(b => b.Label));

    [Fact]
    public void Formats_beyond_a_hundred_become_one_bar()
    {
        var profile = new FormatProfile();
        for (var i = 0; i < 130; i++)
        {
            profile.Add(FormatProfileTests.Ofd with { Id = $"site/{i:000}" }, FormatVerdict.Accepted, Readability.Readable, 2024, 1);
        }

        var bars = ProfileChart.Of(profile, Texts, Language.English)[1].Bars;

        Assert.Equal(101, bars.Count);
        Assert.Equal(("30 other formats", 30), (bars[^1].Label, bars[^1].Files));
    }

    [Fact]
    public void A_profile_of_nothing_has_charts_without_bars() =>
        Assert.All(ProfileChart.Of(new FormatProfile(), Texts, Language.English), c => Assert.Empty(c.Bars));
}
