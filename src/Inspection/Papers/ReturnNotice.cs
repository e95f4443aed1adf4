using Lantai.Forms;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>The notice by which a package is returned (退回通知单): each rule that it broke, the fact, and what to correct.</summary>
/// <remarks>Pure; safe for concurrent use. R10-5, form F3.</remarks>
public static class ReturnNotice
{
    /// <summary>Makes the notice of a report that did not pass.</summary>
    /// <param name="report">The report.</param>
    /// <param name="reasons">Why it did not come in although its inspection let it pass; empty when the report says it.</param>
    /// <param name="issued">When it is issued.</param>
    /// <param name="due">By when the corrected package is expected; null when no day is set.</param>
    /// <param name="holders">Whom it is sent to and whose hall it is.</param>
    /// <param name="phrases">The texts of this room and of those whose findings stand in the report.</param>
    /// <param name="language">The language of its sentences.</param>
    public static Report Make(
        InspectionReport report, IReadOnlyList<Finding> reasons, DateTimeOffset issued, DateOnly? due, HolderNames holders, Phrases phrases, Language language)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(reasons);
        ArgumentNullException.ThrowIfNull(holders);
        ArgumentNullException.ThrowIfNull(phrases);
        var subject = report.Subject;
        return new Report(
            "returnNotice",
            "paper.return.title",
            [
                new ReportFact("agency", "inspection.page.agency", holders.Agency ?? ""),
                new ReportFact("hall", "inspection.page.hall", holders.Hall ?? ""),
                new ReportFact("package", "inspection.page.package", subject.Package),
                new ReportFact("title", "inspection.page.titled", subject.Title ?? ""),
                new ReportFact("source", "inspection.page.source", subject.Source),
                new ReportFact("case", "inspection.page.case", subject.Case ?? ""),
                new ReportFact("digest", "inspection.page.digest", subject.Digest ?? ""),
                new ReportFact("reportNo", "paper.report", report.Number),
                new ReportFact("outcome", "paper.outcome", InspectionCodes.Of(report.Outcome), "inspection.outcome"),
                new ReportFact("issued", "paper.issued", ReportPage.Time(issued)),
                new ReportFact("due", "paper.due", due is { } day ? LegalTime.Write(day) : ""),
            ],
            [
                new ReportColumn("number", "inspection.page.no", Width: 15),
                new ReportColumn("rule", "inspection.page.rule", Width: 24),
                new ReportColumn("at", "inspection.page.at", Width: 30),
                new ReportColumn("expected", "inspection.page.expected", Width: 20),
                new ReportColumn("actual", "inspection.page.actual", Width: 20),
                new ReportColumn("fact", "inspection.page.message", Width: 40),
                new ReportColumn("correction", "paper.correction", Width: 40),
                new ReportColumn("retry", "paper.retry", ColumnKind.Code, "inspection.retry", 16),
            ],
            [.. Rows(report, phrases, language), .. reasons.Select(r => Row(r, phrases, language))])
        {
            NoteKeys = ["paper.return.note"],
            SignatureKeys = ["inspection.page.sign.operator", "inspection.page.sign.seal", "paper.sign.received"],
        };
    }

    private static IEnumerable<IReadOnlyList<string?>> Rows(InspectionReport report, Phrases phrases, Language language)
    {
        foreach (var result in report.Results.Where(r => r.IsBlocking || r.IsOpen))
        {
            var cure = FactText.Cure(phrases, language, result);
            var name = language == Language.Chinese ? result.Rule.Chinese : result.Rule.English;
            List<Finding?> facts = [.. result.Answer.Findings];
            if (result.Manual is { } manual)
            {
                yield return [result.Rule.Printed, name, null, null, null, ReportWords.Of(manual, (key, arguments) => phrases.Say(language, key, arguments)), cure, InspectionCodes.Of(result.Retry)];
            }

            foreach (var fact in facts.Count == 0 && result.Manual is null ? [null] : facts)
            {
                yield return
                [
                    result.Rule.Printed, name, fact is null ? null : FactText.At(phrases, language, fact), fact is null ? null : FactText.Expected(phrases, language, fact),
                    fact is null ? null : FactText.Found(phrases, language, fact), fact is null ? null : phrases.Say(language, fact), cure, InspectionCodes.Of(result.Retry),
                ];
            }
        }
    }

    /// <summary>A reason that is no rule of the inspection: it stands under its code, and its sentence says what to do.</summary>
    private static IReadOnlyList<string?> Row(Finding reason, Phrases phrases, Language language) =>
    [
        reason.Code, phrases.Say(language, "paper.return.archiving"), FactText.At(phrases, language, reason), FactText.Expected(phrases, language, reason), FactText.Found(phrases, language, reason),
        phrases.Say(language, reason), phrases.Say(language, "paper.return.archiving.cure"), InspectionCodes.Of(Retry.AfterFix),
    ];
}
