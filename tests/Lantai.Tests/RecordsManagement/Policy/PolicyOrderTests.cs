using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class PolicyOrderTests
{
    [Theory]
    [InlineData(PolicyKeys.OpeningYears, "24", "26")]
    [InlineData(PolicyKeys.BackupSets, "4", "2")]
    [InlineData(PolicyKeys.RetentionCodes, "D30 Y", "D10 D15 D30 Y")]
    [InlineData(PolicyKeys.SecrecyAccepted, "GK", "GK MM")]
    [InlineData(PolicyKeys.SecrecyRefused, "MM JM UM NB", "JM UM")]
    [InlineData(PolicyKeys.DeadlineWarnings, "180 90 60 30", "180 30")]
    [InlineData(PolicyKeys.AccessionMismatch, "block", null)]
    [InlineData(PolicyKeys.ItemsByReference, "on", null)]
    [InlineData(PolicyKeys.PackageUnit, "volume", null)]
    [InlineData(PolicyKeys.RegulationEffective, "2023-07-30", "2023-07-31")]
    [InlineData(PolicyKeys.ArchivingChannel, "online", "offline")]
    public void What_is_weaker_follows_from_the_direction_of_the_key(string key, string stricter, string? weaker)
    {
        var floor = PolicyValues.National.Find(key)!;

        Assert.True(PolicyOrder.HasForm(floor, stricter.Split(' ')));
        Assert.False(PolicyOrder.IsWeaker(floor, stricter.Split(' ')));
        Assert.True(weaker is null || (PolicyOrder.HasForm(floor, weaker.Split(' ')) && PolicyOrder.IsWeaker(floor, weaker.Split(' '))));
    }

    [Fact]
    public void A_word_that_was_tightened_is_not_loosened_again()
    {
        var floor = PolicyValues.National.Find(PolicyKeys.AccessionMismatch)! with { Values = ["block"] };

        Assert.True(PolicyOrder.IsWeaker(floor, ["warning"]));
    }

    [Theory]
    [InlineData(PolicyKeys.OpeningYears, "")]
    [InlineData(PolicyKeys.OpeningYears, "x")]
    [InlineData(PolicyKeys.OpeningYears, "-1")]
    [InlineData(PolicyKeys.OpeningYears, "101")]
    [InlineData(PolicyKeys.OpeningYears, "20 25")]
    [InlineData(PolicyKeys.OpeningYears, "２０")]
    [InlineData(PolicyKeys.DeadlineMonth, "0")]
    [InlineData(PolicyKeys.DeadlineMonth, "13")]
    [InlineData(PolicyKeys.DeadlineWarnings, "90 90")]
    [InlineData(PolicyKeys.DeadlineWarnings, "90 090")]
    [InlineData(PolicyKeys.AccessionMismatch, "ignore")]
    [InlineData(PolicyKeys.HallScopeRetention, "D15")]
    [InlineData(PolicyKeys.RegulationEffective, "2023-7-30")]
    [InlineData(PolicyKeys.RetentionCodes, "D10\n")]
    public void Values_of_another_form_are_none(string key, string values) =>
        Assert.False(PolicyOrder.HasForm(PolicyValues.National.Find(key)!, values.Split(' ')));

    [Fact]
    public void No_value_at_all_is_none() => Assert.False(PolicyOrder.HasForm(PolicyValues.National.Find(PolicyKeys.RetentionCodes)!, []));

    [Fact]
    public void Of_a_group_the_weightiest_value_that_differs_decides()
    {
        var deadline = PolicyValues.National.InOrder.Where(v => v.Group == "archiving.deadline").ToList();

        Assert.False(PolicyOrder.IsWeaker(deadline, [["1"], ["6"], ["30"]]));
        Assert.False(PolicyOrder.IsWeaker(deadline, [["1"], ["3"], ["31"]]));
        Assert.False(PolicyOrder.IsWeaker(deadline, [["0"], ["12"], ["31"]]));
        Assert.True(PolicyOrder.IsWeaker(deadline, [["1"], ["7"], ["1"]]));
        Assert.True(PolicyOrder.IsWeaker(deadline, [["2"], ["1"], ["1"]]));
        Assert.True(PolicyOrder.IsWeaker(deadline, [["1"], ["6"], ["31"]]));
    }

    [Fact]
    public void Of_two_layers_the_stricter_counts_and_of_lists_what_both_demand()
    {
        Assert.Equal(["20"], Both(PolicyKeys.OpeningYears, "20"));
        Assert.Equal(["25"], Both(PolicyKeys.OpeningYears, "30"));
        Assert.Equal(["Y"], Both(PolicyKeys.RetentionCodes, "D5 Y"));
        Assert.Equal(["D10", "D30", "Y"], Both(PolicyKeys.RetentionCodes, "D5"));
        Assert.Equal(["MM", "JM", "UM", "NB"], Both(PolicyKeys.SecrecyRefused, "NB"));
        Assert.Equal(["online"], Both(PolicyKeys.TransferChannel, "offline"));
        Assert.Equal(["volume"], Both(PolicyKeys.PackageUnit, "volume"));
    }

    private static IReadOnlyList<string> Both(string key, string values) => PolicyOrder.Both(PolicyValues.National.Find(key)!, values.Split(' '));
}
