using System.Xml;
using Lantai.Characterization.Examination;
using Lantai.Containers;

namespace Lantai.Characterization.Packages;

/// <summary>Looks into OpenDocument (ISO/IEC 26300): encrypted entries by its manifest, scripts, what reaches outside the package.</summary>
internal sealed class OpenDocumentExaminer : IExaminer
{
    private const string Manifest = "META-INF/manifest.xml";

    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.OpenDocument];

    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        using var parts = PackageParts.TryOpen(content, notes, limits, cancellation);
        if (parts is null)
        {
            return;
        }

        using var nested = new NestedFiles(notes, limits, cancellation);
        var encrypted = ReadManifest(parts, notes);
        var links = new List<string>();
        foreach (var entry in parts.Entries)
        {
            var name = entry.Name.Display;
            NoteScript(name, notes);
            if (encrypted.Contains(name) || name is "mimetype" or Manifest || IsEmptySetting(entry))
            {
                _ = parts.Read(entry, static _ => { });
            }
            else if (name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
            {
                // The first versions of the office began their XML with a document type.
                _ = parts.Read(entry, notes, new OpenDocumentPart(name, notes, links).Visit, passDtd: true);
            }
            else
            {
                var isObject = !name.Contains('/', StringComparison.Ordinal) && name.StartsWith("Object", StringComparison.Ordinal);
                _ = parts.Read(entry, s => nested.Look(s, entry.Length, name, isObject ? "embedded-file" : null));
            }
        }

        links.ForEach(l => notes.Active("hyperlink", l));
        Conclude(parts, encrypted.Count > 0, notes);
    }

    private static HashSet<string> ReadManifest(PackageParts parts, ExaminationNotes notes)
    {
        var encrypted = new HashSet<string>(StringComparer.Ordinal);
        if (parts.Find(Manifest) is not { } manifest)
        {
            notes.Broken(Manifest, "missing-part");
            return encrypted;
        }

        var path = "";
        _ = parts.Read(manifest, notes, passDtd: true, visit: reader =>
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                return;
            }

            if (reader.LocalName == "file-entry")
            {
                path = reader.GetAttribute("full-path", reader.NamespaceURI) ?? "";
                if (path == "/")
                {
                    notes.Set("format-version", reader.GetAttribute("version", reader.NamespaceURI));
                }
            }
            else if (reader.LocalName == "encryption-data" && encrypted.Add(path))
            {
                notes.Encrypted("odf", path);
            }
        });
        return encrypted;
    }

    // Programs write the settings of their windows as parts without a byte.
    private static bool IsEmptySetting(ZipEntry entry) => entry.Length == 0 && entry.Name.Display.StartsWith("Configurations", StringComparison.Ordinal);

    // The lists of libraries stand in every document; modules only where somebody wrote one.
    private static void NoteScript(string name, ExaminationNotes notes)
    {
        var isModule = name.StartsWith("Basic/", StringComparison.Ordinal)
            && name[(name.LastIndexOf('/') + 1)..] is not ("script-lc.xml" or "script-lb.xml" or "dialog-lc.xml" or "dialog-lb.xml");
        if (isModule || name.StartsWith("Scripts/", StringComparison.Ordinal))
        {
            notes.Active("macro", name);
        }
    }

    private static void Conclude(PackageParts parts, bool isEncrypted, ExaminationNotes notes)
    {
        if (isEncrypted || parts.Entries.Any(e => e.Encryption != ZipEncryption.None))
        {
            notes.NotCheckable("encrypted");
        }
        else if (!parts.Has("content.xml"))
        {
            notes.Broken("content.xml", "missing-part");
        }

        notes.Readable();
    }
}
