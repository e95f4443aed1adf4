using System.Globalization;
using System.Text;

namespace Lantai.Forms;

/// <summary>Cells as other programs must not misunderstand them.</summary>
internal static class CellText
{
    private const char Guard = '\'';

    /// <summary>
    /// The cell of a CSV file that no spreadsheet program takes for a formula: one that begins like a formula, or like a
    /// guarded one, gets an apostrophe in front.
    /// </summary>
    public static string Guarded(string text) => LooksGuardable(text) ? Guard + text : text;

    /// <summary>The cell before <see cref="Guarded"/>.</summary>
    public static string Unguarded(string text) => text.Length > 1 && text[0] == Guard && LooksGuardable(text) ? text[1..] : text;

    /// <summary>Whether a cell is a whole number that spreadsheet programs keep exactly: at most 15 digits and no leading zeros.</summary>
    public static bool IsNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && Math.Abs((decimal)number) < 1_000_000_000_000_000m && text == number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The text with what XML 1.0 cannot hold replaced by U+FFFD.</summary>
    public static string ForXml(string text) => IsXml(text) ? text : Replaced(text);

    /// <summary>Whether XML 1.0 can hold the text.</summary>
    public static bool IsXml(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter < ' ' ? letter is not ('\t' or '\n' or '\r') : letter is '\uFFFE' or '\uFFFF')
            {
                return false;
            }

            if (char.IsSurrogate(letter) && !(char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static string Replaced(string text)
    {
        var sound = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate is enumerated as U+FFFD
        {
            var one = rune.ToString();
            _ = sound.Append(IsXml(one) ? one : "\uFFFD");
        }

        return sound.ToString();
    }

    private static bool LooksGuardable(string text)
    {
        var first = text.AsSpan().TrimStart(Guard);
        return first is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];
    }
}
