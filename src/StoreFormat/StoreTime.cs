using System.Globalization;

namespace Lantai.StoreFormat;

/// <summary>Times as a store writes them: RFC 3339 in UTC with exactly three decimals (spec/formats/json.md).</summary>
public static class StoreTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Writes a time, cut to milliseconds.</summary>
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Reads a time in exactly the written form.</summary>
    public static bool TryRead(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    /// <summary>Cuts a time to the milliseconds that a store keeps.</summary>
    public static DateTimeOffset Cut(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
