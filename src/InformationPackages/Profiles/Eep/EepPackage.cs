using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>
/// An encapsulated record (电子文件封装包, EEP): one XML file with the metadata of a record, its files in Base64 or named by digest, and
/// signatures. It keeps all that it was read from but the embedded files, which stay where they lie and pass by when it is written.
/// Source: DA/T 48-2009 as an implementer's copy of its schema has it; spec/formats/eep-package.md.
/// </summary>
/// <remarks>Immutable; usable while the tree it was read from is open. It is written by one thread at a time.</remarks>
public sealed class EepPackage
{
    internal const string EncodedName = "编码数据";

    internal EepPackage(PackageTree tree, PackageFile file, MarkupDocument document, IReadOnlyList<EepContent> contents, IReadOnlyList<PackageSignature> signatures)
    {
        (Tree, File, Document, Contents, Signatures) = (tree, file, document, contents, signatures);
    }

    /// <summary>What the package is called.</summary>
    public string Name => Tree.Name;

    /// <summary>Whether it is of the modified type (修改型), which nests the whole of the package before it.</summary>
    public bool IsModified => Signed?.First("修改封装内容") is not null;

    /// <summary>封装包创建时间 as written.</summary>
    public string Created => Signed?.First("封装包创建时间")?.Value ?? "";

    /// <summary>封装包创建单位.</summary>
    public string Creator => Signed?.First("封装包创建单位")?.Value ?? "";

    /// <summary>电子文件号: the record's code.</summary>
    public string RecordCode => Record?.First("电子文件号")?.Value ?? "";

    /// <summary>题名: the record's title.</summary>
    public string Title => Record?.First("内容描述")?.First("题名")?.Value ?? "";

    /// <summary>Every file that it holds or names, those of nested packages too, in the order of the XML.</summary>
    public IReadOnlyList<EepContent> Contents { get; }

    /// <summary>Every signature, those of nested packages and the locking ones too, in the order of the XML; none is judged.</summary>
    public IReadOnlyList<PackageSignature> Signatures { get; }

    internal PackageTree Tree { get; }

    /// <summary>The file that holds it.</summary>
    public PackageFile File { get; }

    internal MarkupDocument Document { get; }

    private MarkupElement? Signed => Document.Root.First("被签名对象");

    /// <summary>The record as the newest revision describes it.</summary>
    private MarkupElement? Record => (Signed?.First("封装内容") ?? Signed?.First("修改封装内容")?.First("修订内容"))?.First("文件实体块")?.First("文件实体");

    /// <summary>Reads a package and says what is wrong with it.</summary>
    /// <param name="tree">The package, open: one XML file, and the files that it names.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <returns>The package, null when its XML cannot be read, and every finding.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static (EepPackage? Package, PackageVerdict Verdict) Read(PackageTree tree, CancellationToken stop)
    {
        var findings = new PackageFindings(tree.Name);
        var package = new EepReading(tree, findings, stop).Read();
        var compared = package is null ? 0 : new EepCheck(package, findings, stop).Check();
        var verdict = new PackageVerdict(
            EepProfile.ProfileName, ReadingConfidence.Medium, tree.Name, findings.Close(), new PackageCounts(tree.Files.Count, tree.Bytes, package is null ? 0 : 1, compared))
        {
            Signatures = package?.Signatures ?? [],
        };
        return (package, verdict);
    }

    /// <summary>
    /// Writes the XML: embedded files pass from the file that was read, once and in order. Where that was in the form that is written here, the
    /// bytes are the same. Files beside the package are written by whoever has them.
    /// </summary>
    /// <exception cref="Containers.ContentException">The package cannot be read any more.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void WriteTo(Stream target, CancellationToken stop)
    {
        using var texts = new EmbeddedTexts(File.OpenRead, EncodedName, EepProfile.Limits, stop);
        var index = 0;
        foreach (var element in Document.Everything().Where(e => e.LocalName == EncodedName))
        {
            var place = index++;
            element.LongText = element.Sink is EncodedMeter { IsEmpty: false } ? writer => Copy(texts, place, writer) : null;
        }

        MarkupWriter.Write(Document, target);
    }

    private static void Copy(EmbeddedTexts texts, int index, TextWriter writer)
    {
        texts.Seek(index);
        for (var piece = texts.Read(); !piece.IsEmpty; piece = texts.Read())
        {
            foreach (var letter in piece)
            {
                // What is no Base64 is kept as well, and may need it.
                writer.Write(letter switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '\r' => "&#xD;", _ => null });
                if (letter is not ('&' or '<' or '>' or '\r'))
                {
                    writer.Write(letter);
                }
            }
        }
    }
}
