using System.Text;
using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Tests.Inspection.Reports;

public sealed class ReportReaderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_report_is_read_back_as_it_was_written(bool failing)
    {
        var report = SampleReport.Make(failing, failing ? null : new SchemeDecision("os:陈主任", SampleReport.Started, "机房尚未配备杀毒软件", ["FN.GD.SEC.ANTIVIRUS", "FN.GD.SEC.MALWARE"]));
        var findings = new List<Finding>();

        var xml = ReportXml.Write(report, SampleReport.Texts);
        var read = ReportReader.TryRead(xml, "报告.xml", findings);

        Assert.Empty(findings);
        Assert.Equal(Encoding.UTF8.GetString(xml), Encoding.UTF8.GetString(ReportXml.Write(read!, SampleReport.Texts)));
        Assert.Equal((report.Number, report.Outcome, report.Subject, report.Started), (read!.Number, read.Outcome, read.Subject, read.Started));
        Assert.Equal(report.Scheme.Decision?.Person, read.Scheme.Decision?.Person);
        Assert.Equal(report.Results.SelectMany(r => r.Answer.Findings), read.Results.SelectMany(r => r.Answer.Findings));
        Assert.Equal(report.Results.Select(r => (r.Rule.Id, r.Rule.Printed, r.Verdict, r.Weight, r.Answer.Looked, r.Answer.Tool, r.Manual)), read.Results.Select(r => (r.Rule.Id, r.Rule.Printed, r.Verdict, r.Weight, r.Answer.Looked, r.Answer.Tool, r.Manual)));
        Assert.Equal(report.Reviewers, read.Reviewers);
    }

    [Fact]
    public void A_number_that_is_only_assumed_is_never_written_as_a_number_of_the_standard()
    {
        var xml = Encoding.UTF8.GetString(ReportXml.Write(SampleReport.Make(), SampleReport.Texts));

        Assert.Contains("number=\"GD-1-1\"", xml, StringComparison.Ordinal);
        foreach (var rule in RuleCatalogue.Of(InspectionStage.Archiving).Where(r => r.Confidence == NumberConfidence.Assumed))
        {
            Assert.DoesNotContain($"\"{rule.Number}\"", xml, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("outcome=\"failed\"", "outcome=\"passed\"")]
    [InlineData("said=\"failed\"", "said=\"failing\"")]
    [InlineData("verdict=\"failed\"", "verdict=\"passed\"")]
    [InlineData("passed=\"", "passed=\"1")]
    [InlineData("stage=\"GD\"", "stage=\"BC\"")]
    [InlineData("<results>", "<results><extra/>")]
    [InlineData("<run ", "<run more=\"1\" ")]
    [InlineData(" operator=\"os:李档案\"", "")]
    [InlineData("reportNo=\"GD", "reportNo=\"YJ")]
    [InlineData("<scheme", "<!-- 批注 --><scheme")]
    [InlineData("<results>", "合格<results>")]
    [InlineData("<inspectionReport", "<!DOCTYPE a [<!ENTITY e \"x\">]><inspectionReport")]
    [InlineData("urn:lantai:inspection-report:1", "urn:lantai:inspection-report:2")]
    [InlineData("</inspectionReport>", "")]
    public void Each_change_of_a_report_is_refused(string from, string to)
    {
        var xml = Encoding.UTF8.GetString(ReportXml.Write(SampleReport.Make(), SampleReport.Texts));
        var at = xml.IndexOf(from, StringComparison.Ordinal);
        var findings = new List<Finding>();

        var read = ReportReader.TryRead(Encoding.UTF8.GetBytes(xml[..at] + to + xml[(at + from.Length)..]), "报告.xml", findings);

        Assert.Null(read);
        Assert.Equal("INS-010", Assert.Single(findings).Code);
    }
}
