using System.Text;
using Lantai.Characterization.Pdf;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.TextLayers;

/// <summary>The letters of a font whose codes have one byte (ISO 32000-1, 9.6).</summary>
internal static class PdfSimpleFont
{
    private const int Codes = 256;
    private const int MostDifferences = 1024;
    private const int MostProgram = 64 << 10;
    private const int Symbolic = 4;
    private const int Nonsymbolic = 32;

    private static readonly string[] Every = [.. Enumerable.Range(0, Codes).Select(c => ((char)c).ToString())];

    /// <summary>The letters of each code; null where nothing says them.</summary>
    public static string?[] Letters(DictionaryToken font, PdfUnicodeMap? map, PdfObjects objects, PdfBudget budget)
    {
        var letters = Named(font, objects);
        var text = new StringBuilder();
        for (var code = 0; code < Codes && map is not null; code++)
        {
            budget.GoOn();
            letters[code] = map.TryTake([(byte)code], text.Clear(), out _) ? text.ToString() : letters[code];
        }

        return letters;
    }

    // The letters by names: those of the encoding, then those that differ. The names in a font of drawings (type 3) are its own.
    private static string?[] Named(DictionaryToken font, PdfObjects objects)
    {
        if (objects.Name(font, "Subtype") == "Type3")
        {
            return new string?[Codes];
        }

        var encoding = objects.Get(font, "Encoding");
        var name = encoding is DictionaryToken dictionary ? objects.Name(dictionary, "BaseEncoding") : (encoding as NameToken)?.Data;
        var letters = name is "WinAnsiEncoding" or "MacRomanEncoding" or "StandardEncoding" or "MacExpertEncoding" ? Latin() : BuiltIn(font, objects);
        if (encoding is DictionaryToken given && objects.Get(given, "Differences") is ArrayToken differences)
        {
            Read(differences, letters, Program(font, objects) is null ? "" : null, objects);
        }

        return letters;
    }

    // A name that no list knows is drawn by nothing but a program that comes with it.
    private static void Read(ArrayToken differences, string?[] letters, string? unknown, PdfObjects objects)
    {
        var code = 0;
        foreach (var token in differences.Data.Take(MostDifferences))
        {
            switch (objects.Resolve(token))
            {
                case NumericToken number:
                    code = number.Data is >= 0 and < Codes ? (int)number.Data : Codes;
                    break;
                case NameToken name when code < Codes:
                    letters[code++] = PdfGlyphNames.Find(name.Data) ?? unknown;
                    break;
            }
        }
    }

    // A font that the file does not hold, or that says that it holds the usual letters, is a Latin one.
    private static string?[] BuiltIn(DictionaryToken font, PdfObjects objects)
    {
        var descriptor = objects.Get(font, "FontDescriptor") as DictionaryToken;
        var program = Program(font, objects);
        var flags = (int)Math.Clamp(objects.Number(descriptor, "Flags") ?? 0, 0, int.MaxValue);
        if (program is null || (flags & (Symbolic | Nonsymbolic)) == Nonsymbolic)
        {
            return Latin();
        }

        return program is StreamToken stream && objects.Get(descriptor, "FontFile") is not null && objects.Unpack(stream) is { Codec: null } unpacked
            ? OfProgram(unpacked.Bytes.Span)
            : new string?[Codes];
    }

    private static IToken? Program(DictionaryToken font, PdfObjects objects)
    {
        var descriptor = objects.Get(font, "FontDescriptor") as DictionaryToken;
        return objects.Get(descriptor, "FontFile") ?? objects.Get(descriptor, "FontFile2") ?? objects.Get(descriptor, "FontFile3");
    }

    // The encoding stands in the part of a Type 1 program that is plain: "dup 65 /A put".
    private static string?[] OfProgram(ReadOnlySpan<byte> program)
    {
        program = program[..Math.Min(program.Length, MostProgram)];
        var start = program.IndexOf("/Encoding"u8);
        var lexer = new PdfLexer(program, start < 0 ? program.Length : start + 9);
        if (lexer.NextIs("StandardEncoding"u8))
        {
            return Latin();
        }

        var (letters, code) = (new string?[Codes], -1L);
        for (PdfPiece piece; (piece = lexer.Next()) is not (PdfPiece.End or PdfPiece.Fault) && !(piece == PdfPiece.Word && (lexer.Text.SequenceEqual("def"u8) || lexer.Text.SequenceEqual("eexec"u8)));)
        {
            code = piece == PdfPiece.Number ? lexer.Whole ?? -1 : code;
            if (piece == PdfPiece.Name && code is >= 0 and < Codes)
            {
                letters[code] = PdfGlyphNames.Find(PdfStrings.Name(lexer.Text));
            }
        }

        return letters;
    }

    /// <summary>The letters of Latin, for a font to change.</summary>
    public static string?[] Latin() => [.. Every];
}
