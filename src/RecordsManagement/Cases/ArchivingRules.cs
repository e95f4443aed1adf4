using System.Globalization;
using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>Whether a case may be archived as its package says: schedule, retention, reference code and paper.</summary>
/// <remarks>R4-2, R5-2 and R7-4 of the requirements; articles 4, 5 and 7 of the regulation.</remarks>
internal static class ArchivingRules
{
    /// <summary>The register of the exact keys by which a reference code names one archived case for ever.</summary>
    public const string Register = "archived";

    /// <summary>Everything that forbids it, and as what it is archived when nothing does.</summary>
    /// <param name="views">The views.</param>
    /// <param name="c">The case.</param>
    /// <param name="archiving">What its package says.</param>
    /// <param name="day">The day of archiving, at UTC+08:00.</param>
    /// <param name="taken">The codes that archived cases have, and those before it in the decision.</param>
    /// <param name="parse">Takes a reference code apart by its rule.</param>
    public static (IReadOnlyList<Finding> Findings, ArchivedAs? As) Check(
        IDocumentReader views, ServiceCase c, CaseArchiving archiving, DateOnly day, TakenCodes taken, Func<string, CodeParts?> parse)
    {
        var (said, version) = CheckSchedule(views, c, archiving, day);
        List<Finding> findings = [.. said, .. CheckRecordCode(c, archiving, taken), .. CheckCode(views, c, archiving, taken, parse)];
        return (findings, findings.Any(f => f.Severity == Severity.Error) || version is null
            ? null
            : new ArchivedAs(archiving.Retention, archiving.ReferenceCode, version, archiving.Approval, archiving.PaperLocator) { RecordCode = archiving.RecordCode });
    }

    /// <summary>What forbids it whatever its reference code is, and the number of the schedule that it follows.</summary>
    public static (IReadOnlyList<Finding> Findings, string? Schedule) CheckSchedule(IDocumentReader views, ServiceCase c, CaseArchiving archiving, DateOnly day)
    {
        var item = ItemCatalogue.Find(views, c.Item);
        var answer = ScheduleJudgement.OfCase(views, (c.Agency, c.Fonds), day, (c.Item, item is null ? "" : "/" + item.Type), archiving.Retention, archiving.Approval, archiving.Schedule);
        List<Finding> findings = [.. answer.Findings];
        if (item?.PaperCitation is { } citation && string.IsNullOrWhiteSpace(archiving.PaperLocator))
        {
            findings.Add(Finding.Error("ARC-020", c.Name, ("citation", citation)));
        }

        foreach (var (name, text) in new[] { ("approval", archiving.Approval), ("paper", archiving.PaperLocator), ("record-code", archiving.RecordCode) })
        {
            findings.AddRange(Entry.Check(c.Name, name, text, Entry.ReasonLength, isRequired: false));
        }

        return (findings, answer.Version?.Number);
    }

    /// <summary>No other archived case has its electronic record code, nor one that is archived with it.</summary>
    public static IEnumerable<Finding> CheckRecordCode(ServiceCase c, CaseArchiving archiving, TakenCodes taken) =>
        archiving.RecordCode is { Length: > 0 } code && taken.IsRecordTaken(code)
            ? [CaseRegister.RecordCodeTaken(c, code)]
            : [];

    /// <summary>The code was assigned, is in use, names no other case, and says what the case says.</summary>
    private static IEnumerable<Finding> CheckCode(IDocumentReader views, ServiceCase c, CaseArchiving archiving, TakenCodes taken, Func<string, CodeParts?> parse)
    {
        var code = archiving.ReferenceCode;
        var shown = Entry.Shown(code);
        if (CodeView.Find(views, code) is not { Document: var document } || CodeEntry.Read(document) is not { State: CodeState.Current, Kind: CodeRule.ReferenceCode })
        {
            yield return Finding.Error(CaseCodes.CodeNotInUse, c.Name, ("code", shown));
            yield break;
        }

        if (taken.IsReferenceTaken(code))
        {
            yield return Finding.Error(CaseCodes.CodeTaken, c.Name, ("code", shown));
        }

        foreach (var wrong in CheckSegments(c, archiving, parse(code)))
        {
            yield return wrong;
        }
    }

    /// <summary>What a reference code says of a case is what the case says.</summary>
    public static IEnumerable<Finding> CheckSegments(ServiceCase c, CaseArchiving archiving, CodeParts? parts)
    {
        foreach (var (segment, found) in parts?.Values ?? [])
        {
            var expected = segment switch
            {
                "retention" => archiving.Retention.Code,
                "year" => c.Completed.Day.Year.ToString(CultureInfo.InvariantCulture),
                "fonds" => c.Fonds,
                _ => null,
            };
            if (expected is not null && expected != found)
            {
                yield return Finding.Error(CaseCodes.CodePart, c.Name, ("code", Entry.Shown(archiving.ReferenceCode)), ("segment", segment), ("expected", expected), ("found", found));
            }
        }
    }
}
