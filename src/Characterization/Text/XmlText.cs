using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Lantai.Characterization.Examination;
using Lantai.Containers;

namespace Lantai.Characterization.Text;

/// <summary>XML 1.0: read strictly to the end of its root. Nothing outside is ever fetched: there is no resolver.</summary>
internal sealed partial class XmlText(FileContent content, ExaminationNotes notes, ExaminationLimits limits, TextShape shape, CancellationToken cancellation) : IDisposable
{
    private const int MostDepth = 2048;
    private const int MostEntities = 1 << 20;

    private const string Encryption = "http://www.w3.org/2001/04/xmlenc#";

    private readonly XmlPacked _packed = new(notes, limits, cancellation);
    private XmlReader? _reader;
    private bool _hasOutside;
    private bool _hasRoot;

    /// <summary>Removes what was unpacked.</summary>
    public void Dispose() => _packed.Dispose();

    /// <summary>Reads all; true when it turned out to be no XML but a text that begins with a tag, such as HTML.</summary>
    public bool Read()
    {
        var declared = Declared(content, shape);
        notes.Set("encoding-declared", declared);
        var encoding = Choose(declared);
        using var guarded = new GuardedStream(content.OpenStream(), limits.MaxWhole, cancellation);
        using var letters = new StreamReader(guarded, encoding, detectEncodingFromByteOrderMarks: false);

        // The guard bounds the length of a value.
        var watch = new TagWatch(countsValues: false);
        try
        {
            SkipMark(letters);
            ReadAll(letters, guarded, watch);
            Finish(watch);
        }
        catch (XmlException) when (watch.Why is not null)
        {
            Finish(watch);
        }
        catch (XmlException e)
        {
            return Judge(e, declared);
        }
        catch (DecoderFallbackException)
        {
            notes.Broken(Place(), "encoding");
        }
        catch (RegexMatchTimeoutException)
        {
            notes.NotCheckable("too-slow");
        }

        return false;
    }

    // Where the watch stopped the letters, the end was not the end of the file.
    private void Finish(TagWatch watch)
    {
        if (watch.Why is { } why)
        {
            notes.NotCheckable(why);
        }
        else
        {
            notes.Readable();
        }
    }

