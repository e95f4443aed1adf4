using System.Globalization;

namespace Lantai.InformationPackages;

/// <summary>Days and times as packages write them. A time that names no offset is Chinese legal time, UTC+08:00 all year.</summary>
/// <remarks>Pure functions. Source: GB/T 7408 (extended form, and the form with a blank that one program writes).</remarks>
public static class CaseTime
{
    private static readonly string[] Local = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF"];
    private static readonly string[] Zoned = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];
    private static readonly string[] Days = ["yyyy-MM-dd", "yyyyMMdd"];

    /// <summary>The offset of Chinese legal time.</summary>
    public static TimeSpan Offset { get; } = TimeSpan.FromHours(8);

    /// <summary>Reads a time; null when the text is none.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        var zoned = text.EndsWith('Z') ? text[..^1] + "+00:00" : text;
        return DateTimeOffset.TryParseExact(zoned, Zoned, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? HasLegalTime(time) ? time : null
            : DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Ticks >= Offset.Ticks
                ? new DateTimeOffset(local, Offset)
                : null;
    }

    /// <summary>The last hours of the year 9999 are the next year's by the Chinese clock, which no calendar here holds.</summary>
    private static bool HasLegalTime(DateTimeOffset time) => time.UtcTicks <= DateTime.MaxValue.Ticks - Offset.Ticks;

    /// <summary>Reads a day; null when the text is none.</summary>
    public static DateOnly? ParseDay(string text) =>
        DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The time in Chinese legal time with its offset: <c>2023-05-10T09:30:00+08:00</c>.</summary>
    public static string Zone(DateTimeOffset time) => time.ToOffset(Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The time by the Chinese clock, as one program writes it: <c>2023-05-10 09:30:00</c>.</summary>
    public static string Clock(DateTimeOffset time) => time.ToOffset(Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
