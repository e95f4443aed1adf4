using System.Globalization;
using System.Text;

namespace Lantai.Characterization.Matching;

/// <summary>Reads expressions of PRONOM's language of byte sequences, with the additions for container signatures.</summary>
/// <remarks>
/// Source: the syntax page of The National Archives' signature tool. Beyond it, alternatives may hold gaps, since signature
/// files give their fragments places of their own. Not safe for concurrent use; made for one expression.
/// </remarks>
internal ref struct ExpressionParser
{
    private const int MostPieces = 20_000;
    private const int MostLevels = 8;

    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private int _pieces;
    private int _level;

    private ExpressionParser(string text)
    {
        _text = text;
    }

    /// <summary>Reads a whole expression.</summary>
    /// <exception cref="FormatException">It is not one; the message names the place.</exception>
    public static IReadOnlyList<Piece> Parse(string expression)
    {
        var parser = new ExpressionParser(expression);
        var chain = parser.Chain();
        return parser._at == expression.Length && chain.Count > 0 ? chain : throw parser.Wrong();
    }

    private List<Piece> Chain()
    {
        if (++_level > MostLevels)
        {
            throw Wrong();
        }

        var chain = new List<Piece>();
        var literal = new List<byte>();
        for (SkipSpace(); _at < _text.Length && _text[_at] is not ('|' or ')'); SkipSpace())
        {
            if (++_pieces > MostPieces)
            {
                throw Wrong();
            }

            if (_text[_at] == '\'')
            {
                literal.AddRange(Quoted());
            }
            else if (char.IsAsciiHexDigit(_text[_at]))
            {
                literal.Add(Hex());
            }
            else
            {
                Close(chain, literal);
                Add(chain, Special());
            }
        }

        Close(chain, literal);
        _level--;
        return chain;
    }

    private Piece Special()
    {
        switch (_text[_at])
        {
            case '[':
                return new Piece.One(Set());
            case '(':
                return Choice();
            case '{':
                return Gap();
            case '*':
                _at++;
                return new Piece.Gap(0, -1);
            case '?' when _at + 1 < _text.Length && _text[_at + 1] == '?':
                _at += 2;
                return new Piece.Gap(1, 1);
            default:
                throw Wrong();
        }
    }

    private Piece.Choice Choice()
    {
        var chains = new List<IReadOnlyList<Piece>>();
        do
        {
            _at++; // '(' or '|'
            chains.Add(Chain());
        }
        while (_at < _text.Length && _text[_at] == '|');
        return Take(')') ? new Piece.Choice(chains) : throw Wrong();
    }

    private Piece.Gap Gap()
    {
        _at++;
        var min = Number();
        var max = min;
        if (Take('-'))
        {
            max = Take('*') ? -1 : Number();
        }

        return Take('}') && (max == -1 || max >= min) ? new Piece.Gap(min, max) : throw Wrong();
    }

    private ByteSet Set()
    {
        _at++; // '['
        if (++_level > MostLevels)
        {
            throw Wrong();
        }

        var isInverted = Take('!');
        var set = new ByteSet();
        for (SkipSpace(); _at < _text.Length && _text[_at] != ']'; SkipSpace())
        {
            AddMember(set);
        }

        _level--;
        return !Take(']') || set.Count == 0 ? throw Wrong() : isInverted ? set.Inverted() : set;
    }

    private void AddMember(ByteSet set)
    {
        if (_text[_at] == '[')
        {
            set.Add(Set());
            return;
        }

        if (_text[_at] == '&')
        {
            _at++;
            set.AddMask(Hex());
            return;
        }

        if (_text[_at] == '!' && _at + 1 < _text.Length && _text[_at + 1] == '&')
        {
            _at += 2;
            var mask = new ByteSet();
            mask.AddMask(Hex());
            set.Add(mask.Inverted());
            return;
        }

        var first = _text[_at] == '\'' ? Quoted() : [Hex()];
        SkipSpace();
        if (first.Length == 1 && (Take(':') || Take('-')))
        {
            SkipSpace();
            var last = _at < _text.Length && _text[_at] == '\'' ? Quoted() : [Hex()];
            set.Add(first[0], last.Length == 1 ? last[0] : throw Wrong());
            return;
        }

        foreach (var value in first)
        {
            set.Add(value);
        }
    }

    private byte[] Quoted()
    {
        var end = _text[(_at + 1)..].IndexOf('\'');
        if (end <= 0)
        {
            throw Wrong();
        }

        var quoted = _text.Slice(_at + 1, end);
        _at += end + 2;
        return quoted.IndexOfAnyExceptInRange('\0', '\xFF') < 0 ? Encoding.Latin1.GetBytes(quoted.ToString()) : throw Wrong();
    }

    private byte Hex()
    {
        if (_at + 2 > _text.Length || !byte.TryParse(_text.Slice(_at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw Wrong();
        }

        _at += 2;
        return value;
    }

    private long Number()
    {
        var length = _text[_at..].IndexOfAnyExceptInRange('0', '9');
        if (length is < 1 or > 12)
        {
            throw Wrong();
        }

        var value = long.Parse(_text.Slice(_at, length), CultureInfo.InvariantCulture);
        _at += length;
        return value;
    }

    private bool Take(char expected)
    {
        if (_at >= _text.Length || _text[_at] != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private readonly FormatException Wrong() => new(string.Create(CultureInfo.InvariantCulture, $"Not an expression at character {_at + 1}: {_text[..Math.Min(_text.Length, 200)]}"));

    // A set of one is a literal, and gaps that follow each other are one: what is simple is matched fast.
    private static void Add(List<Piece> chain, Piece piece)
    {
        if (piece is Piece.One { Set.Single: { } value })
        {
            piece = new Piece.Literal([value]);
        }

        if (piece is Piece.Choice { Chains: [var only] })
        {
            chain.AddRange(only);
            return;
        }

        chain.Add((chain.LastOrDefault(), piece) switch
        {
            (Piece.Gap before, Piece.Gap gap) => Merge(chain, new Piece.Gap(before.Min + gap.Min, before.Max < 0 || gap.Max < 0 ? -1 : before.Max + gap.Max)),
            (Piece.Literal before, Piece.Literal next) => Merge(chain, new Piece.Literal([.. before.Bytes, .. next.Bytes])),
            _ => SetOf(piece) ?? piece,
        });
    }

    private static Piece Merge(List<Piece> chain, Piece merged)
    {
        chain.RemoveAt(chain.Count - 1);
        return merged;
    }

    // (00|F0|3C) is a set.
    private static Piece.One? SetOf(Piece piece)
    {
        if (piece is not Piece.Choice choice || !choice.Chains.All(c => c is [Piece.Literal { Bytes.Length: 1 }] or [Piece.One]))
        {
            return null;
        }

        var set = new ByteSet();
        foreach (var chain in choice.Chains)
        {
            if (chain[0] is Piece.Literal literal)
            {
                set.Add(literal.Bytes[0]);
            }
            else
            {
                set.Add(((Piece.One)chain[0]).Set);
            }
        }

        return new Piece.One(set);
    }

    private static void Close(List<Piece> chain, List<byte> literal)
    {
        if (literal.Count > 0)
        {
            Add(chain, new Piece.Literal([.. literal]));
            literal.Clear();
        }
    }
}
