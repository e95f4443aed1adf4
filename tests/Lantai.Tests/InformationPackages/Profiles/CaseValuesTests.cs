using Lantai.InformationPackages;

namespace Lantai.Tests.InformationPackages;

public sealed class CaseValuesTests
{
    [Theory]
    [InlineData("11990100009900611P", true)]
    [InlineData("91990100MA9900A13F", true)]
    [InlineData("11990100009900611Q", false)]
    [InlineData("1199010000990061P", false)]
    [InlineData("11990100009900611p", false)]
    [InlineData("11990100OO9900611P", false)]
    [InlineData("", false)]
    public void A_social_code_has_its_check_character(string code, bool isValid) => Assert.Equal(isValid, SocialCode.IsValid(code));

    [Fact]
    public void Every_single_wrong_character_of_a_social_code_is_found()
    {
        const string Code = "11990100009900611P";
        foreach (var i in Enumerable.Range(0, 17))
        {
            foreach (var other in "0123456789ABCDEFGHJKLMNPQRTUWXY".Where(c => c != Code[i]))
            {
                Assert.False(SocialCode.IsValid(string.Concat(Code.AsSpan(0, i), other.ToString(), Code.AsSpan(i + 1))));
            }
        }

        Assert.Throws<ArgumentException>(() => SocialCode.CheckCharacter("123"));
    }

    [Theory]
    [InlineData("2023-05-10T09:30:00+08:00", "2023-05-10T09:30:00+08:00")]
    [InlineData("2023-05-10 09:30:00", "2023-05-10T09:30:00+08:00")]
    [InlineData("2023-05-10T09:30:00", "2023-05-10T09:30:00+08:00")]
    [InlineData("2023-12-31T16:30:00Z", "2024-01-01T00:30:00+08:00")]
    [InlineData("2023-05-10T09:30:00.123+08:00", "2023-05-10T09:30:00+08:00")]
    [InlineData("2023-02-30 09:30:00", null)]
    [InlineData("2023-05-10", null)]
    [InlineData("0001-01-01 00:00:00", null)]
    [InlineData("二〇二三年五月十日", null)]
    [InlineData("", null)]
    public void Times_without_an_offset_are_chinese_ones(string text, string? expected) =>
        Assert.Equal(expected, CaseTime.Parse(text) is { } time ? CaseTime.Zone(time) : null);

    [Fact]
    public void A_record_code_is_taken_apart_and_put_together()
    {
        var parts = RecordCodeRule.Default.Split("990101001000-0061-0109900100-2023-D30-000026")!;

        Assert.Equal("990101001000", parts["region"]);
        Assert.Equal(["fonds", "item", "region", "retention", "serial", "year"], parts.Keys.Order());
        Assert.Equal("990101001000-0061-0109900100-2023-D30-000026", RecordCodeRule.Default.Join(parts));
        Assert.Equal(6, RecordCodeRule.Default.SerialWidth);
        Assert.Null(RecordCodeRule.Default.Split("990101001000-0061-0109900100-2023-D30-00026"));
        Assert.Null(RecordCodeRule.Default.Split("9901010-0061-0109900100-2023-D30-000026"));
        Assert.Throws<ArgumentException>(() => RecordCodeRule.Default.Join(new Dictionary<string, string> { ["region"] = "990100" }));
    }

    [Theory]
    [InlineData("{region")]
    [InlineData("region}")]
    [InlineData("{nobody}")]
    [InlineData("{year}-{year}")]
    [InlineData("{serial}")]
    [InlineData("{serial:0}")]
    [InlineData("{serial:x}")]
    [InlineData("{year:4}")]
    public void A_rule_that_says_nothing_is_refused(string pattern) => Assert.Throws<ArgumentException>(() => new RecordCodeRule(pattern));

    [Fact]
    public void Every_element_of_the_list_says_how_it_is_known()
    {
        Assert.All(CaseElements.All, e => Assert.True(e.Provenance.Length > 0 && e.Chinese.Length > 0 && e.English.Length > 0));
        Assert.All(CaseElements.All.GroupBy(e => e.Block), b => Assert.Equal(b.Count(), b.Select(e => e.English).Distinct().Count()));
        Assert.All(CaseElements.All.Where(e => e.Type == ElementType.Code), e => Assert.NotNull(e.Values));
        Assert.All(CaseElements.All.Where(e => e.Condition is not null), e => Assert.Contains(CaseElements.Of(e.Block), o => o.English == e.Condition!.Element));
        Assert.Equal(13, ValueLists.Of("archival-category").Values.Count);
        Assert.Throws<ArgumentException>(() => ValueLists.Of("none"));
        Assert.Throws<ArgumentException>(() => CaseElements.Of("none"));
    }

    [Theory]
    [InlineData("JM", true)]
    [InlineData("jm", true)]
    [InlineData("机密", true)]
    [InlineData("★绝密", true)]
    [InlineData("秘密★5年", true)]
    [InlineData("JM★10", true)]
    [InlineData("JMX", false)]
    [InlineData("GK", false)]
    [InlineData("公开", false)]
    [InlineData("工作秘密", false)]
    public void Marks_of_state_secrets_are_known(string text, bool isRefused) => Assert.Equal(isRefused, ValueLists.Of("security-classification").Refuses(text));

    [Theory]
    [InlineData("Y", true)]
    [InlineData("永久", true)]
    [InlineData("D15", true)]
    [InlineData("D0", false)]
    [InlineData("C30", false)]
    public void Retention_periods_are_the_codes_and_any_number_of_years(string text, bool isKnown) => Assert.Equal(isKnown, ValueLists.Of("retention-period").Find(text) is not null);
}
