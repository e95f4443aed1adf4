using Lantai.Containers;
using Lantai.InformationPackages.Xml;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>Finds the XML of an encapsulated record and takes it apart; what it lacks is judged afterwards (spec/formats/eep-package.md).</summary>
internal sealed class EepReading(PackageTree tree, PackageFindings findings, CancellationToken stop)
{
    private const string UsualName = "封装包.xml";

    internal EepPackage? Read()
    {
        var candidates = tree.Files.Where(f => !f.Path.Contains('/', StringComparison.Ordinal) && (f.Path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || f.Path.EndsWith(".eep", StringComparison.OrdinalIgnoreCase))).ToList();
        if ((candidates is [var only] ? only : candidates.FirstOrDefault(f => f.Path == UsualName)) is not { } file)
        {
            findings.Error("PKG-184", tree.Name, "", "reading-dat48", UsualName, string.Join(", ", candidates.Take(10).Select(f => f.Path)));
            return null;
        }

        var reading = new MarkupReading(file.Path, MarkupEncoding.Utf8)
        {
            Limits = EepProfile.Limits,
            SinkOf = static element => element.LocalName == EepPackage.EncodedName ? new EncodedMeter() : null,
        };
        return MarkupReader.Read(file.OpenRead, reading, findings.Add, stop) is not { } document
            ? null
            : new EepPackage(tree, file, document, [.. ReadContents(file, document)], [.. ReadSignatures(file, document)]);
    }

    /// <summary>Whether the keyword says that the content lies in the package: <c>base64</c>, <c>base64-pdf</c>.</summary>
    internal static bool IsEmbedded(string keyword) => keyword == "base64" || (keyword.StartsWith("base64-", StringComparison.Ordinal) && keyword.Length > 7);

    /// <summary>The algorithm by which a content beside the package is named; null when the keyword names none.</summary>
    internal static DigestAlgorithm? ExternalAlgorithm(string keyword) => keyword switch
    {
        "sha256-base64Binary" => DigestAlgorithm.Find("sha256"),
        "sm3-base64Binary" => DigestAlgorithm.Find("sm3"),
        _ => null,
    };

    private IEnumerable<EepContent> ReadContents(PackageFile file, MarkupDocument document)
    {
        var encoded = document.Everything().Where(e => e.LocalName == EepPackage.EncodedName).ToList();
        var byId = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < encoded.Count; i++)
        {
            _ = byId.TryAdd(encoded[i].Attribute("编码数据ID") ?? "", i);
        }

        for (var i = 0; i < encoded.Count; i++)
        {
            if (encoded[i].Parent is not { LocalName: "编码" } coding)
            {
                continue;
            }

            var content = new EepContent(coding, null, false, null);
            if (ExternalAlgorithm(content.Keyword) is not null)
            {
                var beside = IsSafe(content.FileName) ? tree.Find(content.FileName) : null;
                yield return new EepContent(coding, beside is null ? null : beside.OpenRead, true, beside?.Length);
                continue;
            }

            var source = encoded[i].Attribute("引用编码数据ID") is { } other ? byId.GetValueOrDefault(other, -1) : i;
            yield return source >= 0 && encoded[source].Sink is EncodedMeter { IsWellFormed: true } meter
                ? new EepContent(coding, () => Open(file, meter, source), false, meter.DecodedLength)
                : content;
        }
    }

    /// <summary>Whether a name beside the package is a name and no way out of it.</summary>
    internal static bool IsSafe(string name) => name.Length > 0 && name is not ("." or "..") && name.AsSpan().IndexOfAny("/\\\0") < 0;

    /// <summary>Opens an embedded content. A package in another encoding than the profile's was read for its faults alone.</summary>
    private static Stream Open(PackageFile file, EncodedMeter meter, int index)
    {
        try
        {
            return meter.IsEmpty ? new MemoryStream([], writable: false) : EmbeddedTextStream.Decode(file.OpenRead, EepPackage.EncodedName, index, EepProfile.Limits);
        }
        catch (System.Xml.XmlException)
        {
            throw new ContentException(Finding.Error("SIP-010", file.Path));
        }
    }

    private static IEnumerable<PackageSignature> ReadSignatures(PackageFile file, MarkupDocument document)
    {
        var signed = new Dictionary<MarkupElement, int>(ReferenceEqualityComparer.Instance);
        var signatures = new Dictionary<string, int>(StringComparer.Ordinal);
        var (objects, count) = (0, 0);
        foreach (var element in document.Everything())
        {
            if (element.LocalName == "被签名对象")
            {
                _ = signed.TryAdd(element.Parent ?? element, objects++);
            }
            else if (element.LocalName == "电子签名")
            {
                _ = signatures.TryAdd(element.First("签名标识符")?.Value ?? "", count++);
            }
        }

        foreach (var signature in document.Everything().Where(e => e.LocalName is "电子签名" or "锁定签名"))
        {
            var locked = signature.First("被锁定签名标识符")?.Value;
            var (name, index) = signature.LocalName == "锁定签名"
                ? ("电子签名", signatures.GetValueOrDefault(locked ?? "", -1))
                : ("被签名对象", signature.Parent?.Parent is { } around ? signed.GetValueOrDefault(around, -1) : -1);
            yield return Read(signature, locked, (target, cancellation) => WriteObject(file, name, index, target, cancellation));
        }
    }

    private static void WriteObject(PackageFile file, string name, int index, Stream target, CancellationToken cancellation)
    {
        // A signature over nothing at all might hold.
        if (index < 0)
        {
            throw new InvalidOperationException($"There is no {name} that this signature is over.");
        }

        CanonicalForm.Write(file.OpenRead, name, index, EepProfile.Limits, target, cancellation);
    }

    private static PackageSignature Read(MarkupElement signature, string? locked, Action<Stream, CancellationToken> writeObject) => new(writeObject)
    {
        Id = Of("签名标识符", signature),
        Locks = locked,
        AlgorithmId = Of("签名算法标识", signature),
        Rule = Of("签名规则", signature),
        Time = Of("签名时间", signature),
        Signer = Of("签名人", signature),
        Value = Decode(Of("签名结果", signature)) ?? [],
        Certificates = [.. signature.All("证书块").SelectMany(b => b.All("证书")).Select(c => Decode(c.Value)).OfType<byte[]>().Select(b => new ReadOnlyMemory<byte>(b))],
    };

    /// <summary>The bytes of a text in Base64; null when it is none.</summary>
    internal static byte[]? Decode(string text)
    {
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private static string Of(string name, MarkupElement signature) => signature.First(name)?.Value ?? "";
}
