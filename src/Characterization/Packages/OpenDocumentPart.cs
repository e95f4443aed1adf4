using System.Xml;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Packages;

/// <summary>Reads an XML part of an OpenDocument for its properties and for what acts or reaches outside the package.</summary>
internal sealed class OpenDocumentPart
{
    private const string XLink = "http://www.w3.org/1999/xlink";
    private const int MostLinks = 64;

    private readonly string _name;
    private readonly ExaminationNotes _notes;
    private readonly List<string> _links;
    private readonly TextElements _texts;

    public OpenDocumentPart(string name, ExaminationNotes notes, List<string> links)
    {
        (_name, _notes, _links) = (name, notes, links);
        _texts = new TextElements(Take);
    }

    /// <summary>Looks at a node.</summary>
    public void Visit(XmlReader reader)
    {
        if (reader.NodeType == XmlNodeType.Element)
        {
            VisitElement(reader);
        }

        if (_name == "meta.xml")
        {
            _texts.Visit(reader);
        }
    }

    private void VisitElement(XmlReader reader)
    {
        var element = reader.LocalName;
        if (element == "event-listener" && reader.GetAttribute("language", reader.NamespaceURI) is not null)
        {
            _notes.Active("macro", _name);
        }
        else if (element is "dde-source" or "dde-link" or "dde-connection-decl")
        {
            _notes.Active("dde", _name);
        }
        else if (element == "document-statistic" && _name == "meta.xml")
        {
            Count(reader, "page-count", "pages");
            Count(reader, "word-count", "words");
            Count(reader, "table-count", "tables");
        }
        else if (reader.GetAttribute("href", XLink) is { Length: > 0 } target && IsOutside(target))
        {
            NoteOutside(element, target);
        }
    }

    private void Count(XmlReader reader, string attribute, string property)
    {
        if (long.TryParse(reader.GetAttribute(attribute, reader.NamespaceURI), out var number) && number >= 0)
        {
            _notes.Set(property, number);
        }
    }

    private void NoteOutside(string element, string target)
    {
        var place = _name + ": " + target;
        if (element is not ("a" or "template"))
        {
            _notes.Active("external-reference", place);
        }
        else if (element == "a" && _links.Count < MostLinks)
        {
            _links.Add(place);
        }
    }

    // A relative path is one of the package, unless it climbs out of it (ODF 1.3 part 2, §3.7).
    private static bool IsOutside(string target) =>
        target.StartsWith("../", StringComparison.Ordinal) || target.StartsWith('/')
        || (target.IndexOf(':', StringComparison.Ordinal) is > 1 and var colon && target.AsSpan(0, colon).IndexOfAny('/', '#', '?') < 0 && !target.StartsWith("vnd.sun.star.Package:", StringComparison.OrdinalIgnoreCase));

    private void Take(string element, string text)
    {
        var property = element switch
        {
            "generator" => "creating-application", "title" => "title", "initial-creator" => "author", "creation-date" => "created", "date" => "modified", _ => null,
        };
        if (property is not null)
        {
            _notes.Set(property, text);
        }
    }
}
