using System.Buffers;
using System.Buffers.Text;

namespace Lantai.Characterization.Pdf;

/// <summary>What a piece of PDF syntax is (ISO 32000-1, 7.2 and 7.3).</summary>
internal enum PdfPiece
{
    /// <summary>There is nothing more.</summary>
    End,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A name, without its slash.</summary>
    Name,

    /// <summary>A string, literal or hexadecimal.</summary>
    Text,

    /// <summary>The start of an array.</summary>
    ArrayStart,

    /// <summary>The end of an array.</summary>
    ArrayEnd,

    /// <summary>The start of a dictionary.</summary>
    DictionaryStart,

    /// <summary>The end of a dictionary.</summary>
    DictionaryEnd,

    /// <summary>A keyword or an operator.</summary>
    Word,

    /// <summary>A string that is not closed, or a sign that stands where none may.</summary>
    Fault,
}

/// <summary>Cuts PDF syntax into pieces, without memory of its own and without recursion.</summary>
internal ref struct PdfLexer(ReadOnlySpan<byte> bytes, int position = 0)
{
    private static readonly SearchValues<byte> Ends = SearchValues.Create("\0\t\n\f\r ()<>[]{}/%"u8);
    private static readonly SearchValues<byte> Blanks = SearchValues.Create("\0\t\n\f\r "u8);
    private static readonly SearchValues<byte> NumberSigns = SearchValues.Create("+-.0123456789"u8);

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Where the next piece is looked for.</summary>
    public int Position { get; set; } = position;

    /// <summary>The bytes of the last piece: of a name without the slash, of a string with its delimiters.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    /// <summary>The last piece as a whole number; null when it is none.</summary>
    public readonly long? Whole => Utf8Parser.TryParse(Text, out long value, out var used) && used == Text.Length ? value : null;

    /// <summary>Moves to the next piece.</summary>
    public PdfPiece Next()
    {
        SkipBlanks();
        if (Position >= _bytes.Length)
        {
            Text = default;
            return PdfPiece.End;
        }

        switch (_bytes[Position])
        {
            case (byte)'/':
                Position++;
                return Take(PdfPiece.Name);
            case (byte)'(':
                return TakeLiteral();
            case (byte)'[':
                return TakeSign(1, PdfPiece.ArrayStart);
            case (byte)']':
                return TakeSign(1, PdfPiece.ArrayEnd);
            case (byte)'<':
                return Is(1, (byte)'<') ? TakeSign(2, PdfPiece.DictionaryStart) : TakeHexadecimal();
            case (byte)'>':
                return Is(1, (byte)'>') ? TakeSign(2, PdfPiece.DictionaryEnd) : TakeSign(1, PdfPiece.Fault);
            case (byte)')':
                return TakeSign(1, PdfPiece.Fault);
            case (byte)'{' or (byte)'}':
                return TakeSign(1, PdfPiece.Word);
            default:
                _ = Take(PdfPiece.Word);
                return IsNumber(Text) ? PdfPiece.Number : PdfPiece.Word;
        }
    }

    /// <summary>Whether the next piece is this word; moves behind it either way.</summary>
    public bool NextIs(ReadOnlySpan<byte> word) => Next() == PdfPiece.Word && Text.SequenceEqual(word);

    /// <summary>Whether an indirect object starts here, "12 0 obj"; moves behind it.</summary>
    public bool NextIsObject(out long number, out long generation)
    {
        (number, generation) = (-1, -1);
        if (Next() == PdfPiece.Number && Whole is { } first && Next() == PdfPiece.Number && Whole is { } second && NextIs("obj"u8))
        {
            (number, generation) = (first, second);
            return true;
        }

        return false;
    }

    private static bool IsNumber(ReadOnlySpan<byte> text) => text.Length > 0 && text.IndexOfAnyExcept(NumberSigns) < 0 && text.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0;

    private readonly bool Is(int ahead, byte value) => Position + ahead < _bytes.Length && _bytes[Position + ahead] == value;

    private void SkipBlanks()
    {
        while (Position < _bytes.Length)
        {
            var blanks = _bytes[Position..].IndexOfAnyExcept(Blanks);
            Position = blanks < 0 ? _bytes.Length : Position + blanks;
            if (Position >= _bytes.Length || _bytes[Position] != (byte)'%')
            {
                return;
            }

            var end = _bytes[Position..].IndexOfAny((byte)'\r', (byte)'\n');
            Position = end < 0 ? _bytes.Length : Position + end;
        }
    }

    private PdfPiece Take(PdfPiece piece)
    {
        var length = _bytes[Position..].IndexOfAny(Ends);
        Text = _bytes.Slice(Position, length < 0 ? _bytes.Length - Position : length);
        Position += Text.Length;
        return piece;
    }

    private PdfPiece TakeSign(int length, PdfPiece piece)
    {
        Text = _bytes.Slice(Position, length);
        Position += length;
        return piece;
    }

    private PdfPiece TakeHexadecimal()
    {
        var end = _bytes[Position..].IndexOf((byte)'>');
        return end < 0 ? TakeSign(_bytes.Length - Position, PdfPiece.Fault) : TakeSign(end + 1, PdfPiece.Text);
    }

    // Parentheses inside a literal string are balanced or escaped.
    private PdfPiece TakeLiteral()
    {
        var (at, depth) = (Position + 1, 1);
        while (depth > 0)
        {
            var step = at >= _bytes.Length ? -1 : _bytes[at..].IndexOfAny((byte)'(', (byte)')', (byte)'\\');
            if (step < 0)
            {
                return TakeSign(_bytes.Length - Position, PdfPiece.Fault);
            }

            at += step;
            depth += _bytes[at] switch { (byte)'(' => 1, (byte)')' => -1, _ => 0 };
            at += _bytes[at] == (byte)'\\' ? 2 : 1;
        }

        return TakeSign(at - Position, PdfPiece.Text);
    }
}
