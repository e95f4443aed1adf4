using System.Globalization;
using System.Text;
using System.Xml;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A list as XML: below the root an element for each case, whose children are its fields.</summary>
/// <remarks>Document types are forbidden, nothing outside is opened, and what lies deeper is not read.</remarks>
internal sealed class XmlListFile(Stream stream, string name) : IListFile
{
    private const int MostDepth = 8;
    private const int LongestField = 10_000;
    private const long MostCharacters = 1L << 30;
    private readonly List<Finding> _findings = [];
    private readonly char[] _chunk = new char[1024];

    public string Name => name;

    public IReadOnlyList<Finding> Findings => _findings;

    public IEnumerable<ListRow> Rows(CancellationToken cancellation)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = MostCharacters,
        };
        using var reader = Guarded(null, () => XmlReader.Create(stream, settings));
        Dictionary<string, string>? fields = null;
        var text = new StringBuilder();
        var (place, fault, field, number) = ("", (string?)null, (string?)null, 0L);
        while (reader is not null && Guarded(reader, reader.Read))
        {
            cancellation.ThrowIfCancellationRequested();
            if (reader.NodeType == XmlNodeType.Element && reader.Depth >= MostDepth)
            {
                Tell(PlaceOf(reader), "deep");
                yield break;
            }

            if (reader is { NodeType: XmlNodeType.Element, Depth: 1 })
            {
                (fields, fault) = (new Dictionary<string, string>(StringComparer.Ordinal), null);
                place = string.Create(CultureInfo.InvariantCulture, $"{name} {reader.LocalName}[{++number}]");
            }
            else if (reader is { NodeType: XmlNodeType.Element, Depth: 2 })
            {
                field = NoticeFields.FieldOf(reader.LocalName);
                _ = text.Clear();
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && reader.Depth == 3 && field is not null)
            {
                _ = Guarded(reader, () => ReadText(reader, text));
            }

            var ends = reader.NodeType == XmlNodeType.EndElement || reader is { NodeType: XmlNodeType.Element, IsEmptyElement: true };
            if (ends && reader.Depth == 2 && field is not null && !fields!.TryAdd(field, text.ToString()))
            {
                fault = "twice";
            }
            else if (ends && reader.Depth == 1)
            {
                yield return new ListRow(place, fields!, fault);
            }
        }
    }

    /// <summary>Adds a text in pieces, so that one without end is never held as a whole: what is behind the longest field is passed over.</summary>
    private bool ReadText(XmlReader reader, StringBuilder text)
    {
        while (text.Length <= LongestField && reader.ReadValueChunk(_chunk, 0, _chunk.Length) is > 0 and var read)
        {
            _ = text.Append(_chunk, 0, read);
        }

        return true;
    }

    /// <summary>Runs the reader; what is no XML ends it with a finding.</summary>
    private T? Guarded<T>(XmlReader? reader, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException problem)
        {
            Tell(string.Create(CultureInfo.InvariantCulture, $"{problem.LineNumber}:{problem.LinePosition}"), "xml");
        }
        catch (Exception problem) when (problem is DecoderFallbackException or ArgumentException or NotSupportedException)
        {
            Tell(reader is null ? "1:1" : PlaceOf(reader), "xml"); // an encoding that lies or is not known
        }

        return default;
    }

    private static string PlaceOf(XmlReader reader) =>
        reader is IXmlLineInfo line ? string.Create(CultureInfo.InvariantCulture, $"{line.LineNumber}:{line.LinePosition}") : "-";

    private void Tell(string place, string fault) => _findings.Add(Finding.Error(CaseCodes.List, name, ("place", place), ("listfault", fault)));
}
