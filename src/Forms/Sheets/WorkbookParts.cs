using System.Xml;

namespace Lantai.Forms;

/// <summary>Finds the parts of a workbook by the relations that they declare.</summary>
/// <remarks>
/// ISO/IEC 29500-2 (packages). Both namespaces of the standard are read: elements are known by their local names and relations by the last segment of their types.
/// Nothing outside the package is ever opened.
/// </remarks>
internal sealed class WorkbookParts(Func<string, Stream?> open, SheetLimits limits)
{
    private const int MostLevels = 64;

    /// <summary>A relation: its id, the last segment of its type, and the path of the part it leads to, or null when that lies outside.</summary>
    public readonly record struct Relation(string Id, string Kind, string? Path);

    /// <summary>The relations of a part; of the package for the empty path.</summary>
    /// <exception cref="XmlException">The part that holds them is malformed.</exception>
    public IReadOnlyList<Relation> RelationsOf(string path)
    {
        var (folder, name) = path.LastIndexOf('/') is >= 0 and var at ? (path[..(at + 1)], path[(at + 1)..]) : ("", path);
        var relations = new List<Relation>();
        using var xml = TryOpen(folder + "_rels/" + name + ".rels");
        while (xml is not null && Read(xml))
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" })
            {
                var target = xml.GetAttribute("Target") ?? "";
                var isOutside = xml.GetAttribute("TargetMode") == "External";
                relations.Add(new Relation(xml.GetAttribute("Id") ?? "", (xml.GetAttribute("Type") ?? "").Split('/')[^1], isOutside ? null : Resolve(folder, target)));
            }
        }

        return relations;
    }

    /// <summary>Opens a part; null when there is none.</summary>
    public XmlReader? TryOpen(string path) => open(path) is { } stream
        ? XmlReader.Create(stream, new XmlReaderSettings
        {
            CloseInput = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = limits.MaxPartLength,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        })
        : null;

    /// <summary>Reads the next node.</summary>
    /// <exception cref="XmlException">It is malformed, or nested too deep.</exception>
    public static bool Read(XmlReader xml) =>
        xml.Read() && (xml.Depth <= MostLevels ? true : throw new XmlException("Nested too deep."));

    private static string Resolve(string folder, string target)
    {
        var segments = new List<string>();
        foreach (var segment in (target.StartsWith('/') ? target : folder + target).Split('/'))
        {
            if (segment == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("" or "." or ".."))
            {
                segments.Add(segment);
            }
        }

        return string.Join('/', segments);
    }
}
