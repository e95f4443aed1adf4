using Lantai.Characterization;
using Lantai.Inspection;
using Lantai.Tests.House;
using Lantai.Words;

namespace Lantai.Tests.Inspection;

/// <summary>The rules of usability, one by one, on files that were really looked at.</summary>
public sealed class UsabilityRuleTests
{
    private static readonly InspectedFile Text = SeenPackage.File("材料/申请书.txt", "我申请开办一家企业。\n");

    [Theory]
    [InlineData("format")]
    [InlineData("readable")]
    [InlineData("package-usability")]
    [InlineData("encryption")]
    [InlineData("extension")]
    [InlineData("active-content")]
    [InlineData("archive-safety")]
    public void A_plain_text_passes(string check)
    {
        var answer = Ask(check, Text);

        Assert.Equal(RuleVerdict.Passed, answer.Verdict);
        Assert.Equal(1, answer.Looked);
    }

    [Theory]
    [InlineData("format")]
    [InlineData("readable")]
    [InlineData("package-usability")]
    [InlineData("encryption")]
    [InlineData("extension")]
    [InlineData("fonts")]
    [InlineData("active-content")]
    [InlineData("archive-safety")]
    [InlineData("seals")]
    public void A_file_that_nobody_looked_into_lets_no_rule_about_files_pass(string check)
    {
        var answer = Ask(check, Text, new InspectedFile("材料/照片.tif", 9, Digest.Of("a"u8), null));

        Assert.Equal(RuleVerdict.CouldNotRun, answer.Verdict);
        Assert.Contains(answer.Findings, f => f is { Code: "INS-303", Subject: "材料/照片.tif" });
    }

    [Fact]
    public void A_program_may_not_be_archived()
    {
        var answer = Ask("format", Text, SeenPackage.File("材料/安装", SeenPackage.Program()));

        Assert.Equal((RuleVerdict.Failed, "INS-310"), (answer.Verdict, Assert.Single(answer.Findings).Code));
    }

    [Fact]
    public void A_format_that_nobody_knows_is_for_a_person()
    {
        var answer = Ask("format", Text, SeenPackage.File("材料/数据", [0x9D, 0x01, 0x88, 0xFE, 0x00, 0xC3, 0x17, 0x99, 0x00, 0xFF]));

        Assert.Equal((RuleVerdict.Manual, "INS-311"), (answer.Verdict, Assert.Single(answer.Findings).Code));
    }

