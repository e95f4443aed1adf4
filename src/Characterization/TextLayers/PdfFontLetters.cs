using System.Globalization;
using System.Text;
using Lantai.Characterization.Pdf;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.TextLayers;

/// <summary>
/// What the codes of a font's strings mean (ISO 32000-1, 9.10): by its ToUnicode map, else by the encoding that it names.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class PdfFontLetters
{
    private readonly PdfUnicodeMap? _map;
    private readonly Encoding? _encoding;
    private readonly Dictionary<int, string>? _names;

    private PdfFontLetters(PdfUnicodeMap? map, Encoding? encoding, Dictionary<int, string>? names) => (_map, _encoding, _names) = (map, encoding, names);

    /// <summary>Whether the letters of its strings are known.</summary>
    public bool IsKnown => _map is not null || _encoding is not null;

    /// <summary>Reads a font; one that is not there reads as Latin.</summary>
    public static PdfFontLetters Of(DictionaryToken? font, PdfObjects objects)
    {
        var isComposite = objects.Name(font, "Subtype") == "Type0";
        if (objects.Get(font, "ToUnicode") is StreamToken stream && objects.Unpack(stream) is { Codec: null } unpacked
            && PdfUnicodeMap.Read(unpacked.Bytes.Span, isComposite ? 2 : 1) is { IsEmpty: false } map)
        {
            return new PdfFontLetters(map, null, null);
        }

        return isComposite
            ? new PdfFontLetters(null, Named(objects.Name(font, "Encoding") ?? ""), null)
            : new PdfFontLetters(null, Encoding.Latin1, Differences(objects.Get(font, "Encoding"), objects));
    }

    /// <summary>The letters of a string; what is not known is left out.</summary>
    public string Decode(ReadOnlySpan<byte> codes)
    {
        if (_map is not null)
        {
            return _map.Decode(codes);
        }

        if (_names is null)
        {
            return _encoding?.GetString(codes) ?? "";
        }

        var text = new StringBuilder(codes.Length);
        foreach (var code in codes)
        {
            _ = text.Append(_names.GetValueOrDefault(code) ?? ((char)code).ToString());
        }

        return text.ToString();
    }

    // The predefined encodings whose codes are those of a known character set (ISO 32000-1, table 118).
    private static Encoding? Named(string name) =>
        name.Contains("UCS2", StringComparison.Ordinal) || name.Contains("UTF16", StringComparison.Ordinal) ? Encoding.BigEndianUnicode
        : name.StartsWith("GB", StringComparison.Ordinal) ? CodePagesEncodingProvider.Instance.GetEncoding("GB18030")
        : name.StartsWith("B5", StringComparison.Ordinal) || name.StartsWith("ETen", StringComparison.Ordinal) || name.StartsWith("HK", StringComparison.Ordinal) ? CodePagesEncodingProvider.Instance.GetEncoding("big5")
        : null;

    // Chinese letters of a small font are named uniXXXX or uXXXX.
    private static Dictionary<int, string>? Differences(IToken? encoding, PdfObjects objects)
    {
        if (encoding is not DictionaryToken dictionary || objects.Get(dictionary, "Differences") is not ArrayToken differences)
        {
            return null;
        }

        var (names, code) = (new Dictionary<int, string>(), 0);
        foreach (var token in differences.Data.Take(1024))
        {
            if (token is NumericToken number)
            {
                code = number.Int;
            }
            else if (token is NameToken name)
            {
                var hex = name.Data.StartsWith("uni", StringComparison.Ordinal) ? name.Data[3..] : name.Data.StartsWith('u') ? name.Data[1..] : "";
                if (hex.Length is >= 4 and <= 5 && int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var letter) && Rune.IsValid(letter))
                {
                    names[code] = new Rune(letter).ToString();
                }

                code++;
            }
        }

        return names;
    }
}
