using Lantai.DataManagement;

namespace Lantai.RecordsManagement;

/// <summary>Adds up the counts of groups for one day.</summary>
internal sealed class TotalsOfDay(string code, DateOnly day)
{
    private readonly SortedDictionary<int, long> _warned = [];
    private long _completed;
    private long _inTime;
    private long _late;
    private long _lateDays;
    private long _notYetDue;
    private long _overdue;
    private long _returned;
    private long _refused;
    private long _before;
    private long _beforeOpen;

    public void Add(Document group, ArchivingDeadline rule)
    {
        var completed = UpTo(group.Text("completed"));
        if (completed == 0)
        {
            return;
        }

        var refused = UpTo(group.Text("refused"));
        if (CompletionPeriod.YearOf(group.Text("period")!) is not { } year)
        {
            _before += completed;
            _beforeOpen += completed - UpTo(group.Text("archived")) - refused;
            return;
        }

        var deadline = rule.ForYear(year);
        var (inTime, late, lateDays) = Archived(group.Text("archived"), deadline.DayNumber);
        var open = completed - inTime - late - refused;
        _completed += completed;
        (_inTime, _late, _lateDays, _refused) = (_inTime + inTime, _late + late, _lateDays + lateDays, _refused + refused);
        if (day > deadline)
        {
            _overdue += open;
            _returned += UpTo(group.Text("returned"));
            return;
        }

        _notYetDue += open;
        if (open != 0 && rule.WarningOn(deadline, day) is { } level)
        {
            _warned[level] = _warned.GetValueOrDefault(level) + open;
        }
    }

    public DeadlineTotals Result() => new(code)
    {
        Completed = _completed,
        InTime = _inTime,
        Late = _late,
        LateDays = _lateDays,
        NotYetDue = _notYetDue,
        Warned = [.. _warned.Reverse().Select(w => new WarnedCases(w.Key, w.Value))],
        Overdue = _overdue,
        ReturnedAndOverdue = _returned,
        RefusedAsSecret = _refused,
        BeforeRegulation = _before,
        BeforeRegulationOpen = _beforeOpen,
    };

    private long UpTo(string? counts)
    {
        var sum = 0L;
        foreach (var (at, count) in DayCounts.Walk(counts))
        {
            if (at > day.DayNumber)
            {
                break;
            }

            sum += count;
        }

        return sum;
    }

    private (long InTime, long Late, long LateDays) Archived(string? counts, int deadline)
    {
        var (inTime, late, lateDays) = (0L, 0L, 0L);
        foreach (var (at, count) in DayCounts.Walk(counts))
        {
            if (at > day.DayNumber)
            {
                break;
            }

            if (at <= deadline)
            {
                inTime += count;
            }
            else
            {
                late += count;
                lateDays += count * (at - deadline);
            }
        }

        return (inTime, late, lateDays);
    }
}
