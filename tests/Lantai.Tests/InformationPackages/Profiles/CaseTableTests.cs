using System.Text;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

public sealed class CaseTableTests
{
    [Fact]
    public void Quotes_line_breaks_and_empty_lines_are_read_as_office_programs_write_them()
    {
        var table = Read("名称,备注,\r\n\"甲,\"\"乙\"\"\",\"一\n二\",\r\n,,\r\n 丙 ,\r\n");

        Assert.Equal(["名称", "备注", ""], table.Columns);
        Assert.Equal([2, 5], table.Rows.Select(r => r.Line));
        Assert.Equal(("甲,\"乙\"", "一\n二"), (table.Rows[0].Cells["名称"], table.Rows[0].Cells["备注"]));
        Assert.Equal("丙", Assert.Single(table.Rows[1].Cells).Value);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("GB18030")]
    public void Both_encodings_are_read(string encoding)
    {
        var bytes = (CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding)).GetBytes("办件名称\n𠮷祥商行设立登记\n");

        Assert.Equal("𠮷祥商行设立登记", CaseTable.Read(new MemoryStream(bytes), "x.csv", [])!.Rows[0].Cells["办件名称"]);
    }

    [Fact]
    public void A_byte_order_mark_belongs_to_no_column() =>
        Assert.Equal(["办件名称"], CaseTable.Read(new MemoryStream([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("办件名称\n甲\n")]), "x.csv", [])!.Columns);

    [Theory]
    [InlineData("", "empty", "1")]
    [InlineData("a,b\n1,\"2", "quotes", "2")]
    [InlineData("a,b\n1,\"2\"3\n", "quotes", "2")]
    [InlineData("a,a\n", "column-twice", "1")]
    [InlineData("a,,b\n1,,2\n1,丢,3\n", "cells", "3")]
    [InlineData("a,b\n1,2\n1,2,3\n", "cells", "3")]
    public void A_table_that_cannot_be_read_is_a_finding(string text, string reason, string line)
    {
        var findings = new List<Finding>();

        Assert.Null(CaseTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "x.csv", findings));
        Assert.Equal($"PKG-060 x.csv reason={reason} line={line}", Assert.Single(findings).ToString());
    }

    [Fact]
    public void Bytes_of_no_encoding_are_a_finding()
    {
        var findings = new List<Finding>();

        Assert.Null(CaseTable.Read(new MemoryStream([0x61, 0xFF, 0xFF, 0x0A]), "x.csv", findings));
        Assert.Equal("PKG-060 x.csv reason=encoding line=1", Assert.Single(findings).ToString());
    }

    private static CaseTable Read(string text)
    {
        var findings = new List<Finding>();
        var table = CaseTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "x.csv", findings);
        Assert.Empty(findings);
        return table!;
    }
}
