using System.Text;
using Lantai.InformationPackages;
using Lantai.Words;
using Microsoft.Extensions.Time.Testing;

namespace Lantai.Tests.InformationPackages;

public sealed class CaseAssemblyTests
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2023, 6, 2, 2, 0, 0, TimeSpan.Zero));

    private static readonly string[] Steps = [.. new[] { "收件", "受理", "审核", "办结" }.SelectMany((s, i) => new[] { $"{s}.办理人,赵{i}", $"{s}.办理部门,审批科", $"{s}.开始时间,2023/5/1{i} 9:00", $"{s}.step_end,2023-05-1{i} 10:00:00", $"{s}.结果,通过" })];

    /// <summary>Columns and the values of one case.</summary>
    private static readonly string[] Case =
    [
        "行政区划代码,990100", "全宗号,0061", "立档单位名称,云州市行政审批局", "统一社会信用代码,11990100009900611P", "保管期限,定期30年", "密级,公开", "信息系统描述,办理系统 1",
        "门类编码,专业", "业务流水号,YZ1", "事项编码,0109900100", "事项名称,食品经营许可证核发", "task_type,行政许可", "办件名称,申请", "办件类型,承诺件", "行政相对人名称,云州市清风小吃店",
        "行政相对人类型,其他组织", "相对人证件类型,统一社会信用代码", "相对人证件号码,92990100MA9900B28J", "是否项目类,否", "受理单位,云州市行政审批局", "受理时间,2023-05-11 10:00",
        "办结时间,2023/5/13 10:00", "办理结果,准予", "流水号,21", "共享类型,无条件共享", .. Steps,
    ];

    private static readonly (string Path, string Content)[] Materials =
        [("申请材料/申请书.txt", "申请"), ("过程材料/受理通知书.txt", "受理"), ("结果材料/许可证.txt", "准予"), ("调用材料/营业执照.txt", "执照"), ("文件清单.csv", List)];

    private const string List =
        "路径,证照类型代码,证照标识,证照编码,证照名称,颁发机构,颁发机构代码,颁发日期,有效期起,持证主体,调用时间,调用方式,调用系统,授权依据,file_share,共享条件\n"
        + "调用材料/营业执照.txt,A,B,C,营业执照,市场局,D,2021/3/1,2021-03-01,清风小吃店,2023-05-10 09:15:00,接口调用,共享系统,申请人授权,有条件共享,经同意\n";

    [Theory]
    [InlineData("gbt42727")]
    [InlineData("dat85")]
    public void A_folder_and_a_table_make_a_package_without_a_finding(string profile)
    {
        var made = Make(profile, Table(Case), Folder(Materials));

        Assert.Empty(made.Findings);
        Assert.Equal("990100-0061-0109900100-2023-D30-000021", made.RecordCode);
        Assert.Equal(Clock.GetUtcNow(), made.Archived);
        var (read, verdict) = CasePackageSampleTests.Profile(profile).Read(PackageTree.Of("x", made.Files), CancellationToken.None);
        Assert.Empty(verdict.Findings);
        Assert.Equal(4, read!.Files.Count());
        Assert.Equal(["1", "2", "3", "4"], read.Steps.Select(s => s["step_code"]));
        Assert.Equal("2021-03-01", read.Files.Single(f => f.Licence is not null).Licence!["licence_issue_date"]);
        Assert.Equal("有条件共享", read.Files.Single(f => f.Licence is not null).Fields["file_share"]);
        Assert.Equal(profile == "dat85" ? ["A1", "A2", "B1", "C1"] : new[] { "A1", "B1", "C1", "D1" }, read.Files.Select(f => f.Fields["file_code"]).Order());
    }

    [Fact]
    public void What_is_wrong_is_told_by_line_and_column_and_no_package_is_made()
    {
        var row = Case.Select(c => c.Replace("2023/5/13 10:00", "2023-02-30 10:00", StringComparison.Ordinal).Replace("密级,公开", "密级,机密", StringComparison.Ordinal)).Where(c => !c.StartsWith("受理.办理人", StringComparison.Ordinal));

        var made = Make("gbt42727", Table([.. row]), Folder(Materials));

        Assert.False(made.IsRight);
        Assert.Equal(
            ["PKG-007 2: 办理人", "PKG-007 2: 电子文件号", "PKG-014 2: 办结时间", "PKG-017 2: 密级"],
            made.Findings.Where(f => f.Subject == "x.csv").Select(f => $"{f.Code} {f.Arguments.Single(a => a.Key == "at").Value}").Order(StringComparer.Ordinal).Where(t => !t.Contains('#', StringComparison.Ordinal)));
    }

    [Fact]
    public void Cases_of_several_lines_lie_in_folders_by_their_number_or_as_the_table_says()
    {
        var second = Case.Select(c => c.Replace("YZ1", "YZ2", StringComparison.Ordinal).Replace("流水号,21", "流水号,22", StringComparison.Ordinal)).Append("文件夹,另").ToArray();
        var table = Table([.. Case, "文件夹,"], second);
        var folder = Folder([.. Materials.Select(m => ("YZ1/" + m.Path, m.Content)), .. Materials.Select(m => ("另/" + m.Path, m.Content))]);

        Assert.Empty(CaseAssembly.Check(table));
        foreach (var row in table.Rows)
        {
            Assert.Empty(new CaseAssembly(CasePackageSampleTests.Profile("dat85"), Clock).Assemble(table, row, folder, CancellationToken.None).Findings);
        }
    }

    [Fact]
    public void A_step_that_happened_twice_is_told_apart()
    {
        string[] twice = ["补齐补正.办理人,甲", "补齐补正.办理部门,乙", "补齐补正.开始时间,2023-05-10 09:01:00", "补齐补正.结束时间,2023-05-10 09:02:00", "补齐补正.结果,退"];
        string[] again = [.. twice.Select(t => t.Replace("补正.", "补正#2.", StringComparison.Ordinal).Replace("05-10", "05-12", StringComparison.Ordinal))];

        var made = Make("dat85", Table([.. Case, .. twice, .. again]), Folder(Materials));

        var (read, _) = CasePackageSampleTests.Profile("dat85").Read(PackageTree.Of("x", made.Files), CancellationToken.None);
        Assert.Equal(["1", "11", "2", "3", "11", "4"], read!.Steps.Select(s => s["step_code"]));
    }

    [Fact]
    public void A_column_that_means_nothing_is_told()
    {
        var found = CaseAssembly.Check(Table([.. Case, "颜色,红", "收件.颜色,红", "洗碗.办理人,甲"]));

        Assert.Equal(["颜色", "收件.颜色", "洗碗.办理人"], found.Where(f => f.Code == "PKG-061").Select(f => f.Arguments[0].Value));
    }

    [Fact]
    public void Two_lines_of_one_number_are_told() =>
        Assert.Equal("PKG-063 x.csv line=3 column=业务流水号", Assert.Single(CaseAssembly.Check(Table(Case, Case))).ToString());

    [Fact]
    public void A_case_without_a_folder_is_told()
    {
        Assert.Contains(Make("dat85", Table([.. Case, "文件夹,没有"]), Folder(Materials)).Findings, f => f.ToString() == "PKG-062 x.csv line=2 folder=没有");
        Assert.Contains(Make("dat85", Table([.. Case, "文件夹,../上级"]), Folder(Materials)).Findings, f => f.Code == "PKG-062");
    }

    [Fact]
    public void A_file_in_no_folder_of_materials_is_told()
    {
        var made = Make("dat85", Table(Case), Folder([.. Materials, ("草稿.txt", "x"), ("杂项/x.txt", "x")]));

        Assert.Equal(["杂项/x.txt", "草稿.txt"], made.Findings.Where(f => f.Code == "PKG-064").Select(f => f.Arguments[1].Value).Order());
        Assert.False(made.IsRight);
    }

    [Fact]
    public void A_list_of_files_names_files_that_are_there()
    {
        var made = Make("dat85", Table(Case), Folder([.. Materials[..^1], ("文件清单.csv", List + "没有.txt\n调用材料/营业执照.txt\n")]));

        Assert.Equal(["3", "4"], made.Findings.Where(f => f.Code == "PKG-065").Select(f => f.Arguments[0].Value));
    }

    [Fact]
    public void A_character_that_xml_cannot_hold_is_told_with_its_column()
    {
        var made = Make("dat85", Table([.. Case.Select(c => c.Replace("办件名称,申请", "办件名称,申\u0001请", StringComparison.Ordinal))]), Folder(Materials));

        Assert.Equal(["PKG-018 2: 办件名称"], made.Findings.Select(f => $"{f.Code} {f.Arguments.Single(a => a.Key == "at").Value}"));
        Assert.False(made.IsRight);
        Assert.Contains(Make("dat85", Table(Case), Folder([.. Materials, ("申请材料/\u0001.txt", "x")])).Findings, f => f.Code == "PKG-018");
    }

    [Fact]
    public void Two_columns_of_one_element_are_told()
    {
        Assert.Equal("PKG-060 x.csv reason=column-twice line=1", Assert.Single(CaseAssembly.Check(Table([.. Case, "file_share,不予共享"]))).ToString());
        var made = Make("dat85", Table(Case), Folder([.. Materials[..^1], ("文件清单.csv", List.Replace("路径,", "路径,共享类型,", StringComparison.Ordinal).Replace("营业执照.txt,", "营业执照.txt,不予共享,", StringComparison.Ordinal))]));
        Assert.Contains(made.Findings, f => f.Code == "PKG-060" && f.Subject == "文件清单.csv");
        Assert.False(made.IsRight);
    }

    private static AssembledCase Make(string profile, CaseTable table, PackageTree folder) =>
        new CaseAssembly(CasePackageSampleTests.Profile(profile), Clock).Assemble(table, table.Rows[0], folder, CancellationToken.None);

    private static CaseTable Table(params string[][] rows)
    {
        var columns = rows.SelectMany(r => r.Select(c => c.Split(',')[0])).Distinct().ToList();
        var lines = rows.Select(r => string.Join(',', columns.Select(c => r.FirstOrDefault(x => x.StartsWith(c + ",", StringComparison.Ordinal))?[(c.Length + 1)..] ?? "")));
        var findings = new List<Finding>();
        var table = CaseTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join(',', columns) + "\n" + string.Join('\n', lines))), "x.csv", findings);
        Assert.Empty(findings);
        return table!;
    }

    private static PackageTree Folder((string Path, string Content)[] files) =>
        PackageTree.Of("x", files.Select(f => PackageFile.OfBytes(f.Path, Encoding.UTF8.GetBytes(f.Content))));
}
