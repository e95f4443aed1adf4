using Lantai.Characterization.Examination;
using Lantai.Characterization.Pdf;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.TextLayers;

/// <summary>The text of one opened PDF.</summary>
internal sealed class PdfLetters(PdfObjects objects, PdfPageLetters letters, PdfBudget budget, TextSink sink, ExaminationLimits limits, CancellationToken stop)
{
    private const int MostPages = 50_000;
    private const int MostDepth = 64;
    private const int TopLines = 5;
    private const double TopEdge = 0.9;
    private const double BottomEdge = 0.08;

    private readonly PdfSayings _sayings = new(objects, letters, sink, limits, stop);
    private readonly HashSet<IndirectReference> _seen = [];
    private readonly HashSet<IndirectReference> _drawn = [];
    private int _pages;

    /// <summary>Reads all.</summary>
    public void ReadAll()
    {
        ReadPages();
        _sayings.ReadAll();
    }

    /// <summary>Reads some objects; the pages only when they may look different for them.</summary>
    public void ReadSome(IReadOnlyList<IndirectReference> some)
    {
        if (some.Any(r => IsDrawnWith(objects.Find(r))))
        {
            ReadPages();
        }

        if (some.Count > 0)
        {
            _sayings.ReadSome(some);
        }
    }

    /// <summary>Notes streams that another state of the file draws: they need not be read without their fonts.</summary>
    public void NoteDrawn(IEnumerable<IndirectReference> drawn) => _drawn.UnionWith(drawn);

    /// <summary>Reads the streams that no state of the file draws, and tells what could not be read.</summary>
    public void ReadRest()
    {
        _sayings.Read(_sayings.Drawings.Where(d => !_drawn.Contains(d)));
        TellUnread();
    }

    private bool IsDrawnWith(IToken? token) => token switch
    {
        StreamToken stream => objects.Name(stream.StreamDictionary, "Type") is not ("XRef" or "ObjStm" or "Metadata" or "EmbeddedFile"),
        DictionaryToken dictionary => objects.Name(dictionary, "Type") is "Font" or "ExtGState" || (objects.Name(dictionary, "Type") != "Page" && dictionary.Data.ContainsKey("Resources"))
            || dictionary.Data.ContainsKey("Font") || dictionary.Data.ContainsKey("XObject") || dictionary.Data.ContainsKey("ExtGState") || dictionary.Data.Values.All(v => v is IndirectReferenceToken),
        _ => false,
    };

    private void ReadPages()
    {
        if (objects.Dictionary(objects.Catalog.Data.GetValueOrDefault("Pages")) is not { } root)
        {
            sink.Unread("broken");
            return;
        }

        var waiting = new Stack<Node>([new Node(root, null, null, 0)]);
        while (waiting.TryPop(out var node) && _pages < MostPages)
        {
            budget.GoOn();
            if (node.Dictionary.Data.ContainsKey("Kids"))
            {
                OpenBranch(node, waiting);
            }
            else
            {
                ReadPage(node);
            }
        }
    }

    /// <summary>Tells what could not be read.</summary>
    public void TellUnread()
    {
        if (_pages >= MostPages || letters.IsTooMuch)
        {
            sink.Unread("too-much");
        }

        if (letters.HasUnknownLetters)
        {
            sink.Unread("no-letters");
        }

        if (letters.IsBroken)
        {
            sink.Unread("broken");
        }

        if (objects.HasStumbled)
        {
            sink.Unread("reader-failed");
        }
    }

    private void OpenBranch(Node node, Stack<Node> waiting)
    {
        if (objects.Get(node.Dictionary, "Kids") is not ArrayToken kids || node.Depth >= MostDepth)
        {
            sink.Unread("broken");
            return;
        }

        // Pushed from the last on, so that the first is read first.
        for (var i = Math.Min(kids.Length, MostPages) - 1; i >= 0; i--)
        {
            if (kids[i] is IndirectReferenceToken once && !_seen.Add(once.Data))
            {
                continue;
            }

            if (objects.Resolve(kids[i]) is DictionaryToken kid)
            {
                waiting.Push(new Node(kid, objects.Get(node.Dictionary, "Resources") as DictionaryToken ?? node.Resources, objects.Get(node.Dictionary, "MediaBox") as ArrayToken ?? node.Box, node.Depth + 1));
            }
        }
    }

    private void ReadPage(Node node)
    {
        _pages++;
        var lines = new PlacedLines();
        var resources = objects.Dictionary(node.Dictionary.Data.GetValueOrDefault("Resources")) ?? node.Resources;
        if (node.Dictionary.Data.TryGetValue("Contents", out var contents))
        {
            letters.ReadPage(lines, contents, resources);
        }

        var (bottom, top) = Edges(objects.Get(node.Dictionary, "MediaBox") as ArrayToken ?? node.Box);
        var count = 0;
        foreach (var (text, y) in lines.Lines())
        {
            budget.GoOn();
            var place = (y - bottom) / Math.Max(1, top - bottom);
            sink.Take(text, place is > TopEdge or < BottomEdge ? TextRole.Margin : TextRole.Body, "page", _pages, isTop: _pages == 1 && ++count <= TopLines);
        }

        if (lines.IsFull)
        {
            sink.Unread("too-much");
        }

        if (lines.IsEmpty && objects.Dictionary(resources?.Data.GetValueOrDefault("XObject")) is { Data.Count: > 0 })
        {
            sink.Unread("no-text");
        }
    }

    private (double Bottom, double Top) Edges(ArrayToken? box)
    {
        var sides = box?.Data.Take(4).Select(t => objects.Resolve(t) is NumericToken number ? number.Data : double.NaN).ToArray() ?? [];
        return sides.Length == 4 && double.IsFinite(sides[1]) && double.IsFinite(sides[3]) ? (Math.Min(sides[1], sides[3]), Math.Max(sides[1], sides[3])) : (0, 842);
    }

    private sealed record Node(DictionaryToken Dictionary, DictionaryToken? Resources, ArrayToken? Box, int Depth);
}
