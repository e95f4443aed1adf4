using System.Xml;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;

namespace Lantai.Characterization.TextLayers;

/// <summary>The text of XML whatever it is called: each text with the name of its element, each attribute with its own, paragraphs as one text, files in base64.</summary>
/// <remarks>An OFD part is known by its namespace, and its letters are put where they are drawn. Memory does not grow with the file.</remarks>
internal sealed class XmlTextLayer
{
    private const string OfdNamespace = "ofdspec.org";
    private const string EncryptionNamespace = "xmlenc";

    private readonly TextSink _sink;
    private readonly ExaminationLimits _limits;
    private readonly CancellationToken _stop;
    private readonly XmlLetters _letters;
    private OfdPart? _drawn;
    private bool _isBegun;
    private int _number;

    private XmlTextLayer(TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        (_sink, _limits, _stop) = (sink, limits, stop);
        var packed = new PackedTexts((file, isSure) => LayerReading.ReadPacked(FileContent.Of(file), isSure, _number, _sink, _limits, _stop), sink.Unread, limits.MaxWhole);
        _letters = new XmlLetters(Take, IsParagraph, static (_, _) => true, packed);
    }

    /// <summary>
    /// Whether an element of this name is a paragraph, a heading or a cell in the languages that texts are kept in, or a line of recognised
    /// text (ALTO, PAGE), which has an element for each word or letter.
    /// </summary>
    public static bool IsParagraph(string name) => name is "p" or "h" or "si" or "is" or "TextLine";

    /// <summary>Reads a file; false when it is no XML to its end, of which what came before was taken.</summary>
    /// <param name="content">The file.</param>
    /// <param name="sink">Takes the texts.</param>
    /// <param name="limits">How much may be spent.</param>
    /// <param name="notes">Take why the end was not reached.</param>
    /// <param name="stop">Stops the work.</param>
    public static bool TryRead(FileContent content, TextSink sink, ExaminationLimits limits, ExaminationNotes notes, CancellationToken stop)
    {
        var layer = new XmlTextLayer(sink, limits, stop);
        var isWhole = PartXml.Read(new WatchedStream(content.OpenStream(), stop), "", notes, layer.Visit, passDtd: true);
        layer._drawn?.End();
        return isWhole;
    }

    private void Visit(XmlReader reader)
    {
        if (!_isBegun && reader.NodeType == XmlNodeType.Element)
        {
            _isBegun = true;
            _drawn = reader.NamespaceURI.Contains(OfdNamespace, StringComparison.Ordinal) ? new OfdPart("part", 0, _sink) : null;
        }

        if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "CipherData" && reader.NamespaceURI.Contains(EncryptionNamespace, StringComparison.Ordinal))
        {
            _sink.Unread("encrypted");
        }

        if (_drawn is not null)
        {
            _drawn.Visit(reader);
        }
        else
        {
            _letters.Visit(reader);
        }
    }

    private void Take(string text, string name, bool isParagraph)
    {
        _number++;
        _sink.Take(text, isParagraph ? TextRole.Body : TextRole.Field, "element", _number, isParagraph ? "" : name);
    }
}
