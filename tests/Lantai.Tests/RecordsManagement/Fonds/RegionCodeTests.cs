using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class RegionCodeTests
{
    [Theory]
    [InlineData("000000", RegionLevel.Nation)]
    [InlineData("350000", RegionLevel.Province)]
    [InlineData("350100", RegionLevel.Prefecture)]
    [InlineData("350102", RegionLevel.County)]
    [InlineData("350102001000", RegionLevel.Town)]
    [InlineData("350102001003", RegionLevel.Village)]
    [InlineData("441900003000", RegionLevel.Town)]
    public void A_code_says_how_far_down_it_lies(string text, RegionLevel level)
    {
        Assert.True(RegionCode.TryParse(text, out var code));
        Assert.Equal((level, text), (code.Level, code.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("35010")]
    [InlineData("3501000")]
    [InlineData("35010A")]
    [InlineData("３５０１００")]
    [InlineData("000100")]
    [InlineData("350001")]
    [InlineData("350102000003")]
    public void What_is_no_code_is_not_read(string? text) => Assert.False(RegionCode.TryParse(text, out _));

    [Fact]
    public void A_place_has_one_code_however_long_it_was_written()
    {
        Assert.Equal(Of("350100"), Of("350100000000"));
        Assert.Equal("350100", Of("350100000000").ToString());
    }

    [Fact]
    public void What_begins_with_the_digits_of_a_place_lies_within_it()
    {
        Assert.True(RegionCode.Nation.Covers(Of("350102001003")));
        Assert.True(Of("350000").Covers(Of("350102")));
        Assert.True(Of("350100").Covers(Of("350100")));
        Assert.True(Of("441900").Covers(Of("441900003000")));
        Assert.False(Of("350102").Covers(Of("350100")));
        Assert.False(Of("350100").Covers(Of("350200")));
    }

    [Fact]
    public void All_that_a_place_lies_in_is_told_from_the_country_down()
    {
        Assert.Equal(["000000", "350000", "350100", "350102", "350102001000"], Of("350102001000").Chain.Select(c => c.ToString()));
        Assert.Equal(["000000", "440000", "441900", "441900003000"], Of("441900003000").Chain.Select(c => c.ToString()));
        Assert.Equal(["000000"], RegionCode.Nation.Chain.Select(c => c.ToString()));
        Assert.Equal(RegionCode.Nation, default);
    }

    private static RegionCode Of(string text) => RegionCode.TryParse(text, out var code) ? code : throw new InvalidOperationException(text);
}
