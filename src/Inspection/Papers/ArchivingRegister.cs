using System.Globalization;
using Lantai.Forms;
using Lantai.RecordsManagement;

namespace Lantai.Inspection;

/// <summary>What is archived together, as the register names it.</summary>
/// <param name="Unit">The unit that archives (单位名称).</param>
/// <param name="Archived">When.</param>
/// <param name="Category">The archival category (门类).</param>
/// <param name="Channel">Through the network or on a medium (归档方式).</param>
/// <remarks>Immutable.</remarks>
public sealed record ArchivingBatch(string Unit, DateTimeOffset Archived, string Category, SourceChannel Channel);

/// <summary>
/// The archiving register of electronic records (电子文件归档登记表): what was archived, how much of it, and what its inspection came
/// to, item by item.
/// </summary>
/// <remarks>Pure; safe for concurrent use. Form F1; GB/T 18894-2016 table A.1, whose fields are from memory.</remarks>
public static class ArchivingRegister
{
    private static readonly (string Item, Func<InspectionRule, bool> Has)[] Items =
    [
        ("appearance", r => r.Check == "medium-appearance"),
        ("virus", r => r.Check is "antivirus" or "malware"),
        ("authenticity", r => r.Nature == RuleNature.Authenticity),
        ("reliability", r => r.Check is "source" or "one-case" or "completed" or "process" or "process-security"),
        ("completeness", r => r.Nature == RuleNature.Completeness),
        ("usability", r => r.Nature == RuleNature.Usability),
        ("description", r => r.Check is "description" or "environment"),
    ];

    /// <summary>Makes the register of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="reports">The reports that admitted its cases, one for each.</param>
    public static Report Make(ArchivingBatch batch, IReadOnlyList<InspectionReport> reports)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(reports);
        return new Report(
            "archivingRegister",
            "paper.register.title",
            [
                new ReportFact("unit", "paper.unit", batch.Unit),
                new ReportFact("archived", "paper.archived", ReportPage.Time(batch.Archived)),
                new ReportFact("category", "paper.category", batch.Category),
                new ReportFact("items", "paper.items", Number(reports.Count)),
                new ReportFact("files", "paper.files", Number(reports.Sum(r => r.Subject.Files))),
                new ReportFact("bytes", "paper.bytes", Number(reports.Sum(r => r.Subject.Bytes))),
                new ReportFact("channel", "paper.channel", batch.Channel == SourceChannel.Online ? "online" : "offline", "paper.channel"),
            ],
            [
                new ReportColumn("item", "paper.item", ColumnKind.Code, "paper.item", 30),
                new ReportColumn("result", "paper.result", ColumnKind.Code, "inspection.verdict", 12),
                new ReportColumn("checked", "paper.checked", ColumnKind.Number, Width: 12),
                new ReportColumn("failed", "paper.failed", ColumnKind.Number, Width: 12),
                new ReportColumn("reports", "paper.report", Width: 60),
            ],
            [.. Items.Select(i => Row(i.Item, i.Has, reports))])
        {
            SignatureKeys = ["paper.sign.forming", "paper.sign.archive", "paper.sign.day"],
        };
    }

    private static string?[] Row(string item, Func<InspectionRule, bool> has, IReadOnlyList<InspectionReport> reports)
    {
        List<(string Number, RuleVerdict Verdict)> each = [.. reports.Select(r => (r.Number, Worst(r.Results.Where(x => has(x.Rule)).Select(x => x.Verdict))))];
        List<string> failed = [.. each.Where(e => e.Verdict == RuleVerdict.Failed).Select(e => e.Number)];
        var told = failed.Count > 0 ? failed : [.. each.Where(e => e.Verdict is RuleVerdict.Warning or RuleVerdict.Manual or RuleVerdict.CouldNotRun).Select(e => e.Number)];
        return [item, InspectionCodes.Of(Worst(each.Select(e => e.Verdict))), Number(each.Count(e => e.Verdict != RuleVerdict.NotApplicable)), Number(failed.Count), string.Join(' ', told)];
    }

    // The verdicts stand in the order of what they weigh; nothing to look at weighs nothing.
    private static RuleVerdict Worst(IEnumerable<RuleVerdict> verdicts) =>
        verdicts.Where(v => v != RuleVerdict.NotApplicable).Select(v => (RuleVerdict?)v).Max() ?? RuleVerdict.NotApplicable;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
