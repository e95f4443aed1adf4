using System.Globalization;

namespace Lantai.RecordsManagement;

/// <summary>When a case was completed (办结时间), as its source system said it and as a moment.</summary>
/// <param name="Given">The text as it was given, with its offset when it had one.</param>
/// <param name="Moment">The moment, in UTC, to the millisecond.</param>
/// <param name="IsOffsetAssumed">The text had no offset: it is read as UTC+08:00.</param>
public readonly record struct CompletionTime(string Given, DateTimeOffset Moment, bool IsOffsetAssumed)
{
    private const int LongestText = 40;

    // Years near the ends of the calendar would leave it when days are counted.
    private const int FirstYear = 1900;
    private const int LastYear = 9000;

    private static readonly string[] WithOffset =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ss zzz",
    ];

    private static readonly string[] WithoutOffset =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy/MM/dd HH:mm:ss", "yyyy/MM/dd HH:mm",
        "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm", "yyyyMMddHHmmss",
    ];

    /// <summary>The day on which it was completed, at UTC+08:00.</summary>
    public DateOnly Day => LegalTime.DayOf(Moment);

    /// <summary>Reads a date with a time of day: ISO 8601, or as spreadsheets and databases write it. A date alone is none.</summary>
    public static bool TryParse(string? text, out CompletionTime time)
    {
        time = default;
        var said = text?.Trim() ?? "";
        if (said.Length is 0 or > LongestText)
        {
            return false;
        }

        var isLocal = DateTime.TryParseExact(said, WithoutOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        DateTimeOffset moment;
        if (isLocal && local.Year is >= FirstYear and <= LastYear)
        {
            moment = new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), LegalTime.Offset);
        }
        else if (isLocal || !DateTimeOffset.TryParseExact(said, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment))
        {
            return false;
        }

        if (moment.Year is < FirstYear or > LastYear)
        {
            return false;
        }

        time = new CompletionTime(said, StoreFormat.StoreTime.Cut(moment), isLocal);
        return true;
    }
}
