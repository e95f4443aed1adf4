using System.Text;
using Lantai.Characterization.Pdf;

namespace Lantai.Characterization.TextLayers;

/// <summary>A ToUnicode map: which letters the codes of a font stand for (ISO 32000-1, 9.10.3).</summary>
/// <remarks>Immutable once read. A code is looked up in a time that grows with the logarithm of the map, whether it is in it or not.</remarks>
internal sealed class PdfUnicodeMap
{
    private const int Most = 100_000;
    private const int MostRanges = 20_000;
    private const int MostLetters = 64; // of one code; a ligature has three or four

    private readonly Dictionary<(int Length, uint Code), string> _letters = [];
    private readonly List<Range> _given = [];
    private readonly SortedSet<int> _lengths = [];
    private readonly int _fixed;
    private readonly int _usual;
    private Range[] _ranges = [];

    private PdfUnicodeMap(int length, int usual) => (_fixed, _usual) = (length, usual);

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>How many codes and ranges are in it.</summary>
    public int Count => _letters.Count + _ranges.Length;

    /// <summary>Reads a map.</summary>
    /// <param name="bytes">The map as the font has it.</param>
    /// <param name="length">How many bytes a code of the font has, whatever the map says; 0 when only the map says it.</param>
    /// <param name="usual">How many bytes a code has where the map knows none.</param>
    /// <param name="budget">Stops the work.</param>
    public static PdfUnicodeMap Read(ReadOnlySpan<byte> bytes, int length, int usual, PdfBudget budget)
    {
        var map = new PdfUnicodeMap(length, usual);
        var lexer = new PdfLexer(bytes);
        var pieces = 0;
        for (PdfPiece piece; (piece = lexer.Next()) is not (PdfPiece.End or PdfPiece.Fault);)
        {
            if ((++pieces & 0xFFFF) == 0)
            {
                budget.GoOn();
            }

            if (piece == PdfPiece.Word && lexer.Text.SequenceEqual("beginbfchar"u8))
            {
                map.ReadLetters(ref lexer, budget);
            }
            else if (piece == PdfPiece.Word && lexer.Text.SequenceEqual("beginbfrange"u8))
            {
                map.ReadRanges(ref lexer, budget);
            }
        }

        map._ranges = Parted(map._given);
        return map;
    }

    /// <summary>Adds the letters of the first code to a text.</summary>
    /// <param name="codes">What begins with the code.</param>
    /// <param name="text">Gets the letters.</param>
    /// <param name="used">How many bytes the code has.</param>
    /// <returns>Whether the map says what it stands for.</returns>
    public bool TryTake(ReadOnlySpan<byte> codes, StringBuilder text, out int used)
    {
        if (_fixed > 0)
        {
            used = Math.Min(_fixed, codes.Length);
            return TryFind(_fixed, Number(codes[..used]), text);
        }

        foreach (var length in _lengths)
        {
            if (length <= codes.Length && TryFind(length, Number(codes[..length]), text))
            {
                used = length;
                return true;
            }
        }

        used = Math.Min(_usual, codes.Length);
        return false;
    }

    private bool TryFind(int length, uint code, StringBuilder text)
    {
        if (_letters.TryGetValue((length, code), out var letters))
        {
            _ = text.Append(letters);
            return IsLetter(letters[^1]);
        }

        var (low, high) = (0, _ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var range = _ranges[middle];
            if (range.Length < length || (range.Length == length && range.Last < code))
            {
                low = middle + 1;
            }
            else if (range.Length > length || range.First > code)
            {
                high = middle - 1;
            }
            else
            {
                var last = unchecked((char)(range.Letters[^1] + range.Shift + (code - range.First)));
                _ = text.Append(range.Letters, 0, range.Letters.Length - 1).Append(last);
                return IsLetter(last);
            }
        }

        return false;
    }

