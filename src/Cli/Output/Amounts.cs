using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace Lantai.Cli.Output;

/// <summary>Numbers, times and names as people read them.</summary>
internal static class Amounts
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>Bytes with a binary unit, such as <c>1.5 MiB</c>.</summary>
    public static string Bytes(double count)
    {
        var unit = 0;
        for (; Math.Abs(count) >= 1024 && unit < Units.Length - 1; unit++)
        {
            count /= 1024;
        }

        return count.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary>A whole number with thin groups of three.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A span as <c>h:mm:ss</c> or <c>m:ss</c>.</summary>
    public static string Span(TimeSpan span) => span.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}:{span.Seconds:00}");

    /// <summary>A moment in UTC to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>How many columns of a terminal a text takes: a Chinese character takes two.</summary>
    public static int Width(string text) => new Segment(text).CellCount();

    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Width(text)));

    /// <summary>A text in a column of a fixed width: cut where it is too long, by columns of the terminal and not by letters.</summary>
    public static string Column(string text, int width)
    {
        if (Width(text) <= width)
        {
            return Pad(text, width);
        }

        while (Width(text) > width - 1)
        {
            text = text[..^(char.IsLowSurrogate(text[^1]) ? 2 : 1)];
        }

        return Pad(text + "…", width);
    }

    /// <summary>
    /// A text that came from outside, made harmless: control characters and those that turn the writing direction would
    /// let a file name rewrite the lines around it.
    /// </summary>
    public static string Harmless(string text)
    {
        if (!text.Any(IsHarmful))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            _ = IsHarmful(letter) ? safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}") : safe.Append(letter);
        }

        return safe.ToString();
    }

    private static bool IsHarmful(char letter) =>
        char.IsControl(letter) || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';
}