    private void ReadAll(StreamReader letters, GuardedStream guarded, TagWatch watch)
    {
        var settings = new XmlReaderSettings
        {
            // Entities of the file itself are read, as every reader of it would; they are counted, and nothing is fetched.
            DtdProcessing = DtdProcessing.Parse,
            XmlResolver = null,
            MaxCharactersFromEntities = MostEntities,
            MaxCharactersInDocument = 0,
            CloseInput = false,
        };
        using var watched = new WatchedLetters(letters, watch);
        using var reader = XmlReader.Create(watched, settings);
        _reader = reader;
        for (var count = 0; reader.Read(); count++)
        {
            guarded.Begin();
            if (count % 4096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (reader.Depth > MostDepth)
            {
                throw WalkStoppedException.NotCheckable("too-deep");
            }

            ReadNode(reader);
        }
    }

    private void ReadNode(XmlReader reader)
    {
        if (reader.NodeType == XmlNodeType.DocumentType)
        {
            var system = reader.GetAttribute("SYSTEM");
            _hasOutside |= system is not null;
            if (system is not null)
            {
                notes.Active("external-entity", system);
            }

            foreach (Match entity in OutsideEntity().Matches(reader.Value))
            {
                _hasOutside = true;
                notes.Active("external-entity", entity.Groups[1].Value);
            }
        }
        else if (reader.NodeType == XmlNodeType.Element)
        {
            ReadElement(reader);
        }
        else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
        {
            _packed.LookAtText(reader, Place);
        }
        else if (reader is { NodeType: XmlNodeType.ProcessingInstruction, Name: "xml-stylesheet" } && StylesheetTarget().Match(reader.Value) is { Success: true } sheet && HtmlText.IsOutside(sheet.Groups[1].Value))
        {
            notes.Active("external-reference", sheet.Groups[1].Value);
        }
    }

    private void ReadElement(XmlReader reader)
    {
        if (!_hasRoot)
        {
            _hasRoot = true;
            notes.Set("xml-root", reader.LocalName);
            notes.Set("xml-namespace", reader.NamespaceURI);
        }

        if (reader is { LocalName: "EncryptedData", NamespaceURI: Encryption })
        {
            notes.Encrypted("xml", Place());
        }

        // SVG and XHTML have "script"; XSLT of several makers has it in a namespace of theirs.
        if (reader.LocalName == "script" && IsOfScripts(reader.NamespaceURI))
        {
            notes.Active("script", Place());
        }

        if (reader.HasAttributes)
        {
            _packed.LookAtAttributes(reader, Place);
        }
    }

    private static bool IsOfScripts(string space) =>
        space.Length == 0 || space.Contains("w3.org", StringComparison.Ordinal) || space.Contains("xslt", StringComparison.OrdinalIgnoreCase) || space.Contains("xalan", StringComparison.OrdinalIgnoreCase);

    private bool Judge(XmlException e, string? declared)
    {
        if (e.InnerException is DecoderFallbackException)
        {
            notes.Broken(Place(), "encoding");
            return false;
        }

        // Entities of a document type that lies outside are not known here; that is no fault of the file.
        if (_hasOutside && e.Message.Contains("undeclared entity", StringComparison.Ordinal))
        {
            notes.NotCheckable("external-entity");
            return false;
        }

        if (e.Message.Contains("MaxCharactersFromEntities", StringComparison.Ordinal))
        {
            notes.Active("entity-bomb", Place(e));
            notes.NotCheckable("too-much-unpacked");
            return false;
        }

        var start = TextExaminer.Beginning(content);
        var isNone = HtmlText.IsLikely(start) || (!_hasRoot && !IsCutOff(e));
        if (isNone && declared is null && !start.StartsWith("<?xml", StringComparison.Ordinal))
        {
            // Nothing says that it is XML but its first sign: notes that begin with a remark or an address are text.
            return true;
        }

        notes.Broken(Place(e), IsCutOff(e) ? "cut-off" : "not-well-formed");
        return false;
    }

    private bool IsCutOff(XmlException e) => e.LineNumber >= shape.Lines && e.Message.StartsWith("Unexpected end of file", StringComparison.Ordinal);

    private static string Place(XmlException e) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{e.LineNumber}:{e.LinePosition}");

    private string Place() => _reader is IXmlLineInfo line ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{line.LineNumber}:{line.LinePosition}") : "1:1";

    private Encoding Choose(string? declared)
    {
        if (shape.Fault is { } fault)
        {
            throw WalkStoppedException.Broken("", shape.FaultOffset, fault);
        }

        if (shape.Encoding.StartsWith("UTF-16", StringComparison.Ordinal))
        {
            return new UnicodeEncoding(shape.Encoding == "UTF-16BE", byteOrderMark: true, throwOnInvalidBytes: true);
        }

        if (declared is null || shape.HasMark)
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true);
        }

        var encoding = TextEncodings.Find(declared) ?? throw WalkStoppedException.NotCheckable("unknown-encoding");
        if (encoding.CodePage is 1200 or 1201)
        {
            // It says that it is UTF-16 in letters of one byte.
            throw WalkStoppedException.Broken("1:1", "encoding-mismatch");
        }

        TextExaminer.Compare(notes, shape, declared, encoding);
        return encoding;
    }

    private static string? Declared(FileContent content, TextShape shape)
    {
        var bytes = content.ReadBytes(0, 1024);
        var start = shape.Encoding switch
        {
            "UTF-16LE" => Encoding.Unicode.GetString(bytes),
            "UTF-16BE" => Encoding.BigEndianUnicode.GetString(bytes),
            _ => Encoding.Latin1.GetString(bytes),
        };
        return Declaration().Match(start) is { Success: true } found ? found.Groups[1].Value : null;
    }

    private static void SkipMark(StreamReader letters)
    {
        if (letters.Peek() == 0xFEFF)
        {
            _ = letters.Read();
        }
    }

    [GeneratedRegex("""^[^<]{0,4}<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Declaration();

    [GeneratedRegex("""<!ENTITY\s+(?:%\s+)?[^\s"'>]+\s+(?:SYSTEM|PUBLIC\s+(?:"[^"]*"|'[^']*'))\s*["']([^"']{0,200})""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OutsideEntity();

    [GeneratedRegex("""href\s*=\s*["']([^"']{1,200})""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex StylesheetTarget();
}

/// <summary>A stream that stops when one node of an XML is longer than is taken into memory, or when the time is spent.</summary>
internal sealed class GuardedStream(Stream stream, long mostOfNode, CancellationToken cancellation) : ForwardStream
{
    private long _sinceNode;

    /// <summary>A node begins.</summary>
    public void Begin() => _sinceNode = 0;

    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        var count = stream.Read(buffer);
        _sinceNode += count;
        return _sinceNode <= mostOfNode ? count : throw WalkStoppedException.NotCheckable("too-long");
    }
}
