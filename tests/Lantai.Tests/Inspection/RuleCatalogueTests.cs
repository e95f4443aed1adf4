using Lantai.Inspection;

namespace Lantai.Tests.Inspection;

/// <summary>The catalogue of rules is data: whole, without doubles, and honest about what was seen of the standard.</summary>
public sealed class RuleCatalogueTests
{
    [Fact]
    public void It_holds_the_items_of_the_three_stages_and_sixteen_rules_of_ours()
    {
        Assert.Equal((40, 34, 32), (Standard(InspectionStage.Archiving), Standard(InspectionStage.Transfer), Standard(InspectionStage.Preservation)));
        Assert.Equal(16, RuleCatalogue.All.Count(r => r.Confidence == NumberConfidence.Own));
        Assert.Equal(RuleCatalogue.All.Count, RuleCatalogue.All.Select(r => r.Id).Distinct().Count());
    }

    [Fact]
    public void Every_stage_has_rules_of_all_four_natures()
    {
        foreach (var stage in Enum.GetValues<InspectionStage>())
        {
            Assert.Equal(4, RuleCatalogue.Of(stage).Where(r => r.Manner != RuleManner.Reserved).Select(r => r.Nature).Distinct().Count());
        }
    }

    [Fact]
    public void A_number_that_was_not_seen_is_never_printed_as_one_of_the_standard()
    {
        Assert.All(
            RuleCatalogue.All.Where(r => r.Confidence is NumberConfidence.Assumed or NumberConfidence.Unknown),
            r => Assert.Equal(r.Group, r.Printed));
        Assert.Equal("GD-1-1", RuleCatalogue.Find("FN.GD.AUTH.FIXITY")!.Printed);
    }

    [Fact]
    public void A_reserved_number_has_no_check_and_every_other_rule_has_one() =>
        Assert.All(RuleCatalogue.All, r => Assert.Equal(r.Manner == RuleManner.Reserved, r.Check.Length == 0));

    [Fact]
    public void The_groups_are_those_of_the_verified_table()
    {
        string[] Groups(InspectionStage stage) => [.. RuleCatalogue.Of(stage).Select(r => r.Group).Where(g => g.Length == 3 && g[1] == '-').Distinct().Order(StringComparer.Ordinal)];

        Assert.Equal((16, 16, 17), (Groups(InspectionStage.Archiving).Length, Groups(InspectionStage.Transfer).Length, Groups(InspectionStage.Preservation).Length));
    }

    private static int Standard(InspectionStage stage) => RuleCatalogue.Of(stage).Count(r => r.Confidence != NumberConfidence.Own);
}
