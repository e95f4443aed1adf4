using System.Xml;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Packages;

/// <summary>Reads an XML part for what it says of the document: properties, sheets and slides, fields that start programs.</summary>
/// <remarks>The root element tells which part it is, whatever its name.</remarks>
internal sealed class OpenXmlPart
{
    private const string Strict = "http://purl.oclc.org/ooxml/";

    private readonly string _name;
    private readonly ExaminationNotes _notes;
    private readonly TextElements _texts;
    private string _root = "";
    private long _count;

    public OpenXmlPart(string name, ExaminationNotes notes)
    {
        (_name, _notes) = (name, notes);
        _texts = new TextElements(Take, element => element == "instrText" || _root is "Properties" or "coreProperties");
    }

    /// <summary>Looks at a node.</summary>
    public void Visit(XmlReader reader)
    {
        if (reader.NodeType == XmlNodeType.Element)
        {
            if (reader.Depth == 0)
            {
                _root = reader.LocalName;
                NoteConformance(reader);
            }

            VisitElement(reader);
        }

        _texts.Visit(reader);
    }

    /// <summary>The part was read.</summary>
    public void End()
    {
        if (_count > 0)
        {
            _notes.Set(_root == "presentation" ? "slides" : "sheets", _count);
        }
    }

    private void NoteConformance(XmlReader reader)
    {
        if ((_root is "document" or "workbook" or "presentation") && reader.NamespaceURI.Contains("main", StringComparison.Ordinal))
        {
            _notes.Set("conformance-claim", reader.NamespaceURI.StartsWith(Strict, StringComparison.Ordinal) ? "ISO/IEC 29500 Strict" : "ISO/IEC 29500 Transitional");
        }
    }

    private void VisitElement(XmlReader reader)
    {
        switch (reader.LocalName)
        {
            case "sheet" when _root == "workbook":
            case "sldId" when _root == "presentation":
                _count++;
                break;
            case "ddeLink":
                _notes.Active("dde", _name);
                break;
            case "fldSimple" when IsDde(reader.GetAttribute("instr", reader.NamespaceURI)):
                _notes.Active("dde", _name);
                break;
            case "ocx" when _name.Contains("/activeX/", StringComparison.OrdinalIgnoreCase):
                _notes.Active("activex", _name);
                break;
        }
    }

    private void Take(string element, string text)
    {
        if (element == "instrText" && IsDde(text))
        {
            _notes.Active("dde", _name);
        }

        if (_root == "Properties")
        {
            TakeExtended(element, text);
        }
        else if (_root == "coreProperties" && (element is "title" or "creator" or "created" or "modified"))
        {
            _notes.Set(element == "creator" ? "author" : element, text);
        }
    }

    private void TakeExtended(string element, string text)
    {
        switch (element)
        {
            case "Application":
                _notes.Set("creating-application", text);
                break;
            case "AppVersion":
                _notes.Set("creating-application-version", text);
                break;
            case "Pages" or "Words" or "Slides" when long.TryParse(text, out var number) && number >= 0:
                _notes.Set(element switch { "Pages" => "pages", "Words" => "words", _ => "slides" }, number);
                break;
        }
    }

    private static bool IsDde(string? field) =>
        field is not null && field.TrimStart() is { } trimmed && (trimmed.StartsWith("DDE ", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("DDEAUTO", StringComparison.OrdinalIgnoreCase));
}
