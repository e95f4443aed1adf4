using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>One rule of a report that people must look at: what was looked at and how, each fact, and what to do.</summary>
internal static class ReportItem
{
    private const int MostFindings = 200; // on paper; the XML has all

    public static void Write(PageWriter page, RuleResult result)
    {
        var (rule, verdict) = (result.Rule, InspectionCodes.Of(result.Verdict));
        page.Begin("section", ("class", "item")).Begin("h3");
        page.Text("span", $"{Number(page, rule)}  {Name(page, rule)}  ").Text("span", page.Say("inspection.verdict." + verdict), verdict + "-v").End();
        page.Text("p", page.Say("inspection.page.how", ("text", page.Say($"check.{rule.Check}.method"))));
        if (result.Answer.Findings.Count > 0)
        {
            WriteFindings(page, result.Answer.Findings);
        }

        if (result.Answer.Tool is { } tool)
        {
            page.Text("p", page.Say("inspection.page.tool", ("tool", tool)));
        }

        foreach (var (name, value) in result.Answer.Evidence)
        {
            page.Text("p", page.Say("inspection.page.evidence", ("name", Known(page, "inspection.evidence." + name) ?? name), ("value", value)));
        }

        if (result.Manual is { } manual)
        {
            page.Text("p", ReportWords.Of(manual, page.Say), "decided");
        }

        if (result.IsAmiss)
        {
            page.Text("p", page.Say("inspection.page.cure", ("text", FactText.Cure(page.Phrases, page.Language, result)), ("retry", page.Say(ReportWords.RetryOf(result)))));
        }

        page.End();
    }

    /// <summary>What may be printed as a rule's number.</summary>
    public static string Number(PageWriter page, InspectionRule rule) =>
        rule.Confidence is NumberConfidence.Seen or NumberConfidence.Own ? rule.Printed : page.Say("inspection.page.group", ("group", rule.Group));

    public static string Name(PageWriter page, InspectionRule rule) => page.Language == Language.Chinese ? rule.Chinese : rule.English;

    private static void WriteFindings(PageWriter page, IReadOnlyList<Finding> findings)
    {
        page.Begin("table").Begin("thead");
        page.Row("th", (page.Say("inspection.page.at"), null), (page.Say("inspection.page.expected"), null), (page.Say("inspection.page.actual"), null), (page.Say("inspection.page.message"), null));
        page.End();
        page.Begin("tbody");
        foreach (var finding in findings.Take(MostFindings))
        {
            page.Row("td", (FactText.At(page.Phrases, page.Language, finding), null), (FactText.Expected(page.Phrases, page.Language, finding), null), (FactText.Found(page.Phrases, page.Language, finding), null), ($"{page.Say(finding)} [{finding.Code}]", null));
        }

        page.End();
        page.End();
        if (findings.Count > MostFindings)
        {
            page.Text("p", page.Say("inspection.page.more", ("count", findings.Count - MostFindings)));
        }
    }

    private static string? Known(PageWriter page, string key) => page.Say(key) is var said && said == key ? null : said;
}
