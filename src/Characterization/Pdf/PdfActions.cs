using Lantai.Characterization.Packages;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.Pdf;

/// <summary>Finds what acts, what is embedded, what reaches outside, and signatures.</summary>
internal sealed class PdfActions(PdfObjects objects, PdfMarks marks, NestedFiles nested)
{
    private const int MostEmbedded = 10_000;
    private const int MostRange = 64;
    private const double MostPlace = 1L << 50;

    private readonly Dictionary<IndirectReference, string> _embedded = [];
    private readonly HashSet<IndirectReference> _looked = [];
    private long _files;
    private long _signatures;

    /// <summary>Whether a file specification said that this stream is an embedded file.</summary>
    public bool IsEmbedded(IndirectReference stream) => _embedded.ContainsKey(stream);

    /// <summary>Looks at a dictionary, wherever it stands.</summary>
    public void LookAt(DictionaryToken dictionary, string place)
    {
        var keys = dictionary.Data;
        if (keys.ContainsKey("JS"))
        {
            marks.Active("pdf-javascript", place);
        }

        if (keys.ContainsKey("XFA"))
        {
            marks.Active("pdf-xfa", place);
        }

        if (keys.ContainsKey("ByteRange") && keys.ContainsKey("Contents"))
        {
            _signatures++;
            var range = objects.Get(dictionary, "ByteRange") is ArrayToken numbers ? numbers.Data.Take(MostRange).Select(n => objects.Resolve(n) is NumericToken number ? number.Data : -1) : [];
            marks.Signed(new PdfSignature(place, objects.Name(dictionary, "SubFilter") ?? "", [.. range.Select(n => n is >= 0 and < MostPlace ? (long)n : -1)]));
        }

        if (keys.ContainsKey("EF") && objects.Dictionary(keys["EF"]) is { } files)
        {
            NoteEmbedded(dictionary, files, place);
        }

        // A file that shows nothing but where to get the key, and the true document in it (ISO 32000-2, 7.6.7).
        if (objects.Name(dictionary, "AFRelationship") == "EncryptedPayload" || objects.Name(dictionary, "Type") == "EncryptedPayload")
        {
            marks.Encrypted("pdf-payload", place);
        }

        if (keys.ContainsKey("S") && objects.Name(dictionary, "S") is { } action && objects.Name(dictionary, "Type") is null or "Action")
        {
            NoteAction(dictionary, action, place);
        }

        if (objects.Name(dictionary, "Subtype") is "RichMedia" or "Movie" or "Sound" or "Screen" or "3D")
        {
            marks.Active("multimedia", place);
        }
    }

    /// <summary>Looks at the bytes of an embedded file.</summary>
    public void LookAtEmbedded(ReadOnlyMemory<byte> bytes, IndirectReference stream, string place)
    {
        if (!_looked.Add(stream))
        {
            return;
        }

        _files++;
        var named = _embedded.TryGetValue(stream, out var name) && name.Length > 0 ? $"{place} {name}" : place;
        marks.Active("embedded-file", named);
        using var content = new ContentStream(FileContent.Of(bytes));
        nested.Look(content, bytes.Length, named);
    }

    /// <summary>Says what is left to say when every object was looked at.</summary>
    public void Tell()
    {
        // A specification may come after the stream that it names, or be all that there is.
        foreach (var (stream, _) in _embedded)
        {
            if (!_looked.Contains(stream))
            {
                var content = objects.Find(stream) is StreamToken token ? objects.Unpack(token)?.Bytes ?? default : default;
                LookAtEmbedded(content, stream, PdfMarks.PlaceOf(stream));
            }
        }

        marks.Set("signatures", _signatures);
        if (_files > 0)
        {
            marks.Set("embedded-files", _files);
        }
    }

    private void NoteEmbedded(DictionaryToken specification, DictionaryToken files, string place)
    {
        var name = objects.Text(specification, "UF") ?? objects.Text(specification, "F") ?? "";
        foreach (var value in files.Data.Values)
        {
            if (value is IndirectReferenceToken reference && _embedded.Count < MostEmbedded)
            {
                _ = _embedded.TryAdd(reference.Data, name);
            }
            else
            {
                marks.Active("embedded-file", place);
            }
        }
    }

    private void NoteAction(DictionaryToken dictionary, string action, string place)
    {
        switch (action)
        {
            case "JavaScript":
                marks.Active("pdf-javascript", place);
                break;
            case "Launch":
                // What is launched lies outside, be it a program or a document.
                marks.Active("pdf-launch", place);
                marks.Active("external-reference", place);
                break;
            case "URI":
                marks.Active("external-reference", objects.Text(dictionary, "URI") is { Length: > 0 } target ? $"{place} {target}" : place);
                break;
            case "GoToR" or "SubmitForm" or "ImportData" or "Thread" when action != "Thread" || dictionary.Data.ContainsKey("F"):
                marks.Active("external-reference", place);
                break;
            case "Movie" or "Sound" or "Rendition" or "RichMediaExecute" or "GoTo3DView":
                marks.Active("multimedia", place);
                break;
        }
    }
}
