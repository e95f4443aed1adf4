using System.Numerics;
using System.Text;
using Lantai.Characterization.Pdf;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.TextLayers;

/// <summary>
/// Reads what the operators of a page write (ISO 32000-1, 9.4), with the forms that it draws: which letters, and where.
/// It draws nothing and asks no font for its shapes; letters that are not seen, such as those under a scanned page, count too.
/// </summary>
/// <remarks>For one file. Not safe for concurrent use.</remarks>
internal sealed class PdfPageLetters(PdfObjects objects, PdfBudget budget)
{
    private const int MostDepth = 8;
    private const int MostForms = 5_000;
    private const int MostStates = 256;
    private const int MostNumbers = 32;

    private readonly Dictionary<IndirectReference, PdfFontLetters> _fonts = [];
    private readonly HashSet<IndirectReference> _read = [];
    private int _forms;

    /// <summary>The forms that were read with a page.</summary>
    public IReadOnlySet<IndirectReference> Read => _read;

    /// <summary>Whether there was text whose letters the fonts do not say.</summary>
    public bool HasUnknownLetters { get; private set; }

    /// <summary>Whether there were more forms than are read.</summary>
    public bool IsTooMuch { get; private set; }

    /// <summary>Reads operators.</summary>
    /// <param name="bytes">The operators.</param>
    /// <param name="resources">What their names stand for.</param>
    /// <param name="start">Where they draw.</param>
    /// <param name="lines">Takes the text.</param>
    public void ReadInto(PlacedLines lines, ReadOnlySpan<byte> bytes, DictionaryToken? resources, Matrix3x2 start) => ReadInto(lines, bytes, resources, start, 0);

    /// <summary>Reads a form.</summary>
    public void ReadForm(PlacedLines lines, StreamToken form, DictionaryToken? resources, Matrix3x2 start, int depth = 0)
    {
        if (depth >= MostDepth || ++_forms > MostForms)
        {
            IsTooMuch = true;
            return;
        }

        if (objects.Unpack(form) is { Codec: null } unpacked)
        {
            budget.Spend(unpacked.Bytes.Length); // one form may be drawn many times
            var own = objects.Dictionary(form.StreamDictionary.Data.GetValueOrDefault("Resources")) ?? resources;
            ReadInto(lines, unpacked.Bytes.Span, own, MatrixOf(form.StreamDictionary) * start, depth);
        }
    }

    private void ReadInto(PlacedLines lines, ReadOnlySpan<byte> bytes, DictionaryToken? resources, Matrix3x2 start, int depth)
    {
        var page = new Pen { Page = start };
        var lexer = new PdfLexer(bytes);
        var (states, numbers, shown, name) = (new Stack<Pen>(), new List<double>(), new StringBuilder(), "");
        for (var pieces = 1; ; pieces++)
        {
            var piece = lexer.Next();
            switch (piece)
            {
                case PdfPiece.End:
                    return;
                case PdfPiece.Number when numbers.Count < MostNumbers:
                    numbers.Add(NumberOf(lexer.Text));
                    break;
                case PdfPiece.Name:
                    name = Encoding.UTF8.GetString(lexer.Text);
                    break;
                case PdfPiece.Text:
                    Show(page.Font, lexer.Text, shown);
                    break;
                case PdfPiece.Word when lexer.Text.SequenceEqual("BI"u8):
                    _ = PdfContent.TrySkipInlineImage(ref lexer, bytes);
                    break;
                case PdfPiece.Word when lexer.Text.SequenceEqual("Do"u8):
                    Draw(lines, name, resources, page.Page, depth);
                    break;
                case PdfPiece.Word when lexer.Text.SequenceEqual("Tf"u8):
                    page.Font = FontOf(name, resources);
                    page.Size = numbers.Count > 0 ? numbers[^1] : 1;
                    break;
                case PdfPiece.Word when lexer.Text.SequenceEqual("q"u8) && states.Count < MostStates:
                    states.Push(page with { });
                    break;
                case PdfPiece.Word when lexer.Text.SequenceEqual("Q"u8):
                    page = states.TryPop(out var before) ? before : page;
                    break;
                case PdfPiece.Word:
                    Apply(page, lexer.Text, numbers, shown, lines);
                    break;
            }

            if (piece == PdfPiece.Word)
            {
                numbers.Clear();
                _ = shown.Clear();
            }

            if ((pieces & 0xFFFF) == 0)
            {
                budget.GoOn();
            }
        }
    }

