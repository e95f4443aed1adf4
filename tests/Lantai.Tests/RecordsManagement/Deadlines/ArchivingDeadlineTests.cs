using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

/// <summary>The boundary days of R9-8 and R18-1, to the letter.</summary>
public sealed class ArchivingDeadlineTests
{
    private static readonly ArchivingDeadline National = new(PolicyValues.National);

    [Theory]
    [InlineData("2023-01-01T00:00:00+08:00", "2024-06-30")]
    [InlineData("2023-12-31T23:59:00+08:00", "2024-06-30")]
    [InlineData("2023-12-31T16:30:00Z", "2025-06-30")]
    [InlineData("2023-12-31T15:59:59Z", "2024-06-30")]
    [InlineData("2023-12-31T16:00:00Z", "2025-06-30")]
    [InlineData("2024-02-29T12:00:00+08:00", "2025-06-30")]
    public void The_deadline_is_30_June_of_the_year_after_completion_in_Beijing(string completed, string deadline) =>
        Assert.Equal(deadline, LegalTime.Write(National.For(CaseSketch.Time(completed).Day)));

    [Theory]
    [InlineData("2024-01-01", null)]
    [InlineData("2024-01-02", 180)]
    [InlineData("2024-03-31", 180)]
    [InlineData("2024-04-01", 90)]
    [InlineData("2024-05-31", 30)]
    [InlineData("2024-06-30", 30)]
    [InlineData("2024-07-01", null)]
    public void Warnings_begin_180_90_and_30_days_before(string day, int? level)
    {
        Assert.True(LegalTime.TryRead(day, out var asked));

        Assert.Equal(level, National.WarningOn(new DateOnly(2024, 6, 30), asked));
    }

    [Fact]
    public void A_policy_may_be_tighter_but_no_case_is_due_before_its_year_has_ended()
    {
        ArchivingDeadline Of(params (string Key, string Value)[] changed) => new(new PolicyValues(PolicyValues.National.All.Select(
            v => changed.FirstOrDefault(c => c.Key == v.Key) is { Key: not null } c ? v with { Values = [c.Value] } : v)));

        Assert.Equal(new DateOnly(2024, 3, 31), Of((PolicyKeys.DeadlineMonth, "3"), (PolicyKeys.DeadlineDay, "31")).ForYear(2023));
        Assert.Equal(new DateOnly(2023, 12, 31), Of((PolicyKeys.DeadlineYears, "0")).ForYear(2023));
        Assert.Equal(new DateOnly(2025, 2, 28), Of((PolicyKeys.DeadlineMonth, "2")).ForYear(2024));
    }

    [Fact]
    public void The_regulation_holds_from_30_July_2023_and_that_day_counts()
    {
        Assert.Equal(new DateOnly(2023, 7, 30), National.InForceSince);
        Assert.Equal("before", CompletionPeriod.Of(new DateOnly(2023, 7, 29)));
        Assert.Equal("2023", CompletionPeriod.Of(new DateOnly(2023, 7, 30)));
        Assert.Equal((2023, null), (CompletionPeriod.YearOf("2023"), CompletionPeriod.YearOf("before")));
    }
}
