using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>What a schedule says of the retention that a package declares.</summary>
/// <param name="Version">The version that was asked; null when none is in force.</param>
/// <param name="Row">The row that the material falls under; null when none covers it.</param>
/// <param name="Findings">Why it may not be archived so; empty when it may.</param>
public sealed record ScheduleAnswer(ScheduleVersion? Version, ScheduleRow? Row, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether it may not be archived so.</summary>
    public bool IsRefused => Findings.Any(f => f.Severity == Severity.Error);
}

/// <summary>Compares a declared retention with the schedule in force: equal, or longer for an approved reason (R5-2, R7-4).</summary>
internal static class ScheduleJudgement
{
    public static ScheduleAnswer Of(IDocumentReader views, string agency, DateOnly day, ScheduleQuestion question, RetentionPeriod declared, string? reason, string? number)
    {
        var subject = Entry.Shown(agency + " " + question.Item);
        if (number is not null && ScheduleTable.Find(views, agency, number) is not { } named)
        {
            return new ScheduleAnswer(null, null, [Finding.Error("SCH-021", subject, ("number", Entry.Shown(number)))]);
        }

        var version = number is null ? ScheduleTable.InForce(views, agency, day) : ScheduleTable.Find(views, agency, number);
        if (version is null)
        {
            return new ScheduleAnswer(null, null, [Finding.Error("SCH-030", subject, ("day", Entry.Day(day)!))]);
        }

        if (ScheduleTable.StateOn(views, version, day) is var state && state != ScheduleState.InForce)
        {
            return new ScheduleAnswer(version, null, [Finding.Error("SCH-003", subject, ("number", version.Number), ("schedule-state", ScheduleVersion.Word(state)), ("day", Entry.Day(day)!))]);
        }

        return new ScheduleTable(views, version.Id).RowFor(question) is { } row
            ? new ScheduleAnswer(version, row, [.. Compare(subject, version, row, question, declared, reason)])
            : new ScheduleAnswer(version, null, [Finding.Error("SCH-029", subject, ("number", version.Number), ("schedule-nature", question.Nature), ("material", Entry.Shown(question.MaterialName)))]);
    }

    private static IEnumerable<Finding> Compare(string subject, ScheduleVersion version, ScheduleRow row, ScheduleQuestion question, RetentionPeriod declared, string? reason)
    {
        var material = Entry.Shown(question.MaterialName.Length > 0 ? question.MaterialName : question.MaterialCode);
        if (row.Retention is not { } retention || !row.IsArchived)
        {
            yield return Finding.Error("SCH-031", subject, ("material", material), ("number", version.Number));
        }
        else if (declared < retention)
        {
            yield return Finding.Error("SCH-027", subject, ("material", material), ("retention", declared.Code), ("expected", retention.Code), ("number", version.Number));
        }
        else if (declared > retention && string.IsNullOrWhiteSpace(reason))
        {
            yield return Finding.Error("SCH-028", subject, ("material", material), ("retention", declared.Code), ("expected", retention.Code), ("number", version.Number));
        }
    }
}
