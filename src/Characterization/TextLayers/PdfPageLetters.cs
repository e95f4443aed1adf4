using System.Buffers;
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
    private const int MostForms = 100_000;
    private const int MostStates = 256;
    private const int MostNumbers = 32;
    private const int MostParts = 20_000;
    private const int MostString = 4 << 20;
    private const int MostShown = 4 << 20;
    private const int MostHeld = 1_000_000;

    private readonly Dictionary<object, PdfFontLetters> _fonts = new(FontKeys.Only);
    private readonly HashSet<IndirectReference> _read = [];
    private readonly PdfFontLetters _missing = PdfFontLetters.Missing();
    private DictionaryToken? _defaults;
    private int _forms;
    private int _held;

    /// <summary>The streams that were read: contents of pages, and what is drawn with them.</summary>
    public IReadOnlySet<IndirectReference> Read => _read;

    /// <summary>Whether there was text whose letters the fonts do not say.</summary>
    public bool HasUnknownLetters { get; private set; }

    /// <summary>Whether there was more than is read.</summary>
    public bool IsTooMuch { get; private set; }

    /// <summary>Whether some contents could not be read, or not to their end.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads the contents of a page.</summary>
    /// <param name="lines">Takes the text.</param>
    /// <param name="contents">A stream, or an array of several that are one.</param>
    /// <param name="resources">What their names stand for.</param>
    public void ReadPage(PlacedLines lines, IToken contents, DictionaryToken? resources) =>
        ReadInto(lines, Operators(contents).Span, resources, new Pen(), 0);

    /// <summary>Reads a form, a pattern, or what else draws by a stream of its own and stands by itself.</summary>
    /// <param name="lines">Takes the text.</param>
    /// <param name="form">The stream.</param>
    /// <param name="resources">What its names stand for when it has no resources itself.</param>
    public void ReadForm(PlacedLines lines, StreamToken form, DictionaryToken? resources = null) => ReadForm(lines, form, resources, new Pen(), 0);

    private void ReadForm(PlacedLines lines, StreamToken form, DictionaryToken? resources, Pen pen, int depth)
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

            // What was set before goes on in it (ISO 32000-1, 8.10.1): the font too.
            ReadInto(lines, unpacked.Bytes.Span, own, pen with { Page = MatrixOf(form.StreamDictionary) * pen.Page }, depth);
        }
    }

    private ReadOnlyMemory<byte> Operators(IToken contents)
    {
        if (objects.Resolve(contents) is not ArrayToken several)
        {
            return Part(contents);
        }

        var all = new ArrayBufferWriter<byte>(1024);
        foreach (var part in several.Data.Take(MostParts))
        {
            all.Write(Part(part).Span);
            all.Write("\n"u8);
        }

        IsTooMuch |= several.Length > MostParts;
        return all.WrittenMemory;
    }

    private ReadOnlyMemory<byte> Part(IToken part)
    {
        if (part is IndirectReferenceToken reference)
        {
            _ = _read.Add(reference.Data);
        }

        if (objects.Resolve(part) is not StreamToken stream || objects.Unpack(stream) is not { Codec: null } unpacked)
        {
            IsBroken = true;
            return default;
        }

        budget.Spend(unpacked.Bytes.Length); // one stream may be listed many times
        return unpacked.Bytes;
    }

    private void ReadInto(PlacedLines lines, ReadOnlySpan<byte> bytes, DictionaryToken? resources, Pen page, int depth)
    {
        var lexer = new PdfLexer(bytes);
        var (states, numbers, shown, name) = (new PenStates(), new List<double>(), new StringBuilder(), "");
        for (var (pieces, inside) = (1, 0); ; pieces++)
        {
            var piece = lexer.Next();
            if ((pieces & 0xFFFF) == 0 || lexer.Text.Length > 0xFFFF)
            {
                budget.GoOn();
            }

            switch (piece)
            {
                case PdfPiece.End:
                    return;
                case PdfPiece.DictionaryStart:
                    inside++;
                    break;
                case PdfPiece.DictionaryEnd:
                    inside = Math.Max(0, inside - 1);
                    break;
                case PdfPiece.Number when numbers.Count < MostNumbers:
                    numbers.Add(NumberOf(lexer.Text));
                    break;
                case PdfPiece.Name:
                    name = PdfStrings.Name(lexer.Text);
                    break;
                case PdfPiece.Text when inside > 0:
                    Say(name, lexer.Text, lines);
                    break;
                case PdfPiece.Text:
                    Show(page.Font, lexer.Text, shown);
                    break;
                case PdfPiece.Word when lexer.Text.SequenceEqual("BI"u8):
                    var from = lexer.Position;
                    IsBroken |= !PdfContent.TrySkipInlineImage(ref lexer, bytes);
                    ReadSkipped(lines, bytes[from..lexer.Position], resources, page, depth);
                    break;
                case PdfPiece.Word when lexer.Text.SequenceEqual("Do"u8):
                    Draw(lines, name, resources, page, depth);
                    break;
                case PdfPiece.Word when lexer.Text.SequenceEqual("Tf"u8):
                    page.Font = FontOf(Named("Font", name, resources));
                    page.Size = numbers.Count > 0 ? numbers[^1] : 1;
                    break;
                case PdfPiece.Word when lexer.Text.SequenceEqual("gs"u8):
                    SetState(page, objects.Dictionary(Named("ExtGState", name, resources)));
                    break;
                case PdfPiece.Word when lexer.Text.SequenceEqual("q"u8):
                    states.Keep(page);
                    break;
                case PdfPiece.Word when lexer.Text.SequenceEqual("Q"u8):
                    page = states.Restore(page);
                    break;
                case PdfPiece.Word:
                    Apply(page, lexer.Text, numbers, shown, lines);
                    break;
            }

            if (piece == PdfPiece.Word)
            {
                numbers.Clear();
                _ = shown.Clear();
                inside = 0;
            }
        }
    }

    // Where an image in the contents ends is guessed, and readers guess differently: what would follow an earlier end is read too.
    private void ReadSkipped(PlacedLines lines, ReadOnlySpan<byte> skipped, DictionaryToken? resources, Pen page, int depth)
    {
        var start = skipped.IndexOf("ID"u8);
        for (var at = Math.Max(0, start); start >= 0 && skipped[at..].IndexOf("EI"u8) is >= 0 and var step;)
        {
            at += step + 2;
            if (at >= skipped.Length)
            {
                return;
            }

            if (skipped[at - 3] is 9 or 10 or 13 or 32 or 0 or 12 && skipped[at] is 9 or 10 or 13 or 32 or 0 or 12)
            {
                IsTooMuch |= depth >= MostDepth;
                if (depth < MostDepth)
                {
                    ReadInto(lines, skipped[at..], resources, page with { }, depth + 1);
                }

                return;
            }
        }
    }

    private void Show(PdfFontLetters? font, ReadOnlySpan<byte> text, StringBuilder shown)
    {
        IsTooMuch |= text.Length > MostString || shown.Length > MostShown;
        if (text.Length > 2 && shown.Length <= MostShown)
        {
            HasUnknownLetters |= !(font ?? _missing).Decode(PdfStrings.Decode(Cut(text)), shown, budget);
        }
    }

    // What stands beside the letters for those who cannot see them.
    private static void Say(string name, ReadOnlySpan<byte> text, PlacedLines lines)
    {
        if (name is "ActualText" or "Alt" or "E")
        {
            lines.Add(PdfStrings.Words(PdfStrings.Decode(Cut(text))));
        }
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text) => text.Length <= MostString ? text : text[..MostString];

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

    private void Draw(PlacedLines lines, string name, DictionaryToken? resources, Pen page, int depth)
    {
        var token = Named("XObject", name, resources);
        if (objects.Resolve(token) is StreamToken form && objects.Name(form.StreamDictionary, "Subtype") is not ("Image" or "PS"))
        {
            if (token is IndirectReferenceToken reference)
            {
                _ = _read.Add(reference.Data);
            }

            ReadForm(lines, form, resources, page, depth + 1);
        }
    }

    private void SetState(Pen page, DictionaryToken? state)
    {
        if (objects.Get(state, "Font") is ArrayToken { Length: >= 2 } font)
        {
            page.Font = FontOf(font[0]);
            page.Size = objects.Resolve(font[1]) is NumericToken size ? size.Data : 1;
        }
    }

    // What forms of fields do not find in their own resources stands in those of all fields (ISO 32000-1, 12.7.3.3).
    private IToken? Named(string kind, string name, DictionaryToken? resources)
    {
        if (objects.Get(resources, kind) is DictionaryToken things && things.Data.TryGetValue(name, out var thing))
        {
            return thing;
        }

        _defaults ??= objects.Get(objects.Get(objects.Catalog, "AcroForm") as DictionaryToken, "DR") as DictionaryToken ?? new DictionaryToken(new Dictionary<NameToken, IToken>());
        return (objects.Get(_defaults, kind) as DictionaryToken)?.Data.GetValueOrDefault(name);
    }

    private PdfFontLetters FontOf(IToken? token)
    {
        // One that stands in the resources themselves is the same thing each time.
        object? key = token is IndirectReferenceToken { Data: var reference } ? reference : token;
        if (key is null || objects.Dictionary(token) is not { } given)
        {
            return _missing;
        }

        if (!_fonts.TryGetValue(key, out var font))
        {
            font = PdfFontLetters.Of(given, objects, budget);
            _held += font.Weight;
            if (_held > MostHeld)
            {
                _fonts.Clear();
                _held = font.Weight;
            }

            _fonts[key] = font;
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

    /// <summary>Fonts are the same when they have the same number, or are the same token.</summary>
    private sealed class FontKeys : IEqualityComparer<object>
    {
        public static readonly FontKeys Only = new();

        public new bool Equals(object? x, object? y) => ReferenceEquals(x, y) || (x is IndirectReference one && y is IndirectReference other && one.Equals(other));

        public int GetHashCode(object obj) => obj is IndirectReference reference ? reference.GetHashCode() : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }

    /// <summary>What is kept by q and comes back by Q; each Q answers to its own q, even to one that was too much to keep.</summary>
    private sealed class PenStates
    {
        private readonly Stack<Pen> _kept = new();
        private long _over;

        public void Keep(Pen page)
        {
            if (_kept.Count < MostStates)
            {
                _kept.Push(page with { });
            }
            else
            {
                _over++;
            }
        }

        public Pen Restore(Pen page)
        {
            if (_over > 0)
            {
                _over--;
                return page;
            }

            return _kept.TryPop(out var before) ? before : page;
        }
    }
}
