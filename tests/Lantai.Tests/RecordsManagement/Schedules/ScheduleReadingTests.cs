using System.IO.Compression;
using System.Text;
using ClosedXML.Excel;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

public sealed class ScheduleReadingTests
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    [Fact]
    public void A_sound_file_gives_its_rows()
    {
        var reading = SampleSchedule.Read(SampleSchedule.Heading + SampleSchedule.Item("0100190012"));

        Assert.Empty(reading.Findings);
        Assert.True(reading.IsSound);
        var row = reading.Rows[1];
        Assert.Equal(("0100190012", "/行政许可/市场监管", "procedural", "formed", "M2", "受理通知书"), (row.Item, row.Class, row.Nature, row.Origin, row.MaterialCode, row.MaterialName));
        Assert.Equal((true, "D10", 5, 2, 5, 3), (row.IsArchived, row.Retention?.Code, row.Floor, row.AdministrativeYears, row.LitigationYears, row.AuditYears));
        Assert.Equal(["8号令", "权力清单"], row.Basis);
    }

    [Fact]
    public void Columns_may_stand_in_any_order_with_titles_of_either_language()
    {
        var reading = SampleSchedule.Read("""
            Basis,保 管 期 限,*事项编码,itemName,材料性质,Material origin,Ｍａｔｅｒｉａｌ name,Archived
            law,永久,I1,one,Evidential,formed,a,是
            law,定期30年,I1,one,procedural,调用,b,yes
            law,d15,I1,one,结果性,形成,c,归档
            """);

        Assert.Equal(["SCH-016"], reading.Findings.Select(f => f.Code).Distinct());
        Assert.Equal(["Y", "D30", "D15"], reading.Rows.Select(r => r.Retention?.Code));
        Assert.Equal(["evidential", "procedural", "result"], reading.Rows.Select(r => r.Nature));
    }

    [Fact]
    public void Each_error_of_a_row_is_told_with_its_cell()
    {
        var reading = SampleSchedule.Read(SampleSchedule.Heading + SampleSchedule.Item("I1") + """
            I 1,n,,证据性,形成,M9,x,归档,D10,2,5,3,b,l
            I1,事项I1,行政许可,证据,形成了,M9,x,也许,D0,-1,5.5,1000,b,l
            I1,事项I1,,结果性,形成,M3,again,归档,D10,2,5,3,b,l
            I1,事项I1,,结果性,,M4,x,归档,,2,5,3,b,l
            I1,事项I1,,结果性,形成,M5,x,不归档,D10,2,5,3,b,l

            """ + $"I1,事项I1,,结果性,形成,M6,{new string('x', 501)},归档,D10,2,5,3,b,l\n");

        Assert.Equal(
            [
                "SCH-018 s.csv A5", "SCH-009 s.csv A5",
                "SCH-018 s.csv C6", "SCH-008 s.csv D6", "SCH-008 s.csv E6", "SCH-008 s.csv H6", "SCH-012 s.csv I6", "SCH-010 s.csv J6", "SCH-010 s.csv K6", "SCH-010 s.csv L6",
                "SCH-009 s.csv D6", "SCH-009 s.csv E6", "SCH-009 s.csv H6",
                "SCH-007 s.csv A7", "SCH-009 s.csv E8", "SCH-009 s.csv I8", "SCH-015 s.csv I9", "SCH-019 s.csv G10",
            ],
            reading.Findings.Where(f => f.Severity == Severity.Error).Select(f => f.Code + " " + f.Subject));
        Assert.Equal("4", reading.Findings.Single(f => f.Code == "SCH-007").Arguments.Single(a => a.Key == "row").Value);
        Assert.Contains("evidential 证据性", reading.Findings.First(f => f.Code == "SCH-008").Arguments.Single(a => a.Key == "expected").Value, StringComparison.Ordinal);
        Assert.False(reading.IsSound);
    }

    [Fact]
    public void Ten_years_under_a_floor_of_fifteen_are_refused_and_the_least_allowed_code_is_named()
    {
        var reading = SampleSchedule.Read(SampleSchedule.Heading + SampleSchedule.Item("I1").Replace(",D10,2,5,3,", ",D10,2,15,3,", StringComparison.Ordinal));

        Assert.Equal(["SCH-005", "SCH-005", "SCH-005"], reading.Findings.Select(f => f.Code));
        var finding = reading.Findings[0];
        Assert.Equal("s.csv I2", finding.Subject);
        Assert.Equal(["D10", "15", "D30", "2", "15", "3"], finding.Arguments.Select(a => a.Value));
    }

    [Theory]
    [InlineData("D10", "10", null)]
    [InlineData("D10", "11", "D30")]
    [InlineData("D15", "15", null)]
    [InlineData("D30", "30", null)]
    [InlineData("D30", "31", "Y")]
    [InlineData("Y", "999", null)]
    public void The_floor_is_met_by_as_many_years_and_by_for_ever(string retention, string years, string? least)
    {
        var findings = SampleSchedule.Read(SampleSchedule.Heading + SampleSchedule.Item("I1", retention).Replace(",2,5,3,", $",2,3,{years},", StringComparison.Ordinal)).Findings;

        Assert.Equal(least, findings.FirstOrDefault(f => f.Code == "SCH-005")?.Arguments.Single(a => a.Key == "least").Value);
        Assert.Equal(least is null, findings.Count == 0);
    }

    [Fact]
    public void An_item_without_a_result_row_is_refused()
    {
        var reading = SampleSchedule.Read(SampleSchedule.Heading + SampleSchedule.Item("I1") + SampleSchedule.Item("I2").Replace("许可证,归档,D10", "许可证,不归档,", StringComparison.Ordinal));

        Assert.Equal(("SCH-006", "s.csv A5"), (Assert.Single(reading.Findings).Code, reading.Findings[0].Subject));
    }

    [Fact]
    public void All_three_natures_must_be_there_and_a_class_above_may_bring_them()
    {
        const string Alone = "I2,事项I2,/行政许可/市场监管,结果性,形成,M3,许可证,归档,D10,2,5,3,b,l\n";
        const string Class = "/行政许可,行政许可,,证据性,形成,,,归档,D10,2,5,3,b,l\n/行政许可,行政许可,,程序性,调用,,,归档,D10,2,5,3,b,l\n/行政许可,行政许可,,结果性,形成,,,归档,D10,2,5,3,b,l\n";

        Assert.Equal(["SCH-011 evidential", "SCH-011 procedural", "SCH-017 "], SampleSchedule.Read(SampleSchedule.Heading + Alone).Findings.Select(f => f.Code + " " + f.Arguments.FirstOrDefault(a => a.Key == "schedule-nature").Value));
        Assert.Empty(SampleSchedule.Read(SampleSchedule.Heading + Alone + Class).Findings);
        Assert.NotEmpty(SampleSchedule.Read(SampleSchedule.Heading + Alone.Replace("/行政许可", "/行政确认", StringComparison.Ordinal) + Class).Findings);
    }

    [Fact]
    public void What_is_only_missing_is_a_warning()
    {
        var reading = SampleSchedule.Read(SampleSchedule.Heading + """
            I1,one,,证据性,形成,,a,归档,D10,,,,,
            I1,two,,程序性,形成,,b,归档,D10,1,,,,l
            I1,one,,结果性,形成,,c,归档,D10,0,0,0,,l
            """);

        Assert.Equal(
            ["SCH-016 s.csv I2", "SCH-013 s.csv N2", "SCH-014 s.csv M3", "SCH-020 s.csv B3", "SCH-016 s.csv I4", "SCH-017 s.csv"],
            reading.Findings.Select(f => f.Code + " " + f.Subject));
        Assert.True(reading.IsSound);
    }

    [Fact]
    public void A_missing_column_is_told_and_an_unknown_one_is_no_error()
    {
        var reading = SampleSchedule.Read("事项编码,颜色\nI1,red\n");

        Assert.Equal("SCH-002 s.csv B1", reading.Findings[0].Code + " " + reading.Findings[0].Subject);
        Assert.Equal(Severity.Warning, reading.Findings[0].Severity);
        Assert.Equal(["itemName", "nature", "origin", "materialName", "archive", "retention"], reading.Findings.Where(f => f.Code == "SCH-001").Select(f => f.Arguments[0].Value));
    }

    [Fact]
    public void A_column_that_stands_there_twice_is_told()
    {
        var reading = SampleSchedule.Read("item," + SampleSchedule.Heading);

        Assert.Contains(reading.Findings, f => f is { Code: "SCH-004", Subject: "s.csv B1" } && f.Arguments.Any(a => a is { Key: "other", Value: "A1" }));
    }

    [Fact]
    public void The_name_of_the_table_may_stand_above_the_titles()
    {
        var reading = SampleSchedule.Read("福州市市场监督管理局归档范围和保管期限表\n\n编制单位,某局,备注\n" + SampleSchedule.Heading + SampleSchedule.Item("I1"));

        Assert.Equal(["SCH-037 s.csv A4"], reading.Findings.Select(f => f.Code + " " + f.Subject));
        Assert.Equal(3, reading.Rows.Count);
    }

    [Fact]
    public void Cells_merged_above_the_titles_are_no_fault_and_those_below_are()
    {
        using var book = new XLWorkbook();
        var sheet = book.AddWorksheet("表");
        sheet.Cell("A1").SetValue("归档范围和保管期限表");
        _ = sheet.Range("A1:N1").Merge();
        var lines = (SampleSchedule.Heading + SampleSchedule.Item("I1")).TrimEnd().Split('\n');
        for (var r = 0; r < lines.Length; r++)
        {
            for (var c = 0; c < lines[r].Split(',').Length; c++)
            {
                sheet.Cell(r + 2, c + 1).SetValue(lines[r].Split(',')[c]);
            }
        }

        Assert.Equal(["SCH-037"], Codes());

        _ = sheet.Range("B3:B5").Merge();

        Assert.Equal(["SHT-007", "SCH-037", "SCH-009", "SCH-009"], Codes());

        IEnumerable<string> Codes()
        {
            var bytes = new MemoryStream(); // the library writes into the one before, too
            book.SaveAs(bytes);
            return SampleSchedule.Read(bytes.ToArray()).Findings.Select(f => f.Code);
        }
    }

    [Fact]
    public void A_schedule_of_endless_texts_is_refused()
    {
        var remark = new string('x', 1990);
        var findings = SampleSchedule.Read(Encoding.UTF8.GetBytes(SampleSchedule.Heading.TrimEnd() + ",备注\n"
            + string.Concat(Enumerable.Range(0, 40_000).Select(i => $"I1,事项I1,,证据性,形成,M{i},x,归档,D10,2,5,3,b,l,{remark}{i:D6}\n")))).Findings;

        Assert.Contains(findings, f => f is { Code: "SCH-036", Severity: Severity.Error });
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n,,,\n")]
    [InlineData(SampleSchedule.Heading)]
    public void An_empty_file_is_refused(string text) => Assert.Contains(SampleSchedule.Read(text).Findings, f => f is { Code: "SHT-011", Severity: Severity.Error });

    [Fact]
    public void A_file_in_gb18030_is_read()
    {
        var reading = SampleSchedule.Read(Gb18030.GetBytes(SampleSchedule.Heading + SampleSchedule.Item("I1")));

        Assert.Equal(["SHT-012"], reading.Findings.Select(f => f.Code));
        Assert.Equal("受理通知书", reading.Rows[1].MaterialName);
    }

    [Fact]
    public void A_workbook_of_another_program_is_read()
    {
        using var book = new XLWorkbook();
        var sheet = book.AddWorksheet("表");
        var lines = (SampleSchedule.Heading + SampleSchedule.Item("I1")).TrimEnd().Split('\n');
        for (var r = 0; r < lines.Length; r++)
        {
            var cells = lines[r].Split(',');
            for (var c = 0; c < cells.Length; c++)
            {
                sheet.Cell(r + 1, c + 1).Value = cells[c]; // numbers become numbers
            }
        }

        using var bytes = new MemoryStream();
        book.SaveAs(bytes);

        var reading = SampleSchedule.Read(bytes.ToArray(), "s.xlsx");

        Assert.Empty(reading.Findings);
        Assert.Equal(SampleSchedule.Rows(SampleSchedule.Item("I1")), reading.Rows);
    }

    [Fact]
    public void A_bomb_is_refused_before_it_is_unpacked()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.SmallestSize).Open();
            for (var i = 0; i < 64; i++)
            {
                part.Write(new byte[1 << 20]);
            }
        }

        var reading = SampleSchedule.Read(bytes.ToArray(), "bomb.xlsx");

        Assert.Equal(["ZIP-010"], reading.Findings.Select(f => f.Code));
        Assert.Empty(reading.Rows);
    }

    [Fact]
    public void A_workbook_with_a_flipped_bit_is_refused()
    {
        var version = new ScheduleVersion("x", KnownOffice.Agency, RegionCode.Nation, "1", 1, 3);
        var bytes = Tests.Forms.TestReport.Bytes(ScheduleReports.Of(version, ScheduleState.Draft, SampleSchedule.Rows(SampleSchedule.Item("I1"))), Lantai.Forms.ReportFormat.Xlsx);
        var refused = 0;
        for (var i = 60; i < bytes.Length - 400; i += 37)
        {
            bytes[i] ^= 0x10;
            refused += SampleSchedule.Read(bytes, "s.xlsx").IsSound ? 0 : 1;
            bytes[i] ^= 0x10;
        }

        Assert.InRange(refused, 30, int.MaxValue);
    }

    [Fact]
    public void An_old_or_encrypted_workbook_is_refused() =>
        Assert.Equal("SCH-033", Assert.Single(SampleSchedule.Read([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]]).Findings).Code);

    [Fact]
    public void A_zip_file_that_is_no_workbook_is_refused()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = zip.CreateEntry("a.txt").Open();
        }

        Assert.Contains(SampleSchedule.Read(bytes.ToArray()).Findings, f => f is { Code: "SHT-005", Severity: Severity.Error });
    }

    [Fact]
    public void Findings_of_a_large_file_are_bounded()
    {
        var findings = SampleSchedule.Read(SampleSchedule.Heading + string.Concat(Enumerable.Range(0, 3000).Select(i => $"I1,事项I1,,证据性,形成,M{i},x,归档,D0,2,5,3,b,l\n"))).Findings;

        Assert.Equal(2000, findings.Count(f => f.Code == "SCH-012"));
        Assert.Equal(Severity.Error, findings.Single(f => f.Code == "SCH-034").Severity);
    }
}
