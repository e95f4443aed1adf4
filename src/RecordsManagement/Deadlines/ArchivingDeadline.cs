using System.Globalization;

namespace Lantai.RecordsManagement;

/// <summary>By when a completed case must be archived: 30 June of the year after the completion year, unless an overlay is stricter.</summary>
/// <remarks>
/// Source: 国办发〔2023〕26号, article 9 (第二年6月底), read as completion year plus one; R9-8 and R18-1 of the requirements.
/// Immutable, safe for concurrent use.
/// </remarks>
public sealed class ArchivingDeadline
{
    private readonly int _years;
    private readonly int _month;
    private readonly int _day;

    /// <summary>Takes the policy values that hold for an agency.</summary>
    public ArchivingDeadline(PolicyValues policy)
    {
        (_years, _month, _day) = (policy.Number(PolicyKeys.DeadlineYears), policy.Number(PolicyKeys.DeadlineMonth), policy.Number(PolicyKeys.DeadlineDay));
        Warnings = [.. policy.List(PolicyKeys.DeadlineWarnings).Select(w => int.Parse(w, NumberStyles.None, CultureInfo.InvariantCulture)).OrderDescending()];
        InForceSince = LegalTime.TryRead(policy.Text(PolicyKeys.RegulationEffective), out var day)
            ? day
            : throw new ArgumentException("The day of effect is no day.", nameof(policy));
    }

    /// <summary>Days before the deadline at which a warning level begins, the farthest first.</summary>
    public IReadOnlyList<int> Warnings { get; }

    /// <summary>The first day of the regulation: what was completed before it is never a breach of it.</summary>
    public DateOnly InForceSince { get; }

    /// <summary>The last day on which archiving is in time.</summary>
    /// <param name="completed">The day of completion at UTC+08:00.</param>
    public DateOnly For(DateOnly completed) => ForYear(completed.Year);

    /// <summary>The last day on which archiving is in time, for a completion year: never before that year has ended, whatever a policy says.</summary>
    /// <param name="year">The year of completion at UTC+08:00.</param>
    public DateOnly ForYear(int year)
    {
        var (of, month) = (Math.Clamp(year + _years, year, year + 100), Math.Clamp(_month, 1, 12));
        var said = new DateOnly(of, month, Math.Clamp(_day, 1, DateTime.DaysInMonth(of, month)));
        var ends = new DateOnly(year, 12, 31);
        return said > ends ? said : ends;
    }

    /// <summary>The least number of days before the deadline whose level has begun; null before the first of them, and when the deadline has passed.</summary>
    /// <param name="deadline">The deadline.</param>
    /// <param name="day">The day that is asked for.</param>
    public int? WarningOn(DateOnly deadline, DateOnly day)
    {
        var left = deadline.DayNumber - day.DayNumber;
        return left < 0 ? null : Warnings.Where(w => left <= w).Select(w => (int?)w).LastOrDefault();
    }
}
