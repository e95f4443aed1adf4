using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>One record (件) of a transfer package: its row in the catalogue, its folder, its metadata and its content.</summary>
/// <remarks>Immutable; usable while the package is open.</remarks>
public sealed class TransferItem
{
    internal TransferItem(MarkupElement row, string? folder, IReadOnlyList<(PackageFile File, MarkupDocument? Tree)> metadata, IReadOnlyList<PackageFile> contents)
    {
        (Row, Folder, Metadata, Contents) = (row, folder, metadata, contents);
    }

    /// <summary>顺序号 as written; empty when it is not there.</summary>
    public string Sequence => Of("顺序号");

    /// <summary>档号: the reference code.</summary>
    public string ReferenceCode => Of("档号");

    /// <summary>责任者: the author.</summary>
    public string Author => Of("责任者");

    /// <summary>题名: the title.</summary>
    public string Title => Of("题名");

    /// <summary>日期; null when it is no day.</summary>
    public DateOnly? Date => ShapeCheck.ReadDay(Of("日期"));

    /// <summary>保管期限: the code of the retention period.</summary>
    public string Retention => Of("保管期限");

    /// <summary>密级: the security classification.</summary>
    public string Secrecy => Of("密级");

    /// <summary>页数; null when it is not said.</summary>
    public long? Pages => ShapeCheck.ReadNumber(Of("页数"));

    /// <summary>备注: remarks.</summary>
    public string Remarks => Of("备注");

    /// <summary>The folder of the record in the package; null when there is none.</summary>
    public string? Folder { get; }

    /// <summary>The content files: everything in the folder but the metadata.</summary>
    public IReadOnlyList<PackageFile> Contents { get; }

    /// <summary>The row in the catalogue.</summary>
    internal MarkupElement Row { get; }

    /// <summary>电子档案…元数据.XML: the files, each with its tree where it could be read.</summary>
    internal IReadOnlyList<(PackageFile File, MarkupDocument? Tree)> Metadata { get; }

    private string Of(string name) => Row.First(name)?.Value ?? "";
}

/// <summary>
/// A transfer package (移交信息包) at item level: what an agency hands to an archive hall. It keeps all that it was read from, what is
/// not recognised too, and gives it back byte for byte where the documents were in the form that is written here.
/// Source: DA/T 93-2022 appendix B as one implementer reads it; spec/formats/dat93-package.md.
/// </summary>
/// <remarks>Immutable; usable while the tree it was read from is open.</remarks>
public sealed class TransferPackage
{
    internal const string CatalogueName = "目录文件.XML";
    internal const string OtherFolder = "其他";
    internal const string OpinionsName = "其他/开放利用意见.xml";
    internal const string CheckListName = "其他/校验清单.xml";

    internal TransferPackage(PackageTree tree, TransferDescription? description, IReadOnlyDictionary<string, MarkupDocument> documents, IReadOnlyList<TransferItem> items)
    {
        (Tree, Description, Documents, Items) = (tree, description, documents, items);
    }

    /// <summary>What the package is called.</summary>
    public string Name => Tree.Name;

    /// <summary>The lines of 说明文件.TXT; none when it could not be read.</summary>
    public IReadOnlyList<TransferField> DescriptionFields => Description?.Fields ?? [];

    /// <summary>The records in the order of the catalogue; none when it could not be read.</summary>
    public IReadOnlyList<TransferItem> Items { get; }

    /// <summary>The name of the encoding of the catalogue: UTF-8, GB18030, GBK or GB2312; null when it could not be read.</summary>
    public string? EncodingName => Documents.GetValueOrDefault(CatalogueName)?.Encoding.Name;

    /// <summary>The signature of the list of digests, over the bytes of that file without it; null when there is none. It is not judged.</summary>
    public PackageSignature? Signature =>
        Documents.GetValueOrDefault(CheckListName) is { } list && list.Root.First("签名") is { } signature
            ? new PackageSignature((target, _) => MarkupWriter.Write(Without(list, signature), target))
            {
                Id = "",
                AlgorithmId = signature.First("签名算法标识")?.Value ?? "",
                Rule = signature.First("签名规则")?.Value ?? "",
                Value = EepReading.Decode(signature.First("签名结果")?.Value ?? "") ?? [],
            }
            : null;

    internal PackageTree Tree { get; }

    internal TransferDescription? Description { get; }

    /// <summary>Every XML file that could be read, by its path.</summary>
    internal IReadOnlyDictionary<string, MarkupDocument> Documents { get; }

    /// <summary>Reads a package and says what is wrong with it.</summary>
    /// <param name="tree">The package, open.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <returns>The package, as far as it could be read, and every finding.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static (TransferPackage Package, PackageVerdict Verdict) Read(PackageTree tree, CancellationToken stop)
    {
        var findings = new PackageFindings(tree.Name);
        var package = new TransferReading(tree, findings, stop).Read();
        var compared = new TransferCheck(package, findings, stop).Check();
        return (package, new PackageVerdict(Dat93Profile.ProfileName, ReadingConfidence.Low, tree.Name, findings.Close(), new PackageCounts(tree.Files.Count, tree.Bytes, package.Items.Count, compared))
        {
            Signatures = package.Signature is { } signature ? [signature] : [],
        });
    }

    /// <summary>
    /// The files of the package as they are written: documents from what was read of them, everything else as it lies there. Where nothing
    /// was changed and the documents were in the form that is written here, these are the bytes that were read.
    /// </summary>
    public IReadOnlyList<PackageFile> Write() => [.. Tree.Files.Select(Write)];

    private static MarkupDocument Without(MarkupDocument document, MarkupElement child) => document with { Root = document.Root.Without(child) };

    private PackageFile Write(PackageFile file) =>
        file.Path == TransferDescription.FileName && Description is { } description ? PackageFile.OfBytes(file.Path, description.Write())
        : Documents.TryGetValue(file.Path, out var document) ? PackageFile.OfBytes(file.Path, MarkupWriter.Write(document))
        : file;
}
