using System.IO.Compression;
using System.Text;
using ClosedXML.Excel;
using CsCheck;
using Lantai.Forms;
using Lantai.Words;

namespace Lantai.Tests.Forms;

public sealed class WorkbookSheetTests
{
    [Fact]
    public void A_workbook_of_another_program_is_read()
    {
        using var book = new XLWorkbook();
        var sheet = book.AddWorksheet("表");
        sheet.Cell("A1").SetValue("事项编码");
        sheet.Cell("C1").SetValue(" 档案 ");
        sheet.Cell("A3").SetValue(12);
        sheet.Cell("B3").SetValue("12");
        sheet.Cell("C3").RichText.AddText("rich").SetBold().AddText(" text");
        sheet.Cell("D3").Style.Fill.BackgroundColor = XLColor.Red;
        sheet.Cell("E3").SetValue(true);
        using var bytes = new MemoryStream();
        book.SaveAs(bytes);

        var (rows, findings) = Read(bytes.ToArray());

        Assert.Empty(findings);
        Assert.Equal([(1, "事项编码|| 档案 "), (3, "12|12|rich text||1")], rows);
    }

    [Fact]
    public void A_formula_is_told_and_its_kept_value_is_told_apart()
    {
        var (rows, findings) = Read(Book("<row r=\"1\"><c r=\"A1\"><v/><f>1+1</f></c><c r=\"B1\"><f>A1</f><v>2</v></c></row>"));

        Assert.Equal([("SHT-006", "book.xlsx A1"), ("SHT-006", "book.xlsx B1")], findings.Select(f => (f.Code, f.Subject)));
        Assert.Equal([(1, "|2")], rows);
    }

    [Fact]
    public void Merged_cells_are_told()
    {
        var (_, findings) = Read(Book("<row><c t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:B2\"/></mergeCells><sheetData>"));

        Assert.Equal(("SHT-007", "book.xlsx A1:B2", "2"), (Assert.Single(findings).Code, findings[0].Subject, findings[0].Arguments[0].Value));
    }

    [Fact]
    public void An_error_value_is_told()
    {
        var (rows, findings) = Read(Book("<row r=\"2\"><c r=\"C2\" t=\"e\"><v>#N/A</v></c></row>"));

        Assert.Empty(rows);
        Assert.Equal(("SHT-008", "book.xlsx C2"), (Assert.Single(findings).Code, findings[0].Subject));
    }

    [Fact]
    public void A_hidden_row_is_read_and_told()
    {
        var (rows, findings) = Read(Book("<row r=\"2\" hidden=\"1\"><c><v>1</v></c></row>"));

        Assert.Equal([(2, "1")], rows);
        Assert.Equal(("SHT-013", Severity.Warning), (Assert.Single(findings).Code, findings[0].Severity));
    }

    [Fact]
    public void What_leads_outside_is_told_and_never_opened()
    {
        var opened = new List<string>();
        var parts = Parts("<row><c><v>1</v></c></row>");
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].Replace("</Relationships>", "<Relationship Id=\"rId8\" Type=\"http://x/externalLink\" Target=\"externalLinks/externalLink1.xml\"/>"
            + "<Relationship Id=\"rId9\" Type=\"http://x/hyperlink\" Target=\"file:///etc/passwd\" TargetMode=\"External\"/></Relationships>", StringComparison.Ordinal);

        var sheet = Sheet.OfWorkbook(path => { opened.Add(path); return Open(parts, path); }, "book.xlsx", SheetLimits.Default);

