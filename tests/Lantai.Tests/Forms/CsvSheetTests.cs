using System.Text;
using CsCheck;
using Lantai.Forms;
using Lantai.Words;

namespace Lantai.Tests.Forms;

public sealed class CsvSheetTests
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    [Fact]
    public void Cells_are_read_as_the_rule_says()
    {
        var (rows, findings) = Read("a,\"b,\"\"c\"\"\r\nd\",\r\n\r\n,,x\n\"\"\ry");

        Assert.Empty(findings);
        Assert.Equal([(1, "a|b,\"c\"\r\nd"), (3, "||x"), (5, "y")], rows);
    }

    [Theory]
    [InlineData("a;b,c;d\n1;2", "a|b,c|d")]
    [InlineData("a\tb\tc,d\n", "a|b|c,d")]
    [InlineData("\"x;y;z\",b\n", "x;y;z|b")]
    public void The_separator_is_the_one_that_the_first_row_has_most_of(string text, string first) => Assert.Equal(first, Read(text).Rows[0].Cells);

    [Theory]
    [InlineData("utf-8", "UTF-8")]
    [InlineData("utf-16", "UTF-16LE")]
    [InlineData("utf-16BE", "UTF-16BE")]
    public void A_mark_says_the_encoding_and_is_no_text(string encoding, string name)
    {
        var bytes = Encoding.GetEncoding(encoding).GetPreamble().Concat(Encoding.GetEncoding(encoding).GetBytes("档案,é")).ToArray();

        var (sheet, rows) = Read(bytes);

        Assert.Equal((name, "档案|é"), (sheet.Encoding, rows[0].Cells));
    }

    [Fact]
    public void A_file_in_gb18030_is_read_and_that_is_told()
    {
        // The letter that shows it stands far behind the first block.
        var (sheet, rows) = Read([.. Encoding.ASCII.GetBytes(new string('a', 30_000) + "\n" + new string('b', 30_000) + "\n" + new string('c', 30_000) + ","), .. Gb18030.GetBytes("办件𠀀")]);

        Assert.Equal("GB18030", sheet.Encoding);
        Assert.EndsWith("|办件𠀀", rows[2].Cells, StringComparison.Ordinal);
        Assert.Equal(("SHT-012", Severity.Information), (sheet.Findings[0].Code, sheet.Findings[0].Severity));
    }

    [Fact]
    public void A_letter_cut_by_the_end_of_a_block_is_whole()
    {
        for (var before = (1 << 16) - 3; before <= 1 << 16; before++)
        {
            var (sheet, rows) = Read(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(new string('a', 1023), (before / 1024) + 1))[..before] + "档"));

            Assert.Equal("UTF-8", sheet.Encoding);
            Assert.EndsWith("档", rows[^1].Cells, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a,b\u0001\n", "test.csv B1", "U+0001")]
    [InlineData("x\n\uFFFD\n", "test.csv A2", "U+FFFD")]
    [InlineData("\0", "test.csv A1", "U+0000")]
    public void What_is_no_text_is_told_with_its_cell(string text, string subject, string character)
    {
        var finding = Assert.Single(Read(text).Findings);

        Assert.Equal(("SHT-001", subject), (finding.Code, finding.Subject));
        Assert.Equal(character, finding.Arguments[0].Value);
    }

    [Fact]
    public void Bytes_that_no_encoding_has_are_told_and_end_nothing()
    {
        var (sheet, rows) = Read([.. "a,b\n"u8, 0xFF, 0xFF, .. ",c\nd"u8]);

        Assert.Equal(3, rows.Count);
        Assert.Contains(sheet.Findings, f => f is { Code: "SHT-001", Subject: "test.csv A2" });
    }

    [Theory]
    [InlineData("a\"b,c\n", "inside", "a|c")]
    [InlineData("\"a\"b,c\n", "behind", "a|c")]
    [InlineData("x,\"a\nb", "open", "x|a\nb")]
    public void Each_fault_of_quotation_is_told(string text, string fault, string first)
    {
        var (rows, findings) = Read(text);

        Assert.Equal(first, rows[0].Cells);
        Assert.Equal(("SHT-002", fault), (Assert.Single(findings).Code, findings[0].Arguments[0].Value));
    }

    [Fact]
    public void A_cell_that_is_too_long_costs_no_memory()
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes("\"" + new string('x', 10_000_000)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var sheet = Sheet.OfCsv(stream, "test.csv", SheetLimits.Default);
        var row = Assert.Single(sheet.Rows(default));

        Assert.Equal(32_767, row.Cells[0].Length);
        Assert.Equal(["SHT-003", "SHT-002"], sheet.Findings.Select(f => f.Code));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void More_rows_and_columns_than_allowed_are_told()
    {
        var (rows, findings) = Read("a,b,c,d\n1\n2\n3\n", new SheetLimits { MaxRows = 3, MaxColumns = 2 });

        Assert.Equal([(1, "a|b"), (2, "1"), (3, "2")], rows);
        Assert.Equal([("SHT-004", "test.csv C1"), ("SHT-004", "test.csv A4")], findings.Select(f => (f.Code, f.Subject)));
    }

    [Fact]
    public void A_million_faults_cost_a_bounded_list()
    {
        var findings = Read(string.Concat(Enumerable.Repeat("\u0001\n", 1000)), new SheetLimits { MaxFindings = 10 }).Findings;

        Assert.Equal(11, findings.Count);
        Assert.Equal(("SHT-014", Severity.Error, "990"), (findings[^1].Code, findings[^1].Severity, findings[^1].Arguments[0].Value));
    }

    [Fact]
    public void What_a_report_writes_is_read_again()
    {
        var cell = Gen.String[Gen.Char["ab,;\"\r\n='-+@\t 档"], 0, 6];
        Gen.Select(cell, cell, cell, Gen.Bool).Sample((a, b, c, isGb) =>
        {
            var bytes = TestReport.Bytes(TestReport.Of([a, "7", b, c], ["end", "1", "2", "3"]), ReportFormat.Csv, new CsvStyle { Gb18030 = isGb, ForPrograms = true });
            var sheet = Sheet.OfCsv(new MemoryStream(bytes), "test.csv", SheetLimits.Default);
            var row = sheet.Rows(default).ElementAt(1);
            Assert.Equal((a, "7", b, c), (row.Cell(1), row.Cell(2), row.Cell(3), row.Cell(4)));
        });
    }

    private static (List<(long Number, string Cells)> Rows, IReadOnlyList<Finding> Findings) Read(string text, SheetLimits? limits = null)
    {
        var sheet = Sheet.OfCsv(new MemoryStream(Encoding.UTF8.GetBytes(text)), "test.csv", limits ?? SheetLimits.Default);
        return ([.. sheet.Rows(default).Select(r => (r.Number, string.Join('|', r.Cells)))], sheet.Findings);
    }

    private static (Sheet Sheet, List<(long Number, string Cells)> Rows) Read(byte[] bytes)
    {
        var sheet = Sheet.OfCsv(new MemoryStream(bytes), "test.csv", SheetLimits.Default);
        return (sheet, [.. sheet.Rows(default).Select(r => (r.Number, string.Join('|', r.Cells)))]);
    }
}
