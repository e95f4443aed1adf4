using System.Xml;
using Lantai.Characterization.Examination;
using Lantai.Containers;

namespace Lantai.Characterization.Packages;

/// <summary>Looks into EPUB: encrypted resources and rights, the package document, scripts and remote resources.</summary>
internal sealed class EpubExaminer : IExaminer
{
    private const string Container = "META-INF/container.xml";
    private const string Encryption = "META-INF/encryption.xml";

    // Fonts that are only obfuscated open in every reader (EPUB 3.3 §4.3; the older one of Adobe likewise).
    private static readonly string[] Obfuscations = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

    private static readonly string[] RightsParts = ["META-INF/rights.xml", "META-INF/sinf.xml", "META-INF/license.lcpl"];

    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.Epub];

    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        using var parts = PackageParts.TryOpen(content, notes, limits, cancellation);
        if (parts is null)
        {
            return;
        }

        NoteEncryption(parts, notes);
        var roots = FindRoots(parts, notes);
        using var nested = new NestedFiles(notes, limits, cancellation);
        foreach (var entry in parts.Entries)
        {
            var name = entry.Name.Display;
            if (roots.Contains(name))
            {
                var package = new EpubPackage(name, notes);
                _ = parts.Read(entry, notes, package.Visit, passDtd: true);
                package.End();
            }
            else if (name is not (Container or Encryption))
            {
                _ = parts.Read(entry, s => nested.Look(s, entry.Length, name));
            }
        }

        if (notes.IsEncrypted)
        {
            notes.NotCheckable("encrypted");
        }

        notes.Readable();
    }

    private static void NoteEncryption(PackageParts parts, ExaminationNotes notes)
    {
        foreach (var rights in RightsParts.Where(parts.Has))
        {
            notes.Encrypted("drm", rights);
        }

        if (parts.Find(Encryption) is not { } entry)
        {
            return;
        }

        var algorithm = "";
        _ = parts.Read(entry, notes, passDtd: true, visit: reader =>
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "EncryptedData")
            {
                algorithm = "";
            }
            else if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "EncryptionMethod" && algorithm.Length == 0)
            {
                algorithm = reader.GetAttribute("Algorithm") ?? "";
            }
            else if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "CipherReference" && !Obfuscations.Contains(algorithm))
            {
                notes.Encrypted("epub", reader.GetAttribute("URI") ?? Encryption);
            }
        });
    }

    private static HashSet<string> FindRoots(PackageParts parts, ExaminationNotes notes)
    {
        var roots = new HashSet<string>(StringComparer.Ordinal);
        if (parts.Find(Container) is not { } entry)
        {
            notes.Broken(Container, "missing-part");
            return roots;
        }

        _ = parts.Read(entry, notes, passDtd: true, visit: reader =>
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "rootfile" && reader.GetAttribute("full-path") is { Length: > 0 } path && roots.Count < 64)
            {
                _ = roots.Add(path);
            }
        });
        foreach (var missing in roots.Where(r => !parts.Has(r)))
        {
            notes.Broken(missing, "missing-part");
        }

        return roots;
    }
}
