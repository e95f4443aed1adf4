using System.Globalization;
using System.Text.RegularExpressions;
using Lantai.Words;

namespace Lantai.Cli.Arguments;

/// <summary>Reads amounts as people write them.</summary>
internal static partial class Quantities
{
    /// <summary>Bytes: a number, with KB, MB, GB, TB (powers of 1000) or K, M, G, T, KiB, MiB, GiB, TiB (powers of 1024).</summary>
    /// <exception cref="WrongUseException">The text is none.</exception>
    public static long Bytes(string text, string option) =>
        TryBytes(text) ?? throw new WrongUseException("usage.bytes", ("option", option), ("text", text));

    /// <summary>A span: a number and s, m, h or d.</summary>
    /// <exception cref="WrongUseException">The text is none.</exception>
    public static TimeSpan Span(string text, string option) =>
        TrySpan(text) ?? throw new WrongUseException("usage.span", ("option", option), ("text", text));

    /// <summary>A budget: bytes or a span.</summary>
    /// <exception cref="WrongUseException">The text is neither.</exception>
    public static (long? Bytes, TimeSpan? Time) Budget(string text, string option) =>
        TrySpan(text) is { } span ? (null, span)
        : TryBytes(text) is { } bytes ? (bytes, null)
        : throw new WrongUseException("usage.budget", ("option", option), ("text", text));

    /// <summary>A share from a percentage such as <c>5%</c>: above 0, at most 1.</summary>
    /// <exception cref="WrongUseException">The text is none.</exception>
    public static double Share(string text, string option) =>
        double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100
            ? percent / 100
            : throw new WrongUseException("usage.share", ("option", option), ("text", text));

    /// <summary>A whole number in a range.</summary>
    /// <exception cref="WrongUseException">The text is none.</exception>
    public static long Whole(string text, string option, long least, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new WrongUseException("usage.whole", ("option", option), ("text", text), ("least", least), ("most", most));

    public static Language? Language(string text) =>
        text.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Words.Language.Chinese
        : text.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? Words.Language.English
        : null;

    private static long? TryBytes(string text)
    {
        var match = Amount().Match(text);
        if (!match.Success || !decimal.TryParse(match.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var unit = match.Groups[2].Value.ToUpperInvariant();
        var step = unit.EndsWith("IB", StringComparison.Ordinal) || unit.Length == 1 ? 1024m : 1000m;
        for (var power = unit.Length == 0 ? 0 : " KMGT".IndexOf(unit[0], StringComparison.Ordinal); power > 0; power--)
        {
            number *= step;
        }

        return number <= long.MaxValue ? (long)number : null;
    }

    private static TimeSpan? TrySpan(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 1_000_000)
        {
            return null;
        }

        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
    }

    [GeneratedRegex(@"^(\d{1,15}(?:\.\d{1,6})?)(?:([KMGT](?:i?B)?)|B)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Amount();
}
