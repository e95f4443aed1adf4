using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>校验清单: length and digests of every other file of a transfer package. File and elements are ours; a package may lack it.</summary>
internal sealed class TransferCheckList(TransferPackage package, PackageFindings findings, CancellationToken stop)
{
    private const string List = TransferPackage.CheckListName;
    private const string Rule = "group-1-1";

    private static readonly DigestCodes Codes = new("PKG-159", "PKG-160", "PKG-157", "PKG-158", IsOfContent: true);

    private readonly RecordedDigests _digests = new(findings);

    /// <summary>Tells what does not agree with the bytes; gives the number of digests that were compared.</summary>
    internal long Check()
    {
        if (package.Documents.GetValueOrDefault(List) is not { } document
            || !new ShapeCheck(findings, List, Dat93Profile.Shapes["校验清单"], "", "reading-dat93").Check(document.Root))
        {
            return 0;
        }

        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in document.Root.All("文件").Where(e => e.First("路径") is { Value.Length: > 0 }))
        {
            var path = entry.First("路径")!.Value;
            if (!listed.Add(path))
            {
                findings.Error("PKG-114", List, entry.Path, "reading-dat93", "1", path);
            }
            else if (package.Tree.Find(path) is { } file && path != List)
            {
                Gather(entry, file);
            }
            else
            {
                findings.Error("PKG-156", path, "", Rule, List);
            }
        }

        foreach (var file in package.Tree.Files.Where(f => f.Path != List && !listed.Contains(f.Path)))
        {
            findings.Error("PKG-155", file.Path, "", Rule, List);
        }

        if (document.Root.First("签名") is { } signature)
        {
            findings.Information("PKG-170", List, signature.Path, signature.First("签名算法标识")?.Value ?? "");
        }

        _digests.Verify(package.Tree, stop);
        return _digests.Compared;
    }

    private void Gather(MarkupElement entry, PackageFile file)
    {
        if (entry.First("大小") is { } size && ShapeCheck.ReadNumber(size.Value) is { } length)
        {
            _digests.Compare(file, new RecordedPlace(List, size.Path, Codes), length);
        }

        foreach (var digest in entry.All("摘要").Where(e => !string.IsNullOrEmpty(e.Attribute("算法"))))
        {
            _digests.Add(file.Path, new RecordedPlace(List, digest.Path, Codes), digest.Attribute("算法")!, digest.Value, digest.Path + "/@算法");
        }
    }
}
