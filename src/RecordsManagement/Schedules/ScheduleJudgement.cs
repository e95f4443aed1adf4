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
    /// <summary>Judges one material of a case.</summary>
    public static ScheduleAnswer Of(IDocumentReader views, string agency, DateOnly day, ScheduleQuestion question, RetentionPeriod declared, string? reason, string? number)
    {
        var subject = Entry.Shown(agency + " " + question.Item);
        var followed = Followed(views, subject, (agency, null), day, number);
        if (followed.IsRefused || followed.Version is not { } version)
        {
            return followed;
        }

        return new ScheduleTable(views, version.Id).RowFor(question) is { } row
            ? new ScheduleAnswer(version, row, [.. Compare(subject, version, row, Entry.Shown(question.MaterialName.Length > 0 ? question.MaterialName : question.MaterialCode), declared, reason)])
            : new ScheduleAnswer(version, null, [Finding.Error("SCH-029", subject, ("number", version.Number), ("schedule-nature", question.Nature), ("material", Entry.Shown(question.MaterialName)))]);
    }

    /// <summary>Judges a case as a whole: it is one archival unit (R8-1), kept as long as that of its materials which is kept longest.</summary>
    public static ScheduleAnswer OfCase(
        IDocumentReader views, (string Agency, string? Fonds) whose, DateOnly day, (string Item, string Class) of, RetentionPeriod declared, string? reason, string? number)
    {
        var subject = Entry.Shown(whose.Agency + " " + of.Item);
        var followed = Followed(views, subject, whose, day, number);
        if (followed.IsRefused || followed.Version is not { } version)
        {
            return followed;
        }

        var rows = new ScheduleTable(views, version.Id).RowsFor(of.Item, of.Class);
        var longest = rows.Where(r => r is { IsArchived: true, Retention: not null }).MaxBy(r => r.Retention);
        return (longest ?? (rows is [var any, ..] ? any : null)) is { } row
            ? new ScheduleAnswer(version, row, [
                .. Compare(subject, version, row, Entry.Shown(of.Item), declared, reason),
                .. Above(views, subject, version, day, (of.Item, row.Class.Length > 0 ? row.Class : of.Class), declared)])
            : new ScheduleAnswer(version, null, [Finding.Error("SCH-040", subject, ("number", version.Number), ("item", Entry.Shown(of.Item)))]);
    }

    /// <summary>A schedule above that was approved after the agency's own may be stricter: it binds from its day on (R16-1).</summary>
    private static IEnumerable<Finding> Above(IDocumentReader views, string subject, ScheduleVersion version, DateOnly day, (string Item, string Class) of, RetentionPeriod declared)
    {
        foreach (var upper in ScheduleTable.Above(views, version.Region, day, day))
        {
            var floor = new ScheduleTable(views, upper.Id).RowsFor(of.Item, of.Class).Where(r => r.IsArchived).Max(r => r.Retention);
            if (declared < floor)
            {
                yield return Finding.Error("SCH-042", subject, ("retention", declared.Code), ("floor", floor.Value.Code), ("agency", upper.Agency), ("number", upper.Number));
            }
        }
    }

    /// <summary>The version that archiving follows on a day, or why there is none.</summary>
    private static ScheduleAnswer Followed(IDocumentReader views, string subject, (string Agency, string? Fonds) whose, DateOnly day, string? number)
    {
        var version = number is null ? ScheduleTable.InForce(views, whose.Agency, day, whose.Fonds) : ScheduleTable.Find(views, whose.Agency, number);
        if (version is null)
        {
            return new ScheduleAnswer(null, null, [number is null
                ? Finding.Error("SCH-030", subject, ("day", Entry.Day(day)!))
                : Finding.Error("SCH-021", subject, ("number", Entry.Shown(number)))]);
        }

        return ScheduleTable.StateOn(views, version, day) is var state && state != ScheduleState.InForce
            ? new ScheduleAnswer(version, null, [Finding.Error("SCH-003", subject, ("number", version.Number), ("schedule-state", ScheduleVersion.Word(state)), ("day", Entry.Day(day)!))])
            : new ScheduleAnswer(version, null, []);
    }

    private static IEnumerable<Finding> Compare(string subject, ScheduleVersion version, ScheduleRow row, string material, RetentionPeriod declared, string? reason)
    {
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
