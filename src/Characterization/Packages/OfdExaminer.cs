using Lantai.Characterization.Examination;
using Lantai.Containers;

namespace Lantai.Characterization.Packages;

/// <summary>
/// Looks into OFD (GB/T 33190-2016): documents, pages, signatures, attachments, fonts. A signature is no encryption;
/// what is encrypted is listed by the part Encryptions.xml beside OFD.xml (GM/T 0099-2020, annex C).
/// </summary>
internal sealed class OfdExaminer : IExaminer
{
    private const string Root = "OFD.xml";
    private const string Encryptions = "Encryptions.xml";

    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.Ofd];

    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        using var parts = PackageParts.TryOpen(content, notes, limits, cancellation);
        if (parts is null)
        {
            return;
        }

        NoteEncryption(parts, notes);
        var document = new OfdDocuments(parts, notes);
        if (parts.Has(Root))
        {
            document.Read(Root);
        }
        else
        {
            document.Missing(Root);
        }

        ReadRest(parts, document, notes, limits, cancellation);
        document.Conclude();
        if (notes.IsEncrypted)
        {
            notes.NotCheckable("encrypted");
        }

        notes.Readable();
    }

    private static void NoteEncryption(PackageParts parts, ExaminationNotes notes)
    {
        if (parts.Find(Encryptions) is not { } entry)
        {
            return;
        }

        var count = 0;
        _ = parts.Read(entry, notes, reader => count += reader.NodeType == System.Xml.XmlNodeType.Element && reader.LocalName == "EncryptInfo" ? 1 : 0);
        if (count > 0)
        {
            notes.Encrypted("ofd", entry.Name.Display);
        }
    }

    // What the documents did not name is read as well: to its end, and looked into.
    private static void ReadRest(PackageParts parts, OfdDocuments document, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        using var nested = new NestedFiles(notes, limits, cancellation);
        foreach (var entry in parts.Entries.Where(e => !document.WasRead(e) && !IsEncryptions(e)))
        {
            var name = entry.Name.Display;
            if (document.IsAttachment(entry))
            {
                _ = parts.Read(entry, s => nested.Look(s, entry.Length, name, "embedded-file"));
            }
            else if (name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
            {
                _ = parts.Read(entry, notes, document.VisitOther);
            }
            else if (OfdDocuments.IsLookedInto(name))
            {
                _ = parts.Read(entry, s => nested.Look(s, entry.Length, name));
            }
            else
            {
                _ = parts.Read(entry, static _ => { });
            }
        }
    }

    private static bool IsEncryptions(ZipEntry entry) => entry.Name.Display.Equals(Encryptions, StringComparison.OrdinalIgnoreCase);
}
