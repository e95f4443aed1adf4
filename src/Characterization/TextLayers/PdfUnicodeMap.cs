using System.Text;
using Lantai.Characterization.Pdf;

namespace Lantai.Characterization.TextLayers;

/// <summary>A ToUnicode map: which letters the codes of a font stand for (ISO 32000-1, 9.10.3).</summary>
/// <remarks>Immutable once read.</remarks>
internal sealed class PdfUnicodeMap
{
    private const int Most = 100_000;
    private const int MostRanges = 20_000;

    private readonly Dictionary<(int Length, uint Code), string> _letters = [];
    private readonly List<Range> _ranges = [];
    private readonly SortedSet<int> _lengths = [];
    private readonly int _usual;

    private PdfUnicodeMap(int usual) => _usual = usual;

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => _letters.Count == 0 && _ranges.Count == 0;

    /// <summary>Reads a map.</summary>
    /// <param name="bytes">The map as the font has it.</param>
    /// <param name="usual">How many bytes a code has where the map knows none.</param>
    public static PdfUnicodeMap Read(ReadOnlySpan<byte> bytes, int usual)
    {
        var map = new PdfUnicodeMap(usual);
        var lexer = new PdfLexer(bytes);
        for (PdfPiece piece; (piece = lexer.Next()) is not (PdfPiece.End or PdfPiece.Fault);)
        {
            if (piece == PdfPiece.Word && lexer.Text.SequenceEqual("beginbfchar"u8))
            {
                map.ReadLetters(ref lexer);
            }
            else if (piece == PdfPiece.Word && lexer.Text.SequenceEqual("beginbfrange"u8))
            {
                map.ReadRanges(ref lexer);
            }
        }

        return map;
    }

    /// <summary>The letters of codes; a code that is not in the map is left out.</summary>
    public string Decode(ReadOnlySpan<byte> codes)
    {
        var text = new StringBuilder(codes.Length);
        while (!codes.IsEmpty)
        {
            var used = Math.Min(_usual, codes.Length);
            foreach (var length in _lengths)
            {
                if (length <= codes.Length && Find(length, Number(codes[..length])) is { } letters)
                {
                    _ = text.Append(letters);
                    used = length;
                    break;
                }
            }

            codes = codes[used..];
        }

        return text.ToString();
    }

    private string? Find(int length, uint code)
    {
        if (_letters.TryGetValue((length, code), out var letters))
        {
            return letters;
        }

        foreach (var range in _ranges)
        {
            if (range.Length == length && code >= range.First && code <= range.Last && range.Letters.Length > 0)
            {
                var found = range.Letters[..^1] + unchecked((char)(range.Letters[^1] + (code - range.First)));
                _letters[(length, code)] = found; // pages use the same letters again and again
                return found;
            }
        }

        return null;
    }

    private void ReadLetters(ref PdfLexer lexer)
    {
        while (lexer.Next() == PdfPiece.Text)
        {
            var code = PdfStrings.Decode(lexer.Text);
            if (lexer.Next() != PdfPiece.Text)
            {
                return;
            }

            Add(code, Letters(PdfStrings.Decode(lexer.Text)));
        }
    }

    private void ReadRanges(ref PdfLexer lexer)
    {
        while (lexer.Next() == PdfPiece.Text)
        {
            var first = PdfStrings.Decode(lexer.Text);
            if (lexer.Next() != PdfPiece.Text)
            {
                return;
            }

            var last = Number(PdfStrings.Decode(lexer.Text));
            var piece = lexer.Next();
            if (piece == PdfPiece.Text)
            {
                if (_ranges.Count < MostRanges && first.Length is > 0 and <= 4)
                {
                    _ranges.Add(new Range(first.Length, Number(first), last, Letters(PdfStrings.Decode(lexer.Text))));
                    _ = _lengths.Add(first.Length);
                }
            }
            else if (piece == PdfPiece.ArrayStart)
            {
                ReadListed(ref lexer, first);
            }
        }
    }

    private void ReadListed(ref PdfLexer lexer, byte[] first)
    {
        for (var code = Number(first); lexer.Next() == PdfPiece.Text; code = unchecked(code + 1))
        {
            Add(first.Length, code, Letters(PdfStrings.Decode(lexer.Text)));
        }
    }

    private void Add(byte[] code, string letters) => Add(code.Length, Number(code), letters);

    private void Add(int length, uint code, string letters)
    {
        if (length is > 0 and <= 4 && _letters.Count < Most)
        {
            _letters[(length, code)] = letters;
            _ = _lengths.Add(length);
        }
    }

    private static string Letters(byte[] bytes) => Encoding.BigEndianUnicode.GetString(bytes.Length == 1 ? [0, bytes[0]] : bytes);

    private static uint Number(ReadOnlySpan<byte> bytes)
    {
        var number = 0u;
        foreach (var one in bytes[..Math.Min(4, bytes.Length)])
        {
            number = (number << 8) | one;
        }

        return number;
    }

    private readonly record struct Range(int Length, uint First, uint Last, string Letters);
}

/// <summary>The bytes of strings as they stand in PDF syntax.</summary>
internal static class PdfStrings
{
    /// <summary>The bytes of a literal or hexadecimal string, given with its delimiters (ISO 32000-1, 7.3.4).</summary>
    public static byte[] Decode(ReadOnlySpan<byte> text) => text.IsEmpty ? [] : text[0] == '<' ? Hexadecimal(text) : Literal(text[1..^1]);

    private static byte[] Hexadecimal(ReadOnlySpan<byte> text)
    {
        var (bytes, high, count) = (new byte[(text.Length / 2) + 1], -1, 0);
        foreach (var one in text)
        {
            var digit = one switch { >= (byte)'0' and <= (byte)'9' => one - '0', >= (byte)'a' and <= (byte)'f' => one - 'a' + 10, >= (byte)'A' and <= (byte)'F' => one - 'A' + 10, _ => -1 };
            if (digit >= 0 && high < 0)
            {
                high = digit;
            }
            else if (digit >= 0)
            {
                bytes[count++] = (byte)((high << 4) | digit);
                high = -1;
            }
        }

        if (high >= 0)
        {
            bytes[count++] = (byte)(high << 4);
        }

        return bytes[..count];
    }

    private static byte[] Literal(ReadOnlySpan<byte> text)
    {
        var (bytes, count) = (new byte[text.Length], 0);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\' || at + 1 == text.Length)
            {
                bytes[count++] = text[at];
                continue;
            }

            var sign = text[++at];
            if (sign is >= (byte)'0' and <= (byte)'7')
            {
                var value = sign - '0';
                for (var more = 0; more < 2 && at + 1 < text.Length && text[at + 1] is >= (byte)'0' and <= (byte)'7'; more++)
                {
                    value = (value * 8) + text[++at] - '0';
                }

                bytes[count++] = (byte)(value & 0xFF);
            }
            else if (sign is (byte)'\r' or (byte)'\n')
            {
                at += sign == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 1 : 0; // the line goes on
            }
            else
            {
                bytes[count++] = sign switch { (byte)'n' => 10, (byte)'r' => 13, (byte)'t' => 9, (byte)'b' => 8, (byte)'f' => 12, _ => sign };
            }
        }

        return bytes[..count];
    }
}
