using Lantai.Characterization.Packages;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.Pdf;

/// <summary>
/// Goes through every object once: those that are used, from the catalogue on, and those that are only listed. What acts
/// may hide in an object that nothing points at, and in an object stream.
/// </summary>
internal sealed class PdfWalk(PdfObjects objects, PdfMarks marks, PdfBudget budget, NestedFiles nested)
{
    private const int MostObjects = 2_000_000;

    private readonly HashSet<IndirectReference> _seen = [];
    private readonly Queue<IndirectReference> _waiting = new();
    private readonly PdfActions _actions = new(objects, marks, nested);
    private readonly PdfFonts _fonts = new(objects, marks);
    private readonly PdfImages _images = new(objects, marks);

    /// <summary>Looks at every object.</summary>
    /// <param name="read">Streams that were unpacked before, and need not be again.</param>
    public void LookAtAll(IReadOnlySet<IndirectReference> read)
    {
        Wait(objects.Root);
        foreach (var listed in objects.Listed.Take(MostObjects))
        {
            Wait(listed);
        }

        while (_waiting.TryDequeue(out var reference))
        {
            Look(reference, read.Contains(reference));
        }

        if (_seen.Count >= MostObjects)
        {
            marks.TooMuch();
        }

        _actions.Tell();
        _fonts.Tell();
        _images.Tell();
    }

    private void Wait(IndirectReference reference)
    {
        if (_seen.Count < MostObjects && _seen.Add(reference))
        {
            _waiting.Enqueue(reference);
        }
    }

    private void Look(IndirectReference reference, bool isRead)
    {
        var place = PdfMarks.PlaceOf(reference);
        var token = objects.Find(reference);
        if (objects.IsBad(reference))
        {
            marks.Broken(place, "pdf-object");
        }

        if (token is StreamToken stream)
        {
            LookAtStream(stream, reference, place, isRead);
        }

        PdfInside.Walk(token, Wait, dictionary =>
        {
            _actions.LookAt(dictionary, place);
            _fonts.LookAt(dictionary, place);
        });
    }

    private void LookAtStream(StreamToken stream, IndirectReference reference, string place, bool isRead)
    {
        var (type, subtype) = (objects.Name(stream.StreamDictionary, "Type"), objects.Name(stream.StreamDictionary, "Subtype"));
        if (stream.StreamDictionary.Data.ContainsKey("F"))
        {
            marks.Active("external-reference", place);
        }

        // Cross-references were unpacked on opening.
        if (isRead || type == "XRef")
        {
            return;
        }

        if (objects.Unpack(stream) is not { } unpacked)
        {
            marks.UnknownFilter();
            return;
        }

        if (unpacked.IsDamaged)
        {
            marks.Broken(place, "pdf-stream");
        }

        if (subtype == "Image")
        {
            _images.LookAt(stream.StreamDictionary, unpacked, place);
        }
        else if (subtype == "Form" && unpacked.Codec is null)
        {
            marks.Judge(new PdfContent(null, null), unpacked.Bytes.Span, place, budget);
        }

        if (type == "EmbeddedFile" || _actions.IsEmbedded(reference))
        {
            _actions.LookAtEmbedded(unpacked.Bytes, reference, place);
        }
    }
}
