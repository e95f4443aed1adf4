using System.Buffers;
using System.Numerics;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;
using Lantai.Characterization.Pdf;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Exceptions;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.TextLayers;

/// <summary>The text of PDF: pages with the forms they draw, then what else the objects say.</summary>
/// <remarks>Behind the same guards as <see cref="PdfExaminer"/>. Holds no state but a count of the readings that were abandoned.</remarks>
internal static class PdfTextLayer
{
    private const int MostAbandoned = 4;
    private const int MostTimesWhole = 16;
    private const int MostNested = 128;

    private static readonly AbandonableWork Work = new(MostAbandoned, TimeSpan.FromMilliseconds(250));

    /// <summary>Reads a document.</summary>
    public static void Read(FileContent content, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        var isEncrypted = PdfScan.Of(content, limits, stop).Encrypted is not null;
        if (content.Length > limits.MaxWhole * MostTimesWhole)
        {
            sink.Unread("too-much");
            return;
        }

        if (PdfGuard.IsDangerous(new PdfBytes(content, limits.MaxWhole), isEncrypted, stop))
        {
            sink.Unread(isEncrypted ? "encrypted" : "too-deep");
            return;
        }

        using var source = new PdfSource(content, stop);
        try
        {
            if (!Work.TryRun(() => ReadOpened(source, sink, isEncrypted, limits, stop), stop))
            {
                sink.Unread("reader-failed");
            }
        }
        finally
        {
            source.Seal();
        }
    }

    private static void ReadOpened(PdfSource source, TextSink sink, bool isEncrypted, ExaminationLimits limits, CancellationToken stop)
    {
        var budget = new PdfBudget(Math.Max(0, limits.MaxUnpacked - sink.Unpacked), stop);
        var filters = new PdfFilters(budget);
        try
        {
            using var document = PdfDocument.Open(source, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true, MaxStackDepth = MostNested, FilterProvider = filters });
            new PdfLetters(new PdfObjects(document.Structure, filters, budget), budget, sink, limits, stop).ReadAll();
        }
        catch (PdfDocumentEncryptedException)
        {
            sink.Unread("encrypted");
        }
        catch (PdfOverspentException)
        {
            sink.Unread("too-much");
        }
        catch (Exception fault) when (PdfObjects.IsAboutContent(fault))
        {
            // A library that swallowed the demand to stop, or a failing source, stumbles over something else later.
            stop.ThrowIfCancellationRequested();
            source.ThrowFailure();
            sink.Unread(isEncrypted ? "encrypted" : budget.IsSpent ? "too-much" : "broken");
        }
        catch (SourceFailedException)
        {
            source.ThrowFailure();
        }
    }
}

/// <summary>The text of one opened PDF.</summary>
internal sealed class PdfLetters(PdfObjects objects, PdfBudget budget, TextSink sink, ExaminationLimits limits, CancellationToken stop)
{
    private const int MostPages = 50_000;
    private const int MostDepth = 64;
    private const int MostParts = 20_000;
    private const int TopLines = 5;
    private const double TopEdge = 0.9;
    private const double BottomEdge = 0.08;

    private readonly PdfPageLetters _letters = new(objects, budget);
    private readonly HashSet<IndirectReference> _seen = [];
    private int _pages;

    /// <summary>Reads all.</summary>
    public void ReadAll()
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

        if (_pages >= MostPages || _letters.IsTooMuch)
        {
            sink.Unread("too-much");
        }

        new PdfSayings(objects, _letters, sink, limits, stop).ReadAll();
        if (_letters.HasUnknownLetters)
        {
            sink.Unread("no-letters");
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
            _letters.ReadInto(lines, Operators(contents), resources, Matrix3x2.Identity);
        }

        var (bottom, top) = Edges(objects.Get(node.Dictionary, "MediaBox") as ArrayToken ?? node.Box);
        var count = 0;
        foreach (var (text, y) in lines.Lines())
        {
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

    private byte[] Operators(IToken contents)
    {
        var all = new ArrayBufferWriter<byte>(1024);
        foreach (var part in objects.Resolve(contents) is ArrayToken several ? several.Data.Take(MostParts) : [contents])
        {
            if (objects.Resolve(part) is not StreamToken stream || objects.Unpack(stream) is not { Codec: null } unpacked)
            {
                sink.Unread("broken");
                continue;
            }

            budget.Spend(unpacked.Bytes.Length); // one stream may be listed many times
            all.Write(unpacked.Bytes.Span);
            all.Write("\n"u8);
        }

        return all.WrittenSpan.ToArray();
    }

    private (double Bottom, double Top) Edges(ArrayToken? box)
    {
        var sides = box?.Data.Take(4).Select(t => objects.Resolve(t) is NumericToken number ? number.Data : double.NaN).ToArray() ?? [];
        return sides.Length == 4 && double.IsFinite(sides[1]) && double.IsFinite(sides[3]) ? (Math.Min(sides[1], sides[3]), Math.Max(sides[1], sides[3])) : (0, 842);
    }

    private sealed record Node(DictionaryToken Dictionary, DictionaryToken? Resources, ArrayToken? Box, int Depth);
}
