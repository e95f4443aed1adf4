using System.Text.RegularExpressions;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.Tests.House;
using Lantai.Tests.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.Inspection.Authenticity;

/// <summary>Each finding that reading a package can give belongs to exactly one check.</summary>
public sealed partial class ReadingCodesTests
{
    public static TheoryData<string> Pages => ["spec/codes/informationpackages.md", "spec/codes/containers.md", "spec/codes/evidence.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_code_of_the_pages_has_an_owner_that_is_a_check_of_a_rule(string page)
    {
        var checks = RuleCatalogue.All.Select(r => r.Check).ToHashSet(StringComparer.Ordinal);
        var codes = Code().Matches(Tree.Read(page)).Select(m => m.Groups[1].Value).Where(c => !ReadingCodes.OfMaking.Contains(c)).ToList();

        Assert.True(codes.Count > 20);
        Assert.Equal([], codes.Where(c => ReadingCodes.CheckOf(Finding.Error(c, "x")) is not { } check || !checks.Contains(check)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void No_code_is_lost_in_a_stage_with_fewer_rules(string page)
    {
        foreach (var stage in Enum.GetValues<InspectionStage>())
        {
            var asked = RuleCatalogue.Of(stage).Select(r => r.Check).ToHashSet(StringComparer.Ordinal);
            var codes = Code().Matches(Tree.Read(page)).Select(m => m.Groups[1].Value).Where(c => !ReadingCodes.OfMaking.Contains(c));

            Assert.Equal([], codes.Where(c => ReadingCodes.CheckOf(Finding.Error(c, "x"), stage) is not { } check || !asked.Contains(check)).Select(c => $"{stage} {c}"));
        }
    }

    [Fact]
    public void A_code_of_nobody_has_no_owner()
    {
        Assert.Null(ReadingCodes.CheckOf(Finding.Error("XYZ-001", "x")));
        Assert.Null(ReadingCodes.CheckOf(Finding.Error("PKG-999", "x")));
        Assert.Null(ReadingCodes.CheckOf(Finding.Error("PKG-999", "x"), InspectionStage.Transfer));
    }

    [Theory]
    [InlineData("[0-9]{6}|[0-9]{12}", "9901001", "length")]
    [InlineData("[0-9]{6}|[0-9]{12}", "99010A", "type")]
    [InlineData("[A-Z][0-9]{1,4}", "A00001", "length")]
    [InlineData("[A-Z][0-9]{1,4}", "a1", "type")]
    [InlineData("integer", "12345678901234567890", "length")]
    [InlineData("integer", "007", "type")]
    [InlineData("integer", "四", "type")]
    [InlineData("day", "2026-02-30", "type")]
    public void The_form_of_a_value_is_a_question_of_length_where_its_characters_are_right(string expected, string found, string check) =>
        Assert.Equal(check, ReadingCodes.CheckOf(Finding.Error("PKG-014", "元数据.xml", ("at", "/record"), ("expected", expected), ("found", found))));

    [Theory]
    [InlineData("PKG-005", "说明文件.xml", "", "description")]
    [InlineData("PKG-005", "校验信息.xml", "", "fixity")]
    [InlineData("PKG-005", "元数据.xml", "", "structure")]
    [InlineData("PKG-101", "目录文件.XML", "", "description")]
    [InlineData("PKG-101", "元数据.xml", "", "metadata-readable")]
    [InlineData("PKG-035", "材料/申请材料/a.txt", "元数据.xml#/record", "linkage")]
    [InlineData("PKG-035", "材料/申请材料/a.txt", "子包/x/校验信息.xml#/校验信息/文件[2]", "fixity")]
    [InlineData("PKG-007", "元数据.xml", "/record/description[3]/Process[2]/办理人", "elements-present")]
    [InlineData("PKG-008", "基本信息元数据.xml", "/base_info/办理流程/环节[2]/办理人", "elements-filled")]
    [InlineData("PKG-007", "元数据.xml", "/record/description[2]/project_name", "elements-present")]
    [InlineData("PKG-111", "封装包.xml", "/电子文件封装包/被签名对象", "package-metadata")]
    [InlineData("PKG-111", "封装包.xml", "/电子文件封装包/电子签名块/电子签名", "fixity")]
    [InlineData("PKG-112", "封装包.xml", "/电子文件封装包/被签名对象/封装内容/文件实体块/文件实体/内容描述/责任者", "elements-filled")]
    [InlineData("PKG-112", "其他/开放利用意见.xml", "/开放利用意见表/意见/依据", "opinions")]
    [InlineData("PKG-043", "说明文件.xml", "/说明文件/总字节数", "byte-count")]
    [InlineData("PKG-043", "说明文件.xml", "/说明文件/文件数量", "item-count")]
    public void Where_a_finding_stands_decides(string code, string file, string at, string check) =>
        Assert.Equal(check, ReadingCodes.CheckOf(Finding.Error(code, file, ("at", at))));

    [Fact]
    public void A_condition_that_holds_asks_for_a_value_and_not_for_an_element()
    {
        Finding Missing(string when) => Finding.Error("PKG-007", "元数据.xml", ("at", "/record/description[2]/legal_man"), ("found", when));

        Assert.Equal(("elements-present", "elements-filled"), (ReadingCodes.CheckOf(Missing("")), ReadingCodes.CheckOf(Missing(" (apply_type = 法人)"))));
    }

    /// <summary>Storage asks one rule of an encapsulated record where archiving asks several.</summary>
    [Fact]
    public void Faults_of_an_encapsulated_record_are_one_rules_in_storage()
    {
        var orphan = Finding.Error("PKG-183", "附件.txt");
        var digest = Finding.Error("PKG-181", "封装包.xml", ("at", "/电子文件封装包/被签名对象"));

        Assert.Equal(("linkage", "eep"), (ReadingCodes.CheckOf(orphan, InspectionStage.Archiving), ReadingCodes.CheckOf(orphan, InspectionStage.Preservation)));
        Assert.Equal(("fixity", "fixity"), (ReadingCodes.CheckOf(digest, InspectionStage.Archiving), ReadingCodes.CheckOf(digest, InspectionStage.Preservation)));
    }

    /// <summary>The bad samples, made by another hand, each turn at least one check's findings to an error.</summary>
    [Theory]
    [InlineData("gbt42727")]
    [InlineData("dat85")]
    [InlineData("dat93")]
    [InlineData("eep")]
    public void Every_finding_of_the_samples_has_an_owner(string profile)
    {
        foreach (var sample in PackageSample.Of(profile))
        {
            using var tree = sample.Open();
            var findings = PackageProfiles.Find(profile)!.Judge(tree, CancellationToken.None).Findings;
            Assert.All(findings, f => Assert.NotNull(ReadingCodes.CheckOf(f, InspectionStage.Archiving)));
        }
    }

    [GeneratedRegex(@"(?m)^\| ([A-Z]{3}-[0-9]{3}) \|")]
    private static partial Regex Code();
}
