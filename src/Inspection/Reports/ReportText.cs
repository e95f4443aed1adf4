using System.Globalization;
using System.Text;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>A report as lines for a terminal: what it came to, and what people must look at.</summary>
/// <remarks>Pure; safe for concurrent use.</remarks>
public static class ReportText
{
    private const int MostFindings = 20;

    /// <summary>The report as lines.</summary>
    public static string Of(InspectionReport report, Phrases phrases, Language language)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(phrases);
        var text = new StringBuilder();
        Line($"{Say("inspection.page.title")} {report.Number}  {Say("inspection.outcome." + InspectionCodes.Of(report.Outcome))}");
        Line($"{Say("inspection.page.package")}  {report.Subject.Package}  {report.Subject.Source} {report.Subject.Case}");
        Line($"{Say("inspection.page.scheme")}  {report.Scheme.Name} {report.Scheme.Version}  {ReportPage.Time(report.Started)}  {report.Operator}");
        if (report.Scheme.Decision is { } decision)
        {
            Line(phrases.Say(language, "inspection.page.decision", ("person", decision.Person), ("time", ReportPage.Time(decision.At)), ("reason", decision.Reason), ("rules", string.Join(' ', decision.Without))));
        }

        foreach (var total in ReportTotal.Of(report))
        {
            var counts = Enum.GetValues<RuleVerdict>().Where(v => total.Of(v) > 0).Select(v => $"{Say("inspection.verdict." + InspectionCodes.Of(v))} {total.Of(v)}");
            Line($"{Say("nature." + InspectionCodes.Of(total.Nature))}  {string.Join("  ", counts)}");
        }

        foreach (var result in report.Results.Where(r => r.IsRemarkable))
        {
            Line($"\n{Say("inspection.verdict." + InspectionCodes.Of(result.Verdict))}  {result.Rule.Printed}  {result.Rule.Id}  {(language == Language.Chinese ? result.Rule.Chinese : result.Rule.English)}");
            foreach (var finding in result.Answer.Findings.Take(MostFindings))
            {
                Line($"  {finding.Code}  {phrases.Say(language, finding)}");
            }

            if (result.Answer.Findings.Count > MostFindings)
            {
                Line("  " + phrases.Say(language, "inspection.page.more", ("count", result.Answer.Findings.Count - MostFindings)));
            }

            if (result.Manual is { } manual)
            {
                Line("  " + ReportWords.Of(manual, (key, arguments) => phrases.Say(language, key, arguments)));
            }

            if (result.IsAmiss)
            {
                Line($"  {FactText.Cure(phrases, language, result)} {Say(ReportWords.RetryOf(result))}");
            }
        }

        return text.ToString();

        string Say(string key) => phrases.Say(language, key);
        void Line(string line) => text.Append(CultureInfo.InvariantCulture, $"{Harmless(line)}\n");
    }

    // A name must not write to the terminal by itself.
    private static string Harmless(string line) => string.Concat(line.EnumerateRunes().Select(r =>
        r.Value != '\n' && Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.Format ? $"[U+{r.Value:X4}]" : r.ToString()));
}
