using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Lantai.Forms;

/// <summary>Texts as workbooks hold them: what XML cannot hold stands there as <c>_xHHHH_</c>.</summary>
/// <remarks>ISO/IEC 29500-1, ST_Xstring.</remarks>
internal static partial class WorkbookText
{
    /// <summary>The text as it stands in a workbook.</summary>
    public static string Escape(string text)
    {
        if (CellText.IsXml(text) && !text.Contains("_x", StringComparison.Ordinal) && !text.Contains('\r', StringComparison.Ordinal))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            var isPair = char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair)
            {
                _ = escaped.Append(letter).Append(text[++i]);
            }
            else if (letter == '\r' || !CellText.IsXml(letter.ToString()) || (letter == '_' && Escaped().IsMatch(text.AsSpan(i))))
            {
                _ = escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)letter:X4}_");
            }
            else
            {
                _ = escaped.Append(letter);
            }
        }

        return escaped.ToString();
    }

    /// <summary>The text that stands there as this.</summary>
    public static string Unescape(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Anywhere().Replace(text, m => ((char)int.Parse(m.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : text;

    [GeneratedRegex("^_x[0-9A-Fa-f]{4}")] // whatever follows: it may become an underscore itself
    private static partial Regex Escaped();

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Anywhere();
}
