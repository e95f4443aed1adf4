using CsCheck;
using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class DayCountsTests
{
    [Fact]
    public void Counts_are_written_with_the_gaps_between_their_days()
    {
        var counts = new DayCounts();
        counts.Add(new DateOnly(2024, 1, 3), 2);
        counts.Add(new DateOnly(2024, 1, 1), 5);
        counts.Add(new DateOnly(2024, 1, 2), 1);
        counts.Add(new DateOnly(2024, 1, 2), -1);
        counts.Add(new DateOnly(2024, 12, 31), -1);

        Assert.Equal($"{new DateOnly(2024, 1, 1).DayNumber}:5 2:2 363:-1", counts.Write());
        Assert.Null(new DayCounts().Write());
    }

    [Fact]
    public void Any_counts_are_read_as_they_were_written()
    {
        Gen.Select(Gen.Int[700_000, 800_000], Gen.Long[-1000, 1_000_000]).List[0, 400].Sample(days =>
        {
            var counts = new DayCounts();
            days.ForEach(d => counts.Add(DateOnly.FromDayNumber(d.Item1), d.Item2));

            var walked = new List<KeyValuePair<int, long>>();
            foreach (var (day, count) in DayCounts.Walk(counts.Write()))
            {
                walked.Add(KeyValuePair.Create(day, count));
            }

            Assert.Equal(counts.Days, walked);
            Assert.Equal(counts.Write(), DayCounts.Read(counts.Write()).Write());
        }, iter: 300);
    }
}