    private void Show(PdfFontLetters? font, ReadOnlySpan<byte> text, StringBuilder shown)
    {
        if (font is not null && text.Length > 2)
        {
            HasUnknownLetters |= !font.IsKnown;
            _ = shown.Append(font.Decode(PdfStrings.Decode(text)));
        }
    }

    private static void Apply(Pen page, ReadOnlySpan<byte> word, List<double> numbers, StringBuilder shown, PlacedLines lines)
    {
        switch (word)
        {
            case [(byte)'B', (byte)'T']:
                page.Begin(Matrix3x2.Identity);
                break;
            case [(byte)'T', (byte)'m'] when numbers.Count >= 6:
                page.Begin(Matrix(numbers));
                break;
            case [(byte)'c', (byte)'m'] when numbers.Count >= 6:
                page.Page = Matrix(numbers) * page.Page;
                break;
            case [(byte)'T', (byte)'L'] when numbers.Count >= 1:
                page.Leading = numbers[^1];
                break;
            case [(byte)'T', (byte)'d'] when numbers.Count >= 2:
                page.Move(numbers[^2], numbers[^1]);
                break;
            case [(byte)'T', (byte)'D'] when numbers.Count >= 2:
                page.Leading = -numbers[^1];
                page.Move(numbers[^2], numbers[^1]);
                break;
            case [(byte)'T', (byte)'*']:
                page.Move(0, -page.Leading);
                break;
            case [(byte)'\''] or [(byte)'"']:
                page.Move(0, -page.Leading);
                page.Write(shown.ToString(), lines);
                break;
            case [(byte)'T', (byte)'j'] or [(byte)'T', (byte)'J']:
                page.Write(shown.ToString(), lines);
                break;
        }
    }

    private void Draw(PlacedLines lines, string name, DictionaryToken? resources, Matrix3x2 at, int depth)
    {
        if (objects.Dictionary(resources?.Data.GetValueOrDefault("XObject")) is { } drawings && drawings.Data.TryGetValue(name, out var token)
            && objects.Resolve(token) is StreamToken form && objects.Name(form.StreamDictionary, "Subtype") == "Form")
        {
            if (token is IndirectReferenceToken reference)
            {
                _ = _read.Add(reference.Data);
            }

            ReadForm(lines, form, resources, at, depth + 1);
        }
    }

    private PdfFontLetters? FontOf(string name, DictionaryToken? resources)
    {
        if (objects.Dictionary(resources?.Data.GetValueOrDefault("Font")) is not { } fonts || !fonts.Data.TryGetValue(name, out var token))
        {
            return PdfFontLetters.Of(null, objects);
        }

        if (token is not IndirectReferenceToken reference)
        {
            return PdfFontLetters.Of(objects.Dictionary(token), objects);
        }

        if (!_fonts.TryGetValue(reference.Data, out var font))
        {
            font = PdfFontLetters.Of(objects.Dictionary(token), objects);
            _fonts[reference.Data] = font;
        }

        return font;
    }

    private Matrix3x2 MatrixOf(DictionaryToken form) =>
        objects.Get(form, "Matrix") is ArrayToken { Length: 6 } given ? Matrix([.. given.Data.Select(t => objects.Resolve(t) is NumericToken number ? number.Data : 0)]) : Matrix3x2.Identity;

    private static Matrix3x2 Matrix(List<double> n) => new((float)n[^6], (float)n[^5], (float)n[^4], (float)n[^3], (float)n[^2], (float)n[^1]);

    private static double NumberOf(ReadOnlySpan<byte> text) =>
        System.Buffers.Text.Utf8Parser.TryParse(text[0] == '+' ? text[1..] : text, out double number, out _) ? number : 0;

    /// <summary>Where the next letters go.</summary>
    private sealed record Pen
    {
        private Matrix3x2 _line = Matrix3x2.Identity;
        private double _written;

        public Matrix3x2 Page { get; set; } = Matrix3x2.Identity;

        public PdfFontLetters? Font { get; set; }

        public double Size { get; set; } = 1;

        public double Leading { get; set; }

        public void Begin(Matrix3x2 line) => (_line, _written) = (line, 0);

        public void Move(double x, double y) => Begin(Matrix3x2.CreateTranslation((float)x, (float)y) * _line);

        public void Write(string text, PlacedLines lines)
        {
            var at = _line * Page;
            var size = Math.Abs(Size) * Math.Sqrt((at.M21 * at.M21) + (at.M22 * at.M22));
            var from = Vector2.Transform(new Vector2((float)_written, 0), at);
            _ = lines.Add(from.X, from.Y, size, text);
            _written += PlacedLines.WidthOf(text, Math.Abs(Size));
        }
    }
}
