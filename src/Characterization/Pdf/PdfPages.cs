using System.Buffers;
using System.Globalization;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.Pdf;

/// <summary>Goes through the tree of pages and reads each page's operators to their end.</summary>
internal sealed class PdfPages(PdfObjects objects, PdfMarks marks, PdfBudget budget)
{
    private const int MostPages = 50_000;
    private const int MostDepth = 64;
    private const int MostParts = 20_000;

    private readonly HashSet<IndirectReference> _seen = [];
    private readonly HashSet<IndirectReference> _read = [];
    private readonly SortedSet<string> _sizes = new(StringComparer.Ordinal);
    private bool _isFirst = true;

    /// <summary>The number of pages.</summary>
    public int Count { get; private set; }

    /// <summary>The streams that were unpacked here.</summary>
    public IReadOnlySet<IndirectReference> Read => _read;

    /// <summary>Reads every page.</summary>
    public void ReadAll()
    {
        var root = objects.Dictionary(objects.Catalog.Data.GetValueOrDefault("Pages"));
        if (root is null)
        {
            marks.Broken("/Pages", "pdf-no-pages");
            return;
        }

        var waiting = new Stack<Node>([new Node(root, null, null, 0, true)]);
        while (waiting.TryPop(out var node) && Count < MostPages)
        {
            budget.GoOn();
            if (node.Dictionary.Data.ContainsKey("Kids"))
            {
                OpenBranch(node, waiting);
            }
            else if (node.IsRoot)
            {
                marks.Broken("/Pages", "pdf-no-pages");
            }
            else
            {
                ReadPage(node);
            }
        }

        if (Count >= MostPages)
        {
            marks.TooMuch();
        }
        else if (objects.Number(root, "Count") != Count)
        {
            marks.Odd("/Pages", "pdf-page-count");
        }

        marks.Set("pages", Count);
        marks.Set("page-sizes", _sizes.Count);
    }

    private void OpenBranch(Node node, Stack<Node> waiting)
    {
        CheckType(node.Dictionary, "Pages", "/Pages");
        if (objects.Get(node.Dictionary, "Kids") is not ArrayToken kids || node.Depth >= MostDepth)
        {
            marks.Broken("/Pages", "pdf-page-tree");
            return;
        }

        // Pushed from the last on, so that the first is read first.
        for (var i = Math.Min(kids.Length, MostPages) - 1; i >= 0; i--)
        {
            var reference = (kids[i] as IndirectReferenceToken)?.Data;
            if (reference is { } once && !_seen.Add(once))
            {
                marks.Odd("/Pages", "pdf-page-tree");
                continue;
            }

            if (objects.Resolve(kids[i]) is not DictionaryToken kid)
            {
                Missing(kids[i], Place(reference), "pdf-page-missing");
                continue;
            }

            if (kid.Data.GetValueOrDefault("Parent") is not IndirectReferenceToken)
            {
                marks.Odd(Place(reference), "pdf-page-parent");
            }

            waiting.Push(new Node(kid, objects.Get(node.Dictionary, "Resources") as DictionaryToken ?? node.Resources, objects.Get(node.Dictionary, "MediaBox") as ArrayToken ?? node.Box, node.Depth + 1, false));
        }
    }

    private void ReadPage(Node node)
    {
        var page = node.Dictionary;
        Count++;
        var place = string.Create(CultureInfo.InvariantCulture, $"/Page {Count}");
        CheckType(page, "Page", place);
        NoteSize(objects.Get(page, "MediaBox") as ArrayToken ?? node.Box, Unit(page), place);
        var resources = objects.Dictionary(page.Data.GetValueOrDefault("Resources")) ?? node.Resources;
        if (resources is null)
        {
            marks.Odd(place, "pdf-page-resources");
        }

        if (page.Data.TryGetValue("Contents", out var contents))
        {
            ReadContents(contents, resources, place);
        }
    }

    private double Unit(DictionaryToken page) => objects.Number(page, "UserUnit") is > 0 and var unit ? unit : 1;

    private void ReadContents(IToken contents, DictionaryToken? resources, string place)
    {
        var all = new ArrayBufferWriter<byte>(1024);
        var parts = objects.Resolve(contents) is ArrayToken several ? several.Data.Take(MostParts) : [contents];
        foreach (var part in parts)
        {
            if (objects.Resolve(part) is not StreamToken stream)
            {
                Missing(part, place, "pdf-content-missing");
                continue;
            }

            if (part is IndirectReferenceToken reference)
            {
                _ = _read.Add(reference.Data);
            }

            if (objects.Unpack(stream) is not { } unpacked)
            {
                marks.UnknownFilter();
                continue;
            }

            if (unpacked.IsDamaged)
            {
                marks.Broken(place, "pdf-stream");
            }

            // Parts are joined by a blank, and no operator may be cut in two by them (ISO 32000-1, 7.8.2).
            budget.Spend(unpacked.Bytes.Length); // one stream may be listed many times
            all.Write(unpacked.Bytes.Span);
            all.Write("\n"u8);
        }

        marks.Judge(new PdfContent(Names(resources, "Font"), Names(resources, "XObject")), all.WrittenSpan, place, budget);
    }

    private HashSet<string> Names(DictionaryToken? resources, string key) =>
        objects.Dictionary(resources?.Data.GetValueOrDefault(key)) is { } given ? new HashSet<string>(given.Data.Keys, StringComparer.Ordinal) : [];

    private void CheckType(DictionaryToken dictionary, string type, string place)
    {
        if (objects.Name(dictionary, "Type") != type)
        {
            marks.Odd(place, "pdf-page-type");
        }
    }

    private void NoteSize(ArrayToken? box, double unit, string place)
    {
        var sides = box?.Data.Take(4).Select(t => objects.Resolve(t) is NumericToken number ? number.Data : double.NaN).ToArray() ?? [];
        if (sides.Length < 4 || sides.Any(s => !double.IsFinite(s)))
        {
            marks.Odd(place, "pdf-page-box");
            return;
        }

        var (width, height) = (Points(sides[2], sides[0], unit), Points(sides[3], sides[1], unit));
        if (_isFirst)
        {
            marks.Set("page-width", width);
            marks.Set("page-height", height);
            _isFirst = false;
        }

        _ = _sizes.Count < 1000 && _sizes.Add(string.Create(CultureInfo.InvariantCulture, $"{width}x{height}"));
    }

    private static long Points(double one, double other, double unit) => Math.Abs(one - other) * unit is >= 0 and < int.MaxValue and var side ? (long)Math.Round(side) : 0;

    // What the library stumbled over may be there: it is not held against the file.
    private void Missing(IToken token, string place, string fault)
    {
        if (!objects.IsStumbled(token))
        {
            marks.Broken(place, fault);
        }
    }

    private static string Place(IndirectReference? reference) => reference is { } known ? PdfMarks.PlaceOf(known) : "/Kids";

    private sealed record Node(DictionaryToken Dictionary, DictionaryToken? Resources, ArrayToken? Box, int Depth, bool IsRoot);
}