    // Controls, and signs of one's own but those that symbols have by custom (U+F000 to U+F0FF), say nothing.
    private static bool IsLetter(char letter) => letter is '\t' or '\n' or '\r' or (>= ' ' and < '\uE000') or (>= '\uF000' and < '\uF100') or (>= '\uF900' and < '\uFFFD');

    // Ranges that overlap are cut so that none does: what begins later, or lies inside, counts.
    private static Range[] Parted(List<Range> given)
    {
        var (parts, open, at) = (new List<Range>(given.Count), new Stack<Range>(), 0L);
        foreach (var lengths in given.GroupBy(r => r.Length).OrderBy(g => g.Key))
        {
            foreach (var range in lengths.OrderBy(r => r.First).ThenByDescending(r => r.Last))
            {
                Close(range.First);
                if (open.TryPeek(out var around))
                {
                    Add(around, range.First - 1L);
                }

                open.Push(range);
                at = range.First;
            }

            Close(long.MaxValue);
        }

        return [.. parts];

        void Close(long before)
        {
            while (open.TryPeek(out var last) && last.Last < before)
            {
                Add(open.Pop(), last.Last);
            }
        }

        void Add(Range range, long last)
        {
            if (at <= last)
            {
                parts.Add(range with { First = (uint)at, Last = (uint)last, Shift = (uint)at - range.First });
                at = last + 1;
            }
        }
    }

    private void ReadLetters(ref PdfLexer lexer, PdfBudget budget)
    {
        while (lexer.Next() == PdfPiece.Text)
        {
            var code = PdfStrings.Decode(lexer.Text);
            if (lexer.Next() != PdfPiece.Text)
            {
                return;
            }

            Add(code.Length, Number(code), Letters(lexer.Text), budget);
        }
    }

    private void ReadRanges(ref PdfLexer lexer, PdfBudget budget)
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
                AddRange(first, last, Letters(lexer.Text), budget);
            }
            else if (piece == PdfPiece.ArrayStart)
            {
                for (var code = Number(first); lexer.Next() == PdfPiece.Text; code = unchecked(code + 1))
                {
                    Add(first.Length, code, Letters(lexer.Text), budget);
                }
            }
        }
    }

    private void AddRange(byte[] first, uint last, string letters, PdfBudget budget)
    {
        budget.GoOn();
        if (_given.Count < MostRanges && first.Length is > 0 and <= 4 && last >= Number(first) && letters.Length > 0)
        {
            _given.Add(new Range(_fixed > 0 ? _fixed : first.Length, Number(first), last, letters, 0));
            _ = _lengths.Add(first.Length);
        }
    }

    private void Add(int length, uint code, string letters, PdfBudget budget)
    {
        budget.GoOn();
        if (length is > 0 and <= 4 && _letters.Count < Most && letters.Length > 0)
        {
            _letters[(_fixed > 0 ? _fixed : length, code)] = letters;
            _ = _lengths.Add(length);
        }
    }

    private static string Letters(ReadOnlySpan<byte> text)
    {
        var bytes = PdfStrings.Decode(text[..Math.Min(text.Length, MostLetters * 4)]);
        return Encoding.BigEndianUnicode.GetString(bytes.Length == 1 ? [0, bytes[0]] : bytes);
    }

    private static uint Number(ReadOnlySpan<byte> bytes)
    {
        var number = 0u;
        foreach (var one in bytes[..Math.Min(4, bytes.Length)])
        {
            number = (number << 8) | one;
        }

        return number;
    }

    /// <summary>Codes that follow one another and so do their letters.</summary>
    /// <param name="Length">Of a code, in bytes.</param>
    /// <param name="First">The first code.</param>
    /// <param name="Last">The last code.</param>
    /// <param name="Letters">What the range began with.</param>
    /// <param name="Shift">How far the first code stands behind that beginning.</param>
    private readonly record struct Range(int Length, uint First, uint Last, string Letters, uint Shift);
}