    [Theory]
    [InlineData("mp3")]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("wps")]
    public void A_name_alone_tells_no_format(string extension)
    {
        byte[] random = [0x9D, 0x01, 0x88, 0xFE, 0x00, 0xC3, 0x17, 0x99, 0x00, 0xFF, 0x80, 0x81, 0x02];

        var answer = Ask("format", Text, SeenPackage.File("材料/数据." + extension, random));

        Assert.Equal((RuleVerdict.Manual, "INS-311"), (answer.Verdict, Assert.Single(answer.Findings).Code));
        Assert.Equal(RuleVerdict.Manual, Ask("format", SeenPackage.File("材料/录音.mp3", "是文字\n")).Verdict);
        Assert.NotEqual(RuleVerdict.Manual, Ask("format", SeenPackage.File("材料/数据.json", "{\"名\":\"甲\"}")).Verdict);
    }

    [Fact]
    public void A_format_to_be_converted_is_a_warning()
    {
        var answer = Ask("format", Text, SeenPackage.File("材料/图.gif", [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]));

        Assert.Equal((RuleVerdict.Warning, "INS-313"), (answer.Verdict, Assert.Single(answer.Findings).Code));
    }

    [Fact]
    public void A_format_that_the_policy_leaves_to_a_person_waits()
    {
        var looked = SeenPackage.File("材料/表.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>");
        var left = looked with { Character = looked.Character! with { Verdict = looked.Character.Verdict with { Verdict = Lantai.Characterization.Policy.FormatVerdict.Review, Reasons = ["hostile"] } } };

        var answer = Ask("format", left);

        Assert.Equal((RuleVerdict.Manual, "INS-312"), (answer.Verdict, Assert.Single(answer.Findings).Code));
    }

    [Fact]
    public void A_broken_file_is_told_with_its_place()
    {
        var broken = SeenPackage.File("材料/名单.xml", "<名单><人>甲</名单>");

        var answer = Ask("readable", Text, broken);

        var told = Assert.Single(answer.Findings);
        Assert.Equal((RuleVerdict.Failed, "INS-320", "材料/名单.xml"), (answer.Verdict, told.Code, told.Subject));
        Assert.NotEqual("", told.Arguments.Single(a => a.Key == "fault").Value);
    }

    [Fact]
    public void What_no_reader_can_read_is_for_a_person_and_never_passed()
    {
        var answer = Ask("readable", Text, SeenPackage.File("材料/数据", [0x9D, 0x01, 0x88, 0xFE, 0x00, 0xC3, 0x17, 0x99, 0x00, 0xFF]));

        Assert.Equal((RuleVerdict.Manual, "INS-321"), (answer.Verdict, Assert.Single(answer.Findings).Code));
    }

    [Fact]
    public void A_content_that_does_not_come_out_of_its_package_fails()
    {
        var answer = Ask("readable", Text, new InspectedFile("材料/b.txt", 9, null, null));

        Assert.Equal(RuleVerdict.Failed, answer.Verdict);
        Assert.Equal(["INS-322", "INS-303"], SeenPackage.Codes(answer));
    }

    [Fact]
    public void An_encrypted_zip_must_be_decrypted_before_archiving()
    {
        var zip = SeenPackage.Zip(("身份证.txt", [1, 2, 3]));
        zip[6] |= 1;
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;

        var answer = Ask("encryption", Text, SeenPackage.File("材料/附件.zip", zip));

        var told = Assert.Single(answer.Findings);
        Assert.Equal((RuleVerdict.Failed, "INS-340", "zip-classic"), (answer.Verdict, told.Code, told.Arguments[0].Value));
    }

    [Fact]
    public void What_nobody_looked_through_does_not_pass_as_unencrypted()
    {
        var deep = Enumerable.Range(0, 4).Aggregate(SeenPackage.Zip(("a.txt", [1])), (inner, _) => SeenPackage.Zip(("内.zip", inner)));

        var answer = Ask("encryption", Text, SeenPackage.File("材料/附件.zip", deep));

        var told = Assert.Single(answer.Findings);
        Assert.Equal((RuleVerdict.CouldNotRun, "INS-341", "too-deep"), (answer.Verdict, told.Code, told.Arguments[0].Value));
        Assert.Equal(RuleVerdict.Passed, Ask("encryption", SeenPackage.File("材料/附件.zip", SeenPackage.Zip(("内.zip", SeenPackage.Zip(("a.txt", [1])))))).Verdict);
    }

    [Fact]
    public void A_signed_file_that_is_not_encrypted_passes()
    {
        var signed = SeenPackage.Described("材料/证照.ofd", SeenPackage.Found(FileFamily.Ofd, ("signatures", 2L)));

        Assert.Equal(RuleVerdict.Passed, Ask("encryption", signed).Verdict);
    }

    [Fact]
    public void A_name_that_says_another_format_is_told_with_both()
    {
        var answer = Ask("extension", Text, SeenPackage.File("材料/照片.pdf", "<a>甲</a>"), SeenPackage.File("材料/图.pdf", [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]));

        var told = answer.Findings.Single(f => f.Subject == "材料/图.pdf");
        Assert.Equal((RuleVerdict.Failed, "INS-345"), (answer.Verdict, told.Code));
        Assert.Equal(["gif", "pdf"], told.Arguments.Where(a => a.Key is "expected" or "found").Select(a => a.Value));
    }

    [Theory]
    [InlineData(FileFamily.Pdf, "SimSun", RuleVerdict.Failed)]
    [InlineData(FileFamily.Ofd, "宋体", RuleVerdict.Failed)]
    [InlineData(FileFamily.Pdf, "Helvetica-Bold", RuleVerdict.Passed)]
    [InlineData(FileFamily.Ofd, "Helvetica-Bold", RuleVerdict.Failed)]
    public void Fonts_must_be_in_the_file_but_for_the_standard_ones_of_pdf(FileFamily family, string font, RuleVerdict expected)
    {
        var answer = Ask("fonts", SeenPackage.Described("材料/证照", SeenPackage.Found(family, ("fonts-not-embedded", new List<string> { font }))));

        Assert.Equal(expected, answer.Verdict);
        Assert.Equal(expected == RuleVerdict.Failed ? ["INS-360"] : [], SeenPackage.Codes(answer));
    }

    [Fact]
    public void Fonts_do_not_matter_where_nothing_has_a_fixed_layout() =>
        Assert.Equal(RuleVerdict.NotApplicable, Ask("fonts", Text).Verdict);

    [Fact]
    public void An_archive_in_the_package_is_warned_of() =>
        Assert.Equal("INS-333", Assert.Single(Ask("package-usability", SeenPackage.File("材料/附件.zip", SeenPackage.Zip(("a.txt", [65])))).Findings).Code);

    [Fact]
    public void An_archive_that_brings_a_program_fails() =>
        Assert.Equal("INS-332", Assert.Single(Ask("package-usability", SeenPackage.File("材料/附件.zip", SeenPackage.Zip(("安装.exe", SeenPackage.Program())))).Findings).Code);

    [Fact]
    public void An_archive_of_one_makers_compression_fails()
    {
        byte[] rar = [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x01, 0x00];

        Assert.Equal("INS-330", Assert.Single(Ask("package-usability", SeenPackage.File("材料/附件.rar", rar)).Findings).Code);
    }

    [Fact]
    public void One_volume_of_several_fails()
    {
        var volume = SeenPackage.Found(FileFamily.Zip) with { Findings = [Finding.Information("FMT-041", "", ("why", "one-of-several"))] };

        Assert.Equal("INS-331", Assert.Single(Ask("package-usability", SeenPackage.Described("材料/附件.zip", volume)).Findings).Code);
    }

    [Fact]
    public void Metadata_that_could_not_be_read_pass_nothing()
    {
        Assert.Equal("INS-304", Assert.Single(Ask("metadata-readable", Text).Findings).Code);
        Assert.Equal(RuleVerdict.CouldNotRun, Ask("metadata-accessible", Text).Verdict);
    }

    [Fact]
    public void Metadata_are_written_as_rows_and_read_back()
    {
        var seen = CaseInspectionTests.Inspect(Path.Combine(Tree.Root, "spec/vectors/packages/gbt42727/good/licences"));

        var answer = RuleChecks.Find("metadata-accessible")!(seen.Facts!);

        Assert.Equal(RuleVerdict.Passed, answer.Verdict);
        Assert.True(answer.Looked > 100);
        Assert.Equal(RuleVerdict.Passed, RuleChecks.Find("metadata-readable")!(seen.Facts!).Verdict);
    }

    [Theory]
    [InlineData("dat93", "plain-utf8")]
    [InlineData("eep", "original-whole.xml")]
    public void Metadata_of_transfers_and_encapsulated_records_are_rows_too(string profile, string name)
    {
        var seen = CaseInspectionTests.Inspect(Path.Combine(Tree.Root, "spec/vectors/packages", profile, "good", name));

        Assert.Equal(RuleVerdict.Passed, RuleChecks.Find("metadata-accessible")!(seen.Facts!).Verdict);
    }

    [Fact]
    public void A_row_that_no_database_row_holds_is_told() =>
        Assert.Equal("INS-306", MetadataChecks.Fault(new MetadataRow("basic", [new("题名", new string('甲', 400_000))]), "办件包")?.Code);

    [Fact]
    public void A_thousand_bad_files_cost_a_bounded_list()
    {
        var answer = Ask("format", [.. Enumerable.Range(0, 1000).Select(i => SeenPackage.File($"材料/{i}", SeenPackage.Program()))]);

        Assert.Equal(101, answer.Findings.Count);
        Assert.Equal("INS-309", answer.Findings[^1].Code);
    }

    private static RuleAnswer Ask(string check, params IReadOnlyList<InspectedFile> files) => RuleChecks.Find(check)!(SeenPackage.Of(files));
}
