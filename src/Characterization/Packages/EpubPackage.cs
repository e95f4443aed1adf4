using System.Xml;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Packages;

/// <summary>Reads the package document of an EPUB.</summary>
internal sealed class EpubPackage
{
    private readonly string _name;
    private readonly ExaminationNotes _notes;
    private readonly TextElements _texts;
    private long _documents;

    public EpubPackage(string name, ExaminationNotes notes)
    {
        (_name, _notes) = (name, notes);
        _texts = new TextElements(Take);
    }

    /// <summary>Looks at a node.</summary>
    public void Visit(XmlReader reader)
    {
        _texts.Visit(reader);
        if (reader.NodeType != XmlNodeType.Element)
        {
            return;
        }

        if (reader.LocalName == "package")
        {
            _notes.Set("format-version", reader.GetAttribute("version"));
        }
        else if (reader.LocalName == "itemref")
        {
            _documents++;
        }
        else if (reader.LocalName == "item")
        {
            VisitItem(reader.GetAttribute("href") ?? "", (reader.GetAttribute("properties") ?? "").Split(' '));
        }
    }

    /// <summary>The document was read.</summary>
    public void End() => _notes.Set("documents", _documents);

    private void VisitItem(string target, string[] properties)
    {
        if (properties.Contains("scripted"))
        {
            _notes.Active("script", target);
        }

        if (target.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || target.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            _notes.Active("external-reference", _name + ": " + target);
        }
    }

    private void Take(string element, string text)
    {
        if (element is "title" or "language")
        {
            _notes.Set(element, text);
        }
        else if (element == "creator")
        {
            _notes.Set("author", text);
        }
    }
}
