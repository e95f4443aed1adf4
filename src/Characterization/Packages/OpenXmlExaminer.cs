using Lantai.Characterization.Examination;
using Lantai.Containers;

namespace Lantai.Characterization.Packages;

/// <summary>
/// Looks into Office Open XML (ECMA-376): every part is read to its end, XML must be well-formed and without a document type
/// (ISO/IEC 29500-2), and what acts or reaches outside is noted.
/// </summary>
internal sealed class OpenXmlExaminer : IExaminer
{
    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.OpenXml];

    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        using var parts = PackageParts.TryOpen(content, notes, limits, cancellation);
        if (parts is null)
        {
            return;
        }

        using var nested = new NestedFiles(notes, limits, cancellation);
        var links = new List<string>();
        foreach (var entry in parts.Entries)
        {
            var name = entry.Name.Display;
            if (name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase))
            {
                var relations = new OpenXmlRelations(name, parts, notes, links);
                _ = parts.Read(entry, notes, relations.Visit);
            }
            else if (name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
            {
                NoteByName(name, notes);
                var part = new OpenXmlPart(name, notes);
                _ = parts.Read(entry, notes, part.Visit);
                part.End();
            }
            else
            {
                NoteByName(name, notes);
                var isEmbedded = name.Contains("/embeddings/", StringComparison.OrdinalIgnoreCase);
                _ = parts.Read(entry, s => nested.Look(s, entry.Length, name, isEmbedded ? "embedded-file" : null));
            }
        }

        // Links to the web are harmless and many: they come last.
        links.ForEach(l => notes.Active("hyperlink", l));
        Conclude(parts, notes);
    }

    private static void NoteByName(string name, ExaminationNotes notes)
    {
        if (name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || name.Contains("/macrosheets/", StringComparison.OrdinalIgnoreCase))
        {
            notes.Active("macro", name);
        }
        else if (name.Contains("/activeX/", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))
        {
            notes.Active("activex", name);
        }
    }

    private static void Conclude(PackageParts parts, ExaminationNotes notes)
    {
        if (!parts.Has("_rels/.rels"))
        {
            notes.Broken("_rels/.rels", "missing-part");
        }

        if (parts.Entries.Any(e => e.Encryption != ZipEncryption.None))
        {
            notes.NotCheckable("encrypted");
        }

        notes.Readable();
    }
}
