using System.Text;
using Lantai.Characterization.Pdf;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.TextLayers;

/// <summary>
/// What the codes of a font's strings mean (ISO 32000-1, 9.10): by the encoding that it names where the codes are letters, by
/// its ToUnicode map, by the names of its glyphs. What none of them says is not guessed.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class PdfFontLetters
{
    private const int MostSpend = 4096;

    private readonly Encoding? _encoding;
    private readonly PdfUnicodeMap? _map;
    private readonly string?[]? _single;
    private uint? _blank;

    private PdfFontLetters(Encoding? encoding, PdfUnicodeMap? map, string?[]? single) => (_encoding, _map, _single) = (encoding, map, single);

    private bool IsGuess { get; init; }

    /// <summary>How much memory it holds, about, in letters.</summary>
    public int Weight => 256 + (_map?.Count ?? 0);

    /// <summary>A font that is not there: it reads as Latin, but whether that is what is seen nobody knows.</summary>
    public static PdfFontLetters Missing() => new(null, null, PdfSimpleFont.Latin()) { IsGuess = true };

    /// <summary>Reads a font.</summary>
    public static PdfFontLetters Of(DictionaryToken font, PdfObjects objects, PdfBudget budget)
    {
        if (objects.Name(font, "Subtype") != "Type0")
        {
            return new PdfFontLetters(null, null, PdfSimpleFont.Letters(font, Map(font, 1, 1, objects, budget), objects, budget));
        }

        // What is seen follows the encoding; a map beside it can only say the same.
        var name = objects.Name(font, "Encoding") ?? "";
        return Named(name) is { } encoding
            ? new PdfFontLetters(encoding, null, null)
            : new PdfFontLetters(null, Map(font, name is "Identity-H" or "Identity-V" ? 2 : 0, 2, objects, budget), null);
    }

    /// <summary>Adds the letters of a string to a text; what is not known is left out.</summary>
    /// <returns>Whether all of it is known.</returns>
    public bool Decode(ReadOnlySpan<byte> codes, StringBuilder text, PdfBudget budget)
    {
        if (_encoding is not null)
        {
            var letters = _encoding.GetString(codes);
            _ = text.Append(letters);
            return !letters.Contains('\uFFFD', StringComparison.Ordinal);
        }

        var (isKnown, spent) = (!IsGuess || codes.IndexOfAnyExcept((byte)' ') < 0, text.Length);
        while (!codes.IsEmpty)
        {
            isKnown &= Take(codes, text, out var used) || IsBlank(codes[..used]);
            codes = codes[used..];
            if (text.Length - spent > MostSpend)
            {
                budget.Spend(text.Length - spent); // a short code may stand for many letters
                spent = text.Length;
            }
        }

        return isKnown;
    }

    private bool Take(ReadOnlySpan<byte> codes, StringBuilder text, out int used)
    {
        if (_single is not null)
        {
            used = 1;
            _ = text.Append(_single[codes[0]]);
            return _single[codes[0]] is not null;
        }

        used = Math.Min(2, codes.Length);
        return _map?.TryTake(codes, text, out used) == true;
    }

    // Many writers leave the blank out of the map. It is one code, and one that blanks have; two of them may be a word.
    private bool IsBlank(ReadOnlySpan<byte> code)
    {
        var number = code.Length == 1 ? code[0] : code[0] << 8 | code[1];
        if (number is not (0 or 1 or 2 or 3 or 9 or 10 or 13 or 0x20 or 0xA0) || (code.Length == 1 && number is 1 or 2 or 3))
        {
            return false;
        }

        _blank ??= (uint)number;
        return _blank == number;
    }

    private static PdfUnicodeMap? Map(DictionaryToken font, int length, int usual, PdfObjects objects, PdfBudget budget) =>
        objects.Get(font, "ToUnicode") is StreamToken stream && objects.Unpack(stream) is { Codec: null } unpacked
            && PdfUnicodeMap.Read(unpacked.Bytes.Span, length, usual, budget) is { IsEmpty: false } map ? map : null;

    // The predefined encodings whose codes are those of a known character set (ISO 32000-1, table 118). Those of seven bits
    // (GB-H, GBT-H) are none of them.
    private static Encoding? Named(string name) =>
        name.Contains("UCS2", StringComparison.Ordinal) || name.Contains("UTF16", StringComparison.Ordinal) ? Encoding.BigEndianUnicode
        : name is "GB-H" or "GB-V" || name.StartsWith("GBT", StringComparison.Ordinal) ? null
        : name.StartsWith("GB", StringComparison.Ordinal) ? CodePagesEncodingProvider.Instance.GetEncoding("GB18030")
        : name.StartsWith("B5", StringComparison.Ordinal) || name.StartsWith("ETen", StringComparison.Ordinal) || name.StartsWith("HK", StringComparison.Ordinal) ? CodePagesEncodingProvider.Instance.GetEncoding("big5")
        : null;
}
