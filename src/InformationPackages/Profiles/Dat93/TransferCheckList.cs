using System.Buffers;
using System.Globalization;
using Lantai.Containers;
using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>校验清单: length and digests of every other file of a transfer package. File and elements are ours; a package may lack it.</summary>
internal sealed class TransferCheckList(TransferPackage package, PackageFindings findings, CancellationToken stop)
{
    private const string List = TransferPackage.CheckListName;
    private const string Rule = "group-1-1";

    /// <summary>Tells what does not agree with the bytes; gives the number of digests that were compared.</summary>
    internal long Check()
    {
        if (package.Documents.GetValueOrDefault(List) is not { } document
            || !new ShapeCheck(findings, List, Dat93Profile.Shapes["校验清单"], "", "reading-dat93").Check(document.Root))
        {
            return 0;
        }

        var listed = new HashSet<string>(StringComparer.Ordinal);
        var compared = 0L;
        foreach (var entry in document.Root.All("文件").Where(e => e.First("路径") is { Value.Length: > 0 }))
        {
            var path = entry.First("路径")!.Value;
            if (!listed.Add(path))
            {
                findings.Error("PKG-114", List, entry.Path, "reading-dat93", "1", path);
            }
            else if (package.Tree.Find(path) is { } file && path != List)
            {
                compared += Compare(entry, file);
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

        return compared;
    }

    private int Compare(MarkupElement entry, PackageFile file)
    {
        if (entry.First("大小") is { } size && ShapeCheck.ReadNumber(size.Value) is { } length && length != file.Length)
        {
            findings.Error("PKG-158", file.Path, size.Path, "group-1-3", file.Length.ToString(CultureInfo.InvariantCulture), size.Value);
        }

        var recorded = new List<(MarkupElement Place, DigestAlgorithm Algorithm, byte[] Digest)>();
        foreach (var element in entry.All("摘要").Where(e => !string.IsNullOrEmpty(e.Attribute("算法"))))
        {
            if (DigestAlgorithm.Find(element.Attribute("算法")!) is not { } algorithm)
            {
                findings.Error("PKG-159", List, element.Path + "/@算法", Rule, "SM3, SHA-256", element.Attribute("算法")!);
            }
            else if (ReadHex(element.Value, algorithm.Size) is { } digest)
            {
                recorded.Add((element, algorithm, digest));
            }
            else
            {
                findings.Error("PKG-160", List, element.Path, Rule, (algorithm.Size * 2).ToString(CultureInfo.InvariantCulture), element.Value);
            }
        }

        return recorded.Count == 0 ? 0 : Compare(recorded, file);
    }

    private int Compare(List<(MarkupElement Place, DigestAlgorithm Algorithm, byte[] Digest)> recorded, PackageFile file)
    {
        try
        {
            var found = ContentDigests.Of(file, recorded.Select(r => r.Algorithm), stop);
            foreach (var (place, algorithm, digest) in recorded.Where(r => !found[r.Algorithm].AsSpan().SequenceEqual(r.Digest)))
            {
                findings.Error("PKG-157", file.Path, place.Path, Rule, Convert.ToHexStringLower(digest), Convert.ToHexStringLower(found[algorithm]));
            }
        }
        catch (ContentException bad)
        {
            findings.Add(bad.Finding);
        }

        return recorded.Count;
    }

    private static byte[]? ReadHex(string text, int size)
    {
        var digest = new byte[size];
        return text.Length == size * 2 && Convert.FromHexString(text, digest, out _, out _) == OperationStatus.Done ? digest : null;
    }
}
