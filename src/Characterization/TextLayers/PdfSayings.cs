using System.Numerics;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;
using Lantai.Characterization.Pdf;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.TextLayers;

/// <summary>
/// What the objects of a PDF say beside its pages: document information, metadata (XMP), annotations and form fields with
/// what they show, bookmarks, names and contents of attachments. Objects that nothing points at are read too.
/// </summary>
internal sealed class PdfSayings(PdfObjects objects, PdfPageLetters letters, TextSink sink, ExaminationLimits limits, CancellationToken stop)
{
    private const int MostObjects = 2_000_000;

    private readonly HashSet<IndirectReference> _seen = [];
    private readonly HashSet<IndirectReference> _embedded = [];
    private readonly Queue<IndirectReference> _waiting = new();
    private int _attachments;

    /// <summary>Reads every object once.</summary>
    public void ReadAll()
    {
        Wait(objects.Root);
        TellAbout();
        foreach (var listed in objects.Listed.Take(MostObjects))
        {
            Wait(listed);
        }

        while (_waiting.TryDequeue(out var reference))
        {
            Look(reference);
        }

        foreach (var stream in _embedded)
        {
            ReadAttachment(stream);
        }

        if (_seen.Count >= MostObjects)
        {
            sink.Unread("too-much");
        }
    }

    private void Wait(IndirectReference reference)
    {
        if (_seen.Count < MostObjects && _seen.Add(reference))
        {
            _waiting.Enqueue(reference);
        }
    }

    private void TellAbout()
    {
        foreach (var key in objects.About?.Data.Keys ?? [])
        {
            sink.Take(objects.Text(objects.About, key) ?? "", TextRole.Field, "property", 0, key);
        }
    }

    private void Look(IndirectReference reference)
    {
        var token = objects.Find(reference);
        if (token is StreamToken stream)
        {
            LookAtStream(stream, reference);
        }

        PdfInside.Walk(token, Wait, Tell);
    }

    private void Tell(DictionaryToken dictionary)
    {
        foreach (var key in dictionary.Data.Keys)
        {
            var (role, unit) = key switch
            {
                "Contents" or "RC" or "Subj" => (TextRole.Body, "annotation"),
                "V" or "DV" or "TU" or "CA" => (TextRole.Body, "annotation"),
                "Opt" => (TextRole.Body, "annotation"),
                "Title" => (TextRole.Body, "bookmark"),
                "UF" or "F" or "Desc" => (TextRole.Name, "attachment"),
                "Alt" or "ActualText" or "E" or "P" or "St" => (TextRole.Body, "annotation"),
                _ => (TextRole.Body, ""),
            };
            if (unit.Length > 0 && !dictionary.Data.ContainsKey("ByteRange") && objects.Text(dictionary, key) is { Length: > 0 } text)
            {
                sink.Take(text, role, unit, 0);
            }
        }

        if (objects.Dictionary(dictionary.Data.GetValueOrDefault("EF")) is { } files)
        {
            foreach (var file in files.Data.Values.OfType<IndirectReferenceToken>())
            {
                _ = _embedded.Add(file.Data);
            }
        }
    }

    private void LookAtStream(StreamToken stream, IndirectReference reference)
    {
        var (type, subtype) = (objects.Name(stream.StreamDictionary, "Type"), objects.Name(stream.StreamDictionary, "Subtype"));
        if (type == "EmbeddedFile")
        {
            _ = _embedded.Add(reference);
        }
        else if (type == "Metadata" && objects.Unpack(stream) is { Codec: null } unpacked)
        {
            var fields = new XmlLetters((text, name, _) => sink.Take(text, TextRole.Field, "property", 0, name), static _ => false, static (_, name) => name != "about");
            _ = PartXml.Read(new MemoryStream(unpacked.Bytes.ToArray(), writable: false), "", new ExaminationNotes("", FileFamily.Xml), fields.Visit);
        }
        else if (subtype == "Form" && !letters.Read.Contains(reference))
        {
            // What annotations show, and forms that no page draws.
            var lines = new PlacedLines();
            letters.ReadForm(lines, stream, null, Matrix3x2.Identity);
            foreach (var (text, _) in lines.Lines())
            {
                sink.Take(text, TextRole.Body, "annotation", 0);
            }
        }
    }

    private void ReadAttachment(IndirectReference reference)
    {
        _attachments++;
        if (objects.Find(reference) is StreamToken stream && objects.Unpack(stream) is { Codec: null } unpacked)
        {
            LayerReading.ReadInside(new MemoryStream(unpacked.Bytes.ToArray(), writable: false), unpacked.Bytes.Length, _attachments, sink, limits, stop);
        }
        else
        {
            sink.Unread("broken");
        }
    }
}
