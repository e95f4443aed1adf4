using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class RetentionPeriodTests
{
    [Theory]
    [InlineData("D10", 2023, 5, 10, "2033-12-31")]
    [InlineData("D10", 2023, 12, 31, "2033-12-31")]
    [InlineData("D10", 2024, 1, 1, "2034-12-31")]
    [InlineData("D30", 2023, 5, 10, "2053-12-31")]
    [InlineData("D1", 2023, 5, 10, "2024-12-31")]
    public void A_period_begins_with_the_year_after_completion(string code, int year, int month, int day, string expires)
    {
        Assert.True(RetentionPeriod.TryParse(code, out var period));

        var last = period.ExpiresOn(new DateOnly(year, month, day), PolicyValues.National.Number(PolicyKeys.RetentionStartYears));

        Assert.Equal(expires, last?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void What_is_kept_for_ever_never_expires_and_satisfies_any_floor()
    {
        Assert.True(RetentionPeriod.TryParse("Y", out var period));

        Assert.Null(period.ExpiresOn(new DateOnly(2023, 5, 10), 1));
        Assert.True(period.Satisfies(999));
        Assert.Equal(RetentionPeriod.Permanent, period);
        Assert.Equal("Y", period.Code);
    }

    [Fact]
    public void Ten_years_are_less_than_thirty_and_thirty_less_than_for_ever()
    {
        string[] codes = ["Y", "D10", "D30", "D15"];

        var sorted = codes.Select(c => RetentionPeriod.TryParse(c, out var p) ? p : throw new InvalidOperationException()).Order().Select(p => p.Code);

        Assert.Equal(["D10", "D15", "D30", "Y"], sorted);
        Assert.False(new RetentionPeriod(10).Satisfies(15));
        Assert.True(new RetentionPeriod(15).Satisfies(15));
        Assert.True(new RetentionPeriod(10) < RetentionPeriod.Permanent);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("y")]
    [InlineData("D")]
    [InlineData("D0")]
    [InlineData("D010")]
    [InlineData("D1000")]
    [InlineData("D-1")]
    [InlineData("D 1")]
    [InlineData("D10 ")]
    [InlineData("永久")]
    public void What_is_no_code_is_not_read(string? code) => Assert.False(RetentionPeriod.TryParse(code, out _));
}
