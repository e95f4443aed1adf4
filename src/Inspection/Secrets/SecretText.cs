using System.Buffers;
using System.Text;

namespace Lantai.Inspection;

/// <summary>Makes texts alike before they are compared: widths, stars, blanks and the traditional letters that marks are written with.</summary>
/// <remarks>Pure; safe for concurrent use.</remarks>
internal static class SecretText
{
    /// <summary>The letter that stands in every mark.</summary>
    public const char Sign = '密';

    private const char Seal = '㊙'; // 秘 in a circle, as a seal has it

    private const int MostLevel = 32;

    private const string BeforeSign = "绝絕絶机機秘祕";

    private static readonly SearchValues<char> Signs = SearchValues.Create([Sign, Seal]);

    private static readonly SearchValues<string> Latin = SearchValues.Create(["sec", "classif"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text may hold anything that is sought, which one look at its letters tells of most texts.</summary>
    public static bool MayHold(string text) => text.AsSpan().ContainsAny(Signs) || text.AsSpan().ContainsAny(Latin);

    /// <summary>Whether a text ends in the middle of a word of secrecy.</summary>
    public static bool IsCut(string text) => text.AsSpan().TrimEnd() is [.., var last] && BeforeSign.Contains(last, StringComparison.Ordinal);

    /// <summary>The level that a text is and nothing else; null when it is anything else.</summary>
    public static string? LevelOf(string text) => text.Length > MostLevel ? null : Compact(Fold(text)).Trim('"', '\'', ',', '.', ';') switch
    {
        "绝密" or "绝密级" => "绝密",
        "机密" or "机密级" => "机密",
        "秘密" or "秘密级" => "秘密",
        _ => null,
    };

    /// <summary>The text with half-width signs and one kind of blank, star and letter; signs without width are left out.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var one = letter switch
            {
                >= '！' and <= '～' => (char)(letter - 0xFEE0),
                '\t' or '\n' or '\r' or '\v' or '\f' or '\u2028' or '\u2029' => '\t',
                '\u3000' or '\u00A0' or (>= '\u2000' and <= '\u200A') or '\u202F' or '\u205F' => ' ',
                (>= '\u200B' and <= '\u200F') or '\u2060' or '\uFEFF' or '\u00AD' or (>= '\u202A' and <= '\u202E') or (>= '\uFE00' and <= '\uFE0F') => '\0',
                '☆' or '✩' or '✭' or '✮' or '✯' or '✰' or '⭐' or '⋆' or '✦' or '✪' => '★',
                '機' => '机',
                '絕' or '絶' => '绝',
                '祕' => '秘',
                '級' => '级',
                '長' => '长',
                '屬' => '属',
                '於' => '于',
                '國' => '国',
                '︓' or '：' => ':',
                _ => letter,
            };
            if (one == Seal)
            {
                _ = folded.Append("秘密");
            }
            else if (one != '\0')
            {
                _ = folded.Append(one);
            }
        }

        return folded.ToString();
    }

    /// <summary>A folded text without its blanks.</summary>
    public static string Compact(ReadOnlySpan<char> folded)
    {
        var compact = new StringBuilder(folded.Length);
        foreach (var letter in folded)
        {
            if (letter is not (' ' or '\t'))
            {
                _ = compact.Append(letter);
            }
        }

        return compact.ToString();
    }

    /// <summary>The parts of a folded text that stand by themselves, without blanks: cells, and what stands apart on a line.</summary>
    /// <param name="folded">The text.</param>
    /// <param name="isApart">Whether one blank parts words; letters that stand apart one by one are joined all the same.</param>
    public static IEnumerable<string> Parts(string folded, bool isApart)
    {
        foreach (var cell in Cells(folded))
        {
            yield return Compact(cell);
            if (cell.Contains(' ', StringComparison.Ordinal))
            {
                foreach (var part in isApart ? WordsOf(cell) : cell.Split("  ", StringSplitOptions.RemoveEmptyEntries).Select(p => Compact(p)))
                {
                    yield return part;
                }
            }
        }
    }

    // A line with several commas is a row of a table.
    private static IEnumerable<string> Cells(string folded)
    {
        var cells = folded.Split('\t', StringSplitOptions.RemoveEmptyEntries);
        var isRow = cells.Length == 1 && folded.AsSpan().Count(',') + folded.AsSpan().Count(';') > 2;
        return isRow ? cells.Concat(folded.Split([',', ';', '"'], StringSplitOptions.RemoveEmptyEntries)) : cells;
    }

    private static IEnumerable<string> WordsOf(string cell)
    {
        var single = new StringBuilder();
        foreach (var word in cell.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Length == 1)
            {
                _ = single.Append(word);
                continue;
            }

            if (single.Length > 0)
            {
                yield return single.ToString();
                _ = single.Clear();
            }

            yield return word;
        }

        if (single.Length > 0)
        {
            yield return single.ToString();
        }
    }
}
