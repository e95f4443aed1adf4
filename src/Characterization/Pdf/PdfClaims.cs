using System.Text;
using System.Xml;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.Pdf;

/// <summary>
/// What a PDF says of itself in its XMP packet and its document information: also which profile it claims to follow.
/// A claim is what the file says, never what was checked: conformance to PDF/A is for a validator to tell.
/// </summary>
/// <param name="objects">The objects.</param>
/// <param name="marks">Takes what is found.</param>
/// <param name="isEncrypted">Whether the file is encrypted: the library holds the texts of the catalogue as they were before decryption.</param>
internal sealed class PdfClaims(PdfObjects objects, PdfMarks marks, bool isEncrypted)
{
    private const int MostCharacters = 8 << 20;
    private const int MostValue = 512;
    private const string Archive = "http://www.aiim.org/pdfa/ns/id/";
    private const string Accessible = "http://www.aiim.org/pdfua/ns/id/";
    private const string Exchange = "http://www.npes.org/pdfx/ns/id/";
    private const string Basic = "http://ns.adobe.com/xap/1.0/";
    private const string Pdf = "http://ns.adobe.com/pdf/1.3/";
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";

    private readonly Dictionary<(string Space, string Name), string> _values = [];

    /// <summary>Sets the properties.</summary>
    public void Tell()
    {
        ReadPacket();
        marks.Set("pdfa-part", Of(Archive, "part"));
        marks.Set("pdfa-level", Of(Archive, "conformance"));
        marks.Set("pdfa-revision", Of(Archive, "rev"));
        marks.Set("pdfua-part", Of(Accessible, "part"));
        var about = objects.About;
        marks.Set("pdfx-version", Of(Exchange, "GTS_PDFXVersion") ?? objects.Text(about, "GTS_PDFXVersion"));
        marks.Set("title", objects.Text(about, "Title") ?? Of(DublinCore, "title"));
        marks.Set("producer", objects.Text(about, "Producer") ?? Of(Pdf, "Producer"));
        marks.Set("creator", objects.Text(about, "Creator") ?? Of(Basic, "CreatorTool"));
        marks.Set("created", PdfDate.Read(objects.Text(about, "CreationDate")) ?? Of(Basic, "CreateDate"));
        marks.Set("modified", PdfDate.Read(objects.Text(about, "ModDate")) ?? Of(Basic, "ModifyDate"));
        marks.Set("language", isEncrypted ? null : objects.Text(objects.Catalog, "Lang"));
        marks.Set("tagged", objects.Get(objects.Dictionary(objects.Catalog.Data.GetValueOrDefault("MarkInfo")), "Marked") is BooleanToken { Data: true });
    }

    private string? Of(string space, string name) => _values.GetValueOrDefault((space, name));

    private void ReadPacket()
    {
        if (objects.Get(objects.Catalog, "Metadata") is not StreamToken stream || objects.Unpack(stream) is not { Codec: null } packet || packet.Bytes.Length == 0)
        {
            return;
        }

        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters };
        try
        {
            // What was read before a fault stands: a claim is a claim.
            using var reader = XmlReader.Create(new MemoryStream(packet.Bytes.ToArray(), writable: false), settings);
            ReadValues(reader);
        }
        catch (Exception fault) when (fault is XmlException or DecoderFallbackException or ArgumentException)
        {
            marks.Odd("/Metadata", "pdf-metadata");
        }
    }

    // A property is an attribute, or an element with text; a text in several languages lies two elements deeper.
    private void ReadValues(XmlReader reader)
    {
        var open = new Stack<(string Space, string Name)>();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var element = (reader.NamespaceURI, reader.LocalName);
                    var isEmpty = reader.IsEmptyElement;
                    while (reader.MoveToNextAttribute())
                    {
                        Keep((reader.NamespaceURI, reader.LocalName), reader.Value);
                    }

                    if (!isEmpty)
                    {
                        open.Push(element);
                    }

                    break;
                case XmlNodeType.EndElement:
                    _ = open.TryPop(out _);
                    break;
                case XmlNodeType.Text:
                    foreach (var name in open.Take(3))
                    {
                        Keep(name, reader.Value);
                    }

                    break;
            }
        }
    }

    private void Keep((string Space, string Name) name, string value)
    {
        if (_values.Count < MostValue && name.Space is Archive or Accessible or Exchange or Basic or Pdf or DublinCore)
        {
            _ = _values.TryAdd(name, value.Trim());
        }
    }
}
