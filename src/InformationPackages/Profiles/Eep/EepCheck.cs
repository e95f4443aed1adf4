using System.Globalization;
using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>Judges an encapsulated record: its structure, what its parts say of each other, its contents, its signature blocks.</summary>
internal sealed class EepCheck(EepPackage package, PackageFindings findings, CancellationToken stop)
{
    private const string Structure = "reading-dat48";
    private const string Version = "2009";

    private string FileName => package.File.Path;

    /// <summary>Tells everything; gives the number of digests that were compared.</summary>
    internal long Check()
    {
        if (!new ShapeCheck(findings, FileName, EepProfile.Shape, EepProfile.Namespace, Structure).Check(package.Document.Root))
        {
            return 0;
        }

        foreach (var element in package.Document.Everything())
        {
            CheckElement(element);
        }

        new EepIdentifiers(package, findings).Check();
        CheckSignatures();
        return new EepContentsCheck(package, findings, stop).Check();
    }

    private void CheckElement(MarkupElement element)
    {
        switch (element.LocalName)
        {
            case "版本" when element.Value != Version && element.Value.Length > 0:
                findings.Error("PKG-171", FileName, element.Path, Structure, Version, element.Value);
                break;
            case "被签名对象":
                CheckSigned(element);
                break;
            case "档号" when element.Parent is { LocalName: "文件实体" } && element.First("室编件号") is null && element.First("馆编件号") is null:
                findings.Error("PKG-111", FileName, element.Path, "reading-dat46", "室编件号, 馆编件号");
                break;
            default:
                break;
        }
    }

    private void CheckSigned(MarkupElement signed)
    {
        if (signed.Attribute("eep版本") is { Length: > 0 } version && version != Version)
        {
            findings.Error("PKG-171", FileName, signed.Path + "/@eep版本", Structure, Version, version);
        }

        var (original, modified) = (signed.First("封装内容"), signed.First("修改封装内容"));
        if (original is null && modified is null)
        {
            findings.Error("PKG-111", FileName, signed.Path, Structure, "封装内容, 修改封装内容");
        }
        else if (original is not null && modified is not null)
        {
            findings.Error("PKG-113", FileName, modified.Path, Structure, "封装内容", "修改封装内容");
        }
        else if (signed.First("封装包类型") is { } type && (type.Value, modified is null) is ("原始型", false) or ("修改型", true))
        {
            findings.Error("PKG-177", FileName, signed.First("封装包类型")!.Path, Structure, modified is null ? "原始型" : "修改型", type.Value);
        }
    }

    private void CheckSignatures()
    {
        foreach (var signature in package.Document.Everything().Where(e => e.LocalName is "电子签名" or "锁定签名"))
        {
            if (signature.First("签名算法标识") is { Value.Length: > 0 } algorithm && !SignatureJudgement.Known.Contains(algorithm.Value))
            {
                findings.Error("PKG-182", FileName, algorithm.Path, "reading-dat48", string.Join(", ", SignatureJudgement.Known), algorithm.Value);
            }
            else
            {
                findings.Information("PKG-170", FileName, signature.Path, signature.First("签名算法标识")?.Value ?? "");
            }

            foreach (var encoded in signature.All("签名结果").Concat(signature.All("证书块").SelectMany(b => b.All("证书"))).Where(e => e.Value.Length > 0 && EepReading.Decode(e.Value) is null))
            {
                findings.Error("PKG-172", FileName, encoded.Path, Structure);
            }
        }
    }
}

/// <summary>Judges the files that an encapsulated record holds or names.</summary>
internal sealed class EepContentsCheck(EepPackage package, PackageFindings findings, CancellationToken stop)
{
    private const string Structure = "reading-dat48";

    // One file may be named a thousand times; it is read once.
    private readonly Dictionary<(string Path, DigestAlgorithm Algorithm), byte[]> _digests = [];

    private string FileName => package.File.Path;

    internal long Check()
    {
        var compared = 0L;
        var named = new HashSet<string>(StringComparer.Ordinal) { FileName };
        foreach (var content in package.Contents)
        {
            var encoded = content.Coding.First(EepPackage.EncodedName)!;
            if (EepReading.ExternalAlgorithm(content.Keyword) is { } algorithm)
            {
                _ = named.Add(content.FileName);
                compared += CheckExternal(content, encoded, algorithm) ? 1 : 0;
            }
            else if (EepReading.IsEmbedded(content.Keyword))
            {
                CheckEmbedded(content, encoded);
            }
            else if (content.Keyword.Length > 0)
            {
                findings.Error("PKG-178", FileName, content.Coding.First("反编码关键字")!.Path, Structure, "base64-…, sha256-base64Binary, sm3-base64Binary", content.Keyword);
            }
        }

        foreach (var file in package.Tree.Files.Where(f => !named.Contains(f.Path)))
        {
            findings.Error("PKG-183", file.Path, "", "group-1-4");
        }

        return compared;
    }

    private void CheckEmbedded(EepContent content, MarkupElement encoded)
    {
        if (encoded.Sink is EncodedMeter { IsWellFormed: false })
        {
            findings.Error("PKG-172", FileName, encoded.Path, Structure);
            return;
        }

        if (encoded.Attribute("引用编码数据ID") is { } other && encoded.Sink is EncodedMeter { IsEmpty: false })
        {
            findings.Error("PKG-185", FileName, encoded.Path, Structure, "", other);
        }

        CompareLength(content);
    }

    private bool CheckExternal(EepContent content, MarkupElement encoded, DigestAlgorithm algorithm)
    {
        var name = content.Coding.First("电子属性")?.First("计算机文件名");
        if (name is null || name.Value.Length == 0)
        {
            return false; // told as missing
        }

        if (!EepReading.IsSafe(name.Value))
        {
            findings.Error("PKG-180", FileName, name.Path, Structure, "", name.Value);
            return false;
        }

        if (package.Tree.Find(name.Value) is not { } file)
        {
            findings.Error("PKG-179", FileName, name.Path, "group-1-4", "", name.Value);
            return false;
        }

        CompareLength(content);
        return CompareDigest(file, encoded, algorithm);
    }

    private bool CompareDigest(PackageFile file, MarkupElement encoded, DigestAlgorithm algorithm)
    {
        try
        {
            var recorded = (encoded.Sink as EncodedMeter)?.Decoded ?? [];
            if (!_digests.TryGetValue((file.Path, algorithm), out var found))
            {
                _digests[(file.Path, algorithm)] = found = ContentDigests.Of(file, [algorithm], stop)[algorithm];
            }

            if (!found.AsSpan().SequenceEqual(recorded))
            {
                findings.Error("PKG-181", FileName, encoded.Path, "group-1-1", Convert.ToBase64String(recorded), Convert.ToBase64String(found));
            }

            return true;
        }
        catch (Containers.ContentException bad)
        {
            findings.Add(bad.Finding);
            return false;
        }
    }

    private void CompareLength(EepContent content)
    {
        if (content.Length is { } length && content.Coding.First("电子属性")?.First("计算机文件大小") is { } size
            && ShapeCheck.ReadNumber(size.Value) is { } recorded && recorded != length)
        {
            findings.Error("PKG-173", FileName, size.Path, "group-1-3", length.ToString(CultureInfo.InvariantCulture), size.Value);
        }
    }
}
