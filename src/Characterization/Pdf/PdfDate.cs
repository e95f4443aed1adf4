using System.Globalization;

namespace Lantai.Characterization.Pdf;

/// <summary>Dates as PDF writes them (ISO 32000-1, 7.9.4), as ISO 8601.</summary>
internal static class PdfDate
{
    /// <summary>The date as ISO 8601, as exact as it was given; the text itself when it is no such date.</summary>
    public static string? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var digits = text.StartsWith("D:", StringComparison.Ordinal) ? text[2..] : text;
        var count = digits.TakeWhile(char.IsAsciiDigit).Count();
        string[] forms = ["yyyy", "yyyyMM", "yyyyMMdd", "yyyyMMddHHmm", "yyyyMMddHHmmss"];
        var form = Array.Find(forms, f => f.Length == count);
        if (form is null || !DateTime.TryParseExact(digits[..count], form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return text;
        }

        var iso = count switch { 4 => "yyyy", 6 => "yyyy-MM", 8 => "yyyy-MM-dd", 12 => "yyyy-MM-ddTHH:mm", _ => "yyyy-MM-ddTHH:mm:ss" };
        return time.ToString(iso, CultureInfo.InvariantCulture) + (count < 12 ? "" : Zone(digits[count..]));
    }

    // +08'00' or +08'00 or Z; nothing when it is not said.
    private static string Zone(string rest) =>
        rest.StartsWith('Z') ? "Z"
        : rest.Length >= 3 && rest[0] is '+' or '-' && char.IsAsciiDigit(rest[1]) && char.IsAsciiDigit(rest[2])
            ? rest[..3] + ":" + (rest.Length >= 6 && rest[3] == '\'' && char.IsAsciiDigit(rest[4]) && char.IsAsciiDigit(rest[5]) ? rest[4..6] : "00")
            : "";
}
