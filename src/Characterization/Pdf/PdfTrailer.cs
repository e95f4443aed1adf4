using System.Text;

namespace Lantai.Characterization.Pdf;

/// <summary>A value of a trailer dictionary, as far as the scan needs it.</summary>
/// <param name="Number">Its first number; null when it does not begin with one.</param>
/// <param name="IsReference">Whether it refers to an object, whose number is <paramref name="Number"/>.</param>
/// <param name="Name">Its name; null when it is none.</param>
internal readonly record struct PdfValue(long? Number, bool IsReference, string? Name);

/// <summary>The top level of a dictionary that stands in plain sight: a trailer's, or that of a cross-reference stream.</summary>
internal sealed class PdfTrailer
{
    private const int MostPieces = 20_000;

    private readonly Dictionary<string, PdfValue> _values = new(StringComparer.Ordinal);

    private PdfTrailer()
    {
    }

    /// <summary>Whether the dictionary is closed.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The value of a key; null when there is none.</summary>
    public PdfValue? this[string key] => _values.TryGetValue(key, out var value) ? value : null;

    /// <summary>Reads the dictionary that starts where the lexer stands; null when none does.</summary>
    public static PdfTrailer? TryRead(ref PdfLexer lexer)
    {
        if (lexer.Next() != PdfPiece.DictionaryStart)
        {
            return null;
        }

        var trailer = new PdfTrailer();
        trailer.Read(ref lexer);
        return trailer;
    }

    private void Read(ref PdfLexer lexer)
    {
        var (depth, key, value, awaited) = (1, (string?)null, default(PdfValue), false);
        for (var pieces = 0; pieces < MostPieces && depth > 0; pieces++)
        {
            var piece = lexer.Next();
            if (piece is PdfPiece.End or PdfPiece.Fault)
            {
                break;
            }

            if (depth == 1 && piece == PdfPiece.Name && !awaited)
            {
                Keep(key, value);
                (key, value, awaited) = (Encoding.Latin1.GetString(lexer.Text), default, true);
                continue;
            }

            if (depth == 1)
            {
                value = Next(value, piece, in lexer);
                awaited = false;
            }

            depth += piece switch
            {
                PdfPiece.DictionaryStart or PdfPiece.ArrayStart => 1,
                PdfPiece.DictionaryEnd or PdfPiece.ArrayEnd => -1,
                _ => 0,
            };
            IsWhole = depth == 0 && piece == PdfPiece.DictionaryEnd;
        }

        Keep(key, value);
    }

    private static PdfValue Next(PdfValue value, PdfPiece piece, in PdfLexer lexer) => piece switch
    {
        PdfPiece.Name => new PdfValue(null, false, Encoding.Latin1.GetString(lexer.Text)),
        PdfPiece.Number when value.Number is null => new PdfValue(lexer.Whole, false, null),
        PdfPiece.Word when lexer.Text.SequenceEqual("R"u8) => value with { IsReference = true },
        PdfPiece.Word when lexer.Text.SequenceEqual("null"u8) => new PdfValue(null, false, "null"),
        _ => value,
    };

    private void Keep(string? key, PdfValue value)
    {
        if (key is not null)
        {
            _ = _values.TryAdd(key, value);
        }
    }
}
