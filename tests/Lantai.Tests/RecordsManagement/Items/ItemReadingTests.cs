using System.Text;
using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class ItemReadingTests : IDisposable
{
    private readonly TestOffice _test = new TestOffice().WithFuzhou();

    public void Dispose() => _test.Dispose();

    [Theory]
    [InlineData("utf-8")]
    [InlineData("GB18030")]
    public void Items_are_read_by_their_titles_in_any_order_and_encoding(string encoding)
    {
        var text = $"事项名称,事项编码,事项类型,机构统一社会信用代码,版本号,必经环节,纸质依据,联办事项,起始日,截止日\n食品经营许可,0100190012,行政许可,{KnownOffice.Agency},2,1、2、4,某法第三条,0100190013 0100190014,2023-07-30,2030-12-31\n";

        var reading = ItemReading.Of(new MemoryStream(Encoding(encoding).GetBytes(text)), "items.csv", TestContext.Current.CancellationToken);

        Assert.True(reading.IsSound);
        Assert.Equal(
            new ServiceItem("0100190012", "2", "食品经营许可", "行政许可", KnownOffice.Agency)
            {
                Steps = ["1", "2", "4"], PaperCitation = "某法第三条", JointWith = ["0100190013", "0100190014"],
                From = new DateOnly(2023, 7, 30), Until = new DateOnly(2030, 12, 31),
            },
            Assert.Single(reading.Items));
        Assert.Empty(_test.Office.Items.Enter(reading, TestOffice.Clerk).Findings);
        Assert.Equal(reading.Items[0], _test.Office.Items.Find("0100190012"));
    }

    [Fact]
    public void English_names_of_columns_do_too_and_a_version_that_is_not_given_is_1()
    {
        var reading = Read($"item,name,type,agency\n1,x,公共服务,{KnownOffice.Agency}\n");

        Assert.Equal(new ServiceItem("1", "1", "x", "公共服务", KnownOffice.Agency), Assert.Single(reading.Items));
        Assert.Empty(reading.Findings);
    }

    [Fact]
    public void A_column_that_is_missing_or_there_twice_is_told_and_an_unknown_one_is_no_error()
    {
        var reading = Read("item,colour,item\n1,red,2\n");

        Assert.Equal(
            ["CAT-010 Warning items.csv B1", "CAT-010 Error items.csv C1", "CAT-009 Error items.csv A1", "CAT-009 Error items.csv A1", "CAT-009 Error items.csv A1"],
            reading.Findings.Select(f => $"{f.Code} {f.Severity} {f.Subject}"));
        Assert.False(reading.IsSound);
        Assert.Empty(_test.Office.Items.Enter(reading, TestOffice.Clerk).Events);
    }

    [Fact]
    public void Each_cell_that_is_wrong_is_told_with_its_place()
    {
        var reading = Read($"item,name,type,agency,from,until\n1,x,公共服务,{KnownOffice.Agency},2023-7-30,30.12.2024\n");

        Assert.Equal(["CAT-008 items.csv E2 item-column=from value=2023-7-30", "CAT-008 items.csv F2 item-column=until value=30.12.2024"], reading.Findings.Select(f => f.ToString()));
    }

    [Fact]
    public void What_the_catalogue_refuses_is_told_with_its_row_and_nothing_is_entered()
    {
        var reading = Read($"item,name,type,agency\n1,x,公共服务,{KnownOffice.Agency}\n2,y,行政处罚,{KnownOffice.Agency}\n1,z,公共服务,nobody\n");

        var outcome = _test.Office.Items.Enter(reading, TestOffice.Clerk);

        Assert.Equal(["CAT-001 items.csv A3", "FON-005 items.csv A4", "CAT-006 items.csv A4"], outcome.Findings.Select(f => $"{f.Code} {f.Subject}"));
        Assert.Null(_test.Office.Items.Find("1"));
    }

    [Fact]
    public void Findings_of_a_large_file_of_items_are_bounded()
    {
        var reading = Read("item,name,type,agency,from\n" + string.Concat(Enumerable.Repeat("1,x,公共服务,y,z\n", 2_500)));

        Assert.Equal(2_001, reading.Findings.Count);
        Assert.Equal("CAT-011 items.csv count=500", reading.Findings[^1].ToString());
    }

    private static ItemReading Read(string text) => ItemReading.Of(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "items.csv", TestContext.Current.CancellationToken);

    private static Encoding Encoding(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? System.Text.Encoding.GetEncoding(name);
}
