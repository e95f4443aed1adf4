using System.Globalization;
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
        var (place, text, field, number) = ("", "", (string?)null, 0L);
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
                fields = new Dictionary<string, string>(StringComparer.Ordinal);
                place = string.Create(CultureInfo.InvariantCulture, $"{name} {reader.LocalName}[{++number}]");
            }
            else if (reader is { NodeType: XmlNodeType.Element, Depth: 2 })
            {
                (field, text) = (NoticeFields.FieldOf(reader.LocalName), "");
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && reader.Depth == 3 && field is not null && text.Length <= LongestField)
            {
                text += reader.Value.Length > LongestField ? reader.Value[..LongestField] : reader.Value;
            }

            var ends = reader.NodeType == XmlNodeType.EndElement || reader is { NodeType: XmlNodeType.Element, IsEmptyElement: true };
            if (ends && reader.Depth == 2 && field is not null && !fields!.TryAdd(field, text))
            {
                Tell(place, "twice");
            }
            else if (ends && reader.Depth == 1)
            {
                yield return new ListRow(place, fields!);
            }
        }
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
        catch (Exception problem) when (problem is System.Text.DecoderFallbackException or ArgumentException or NotSupportedException)
        {
            Tell(reader is null ? "1:1" : PlaceOf(reader), "xml"); // an encoding that lies or is not known
        }

        return default;
    }

    private static string PlaceOf(XmlReader reader) =>
        reader is IXmlLineInfo line ? string.Create(CultureInfo.InvariantCulture, $"{line.LineNumber}:{line.LinePosition}") : "-";

    private void Tell(string place, string fault) => _findings.Add(Finding.Error(CaseCodes.List, name, ("place", place), ("listfault", fault)));
}
