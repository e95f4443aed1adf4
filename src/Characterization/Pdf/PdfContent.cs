using System.Collections.Frozen;
using System.Text;

namespace Lantai.Characterization.Pdf;

/// <summary>
/// Reads the operators of a page to their end (ISO 32000-1, 7.8 and annex A): whether each is known, has its operands and
/// stands where it may. It draws nothing.
/// </summary>
/// <param name="fonts">The fonts of the page by name; null when they are not known, and then no name is wrong.</param>
/// <param name="drawings">The outside objects of the page by name; null like the fonts.</param>
internal sealed class PdfContent(IReadOnlySet<string>? fonts, IReadOnlySet<string>? drawings)
{
    private static readonly FrozenDictionary<uint, int> Operands = Table(
        "b 0 B 0 b* 0 B* 0 BDC 2 BI 0 BMC 1 BT 0 BX 0 c 6 cm 6 CS 1 cs 1 d 2 d0 2 d1 6 Do 1 DP 2 EMC 0 ET 0 EX 0 f 0 F 0 f* 0 G 1 g 1 gs 1 h 0 i 1 j 1 J 1 K 4 k 4 l 2 "
        + "m 2 M 1 MP 1 n 0 q 0 Q 0 re 4 RG 3 rg 3 ri 1 s 0 S 0 SC 1 sc 1 SCN 0 scn 0 sh 1 T* 0 Tc 1 Td 2 TD 2 Tf 2 Tj 1 TJ 1 TL 1 Tm 6 Tr 1 Ts 1 Tw 1 Tz 1 v 4 w 1 W 0 W* 0 y 4 ' 1 \" 3");

    private static readonly FrozenSet<uint> OfText = "Tj TJ ' \" Td TD Tm T*".Split(' ').Select(w => Key(Encoding.ASCII.GetBytes(w))).ToFrozenSet();

    private static readonly FrozenSet<uint> MayTakeAny = "SCN scn".Split(' ').Select(w => Key(Encoding.ASCII.GetBytes(w))).ToFrozenSet();

    private readonly SortedSet<string> _oddities = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _colours = new(StringComparer.Ordinal);
    private string _name = "";
    private bool _inText;
    private int _states;
    private int _allowances;

    /// <summary>What is odd, as keys of the texts without their prefix <c>fault.</c>.</summary>
    public IReadOnlyCollection<string> Oddities => _oddities;

    /// <summary>The device colour spaces that operators name.</summary>
    public IReadOnlyCollection<string> Colours => _colours;

    /// <summary>Whether the syntax breaks off, so that what follows could not be read.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The number of operators read.</summary>
    public long Operators { get; private set; }

    /// <summary>Reads operators.</summary>
    public void Read(ReadOnlySpan<byte> bytes, PdfBudget budget)
    {
        var lexer = new PdfLexer(bytes);
        var (operands, depth) = (0, 0);
        for (var pieces = 1; ; pieces++)
        {
            var piece = lexer.Next();
            if (piece == PdfPiece.End)
            {
                break;
            }

            if (piece == PdfPiece.Word && depth == 0 && !IsValue(lexer.Text))
            {
                Apply(ref lexer, bytes, operands);
                operands = 0;
                continue;
            }

            IsBroken |= piece == PdfPiece.Fault;
            if (piece == PdfPiece.Name && depth == 0)
            {
                _name = NameOf(lexer.Text);
            }

            depth = Math.Max(0, depth + (piece switch { PdfPiece.ArrayStart or PdfPiece.DictionaryStart => 1, PdfPiece.ArrayEnd or PdfPiece.DictionaryEnd => -1, _ => 0 }));
            operands += depth == 0 ? 1 : 0;
            if ((pieces & 0xFFFF) == 0)
            {
                budget.GoOn();
            }
        }

        IsBroken |= depth > 0;
        Odd(operands > 0, "pdf-content-operands");
        Odd(_inText || _states != 0, "pdf-content-balance");
    }

    private static bool IsValue(ReadOnlySpan<byte> word) => word.SequenceEqual("true"u8) || word.SequenceEqual("false"u8) || word.SequenceEqual("null"u8);

    private static uint Key(ReadOnlySpan<byte> word) => word.Length switch
    {
        1 => word[0],
        2 => (uint)(word[0] | (word[1] << 8)),
        3 => (uint)(word[0] | (word[1] << 8) | (word[2] << 16)),
        _ => 0,
    };

