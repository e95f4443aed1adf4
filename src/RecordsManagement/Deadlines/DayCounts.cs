using System.Globalization;
using System.Text;

namespace Lantai.RecordsManagement;

/// <summary>How many there are of each day: few bytes for the days of a year, and any sum over days by one walk.</summary>
/// <remarks>
/// Written as <c>gap:count</c> for each day that counts something, in order, apart by spaces; a gap is counted from the day
/// before it, the first from the first day of the calendar. Not safe for concurrent use.
/// </remarks>
internal sealed class DayCounts
{
    private readonly SortedDictionary<int, long> _counts = [];

    /// <summary>The days that count something, in order.</summary>
    public IEnumerable<KeyValuePair<int, long>> Days => _counts;

    public void Add(DateOnly day, long count)
    {
        var sum = _counts.GetValueOrDefault(day.DayNumber) + count;
        if (sum == 0)
        {
            _ = _counts.Remove(day.DayNumber);
        }
        else
        {
            _counts[day.DayNumber] = sum;
        }
    }

    /// <summary>Adds all that another holds.</summary>
    public void Add(DayCounts other)
    {
        foreach (var (day, count) in other._counts)
        {
            Add(DateOnly.FromDayNumber(day), count);
        }
    }

    public string? Write()
    {
        if (_counts.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder(_counts.Count * 6);
        var before = 0;
        foreach (var (day, count) in _counts)
        {
            _ = text.Append(text.Length == 0 ? "" : " ").Append(CultureInfo.InvariantCulture, $"{day - before}:{count}");
            before = day;
        }

        return text.ToString();
    }

    public static DayCounts Read(string? text)
    {
        var counts = new DayCounts();
        foreach (var (day, count) in Walk(text))
        {
            counts._counts[day] = count;
        }

        return counts;
    }

    /// <summary>The days and counts of a written form, without making anything of them.</summary>
    public static DayWalk Walk(string? text) => new(text);
}

/// <summary>Walks over the days of a written form.</summary>
internal ref struct DayWalk(string? text)
{
    private ReadOnlySpan<char> _rest = text;
    private int _day;

    public (int Day, long Count) Current { get; private set; }

    public readonly DayWalk GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var end = _rest.IndexOf(' ');
        var one = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? [] : _rest[(end + 1)..];
        var colon = one.IndexOf(':');
        _day += int.Parse(one[..colon], NumberStyles.None, CultureInfo.InvariantCulture);
        Current = (_day, long.Parse(one[(colon + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        return true;
    }
}
