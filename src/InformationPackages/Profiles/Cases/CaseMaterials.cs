using System.Text;
using Lantai.Containers;
using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>Reads what the metadata list as files, and compares it with the files that are there.</summary>
/// <param name="package">The package of the case.</param>
/// <param name="prefix">Where that package lies in the one that is judged: empty, or a folder with '/' at its end.</param>
/// <param name="block">Reads the blocks.</param>
/// <param name="digests">Takes what is recorded of the bytes.</param>
/// <param name="findings">Takes what is wrong.</param>
internal sealed class CaseMaterials(PackageTree package, string prefix, CaseBlockReading block, RecordedDigests digests, PackageFindings findings)
{
    internal const string LicenceElement = "电子证照";

    private static readonly DigestCodes Codes = new("PKG-034", "PKG-048", "PKG-031", "PKG-030");
    private static readonly string[] OfContent = ["computer_file_name", "computer_file_size", "computer_file_creation_time", "digest_algorithm", "digest"];

    private readonly Dictionary<string, string> _listed = new(StringComparer.Ordinal);

    /// <summary>Reads one file.</summary>
    /// <param name="element">Its element.</param>
    /// <param name="folder">The folder that it lies in.</param>
    /// <param name="kind">What the folder's materials are.</param>
    internal CaseFile Read(MarkupElement element, string folder, MaterialKind kind)
    {
        var isReference = element.First("引用地址") is not null && element.First("computer_file_name") is null;
        var fields = block.Read("file", element, [LicenceElement], isReference ? OfContent : null);
        var path = Path(fields, folder);
        var content = path.Length == 0 ? null : Match(fields, path);
        return new CaseFile(path, fields, ReadLicence(element, kind), content);
    }

    /// <summary>The files that nothing lists, the given ones left out.</summary>
    internal List<PackageFile> Unlisted(IReadOnlyCollection<string> known) =>
        [.. package.Files.Where(f => !_listed.ContainsKey(f.Path) && !known.Contains(f.Path))];

    /// <summary>Says of files that nothing lists that they are orphans.</summary>
    internal void TellOrphans(IEnumerable<PackageFile> files)
    {
        foreach (var file in files)
        {
            findings.Error("PKG-036", prefix + file.Path, "", "group-1-4", block.File);
        }
    }

    private string Path(CaseFields fields, string folder)
    {
        if (fields["computer_file_name"] is not { Length: > 0 } name)
        {
            return "";
        }

        if (EntryPath.FindReason(Encoding.UTF8.GetBytes(name)) is null)
        {
            return folder + "/" + name;
        }

        findings.Error("PKG-041", block.File, fields.PlaceOf("computer_file_name"), "group-1-5", folder + "/…", name);
        return "";
    }

    private PackageFile? Match(CaseFields fields, string path)
    {
        var at = fields.Source!.Element.Path;
        if (!_listed.TryAdd(path, at))
        {
            findings.Error("PKG-039", block.File, at, "group-1-4", "once", path);
        }

        if (package.Find(path) is not { } file)
        {
            findings.Error("PKG-035", prefix + path, $"{block.File}#{at}", "group-1-4");
            return null;
        }

        if (file.Length == 0)
        {
            findings.Error("PKG-038", prefix + path, "", "group-2-3", "bytes", "0");
        }

        if (fields.Number("computer_file_size") is { } length)
        {
            digests.Compare(file, new RecordedPlace(block.File, fields.PlaceOf("computer_file_size"), Codes), length);
        }

        if (fields["digest"] is { Length: > 0 } digest && fields["digest_algorithm"] is { Length: > 0 } algorithm)
        {
            digests.Add(
                prefix + path, new RecordedPlace(block.File, fields.PlaceOf("digest"), Codes), algorithm, digest,
                fields.PlaceOf("digest_algorithm"));
        }

        return file;
    }

    private CaseFields? ReadLicence(MarkupElement element, MaterialKind kind)
    {
        if (element.First(LicenceElement) is not { } licence)
        {
            if (kind == MaterialKind.Called)
            {
                findings.Error("PKG-012", block.File, $"{element.Path}/{LicenceElement}", "article-8");
            }

            return null;
        }

        foreach (var another in element.All(LicenceElement).Skip(1))
        {
            findings.Error("PKG-013", block.File, another.Path, "group-2-2", "once", LicenceElement);
        }

        if (!licence.HasElements)
        {
            findings.Error("PKG-012", block.File, licence.Path, "article-8");
            return new CaseFields("licence", [], new BlockSource(block.File, licence));
        }

        return block.Read("licence", licence);
    }
}
