using System.Globalization;
using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>Reads 校验信息.xml: length and digests of every other file of a package.</summary>
/// <remarks>Source: spec/formats/gbt42727-package.md.</remarks>
internal sealed class CheckListReading(PackageTree package, string prefix, RecordedDigests digests, PackageFindings findings)
{
    internal const string FileElement = "文件";
    internal const string SignatureElement = "签名";

    private static readonly DigestCodes Codes = new("PKG-034", "PKG-048", "PKG-032", "PKG-033");
    private static readonly string[] Required = ["sm3", "sha256"];

    private readonly string _file = prefix + Gbt42727Profile.CheckListName;

    internal void Read(MarkupElement root)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in root.Elements)
        {
            if (element.LocalName == FileElement)
            {
                ReadFile(element, listed);
            }
            else if (element.LocalName == SignatureElement)
            {
                findings.Add(Words.Finding.Information("PKG-055", _file, ("at", element.Path)));
            }
            else
            {
                findings.Error("PKG-010", _file, element.Path, "group-1-5", $"{FileElement}, {SignatureElement}", element.LocalName);
            }
        }

        foreach (var file in package.Files.Where(f => f.Path != Gbt42727Profile.CheckListName && !listed.Contains(f.Path)))
        {
            findings.Error("PKG-037", prefix + file.Path, "", "group-1-5", _file);
        }
    }

    private void ReadFile(MarkupElement element, HashSet<string> listed)
    {
        var path = element.First("路径")?.Value ?? "";
        if (path.Length == 0)
        {
            findings.Error("PKG-007", _file, element.Path + "/路径", "group-1-5", "路径");
            return;
        }

        if (!listed.Add(path))
        {
            findings.Error("PKG-039", _file, element.Path, "group-1-5", "once", path);
        }

        if (package.Find(path) is not { } file)
        {
            findings.Error("PKG-035", prefix + path, $"{_file}#{element.Path}", "group-1-5");
            return;
        }

        CompareLength(element, file);
        var algorithms = new List<string>();
        foreach (var digest in element.All("摘要"))
        {
            var algorithm = digest.Attribute("算法") ?? "";
            algorithms.Add(DigestAlgorithm.Find(algorithm)?.Name ?? "");
            digests.Add(prefix + path, new RecordedPlace(_file, digest.Path, Codes), algorithm, digest.Value, digest.Path);
        }

        foreach (var missing in Required.Except(algorithms, StringComparer.Ordinal))
        {
            findings.Error("PKG-056", _file, element.Path, "group-1-1", missing);
        }
    }

    private void CompareLength(MarkupElement element, PackageFile file)
    {
        var length = element.First("字节数");
        if (long.TryParse(length?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var said))
        {
            digests.Compare(file, new RecordedPlace(_file, length!.Path, Codes), said);
        }
        else
        {
            findings.Error(length is null ? "PKG-007" : "PKG-014", _file, element.Path + "/字节数", "group-1-5", "integer", length?.Value ?? "");
        }
    }
}
