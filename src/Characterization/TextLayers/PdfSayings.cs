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

    private readonly PdfLooseStreams _loose = new(objects, letters, sink, limits, stop);
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
            Look(reference, Wait);
        }

        ReadFound();
    }

    /// <summary>Reads some objects and nothing that they name.</summary>
    public void ReadSome(IEnumerable<IndirectReference> some)
    {
        TellAbout();
        foreach (var reference in some)
        {
            Look(reference, static _ => { });
        }

        ReadFound();
    }

    /// <summary>Streams that draw letters and that nothing in this state of the file draws.</summary>
    public IReadOnlyList<IndirectReference> Drawings => _loose.Drawings;

    /// <summary>Reads such streams all the same.</summary>
    public void Read(IEnumerable<IndirectReference> drawings) => _loose.Read(drawings);

    private void ReadFound()
    {
        _loose.ReadAll();
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

    private void Look(IndirectReference reference, Action<IndirectReference> named)
    {
        var token = objects.Find(reference);
        if (token is StreamToken stream)
        {
            LookAtStream(stream, reference);
        }

        PdfInside.Walk(token, named, Tell);
    }

    private void Tell(DictionaryToken dictionary)
    {
        _loose.Note(dictionary);
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
        var type = objects.Name(stream.StreamDictionary, "Type");
        if (type == "EmbeddedFile")
        {
            _ = _embedded.Add(reference);
        }
        else if (type == "Metadata" && objects.Unpack(stream) is { Codec: null } unpacked)
        {
            var fields = new XmlLetters((text, name, _) => sink.Take(text, TextRole.Field, "property", 0, name), static _ => false, static (_, name) => name != "about");
            _ = PartXml.Read(new MemoryStream(unpacked.Bytes.ToArray(), writable: false), "", new ExaminationNotes("", FileFamily.Xml), fields.Visit);
        }
        else
        {
            _loose.Note(stream, reference);
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
