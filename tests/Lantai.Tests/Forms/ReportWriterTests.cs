using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using ClosedXML.Excel;
using Lantai.Forms;
using Lantai.Words;

namespace Lantai.Tests.Forms;

public sealed class ReportWriterTests
{
    private static readonly CsvStyle Plain = new() { ByteOrderMark = false, ForPrograms = true };

    [Fact]
    public void Csv_quotes_what_must_be_quoted_and_ends_rows_as_the_rule_says()
    {
        var csv = TestReport.Text(TestReport.Of(["a,b", "12", "facts", "say \"yes\"\nor no"], [null, null, null, " x"]), ReportFormat.Csv, Plain);

        Assert.Equal("caseNumber,days,state,remark\r\n\"a,b\",12,facts,\"say \"\"yes\"\"\nor no\"\r\n\"\",,,\" x\"\r\n", csv);
    }

    [Fact]
    public void Csv_for_people_has_titles_and_says_codes_in_their_language()
    {
        var report = TestReport.Of(["1", "2", "facts", "unknown"]);

        Assert.Equal("\uFEFF说明,说明,说明,说明\r\n1,2,说明,unknown\r\n", TestReport.Text(report, ReportFormat.Csv, language: Language.Chinese));
        Assert.Equal("\uFEFFFacts,Facts,Facts,Facts\r\n1,2,Facts,unknown\r\n", TestReport.Text(report, ReportFormat.Csv));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    [InlineData("'=1+1")]
    public void A_cell_that_a_spreadsheet_program_would_run_is_guarded(string cell)
    {
        var csv = TestReport.Text(TestReport.Of([cell, "1", "", ""]), ReportFormat.Csv, Plain);

        Assert.Contains("'" + cell, csv, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_number_in_a_column_of_numbers_is_no_formula()
    {
        var csv = TestReport.Text(TestReport.Of(["1", "-12", "", ""], ["1", "-12+1", "", ""]), ReportFormat.Csv, Plain);

        Assert.EndsWith("1,-12,,\r\n1,'-12+1,,\r\n", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_in_gb18030_holds_letters_of_every_plane()
    {
        var bytes = TestReport.Bytes(TestReport.Of(["𠀀档案", "1", "", ""]), ReportFormat.Csv, new CsvStyle { Gb18030 = true, ForPrograms = true });

        Assert.Equal("caseNumber,days,state,remark\r\n𠀀档案,1,,\r\n", CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(bytes));
    }

    [Fact]
    public void Json_has_numbers_nulls_and_codes()
    {
        using var json = JsonDocument.Parse(TestReport.Text(TestReport.Of(["=1", "-5", "facts", null], ["x", "many", "", "\u0001"]), ReportFormat.Json));

        Assert.Equal("{\"asOf\":\"2024-07-01\",\"agency\":\"<A&B>\"}", json.RootElement.GetProperty("facts").GetRawText());
        Assert.Equal("{\"caseNumber\":\"=1\",\"days\":-5,\"state\":\"facts\",\"remark\":null}", json.RootElement.GetProperty("rows")[0].GetRawText());
        Assert.Equal("{\"caseNumber\":\"x\",\"days\":\"many\",\"state\":\"\",\"remark\":\"\\u0001\"}", json.RootElement.GetProperty("rows")[1].GetRawText());
        Assert.Equal(2, json.RootElement.GetProperty("count").GetInt32());
    }

    [Fact]
    public void Xml_holds_what_xml_can_hold_and_a_mark_for_the_rest()
    {
        var xml = XDocument.Parse(TestReport.Text(TestReport.Of(["<&>\u0001\uD800𠀀", "1", "facts", null]), ReportFormat.Xml, language: Language.Chinese), System.Xml.Linq.LoadOptions.PreserveWhitespace);

        Assert.Equal("zh-Hans", xml.Root!.Attribute(XNamespace.Xml + "lang")!.Value);
        Assert.Equal("<A&B>", xml.Root.Element("facts")!.Element("agency")!.Value);
        var row = xml.Root.Element("rows")!.Elements("row").Single();
        Assert.Equal("<&>\uFFFD\uFFFD𠀀", row.Element("caseNumber")!.Value);
        Assert.Equal("facts", row.Element("state")!.Value);
        Assert.Null(row.Element("remark"));
    }

    [Fact]
    public void A_page_escapes_what_comes_from_outside_and_hides_nothing()
    {
        var html = TestReport.Text(TestReport.Of(["<script>alert(1)</script>", "7", "facts", "a\u202Eb\"'"]), ReportFormat.Html, language: Language.Chinese);

        Assert.Contains("<html lang=\"zh-Hans\">", html, StringComparison.Ordinal);
        Assert.Contains("<td>&lt;script&gt;alert(1)&lt;/script&gt;</td><td class=\"n\">7</td><td>说明</td><td>a\\u{202E}b&quot;&#39;</td>", html, StringComparison.Ordinal);
        Assert.Contains("<dd>&lt;A&amp;B&gt;</dd>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_is_read_by_another_program_with_texts_as_texts_and_numbers_as_numbers()
    {
        var report = TestReport.Of(["=1+1", "12", "facts", "line\r\nline"], ["x", "007", null, " \u0001𠀀 "]);

        using var book = new XLWorkbook(new MemoryStream(TestReport.Bytes(report, ReportFormat.Xlsx)));

        var sheet = book.Worksheet("overdue");
        Assert.Equal(["Facts", "=1+1", "x"], sheet.Column(1).CellsUsed().Select(c => c.GetString()));
        Assert.False(sheet.Cell("A2").HasFormula);
        Assert.Equal(XLDataType.Number, sheet.Cell("B2").DataType);
        Assert.Equal((XLDataType.Text, "007"), (sheet.Cell("B3").DataType, sheet.Cell("B3").GetString()));
        Assert.Equal("Facts", sheet.Cell("C2").GetString());
        Assert.Equal("2024-07-01", book.Worksheet("Facts").Cell("B2").GetString());
    }

    [Fact]
    public void A_report_written_twice_is_the_same_bytes()
    {
        var report = TestReport.Of(["1", "2", null, "x"]);

        foreach (var format in Enum.GetValues<ReportFormat>())
        {
            Assert.Equal(TestReport.Bytes(report, format), TestReport.Bytes(report, format));
        }
    }

    [Fact]
    public void A_row_with_too_few_cells_is_misuse_in_every_format()
    {
        foreach (var format in Enum.GetValues<ReportFormat>())
        {
            Assert.Throws<ArgumentException>(() => TestReport.Bytes(TestReport.Of(["1"]), format));
        }
    }

    [Fact]
    public void Rows_are_asked_for_one_after_another_and_only_once()
    {
        foreach (var format in Enum.GetValues<ReportFormat>())
        {
            var asked = 0;
            var report = TestReport.Of() with { Rows = Enumerable.Range(1, 1000).Select(i => { asked++; return (IReadOnlyList<string?>)[$"{i}", "1", "", ""]; }) };
            _ = TestReport.Bytes(report, format);
            Assert.Equal(1000, asked);
        }
    }

    [Fact]
    public void A_report_is_given_up_between_rows()
    {
        using var stop = new CancellationTokenSource();
        var report = TestReport.Of() with { Rows = Rows() };

        foreach (var format in Enum.GetValues<ReportFormat>())
        {
            Assert.Throws<OperationCanceledException>(() => ReportWriter.Write(report, format, TestReport.Texts(), new MemoryStream(), stop.Token));
        }

        IEnumerable<IReadOnlyList<string?>> Rows()
        {
            for (var i = 0; ; i++)
            {
                if (i == 10)
                {
                    stop.Cancel();
                }

                yield return ["1", "2", "3", "4"];
            }
        }
    }
}
