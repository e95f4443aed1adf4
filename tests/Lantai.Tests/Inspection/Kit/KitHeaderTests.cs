using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Tests.Inspection;

public sealed class KitHeaderTests
{
    [Fact]
    public void The_schemes_of_categories_come_back_with_their_decisions()
    {
        var scheme = SchemeCatalogue.Of(RunPoint.AgencyArchiving);
        var without = SchemeCatalogue.WithoutAntivirus(scheme) with { Category = "ZY", Decision = new SchemeDecision("os:陈主任", SampleReport.Started, "未配备", ["FN.GD.SEC.ANTIVIRUS"]) };
        var header = new KitHeader(Guid.NewGuid(), "lantai/test", "yz", SampleReport.Started, 9, scheme) { OfCategories = [without], Salt = new string('0', 32) };
        var findings = new List<Finding>();

        var read = KitHeader.Read(header.Write(), "样.kit", findings)!;

        Assert.Empty(findings);
        var category = Assert.Single(read.OfCategories);
        Assert.Equal(("without-av", "ZY", "os:陈主任"), (category.Name, category.Category, category.Decision?.Person));
        Assert.Equal(without.Rules, category.Rules);
        Assert.Null(read.Scheme.Decision);
    }
}
