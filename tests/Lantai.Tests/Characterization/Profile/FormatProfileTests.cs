using Lantai.Characterization;
using Lantai.Characterization.Policy;
using Lantai.Characterization.Profile;

namespace Lantai.Tests.Characterization.Profile;

public sealed class FormatProfileTests
{
    internal static readonly FileFormat Ofd = new("lantai/ofd", "OFD", "版式文档", "1.1", [], [], FormatClass.Layout);
    internal static readonly FileFormat Hostile = new("site/x", "=<script>alert('a & \"b\"')</script>,\r\n\u0001]]>", null, null, [], [], FormatClass.Other);

    [Fact]
    public void Files_that_are_alike_are_counted_together()
    {
        var profile = Sample();

        Assert.Equal((4, 111 + 1000), (profile.Files, profile.Bytes));
        Assert.Equal(
            [
                new(null, FormatVerdict.Review, Readability.NotCheckable, null, 1, 1000),
                new(Ofd, FormatVerdict.Archival, Readability.Readable, 2023, 2, 11),
                new(Ofd, FormatVerdict.Archival, Readability.Broken, 2024, 1, 100),
            ],
            profile.Rows);
    }

    [Fact]
    public void Two_profiles_add_up()
    {
        var sum = Sample();
        sum.Add(Sample());

        Assert.Equal((8, 2222), (sum.Files, sum.Bytes));
        Assert.Equal(3, sum.Rows.Count);
    }

    [Theory]
    [InlineData(1899)]
    [InlineData(2200)]
    [InlineData(int.MinValue)]
    public void A_year_that_cannot_be_is_not_known(int year)
    {
        var profile = new FormatProfile();
        profile.Add(Ofd, FormatVerdict.Archival, Readability.Readable, year, 1);

        Assert.Null(Assert.Single(profile.Rows).Year);
    }

    [Fact]
    public void Memory_stays_bounded_and_no_file_is_lost()
    {
        var profile = new FormatProfile();
        for (var i = 0; i < FormatProfile.MostRows + 5_000; i++)
        {
            profile.Add(Ofd with { Id = "site/" + i }, FormatVerdict.Accepted, Readability.Readable, 2024, 1);
        }

        profile.Add(Ofd with { Id = "site/0" }, FormatVerdict.Accepted, Readability.Readable, 2024, 1);

        Assert.True(profile.IsFolded);
        Assert.InRange(profile.Rows.Count, FormatProfile.MostRows, FormatProfile.MostRows + 16);
        Assert.Equal(profile.Files, profile.Rows.Sum(r => r.Files));
        Assert.Equal(5_000, profile.Rows.Single(r => r.Format is null).Files);
        Assert.Equal(2, profile.Rows.Single(r => r.Format?.Id == "site/0").Files);
    }

    [Fact]
    public void A_negative_length_is_a_mistake() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FormatProfile().Add(null, FormatVerdict.Review, Readability.Readable, null, -1));

    internal static FormatProfile Sample()
    {
        var profile = new FormatProfile();
        profile.Add(Ofd, FormatVerdict.Archival, Readability.Readable, 2023, 10);
        profile.Add(Ofd, FormatVerdict.Archival, Readability.Readable, 2023, 1);
        profile.Add(Ofd, FormatVerdict.Archival, Readability.Broken, 2024, 100);
        profile.Add(null, FormatVerdict.Review, Readability.NotCheckable, null, 1000);
        return profile;
    }
}
