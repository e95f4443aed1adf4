using Lantai.Characterization.Examination;
using Lantai.Characterization.Pdf;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.TextLayers;

/// <summary>
/// The text of streams that no page draws by itself: appearances, patterns, glyphs that are drawings, pages outside the tree
/// of pages, forms in XML (XFA), and streams that do not say what they are but read like text.
/// </summary>
internal sealed class PdfLooseStreams(PdfObjects objects, PdfPageLetters letters, TextSink sink, ExaminationLimits limits, CancellationToken stop)
{
    private const int MostParents = 32;
    private const int MostPackets = 256;

    private static readonly string[] Kinds = ["FunctionType", "ShadingType", "Length1", "CMapName", "ByteRange", "HalftoneType"];

    private readonly HashSet<IndirectReference> _known = [];
    private readonly List<IndirectReference> _untyped = [];
    private readonly List<(IndirectReference Glyph, DictionaryToken? Resources)> _glyphs = [];
    private readonly List<DictionaryToken> _pages = [];
    private readonly List<IndirectReference> _drawings = [];
    private DictionaryToken? _form;

    /// <summary>Streams that draw letters and that nothing in this state of the file draws.</summary>
    public IReadOnlyList<IndirectReference> Drawings => _drawings;

    /// <summary>Looks at a dictionary: what it names, and whether it is a page.</summary>
    public void Note(DictionaryToken dictionary)
    {
        foreach (var (key, token) in dictionary.Data)
        {
            switch (key)
            {
                // Streams under these names are no text, whatever they look like.
                case "ToUnicode" or "FontFile" or "FontFile2" or "FontFile3" or "CIDToGIDMap" or "CIDSet" or "Encoding" or "UseCMap" or "DestOutputProfile" or "Thumb" or "TR" or "TR2" or "HT" or "BG" or "UCR":
                    _ = token is IndirectReferenceToken reference && _known.Add(reference.Data);
                    break;
                case "Contents" when objects.Name(dictionary, "Type") == "Page":
                    _pages.Add(dictionary);
                    break;
                case "XFA":
                    _form = dictionary;
                    break;
                case "CharProcs" when objects.Resolve(token) is DictionaryToken glyphs:
                    NoteGlyphs(glyphs, objects.Get(dictionary, "Resources") as DictionaryToken);
                    break;
            }
        }
    }

    /// <summary>Looks at a stream that is not known to be anything else.</summary>
    public void Note(StreamToken stream, IndirectReference reference)
    {
        var dictionary = stream.StreamDictionary;
        var (type, subtype) = (objects.Name(dictionary, "Type"), objects.Name(dictionary, "Subtype"));
        var isDrawn = subtype == "Form" || dictionary.Data.ContainsKey("BBox") || objects.Number(dictionary, "PatternType") == 1;
        var isOther = type is "XRef" or "ObjStm" or "Halftone" or "CMap" || subtype is "Image" or "Type1C" or "CIDFontType0C" or "OpenType" || Array.Exists(Kinds, k => dictionary.Data.ContainsKey(k));

        // Colour profiles say their number of components, images their width, and both hardly anything else.
        isOther |= type is null && (dictionary.Data.ContainsKey("N") || dictionary.Data.ContainsKey("BitsPerComponent") || dictionary.Data.ContainsKey("BitsPerCoordinate"));
        if ((isDrawn || !isOther) && !letters.Read.Contains(reference))
        {
            _untyped.Add(reference);
        }
    }

    /// <summary>Reads what was noted and not read with the pages.</summary>
    public void ReadAll()
    {
        ReadForm();
        foreach (var page in _pages)
        {
            ReadPage(page);
        }

        foreach (var (glyph, resources) in _glyphs)
        {
            Draw(glyph, resources);
        }

        foreach (var reference in _untyped)
        {
            stop.ThrowIfCancellationRequested();
            if (!letters.Read.Contains(reference) && !_known.Contains(reference) && objects.Find(reference) is StreamToken stream)
            {
                ReadStream(stream, reference);
            }
        }
    }

