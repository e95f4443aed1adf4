using System.Globalization;

namespace Lantai.RecordsManagement;

/// <summary>The days by which the law counts: those of Beijing time, UTC+08:00 all year.</summary>
/// <remarks>Pure; safe for concurrent use. No table of time zones is asked, so every machine counts the same days.</remarks>
public static class LegalTime
{
    private const string DayForm = "yyyy-MM-dd";

    /// <summary>Beijing time.</summary>
    public static TimeSpan Offset { get; } = TimeSpan.FromHours(8);

    /// <summary>The day at UTC+08:00 on which a moment falls.</summary>
    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Offset).DateTime);

    /// <summary>A day as <c>yyyy-MM-dd</c>.</summary>
    public static string Write(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);

    /// <summary>Reads a day in exactly the written form.</summary>
    public static bool TryRead(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
