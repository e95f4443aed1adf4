using System.Xml;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Packages;

/// <summary>Reads the relationships of a part: what it reaches outside, and whether the main part is there.</summary>
/// <param name="name">The name of the part that lists them.</param>
/// <param name="parts">The package.</param>
/// <param name="notes">Takes what is found.</param>
/// <param name="links">Takes links, at most 64.</param>
internal sealed class OpenXmlRelations(string name, PackageParts parts, ExaminationNotes notes, List<string> links)
{
    private const int MostLinks = 64;

    /// <summary>Looks at a node.</summary>
    public void Visit(XmlReader reader)
    {
        if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "Relationship")
        {
            return;
        }

        var type = reader.GetAttribute("Type") ?? "";
        var target = reader.GetAttribute("Target") ?? "";
        if (reader.GetAttribute("TargetMode") == "External")
        {
            NoteOutside(type, target);
        }
        else if (type.EndsWith("/officeDocument", StringComparison.Ordinal) && name.Equals("_rels/.rels", StringComparison.OrdinalIgnoreCase) && !parts.Has(Uri.UnescapeDataString(target)))
        {
            notes.Broken(target, "missing-part");
        }
    }

    private void NoteOutside(string type, string target)
    {
        var place = name + ": " + target;
        if (!type.EndsWith("/hyperlink", StringComparison.Ordinal))
        {
            notes.Active("external-reference", place);
        }
        else if (links.Count < MostLinks)
        {
            links.Add(place);
        }
    }
}
