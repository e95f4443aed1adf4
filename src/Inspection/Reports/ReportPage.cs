using System.Globalization;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>A report for people: one page to read, to print on A4 and to sign (四性检测报告).</summary>
/// <remarks>Pure; safe for concurrent use with different targets.</remarks>
public static class ReportPage
{
    /// <summary>Writes a report as an HTML page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="seal">What was signed of it; null for a report that nobody signed, which the page says.</param>
    /// <param name="signers">The keys that signed, as their verifier keys name them.</param>
    /// <param name="holders">The agency that archives and the hall of its jurisdiction, as they stand above the report.</param>
    /// <param name="phrases">The texts of this room and of those whose findings stand in it.</param>
    /// <param name="language">The language.</param>
    /// <param name="target">Receives the page in UTF-8; stays open.</param>
    public static void Write(InspectionReport report, ReportSeal? seal, IReadOnlyList<string> signers, HolderNames holders, Phrases phrases, Language language, Stream target)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(signers);
        ArgumentNullException.ThrowIfNull(holders);
        ArgumentNullException.ThrowIfNull(phrases);
        using var page = new PageWriter(target, phrases, language, phrases.Say(language, "inspection.page.title") + " " + report.Number);
        page.Begin("header").Text("p", string.Join(page.Say("inspection.page.and"), new[] { holders.Agency, holders.Hall }.Where(n => !string.IsNullOrEmpty(n))), "holder").Text("h1", page.Say("inspection.page.title"));
        page.Text("p", page.Say("inspection.page.number", ("number", report.Number))).End();
        WriteSummary(page, report);
        WriteFacts(page, report, holders);
        WriteTotals(page, report);
        WriteRemarkable(page, report);
        WriteAll(page, report);
        WriteSignatures(page, report, seal, signers);
    }

    private static void WriteSummary(PageWriter page, InspectionReport report)
    {
        var outcome = InspectionCodes.Of(report.Outcome);
        page.Begin("div", ("class", "box " + outcome)).Text("span", page.Say("inspection.outcome." + outcome), "mark");
        page.Text("p", page.Say(
            "inspection.page.summary", ("rules", report.Results.Count), ("passed", Count(RuleVerdict.Passed)), ("failed", Count(RuleVerdict.Failed)), ("warning", Count(RuleVerdict.Warning)),
            ("manual", Count(RuleVerdict.Manual)), ("other", Count(RuleVerdict.CouldNotRun)), ("none", Count(RuleVerdict.NotApplicable)))).End();
        if (report.Scheme.Decision is { } decision)
        {
            page.Begin("div", ("class", "note")).Text("p", page.Say(
                "inspection.page.decision", ("person", decision.Person), ("time", Time(decision.At)), ("reason", decision.Reason), ("rules", string.Join(' ', decision.Without)))).End();
        }

        int Count(RuleVerdict verdict) => report.Results.Count(r => r.Verdict == verdict);
    }

    private static void WriteFacts(PageWriter page, InspectionReport report, HolderNames holders)
    {
        var subject = report.Subject;
        page.Text("h2", page.Say("inspection.page.subject"));
        page.Facts(
            ("inspection.page.package", subject.Package, null),
            ("inspection.page.titled", subject.Title, null),
            ("inspection.page.agency", holders.Agency, null),
            ("inspection.page.hall", holders.Hall, null),
            ("inspection.page.source", subject.Source, null),
            ("inspection.page.case", subject.Case, "code"),
            ("inspection.page.record-code", subject.RecordCode, "code"),
            ("inspection.page.digest", subject.Digest, "code"),
            ("inspection.page.amount", page.Say("inspection.page.files", ("files", subject.Files), ("bytes", subject.Bytes.ToString("N0", CultureInfo.InvariantCulture))), null),
            ("inspection.page.profile", subject.Profile, "code"),
            ("inspection.page.point", page.Say("inspection.page.pointed", ("point", page.Say("inspection.point." + InspectionCodes.Of(report.Point))), ("stage", InspectionCodes.Of(InspectionCodes.StageOf(report.Point)))), null),
            ("inspection.page.scheme", $"{report.Scheme.Name} {report.Scheme.Version}", null),
            ("inspection.page.time", $"{Time(report.Started)} – {Time(report.Finished)}", null),
            ("inspection.page.operator", report.Operator, null),
            ("inspection.page.reviewer", string.Join("、", report.Reviewers), null));
    }

    private static void WriteTotals(PageWriter page, InspectionReport report)
    {
        var verdicts = Enum.GetValues<RuleVerdict>();
        page.Text("h2", page.Say("inspection.page.totals")).Begin("table").Begin("thead");
        page.Row("th", [(page.Say("inspection.page.nature"), null), .. verdicts.Select(v => (page.Say("inspection.verdict." + InspectionCodes.Of(v)), (string?)"n"))]);
        page.End();
        page.Begin("tbody");
        foreach (var total in ReportTotal.Of(report))
        {
            page.Row("td", [(page.Say("nature." + InspectionCodes.Of(total.Nature)), null), .. verdicts.Select(v => (total.Of(v).ToString(CultureInfo.InvariantCulture), (string?)"n"))]);
        }

        page.End();
        page.End();
    }

    private static void WriteRemarkable(PageWriter page, InspectionReport report)
    {
        List<RuleResult> remarkable = [.. report.Results.Where(r => r.IsRemarkable).OrderByDescending(r => (r.IsBlocking, r.IsOpen, r.Weight))];
        page.Text("h2", page.Say("inspection.page.remarkable"));
        if (remarkable.Count == 0)
        {
            page.Text("p", page.Say("inspection.page.nothing"));
        }

        foreach (var result in remarkable)
        {
            ReportItem.Write(page, result);
        }
    }

    private static void WriteAll(PageWriter page, InspectionReport report)
    {
        page.Text("h2", page.Say("inspection.page.all")).Begin("table").Begin("thead");
        page.Row("th", (page.Say("inspection.page.no"), "w"), (page.Say("inspection.page.rule"), "r"), (page.Say("inspection.page.weight"), "w"), (page.Say("inspection.page.looked"), "n"), (page.Say("inspection.page.verdict"), "w"));
        page.End();
        foreach (var nature in report.Results.GroupBy(r => r.Rule.Nature).OrderBy(g => g.Key))
        {
            page.Begin("tbody").Begin("tr", ("class", "nature")).Begin("th", ("colspan", "5"), ("scope", "rowgroup"));
            page.Text("span", page.Say("nature." + InspectionCodes.Of(nature.Key)));
            page.End();
            page.End();
            foreach (var result in nature)
            {
                WriteRule(page, result);
            }

            page.End();
        }

        page.End();
        page.Text("p", page.Say("inspection.page.numbers"), "how");
    }

    private static void WriteRule(PageWriter page, RuleResult result)
    {
        var verdict = InspectionCodes.Of(result.Verdict);
        page.Begin("tr").Text("td", ReportItem.Number(page, result.Rule), "w").Begin("td").Text("div", ReportItem.Name(page, result.Rule));
        page.Text("div", page.Say($"check.{result.Rule.Check}.method"), "how");
        if (result.Manual is { } manual)
        {
            page.Text("div", ReportWords.Of(manual, page.Say), "how");
        }

        page.End();
        page.Text("td", page.Say("inspection.weight." + InspectionCodes.Of(result.Weight)), "w").Text("td", result.Answer.Looked?.ToString(CultureInfo.InvariantCulture) ?? "", "n");
        page.Text("td", page.Say("inspection.verdict." + verdict), $"w {verdict}-v").End();
    }

    private static void WriteSignatures(PageWriter page, InspectionReport report, ReportSeal? seal, IReadOnlyList<string> signers)
    {
        page.Text("h2", page.Say("inspection.page.signature"));
        if (seal is null)
        {
            page.Text("p", page.Say("inspection.page.unsigned"));
        }
        else
        {
            page.Facts([
                ("inspection.page.sm3", seal.Sm3.ToString(), "code"), ("inspection.page.sha256", seal.Sha256.ToString(), "code"),
                .. signers.Select(s => ("inspection.page.key", (string?)s, (string?)"code"))]);
            page.Text("p", page.Say("inspection.page.verify", ("file", report.Number + ".xml")), "how");
        }

        page.Begin("div", ("class", "sign"));
        foreach (var place in (string[])["inspection.page.sign.operator", "inspection.page.sign.reviewer", "inspection.page.sign.seal"])
        {
            page.Text("div", page.Say(place));
        }

        page.End();
        page.Text("p", page.Say("inspection.page.classified"), "how");
        page.Text("footer", page.Say("inspection.page.foot", ("id", report.Id.ToString("D", CultureInfo.InvariantCulture))));
    }

    internal static string Time(DateTimeOffset time) => time.ToOffset(LegalTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
