using System.Text;
using System.Text.RegularExpressions;
using Lantai.Inspection;
using Lantai.StoreFormat;
using Lantai.Tests.House;

namespace Lantai.Tests.Inspection.Reports;

/// <summary>What the pages of this room show is what its programs write.</summary>
public sealed class ReportPageOfSpecTests
{
    private const string Page = "spec/formats/inspection-report.md";

    [Fact]
    public void The_report_that_the_page_shows_is_what_is_written()
    {
        var whole = SampleReport.Make();
        var report = whole with { Results = [.. whole.Results.Where(r => r.Rule.Check is "medium-appearance" or "characters")] };
        var written = Encoding.UTF8.GetString(ReportXml.Write(report, SampleReport.Texts));

        var page = Tree.Read(Page);
        if (Environment.GetEnvironmentVariable("LANTAI_RENEW") == "1")
        {
            page = Regex.Replace(page, @"(?s)```xml\n.*?```", _ => $"```xml\n{written}```");
            File.WriteAllText(Path.Combine(Tree.Root, Page), page);
        }

        var shown = Regex.Match(page, @"(?s)```xml\n(.*?)```").Groups[1].Value;

        Assert.Equal(written, shown);
    }

    [Fact]
    public void Each_detail_that_the_page_of_events_shows_is_canonical()
    {
        var shown = Regex.Matches(Tree.Read("spec/formats/inspection-events.md"), @"(?m)^\{""account.*$").Select(m => m.Value).ToList();

        Assert.Equal(2, shown.Count);
        Assert.All(shown, line => Assert.True(CanonicalJson.TryRead(Encoding.UTF8.GetBytes(line), out var detail) && detail.Text("format") == "lantai-detail/1", line));
    }
}
