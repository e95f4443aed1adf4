using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class HoldingScopeTests
{
    private const string Agency = "a";
    private const string Hall = "h";

    [Theory]
    [InlineData(OrganisationType.Agency, "350100", Agency, HoldingReach.Records, HoldingReach.Records)]
    [InlineData(OrganisationType.Agency, "350100", "other", HoldingReach.None, HoldingReach.None)]
    [InlineData(OrganisationType.Hall, "350100", Hall, HoldingReach.None, HoldingReach.Records)]
    [InlineData(OrganisationType.Hall, "350100", "other", HoldingReach.None, HoldingReach.None)]
    [InlineData(OrganisationType.Authority, "350100", "x", HoldingReach.Records, HoldingReach.Records)]
    [InlineData(OrganisationType.Authority, "350000", "x", HoldingReach.Records, HoldingReach.Records)]
    [InlineData(OrganisationType.Authority, "350200", "x", HoldingReach.None, HoldingReach.None)]
    [InlineData(OrganisationType.Authority, "350102", "x", HoldingReach.None, HoldingReach.None)]
    [InlineData(OrganisationType.Coordination, "000000", "x", HoldingReach.Indicators, HoldingReach.Indicators)]
    [InlineData(OrganisationType.Coordination, "110000", "x", HoldingReach.None, HoldingReach.None)]
    public void Reach_follows_type_and_jurisdiction(OrganisationType type, string region, string code, HoldingReach kept, HoldingReach transferred)
    {
        var reader = new Organisation(code, type, Of(region), "n");

        Assert.Equal(kept, HoldingScope.Of(reader, new HoldingPlace(Agency, Of("350100"))));
        Assert.Equal(transferred, HoldingScope.Of(reader, new HoldingPlace(Agency, Of("350100"), Hall, Of("350100"))));
    }

    [Fact]
    public void The_authority_of_the_hall_sees_what_came_from_elsewhere()
    {
        var reader = new Organisation("x", OrganisationType.Authority, Of("350200"), "n");

        Assert.Equal(HoldingReach.Records, HoldingScope.Of(reader, new HoldingPlace(Agency, Of("350100"), Hall, Of("350200"))));
    }

    private static RegionCode Of(string text) => RegionCode.TryParse(text, out var code) ? code : throw new InvalidOperationException(text);
}
