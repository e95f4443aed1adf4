using System.Globalization;
using System.Text;

namespace Lantai.Adapters.Clamav;

/// <summary>Understands what a clamd says.</summary>
internal static class ClamavAnswer
{
    private const int MostName = 200;

    /// <summary>Name and version of the engine, and when its definitions were made; null for what is no answer of a clamd.</summary>
    /// <param name="answer">Such as <c>ClamAV 1.4.3/27831/Fri Nov 20 08:12:45 2026</c>; without definitions of the official kind it ends after the version.</param>
    internal static (string Engine, DateTimeOffset? Definitions)? Version(string? answer)
    {
        if (answer?.StartsWith("ClamAV ", StringComparison.Ordinal) != true)
        {
            return null;
        }

        var parts = answer.Split('/', 3);
        var made = parts.Length == 3 && DateTimeOffset.TryParseExact(
            parts[2].Trim(), ["ddd MMM d HH:mm:ss yyyy", "ddd MMM  d HH:mm:ss yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : (DateTimeOffset?)null;
        return (Clean(string.Join('/', parts.Take(2))), made);
    }

    /// <summary>What it says of a content: the name of what was found, or why it was not scanned; both null when it is clean.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="isWhole">Whether it had the whole content when it said so: nobody can call clean what was not seen.</param>
    internal static (string? Found, string? Unscanned) Scan(string? answer, bool isWhole)
    {
        const string Prefix = "stream: ";
        return answer switch
        {
            Prefix + "OK" => (null, isWhole ? null : "not-understood"),

            // With AlertExceedsMax and AlertEncrypted it says what it did not scan, in the words of a find.
            not null when answer.StartsWith(Prefix + "Heuristics.Limits.Exceeded", StringComparison.Ordinal) => (null, "too-long"),
            not null when answer.StartsWith(Prefix + "Heuristics.Encrypted", StringComparison.Ordinal) => (null, "encrypted"),
            not null when answer.Contains("size limit exceeded", StringComparison.OrdinalIgnoreCase) => (null, "too-long"),
            not null when answer.StartsWith(Prefix, StringComparison.Ordinal) && answer.EndsWith(" FOUND", StringComparison.Ordinal) && answer.Length > Prefix.Length + 6
                => (Clean(answer[Prefix.Length..^6]), null),
            _ => (null, "not-understood"),
        };
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(MostName))
        {
            _ = clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return clean.ToString().Trim();
    }
}
