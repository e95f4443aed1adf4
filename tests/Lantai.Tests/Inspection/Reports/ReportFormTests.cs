using System.Text;
using System.Xml.Linq;
using Lantai.Forms;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.Inspection.Reports;

public sealed class ReportFormTests
{
    private static readonly HolderNames Holders = new("福州市行政审批局", "福州市档案馆");
    private static readonly ReportSeal Seal = ReportSeal.Of("lantai/福州", SampleReport.Make(), "xml"u8);

    [Theory]
    [InlineData(Language.Chinese, "四性检测报告", "不合格", "不适用")]
    [InlineData(Language.English, "Four-Nature Inspection Report", "Failed", "not applicable")]
    public void The_page_says_everything_in_one_language_and_loads_nothing(Language language, string title, string outcome, string verdict)
    {
        var page = Page(SampleReport.Make(), language);
        var text = string.Concat(XDocument.Parse(page).DescendantNodes().OfType<XText>().Select(t => t.Value));

        Assert.Contains(title, text, StringComparison.Ordinal);
        Assert.Contains(outcome, text, StringComparison.Ordinal);
        Assert.Contains(verdict, text, StringComparison.Ordinal);
        Assert.Contains("<食品经营许可>", text, StringComparison.Ordinal);
        Assert.Contains("审核意见[U+200B].pdf", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotMatch("(inspection|check|paper|nature)\\.[a-z]", text);
        Assert.DoesNotContain("GD-1-6", text, StringComparison.Ordinal); // only assumed
        Assert.True(text.IndexOf("GD-1-1 ", StringComparison.Ordinal) < text.IndexOf("ZW-09", StringComparison.Ordinal), "what blocks stands first");
    }

    [Theory]
    [InlineData(Language.Chinese, "重新提交", "就地处置后重新检测")]
    [InlineData(Language.English, "send it again", "then inspect it again")]
    public void Nobody_is_told_to_send_again_what_is_in_storage(Language language, string sent, string stored)
    {
        var report = SampleReport.Make();
        Assert.Contains(sent, Page(report, language), StringComparison.Ordinal);

        report = report with { Results = [.. report.Results.Select(r => r with { Rule = r.Rule with { Stage = InspectionStage.Preservation } })] };

        foreach (var form in new[] { Page(report, language), ReportText.Of(report, SampleReport.Texts, language) })
        {
            Assert.Contains(stored, form, StringComparison.Ordinal);
            Assert.DoesNotContain(sent, form, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_page_and_the_lines_print_who_left_something_out_and_that_nobody_signed()
    {
        var report = SampleReport.Make(failing: false, new SchemeDecision("os:陈主任", SampleReport.Started, "机房尚未配备杀毒软件", ["FN.GD.SEC.ANTIVIRUS"]));
        using var bytes = new MemoryStream();

        ReportPage.Write(report, null, [], HolderNames.None, SampleReport.Texts, Language.Chinese, bytes);
        var page = Encoding.UTF8.GetString(bytes.ToArray());

        Assert.Contains("os:陈主任", page, StringComparison.Ordinal);
        Assert.Contains("机房尚未配备杀毒软件", page, StringComparison.Ordinal);
        Assert.Contains("未经签名", page, StringComparison.Ordinal);
        Assert.Contains("外观完好，无划痕", Encoding.UTF8.GetString(ReportXml.Write(report, SampleReport.Texts)), StringComparison.Ordinal);
        Assert.Contains("机房尚未配备杀毒软件", ReportText.Of(report, SampleReport.Texts, Language.Chinese), StringComparison.Ordinal);
        Assert.Contains("机房尚未配备杀毒软件", ReportJson.Of(report, SampleReport.Texts, Language.Chinese)["scheme"]!["decision"]!["reason"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.Chinese, "人工判定")]
    [InlineData(Language.English, "Decided by")]
    public void What_a_person_decided_stands_in_every_form_with_person_time_and_note(Language language, string words)
    {
        var report = SampleReport.Make(failing: false);
        report = report with { Results = [.. report.Results.Select(r => r.Rule.Id == "ZW.SECRETS" ? Doubted(r) : r)] };
        var page = string.Concat(XDocument.Parse(Page(report, language)).DescendantNodes().OfType<XText>().Select(t => t.Value));
        var text = ReportText.Of(report, SampleReport.Texts, language);
        var json = ReportJson.Of(report, SampleReport.Texts, language);
        var xml = XDocument.Parse(Encoding.UTF8.GetString(ReportXml.Write(report, SampleReport.Texts)));

        foreach (var form in new[] { page, text })
        {
            Assert.Contains(words, form, StringComparison.Ordinal);
            foreach (var told in new[] { "os:孙保密", "2026-11-27 10:15:00", "“内部”是科室名", Digest.Of("鉴定"u8).ToString(), "SEC-002" })
            {
                Assert.Contains(told, form, StringComparison.Ordinal);
            }
        }

        var manual = json["results"]!.AsArray().Single(r => (string)r!["ruleId"]! == "ZW.SECRETS")!["manual"]!;
        Assert.Equal(("os:孙保密", "2026-11-27T02:15:00.000Z", "“内部”是科室名"), ((string)manual["person"]!, (string)manual["at"]!, (string)manual["note"]!));
        var element = xml.Descendants().Single(e => e.Name.LocalName == "result" && e.Attribute("ruleId")!.Value == "ZW.SECRETS");
        var decided = element.Elements().Single(e => e.Name.LocalName == "manual");
        Assert.Equal(("os:孙保密", "2026-11-27T02:15:00.000Z", "“内部”是科室名"), (decided.Attribute("person")!.Value, decided.Attribute("at")!.Value, decided.Value.Trim()));
        Assert.Contains(element.Elements(), e => e.Name.LocalName == "method");
        Assert.DoesNotContain(element.Elements(), e => e.Name.LocalName == "correction"); // nothing is left to do
    }

    [Fact]
    public void The_json_says_by_which_parameters_and_checks_as_the_xml_does()
    {
        var json = ReportJson.Of(SampleReport.Make(), SampleReport.Texts, Language.English);

        Assert.Equal("7", (string?)json["scheme"]!["parameters"]!["antivirus.days"]);
        var failed = json["results"]!.AsArray().Single(r => (string)r!["ruleId"]! == "FN.GD.AUTH.FIXITY")!;
        Assert.Equal(("fixity", "automatic"), ((string)failed["check"]!, (string)failed["manner"]!));
        Assert.NotEmpty((string)failed["method"]!);
    }

    [Fact]
    public void A_return_notice_lists_each_fact_with_what_to_correct()
    {
        var notice = ReturnNotice.Make(SampleReport.Make(), [], SampleReport.Started, new DateOnly(2026, 12, 10), Holders, SampleReport.Texts, Language.Chinese);

        var rows = notice.Rows.ToList();
        Assert.Equal(3, rows.Count); // two facts of the rule that failed, and the open item
        Assert.Equal(("GD-1-1", "结果材料/食品经营许可证.ofd", "sm3:9f1c…", "sm3:0b77…"), (rows[0][0], rows[0][2], rows[0][3], rows[0][4]));
        Assert.Contains("重新导出", rows[0][6], StringComparison.Ordinal);
        Assert.Contains("电子文件退回通知单", Html(notice, Language.Chinese), StringComparison.Ordinal);
        Assert.Contains("改正后重新提交", Html(notice, Language.Chinese), StringComparison.Ordinal);
        Assert.Contains("Return Notice", Html(notice, Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void A_return_notice_says_what_the_reviewer_noted()
    {
        var report = SampleReport.Make(failing: false);
        report = report with { Results = [.. report.Results.Select(r => r.Rule.Id == "ZW.SECRETS" ? Doubted(r) with { Verdict = RuleVerdict.Failed } : r)] };

        var rows = ReturnNotice.Make(report, [], SampleReport.Started, null, Holders, SampleReport.Texts, Language.Chinese).Rows.ToList();

        Assert.Equal(2, rows.Count);
        Assert.Contains("“内部”是科室名", rows[0][5], StringComparison.Ordinal);
        Assert.Contains("os:孙保密", rows[0][5], StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_names_each_case_with_its_codes_and_its_report()
    {
        var receipt = ArchivingReceipt.Make("榕政通", Holders, SampleReport.Started, [new ArchivedCase("2023-1", "350100-…-000021", "J001-ZW·2023-D30-000001", SampleReport.Package, SampleReport.Started, "GD-20261127-0f0e0d0c0b0a", Guid.Empty, 1, 42)]);

        var page = Html(receipt, Language.Chinese);

        Assert.Contains("归档回执", page, StringComparison.Ordinal);
        Assert.Contains("J001-ZW·2023-D30-000001", page, StringComparison.Ordinal);
        Assert.Contains("GD-20261127-0f0e0d0c0b0a", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_register_counts_what_was_archived_and_how_each_item_came_out()
    {
        var register = ArchivingRegister.Make(
            new ArchivingBatch("福州市市场监督管理局", SampleReport.Started, "ZW", SourceChannel.Online), [SampleReport.Make(failing: false), SampleReport.Make()]);

        var rows = register.Rows.ToDictionary(r => r[0]!);
        Assert.Equal(["2", "16", "3686400"], register.Facts.Where(f => f.Name is "items" or "files" or "bytes").Select(f => f.Value));
        Assert.Equal(("failed", "2", "1"), (rows["authenticity"][1], rows["authenticity"][2], rows["authenticity"][3]));
        Assert.Equal("manual", rows["appearance"][1]);
        Assert.Equal("passed", rows["virus"][1]);
        Assert.Equal(7, rows.Count);
        Assert.Contains("载体外观检验", Html(register, Language.Chinese), StringComparison.Ordinal);
        Assert.Contains("在线归档", Html(register, Language.Chinese), StringComparison.Ordinal);
        foreach (var format in Enum.GetValues<ReportFormat>())
        {
            using var target = new MemoryStream();
            ReportWriter.Write(register, format, new ReportTexts(SampleReport.Texts, Language.Chinese), target, default);
            Assert.NotEqual(0, target.Length);
        }
    }

    /// <summary>A rule that a program doubted and a person let pass.</summary>
    private static RuleResult Doubted(RuleResult result) => result with
    {
        Verdict = RuleVerdict.Passed,
        Answer = RuleAnswer.Manual(Finding.Warning("SEC-002", "4", ("secretrule", "level"), ("filenumber", 4), ("filecount", 8), ("inside", "-"), ("textunit", "line"), ("unitnumber", 1))),
        Manual = new ManualDecision("os:孙保密", RuleVerdict.Passed, "“内部”是科室名", SampleReport.Started.AddHours(1), Digest.Of("鉴定"u8)),
    };

    private static string Page(InspectionReport report, Language language)
    {
        using var bytes = new MemoryStream();
        ReportPage.Write(report, Seal, ["lantai/福州 (8e1d2f3a)"], Holders, SampleReport.Texts, language, bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string Html(Report report, Language language)
    {
        using var target = new MemoryStream();
        ReportWriter.Write(report, ReportFormat.Html, new ReportTexts(SampleReport.Texts, language), target, default);
        return System.Net.WebUtility.HtmlDecode(Encoding.UTF8.GetString(target.ToArray()));
    }
}