        Assert.Equal([1], sheet.Rows(default).Select(r => r.Number));
        Assert.Equal(["externalLink", "hyperlink"], sheet.Findings.Where(f => f.Code == "SHT-009").Select(f => f.Arguments[0].Value));
        Assert.DoesNotContain(opened, p => p.Contains("passwd", StringComparison.Ordinal) || p.Contains("externalLink", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_first_sheet_is_read_and_that_is_told()
    {
        var parts = Parts("<row><c><v>1</v></c></row>");
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].Replace("</sheets>", "<sheet name=\"other\" sheetId=\"2\" r:id=\"rId7\"/></sheets>", StringComparison.Ordinal);

        var (rows, findings) = Read(parts);

        Assert.Equal([(1, "1")], rows);
        Assert.Equal(("SHT-010", Severity.Information), (Assert.Single(findings).Code, findings[0].Severity));
    }

    [Theory]
    [InlineData("_rels/.rels")]
    [InlineData("xl/workbook.xml")]
    [InlineData("xl/_rels/workbook.xml.rels")]
    [InlineData("xl/sharedStrings.xml")]
    [InlineData("xl/worksheets/sheet1.xml")]
    public void A_document_type_is_refused(string part)
    {
        var parts = Parts("<row><c t=\"s\"><v>0</v></c></row>");
        parts[part] = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY y \"&x;&x;&x;\">]>" + parts[part];

        var (rows, findings) = Read(parts);

        Assert.Empty(rows);
        Assert.Contains(findings, f => f is { Code: "SHT-005", Severity: Severity.Error });
    }

    [Theory]
    [InlineData("_rels/.rels")]
    [InlineData("xl/workbook.xml")]
    [InlineData("xl/_rels/workbook.xml.rels")]
    [InlineData("xl/worksheets/sheet1.xml")]
    public void A_part_that_is_missing_or_cut_off_is_told(string part)
    {
        var parts = Parts("<row><c t=\"s\"><v>0</v></c></row>");
        var whole = parts[part];
        for (var length = whole.Length - 1; length > 0; length -= 7)
        {
            parts[part] = whole[..length];
            Assert.Contains(Read(parts).Findings, f => f is { Code: "SHT-005", Severity: Severity.Error });
        }

        _ = parts.Remove(part);
        Assert.Contains(Read(parts).Findings, f => f.Code == "SHT-005");
    }

    [Fact]
    public void A_text_that_is_not_there_and_a_cell_that_is_there_twice_are_told()
    {
        var (rows, findings) = Read(Book("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c><c r=\"B1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>9</v></c></row>"));

        Assert.Equal([(1, "|9")], rows);
        Assert.Equal([("book.xlsx A1", "reference"), ("book.xlsx B1", "twice")], findings.Select(f => (f.Subject, f.Arguments[^1].Value)));
    }

    [Fact]
    public void Rows_columns_cells_and_texts_are_bounded()
    {
        var limits = new SheetLimits { MaxRows = 5, MaxColumns = 3, MaxCellLength = 4, MaxSharedLength = 10 };

        Assert.Equal(["SHT-004"], Read(Book("<row r=\"6\"><c><v>1</v></c></row>"), limits).Findings.Select(f => f.Code));
        Assert.Equal(["SHT-004"], Read(Book("<row r=\"5\"><c r=\"D5\"><v>1</v></c></row>"), limits).Findings.Select(f => f.Code));
        Assert.Equal(["SHT-003"], Read(Book("<row r=\"5\"><c><v>12345</v></c></row>"), limits).Findings.Select(f => f.Code));
        Assert.Equal(["SHT-003"], Read(Book("<row r=\"5\"><c t=\"inlineStr\"><is><r><t>123</t></r><r><t>45</t></r></is></c></row>"), limits).Findings.Select(f => f.Code));
        var many = Parts("<row><c><v>1</v></c></row>");
        many["xl/sharedStrings.xml"] = "<sst><si><t>123</t></si><si><t>123</t></si><si><t>123</t></si></sst>";
        Assert.Equal(["SHT-004"], Read(many, limits).Findings.Select(f => f.Code));
    }

    [Fact]
    public void What_is_nested_without_end_is_refused()
    {
        var (_, findings) = Read(Book(string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000))));

        Assert.Equal("SHT-005", Assert.Single(findings).Code);
    }

    [Fact]
    public void A_part_longer_than_allowed_is_refused()
    {
        var (_, findings) = Read(Book("<row><c><v>" + new string('1', 100_000) + "</v></c></row>"), new SheetLimits { MaxPartLength = 50_000 });

        Assert.Equal("SHT-005", Assert.Single(findings).Code);
    }

    [Fact]
    public void What_a_report_writes_is_read_again()
    {
        var cell = Gen.String[Gen.Char["ab_x041\r\n=\t 档\u0001"], 0, 8];
        Gen.Select(cell, cell, cell).Sample((a, b, c) =>
        {
            var zip = new ZipArchive(new MemoryStream(TestReport.Bytes(TestReport.Of([a, "7", b, c], ["end", "1", "2", "3"]), ReportFormat.Xlsx)));
            var row = Sheet.OfWorkbook(path => zip.GetEntry(path)?.Open(), "book.xlsx", SheetLimits.Default).Rows(default).ElementAt(1);
            Assert.Equal((a, "7", b, c), (row.Cell(1), row.Cell(2), row.Cell(3), row.Cell(4)));
        });
    }

    private static Dictionary<string, string> Parts(string rows) => new()
    {
        ["_rels/.rels"] = "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>",
        ["xl/workbook.xml"] = "<workbook xmlns:r=\"http://r\"><sheets><sheet name=\"one\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        ["xl/_rels/workbook.xml.rels"] = "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"http://x/sharedStrings\" Target=\"./theme/../sharedStrings.xml\"/></Relationships>",
        ["xl/sharedStrings.xml"] = "<sst><si><t>shared</t></si></sst>",
        ["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData>" + rows + "</sheetData></worksheet>",
    };

    private static Dictionary<string, string> Book(string rows) => Parts(rows);

    private static Stream? Open(Dictionary<string, string> parts, string path) => parts.TryGetValue(path, out var text) ? new MemoryStream(Encoding.UTF8.GetBytes(text)) : null;

    private static (List<(long Number, string Cells)> Rows, IReadOnlyList<Finding> Findings) Read(Dictionary<string, string> parts, SheetLimits? limits = null) => Read(path => Open(parts, path), limits);

    private static (List<(long Number, string Cells)> Rows, IReadOnlyList<Finding> Findings) Read(byte[] bytes)
    {
        var zip = new ZipArchive(new MemoryStream(bytes));
        return Read(path => zip.GetEntry(path)?.Open(), null);
    }

    private static (List<(long Number, string Cells)> Rows, IReadOnlyList<Finding> Findings) Read(Func<string, Stream?> open, SheetLimits? limits)
    {
        var sheet = Sheet.OfWorkbook(open, "book.xlsx", limits ?? SheetLimits.Default);
        return ([.. sheet.Rows(default).Select(r => (r.Number, string.Join('|', r.Cells)))], sheet.Findings);
    }
}