    private static FrozenDictionary<uint, int> Table(string text) =>
        text.Split(' ').Chunk(2).ToFrozenDictionary(pair => Key(Encoding.ASCII.GetBytes(pair[0])), pair => pair[1][0] - '0');

    private static string NameOf(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'#'))
        {
            return Encoding.UTF8.GetString(text);
        }

        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '#' && i + 2 < text.Length && byte.TryParse(Encoding.Latin1.GetString(text.Slice(i + 1, 2)), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add(text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private void Apply(ref PdfLexer lexer, ReadOnlySpan<byte> bytes, int operands)
    {
        Operators++;
        var word = lexer.Text;
        var key = Key(word);
        if (!Operands.TryGetValue(key, out var needed))
        {
            // Between BX and EX a writer may use what readers need not know.
            Odd(_allowances == 0, "pdf-content-operator");
            return;
        }

        Odd(operands < needed || (needed == 0 && operands > 0 && !MayTakeAny.Contains(key)), "pdf-content-operands");
        Odd(!_inText && OfText.Contains(key), "pdf-content-balance");
        switch (word)
        {
            case [(byte)'B', (byte)'T']:
                Odd(_inText, "pdf-content-balance");
                _inText = true;
                break;
            case [(byte)'E', (byte)'T']:
                Odd(!_inText, "pdf-content-balance");
                _inText = false;
                break;
            case [(byte)'q']:
                _states++;
                break;
            case [(byte)'Q']:
                Odd(--_states < 0, "pdf-content-balance");
                _states = Math.Max(0, _states);
                break;
            case [(byte)'B', (byte)'X']:
                _allowances++;
                break;
            case [(byte)'E', (byte)'X']:
                _allowances = Math.Max(0, _allowances - 1);
                break;
            case [(byte)'T', (byte)'f']:
                Odd(operands >= 2 && fonts?.Contains(_name) == false, "pdf-content-font");
                break;
            case [(byte)'D', (byte)'o']:
                Odd(operands >= 1 && drawings?.Contains(_name) == false, "pdf-content-drawing");
                break;
            case [(byte)'B', (byte)'I']:
                IsBroken |= !TrySkipInlineImage(ref lexer, bytes);
                break;
            default:
                NoteColour(word);
                break;
        }
    }

    private void NoteColour(ReadOnlySpan<byte> word)
    {
        var colour = word switch
        {
            [(byte)'g'] or [(byte)'G'] => "DeviceGray",
            [(byte)'r', (byte)'g'] or [(byte)'R', (byte)'G'] => "DeviceRGB",
            [(byte)'k'] or [(byte)'K'] => "DeviceCMYK",
            _ => null,
        };
        if (colour is not null)
        {
            _ = _colours.Add(colour);
        }
    }

    /// <summary>Moves behind an inline image, of which BI was read; false when it does not end.</summary>
    /// <remarks>Its bytes have no length: they end at an EI between blanks, after which text follows again.</remarks>
    public static bool TrySkipInlineImage(ref PdfLexer lexer, ReadOnlySpan<byte> bytes)
    {
        PdfPiece piece;
        do
        {
            piece = lexer.Next();
        }
        while (piece is not (PdfPiece.End or PdfPiece.Fault) && !(piece == PdfPiece.Word && lexer.Text.SequenceEqual("ID"u8)));

        var at = Math.Min(bytes.Length, lexer.Position + 1);
        while (bytes[at..].IndexOf("EI"u8) is >= 0 and var step)
        {
            at += step + 2;
            var after = bytes[at..Math.Min(bytes.Length, at + 12)];
            if (IsBlank(bytes[at - 3]) && (after.IsEmpty || IsBlank(after[0])) && after.IndexOfAnyExceptInRange((byte)9, (byte)126) < 0)
            {
                lexer.Position = at;
                return true;
            }
        }

        lexer.Position = bytes.Length;
        return false;
    }

    private static bool IsBlank(byte value) => value is 0 or 9 or 10 or 12 or 13 or 32;

    private void Odd(bool isOdd, string key)
    {
        if (isOdd)
        {
            _ = _oddities.Add(key);
        }
    }
}