    /// <summary>Reads streams of which nobody knows what draws them, without fonts of theirs.</summary>
    public void Read(IEnumerable<IndirectReference> drawings)
    {
        foreach (var drawing in drawings)
        {
            Draw(drawing, null);
        }
    }

    private void NoteGlyphs(DictionaryToken glyphs, DictionaryToken? resources)
    {
        foreach (var token in glyphs.Data.Values)
        {
            if (token is IndirectReferenceToken reference && _known.Add(reference.Data))
            {
                _glyphs.Add((reference.Data, resources));
            }
        }
    }

    // A page that the tree of pages does not lead to, or no longer.
    private void ReadPage(DictionaryToken page)
    {
        var contents = page.Data["Contents"];
        var parts = contents is IndirectReferenceToken && objects.Resolve(contents) is ArrayToken several ? several : contents as ArrayToken;
        if ((parts?.Data ?? [contents]).OfType<IndirectReferenceToken>().Any(r => !letters.Read.Contains(r.Data)))
        {
            Draw(lines => letters.ReadPage(lines, contents, ResourcesOf(page)));
        }
    }

    private DictionaryToken? ResourcesOf(DictionaryToken page)
    {
        var node = page;
        for (var i = 0; node is not null && i < MostParents; i++)
        {
            if (objects.Get(node, "Resources") is DictionaryToken resources)
            {
                return resources;
            }

            node = objects.Get(node, "Parent") as DictionaryToken;
        }

        return null;
    }

    // The packets are one XML when they are put together (ISO 32000-1, 12.7.8).
    private void ReadForm()
    {
        var form = objects.Get(_form, "XFA");
        var packets = form switch { ArrayToken several => several.Data.Take(MostPackets * 2), null => [], _ => [_form!.Data["XFA"]] };
        using var whole = new MemoryStream();
        foreach (var packet in packets)
        {
            if (packet is IndirectReferenceToken reference && objects.Resolve(packet) is StreamToken stream && objects.Unpack(stream) is { Codec: null } unpacked && whole.Length + unpacked.Bytes.Length <= limits.MaxWhole)
            {
                whole.Write(unpacked.Bytes.Span);
                _ = _known.Add(reference.Data);
            }
        }

        ReadText(whole.GetBuffer().AsMemory(0, (int)whole.Length));
    }

    private void ReadStream(StreamToken stream, IndirectReference reference)
    {
        var dictionary = stream.StreamDictionary;
        if (objects.Name(dictionary, "Subtype") == "Form" || dictionary.Data.ContainsKey("BBox") || dictionary.Data.ContainsKey("PatternType"))
        {
            Draw(reference, null);
            return;
        }

        if (objects.Unpack(stream) is not { Codec: null } unpacked)
        {
            return;
        }

        if (IsDrawing(unpacked.Bytes.Span))
        {
            _drawings.Add(reference);
        }

        ReadText(unpacked.Bytes);
    }

    private void ReadText(ReadOnlyMemory<byte> bytes)
    {
        var content = FileContent.Of(bytes);
        if (bytes.Length > 0 && FamilyDetection.Find(content) is FileFamily.Xml or FileFamily.Text)
        {
            PlainTextLayer.Read(content, FamilyDetection.Find(content) == FileFamily.Xml, sink, limits, stop);
        }
    }

    private void Draw(IndirectReference reference, DictionaryToken? resources)
    {
        if (objects.Find(reference) is StreamToken stream)
        {
            Draw(lines => letters.ReadForm(lines, stream, resources));
        }
    }

    private void Draw(Action<PlacedLines> read)
    {
        var lines = new PlacedLines();
        read(lines);
        foreach (var (text, _) in lines.Lines())
        {
            stop.ThrowIfCancellationRequested();
            sink.Take(text, TextRole.Body, "annotation", 0);
        }

        if (lines.IsFull)
        {
            sink.Unread("too-much");
        }
    }

    private static bool IsDrawing(ReadOnlySpan<byte> bytes) => bytes.IndexOf("BT"u8) >= 0 && (bytes.IndexOf("Tj"u8) >= 0 || bytes.IndexOf("TJ"u8) >= 0 || bytes.IndexOf("'"u8) >= 0);
}
