using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class ItemCatalogueTests : IDisposable
{
    private static readonly ServiceItem Licence = new("0100190012", "1", "食品经营许可", "行政许可", KnownOffice.Agency)
    {
        Steps = ["1", "2", "4"],
        JointWith = ["0100190013"],
        From = new DateOnly(2023, 7, 30),
    };

    private readonly TestOffice _test = new TestOffice().WithFuzhou();

    private ItemCatalogue Items => _test.Office.Items;

    public void Dispose() => _test.Dispose();

    [Fact]
    public void What_was_entered_is_found()
    {
        Assert.Empty(Items.Enter([Licence, Licence with { Code = "0100190013", JointWith = [], PaperCitation = "某法第三条" }], TestOffice.Clerk).Findings);

        Assert.Equal(Licence, Items.Find("0100190012"));
        Assert.Equal(Licence, Items.Find("0100190012", "1"));
        Assert.False(Licence.PaperRequired);
        Assert.True(Items.Find("0100190013")!.PaperRequired);
        Assert.Null(Items.Find("0100190012", "2"));
        Assert.Null(Items.Find("0100190014"));
        Assert.Equal(["0100190012", "0100190013"], Items.Page(0, 10).Select(i => i.Value.Code));
        Assert.Equal(["0100190013"], Items.Page(1, 10).Select(i => i.Value.Code));
    }

    [Fact]
    public void The_version_that_was_entered_or_changed_last_is_the_one_meant()
    {
        _ = Items.Enter([Licence], TestOffice.Clerk);
        _ = Items.Enter([Licence with { Version = "2", Name = "新名" }], TestOffice.Clerk);
        Assert.Equal("2", Items.Find("0100190012")!.Version);

        Assert.Single(Items.Enter([Licence with { Name = "改名" }, Licence with { Version = "2", Name = "新名" }], TestOffice.Clerk).Events);

        Assert.Equal(("1", "改名"), (Items.Find("0100190012")!.Version, Items.Find("0100190012")!.Name));
        Assert.Equal(["1", "2"], Items.Versions("0100190012").Select(i => i.Version));
    }

    [Fact]
    public void One_bad_item_refuses_all_and_all_that_is_wrong_is_told()
    {
        var bad = new ServiceItem("事", " ", "", "行政命令", KnownOffice.Hall)
        {
            Steps = ["1", "7", "1"],
            JointWith = ["事"],
            PaperCitation = " ",
            From = new DateOnly(2024, 1, 2),
            Until = new DateOnly(2024, 1, 1),
        };

        var outcome = Items.Enter([Licence, bad], TestOffice.Clerk);

        Assert.Equal(["CAT-002", "REC-002", "REC-002", "CAT-003", "FON-007", "CAT-001", "CAT-004", "CAT-004", "CAT-005", "CAT-007"], outcome.Codes());
        Assert.Null(Items.Find("0100190012"));
    }

    [Theory]
    [InlineData("行政处罚")]
    [InlineData("行政检查")]
    [InlineData("行政命令")]
    [InlineData("")]
    public void A_type_outside_the_scope_is_unknown(string type) =>
        Assert.Equal(["CAT-001"], Items.Enter([Licence with { Type = type }], TestOffice.Clerk).Codes());

    [Fact]
    public void A_version_stands_once_in_what_is_entered() =>
        Assert.Equal(["CAT-006"], Items.Enter([Licence, Licence], TestOffice.Clerk).Codes());

    [Fact]
    public void The_last_day_may_be_the_first() =>
        Assert.Empty(Items.Enter([Licence with { Until = Licence.From }], TestOffice.Clerk).Findings);

    [Fact]
    public void The_catalogue_made_anew_says_the_same()
    {
        _ = Items.Enter([Licence, Licence with { Version = "2" }], TestOffice.Clerk);
        _ = Items.Enter([Licence with { Name = "改名", Until = new DateOnly(2030, 1, 1) }], TestOffice.Clerk);

        Assert.True(_test.CompareWithRebuild().AreEqual);
        Assert.Equal(Items.Page(0, 10), _test.Rebuilt().Items.Page(0, 10));
        Assert.Equal("改名", _test.Rebuilt().Items.Find("0100190012")!.Name);
    }
}
