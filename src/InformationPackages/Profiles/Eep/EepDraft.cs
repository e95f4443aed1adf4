using System.Globalization;
using Lantai.Containers;
using Lantai.InformationPackages.Xml;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>What was done with a record, for the block of business entities.</summary>
/// <param name="Agent">Who did it: the place in <see cref="EepDraft.Agents"/>, from 0.</param>
/// <param name="Activity">业务行为, such as 归档.</param>
/// <param name="Time">行为时间.</param>
public sealed record EepActivity(int Agent, string Activity, DateTimeOffset Time);

/// <summary>A file that is encapsulated.</summary>
/// <param name="Content">The content; its path's last segment is the file name.</param>
/// <param name="Format">格式信息, such as PDF.</param>
/// <param name="Title">题名; null for none.</param>
public sealed record EepDocument(PackageFile Content, string Format, string? Title = null);

/// <summary>
/// An encapsulated record of the original type, to be written: the elements that DA/T 48 demands, as read here. Nothing is signed; a
/// signature is a block behind what this writes. Source: spec/formats/eep-package.md.
/// </summary>
/// <remarks>Immutable. Contents are read when it is written, one after another, and never held.</remarks>
public sealed record EepDraft
{
    private const string Space = EepProfile.Namespace;

    /// <summary>封装包创建单位: who makes the package.</summary>
    public required string Creator { get; init; }

    /// <summary>封装包创建时间.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>立档单位名称.</summary>
    public required string FondsCreator { get; init; }

    /// <summary>电子文件号.</summary>
    public required string RecordCode { get; init; }

    /// <summary>年度: the year of the reference code.</summary>
    public required int Year { get; init; }

    /// <summary>保管期限: its code.</summary>
    public required string Retention { get; init; }

    /// <summary>室编件号: the number of the item at the agency.</summary>
    public required string ItemNumber { get; init; }

    /// <summary>题名.</summary>
    public required string Title { get; init; }

    /// <summary>责任者.</summary>
    public required string Author { get; init; }

    /// <summary>日期.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>密级: never that of a state secret.</summary>
    public required string Secrecy { get; init; }

    /// <summary>脱机载体编号: at least one.</summary>
    public required IReadOnlyList<string> Media { get; init; }

    /// <summary>The files, the main document first: at least one.</summary>
    public required IReadOnlyList<EepDocument> Documents { get; init; }

    /// <summary>The names of agencies and persons: at least one.</summary>
    public required IReadOnlyList<string> Agents { get; init; }

    /// <summary>What was done: at least one.</summary>
    public required IReadOnlyList<EepActivity> Activities { get; init; }

    /// <summary>
    /// Whether the files lie beside the package under their digest: null embeds them; else <c>sha256</c> or <c>sm3</c>.
    /// </summary>
    public string? DigestOutside { get; init; }

    /// <summary>Writes the XML. Files outside are the caller's to lay beside it.</summary>
    /// <exception cref="ArgumentException">Something that must be there is not, is named and not described, or is a state secret's.</exception>
    /// <exception cref="ContentException">A content cannot be read, or is not as long as it was found at opening.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void WriteTo(Stream target, CancellationToken stop)
    {
        if (Activities.Any(a => a.Agent < 0 || a.Agent >= Agents.Count))
        {
            throw new ArgumentException("An activity is of an agent that is not described.");
        }

        if (DigestOutside is not null && Documents.GroupBy(d => NameOf(d.Content), StringComparer.Ordinal).Any(g => g.Count() > 1))
        {
            throw new ArgumentException("Two files beside the package have one name.");
        }

        var document = new MarkupDocument(MarkupEncoding.Utf8, new MarkupElement("电子文件封装包", Space).With("xmlns", Space)
            .Add("封装包格式描述", "本封装包采用XML语言，按DA/T 48-2009的结构封装电子文件及其元数据")
            .Add("版本", "2009")
            .Add(new MarkupElement("被签名对象", Space).With("eep版本", "2009")
                .Add("封装包类型", "原始型")
                .Add("封装包类型描述", "本封装包包含电子文件数据及其元数据，原始封装，未经修改")
                .Add("封装包创建时间", Text(Created))
                .Add("封装包创建单位", Creator)
                .Add(new MarkupElement("封装内容", Space).Add(RecordBlock(stop)).Add(ActivityBlock()).Add(AgentBlock()))));
        Demand(document);
        MarkupWriter.Write(document, target);
    }

    /// <summary>What our own reader would refuse is not written.</summary>
    private static void Demand(MarkupDocument document)
    {
        var findings = new PackageFindings("");
        _ = new ShapeCheck(findings, "", EepProfile.Shape, Space, "reading-dat48").Check(document.Root);
        if (findings.HasErrors)
        {
            throw new ArgumentException(string.Join("; ", findings.Close()));
        }
    }

    private MarkupElement RecordBlock(CancellationToken stop)
    {
        var media = new MarkupElement("存储位置", Space);
        foreach (var medium in Media)
        {
            _ = media.Add("脱机载体编号", medium);
        }

        var files = new MarkupElement("文件数据", Space);
        for (var i = 0; i < Documents.Count; i++)
        {
            _ = files.Add(DocumentOf(Documents[i], i + 1, stop));
        }

        var record = new MarkupElement("文件实体", Space)
            .Add("聚合层次", "文件")
            .Add(new MarkupElement("来源", Space).Add("立档单位名称", FondsCreator))
            .Add("电子文件号", RecordCode)
            .Add(new MarkupElement("档号", Space).Add("年度", Year.ToString("D4", CultureInfo.InvariantCulture)).Add("保管期限", Retention).Add("室编件号", ItemNumber))
            .Add(new MarkupElement("内容描述", Space).Add("题名", Title).Add("责任者", Author).Add("日期", Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Add("密级", Secrecy))
            .Add(new MarkupElement("形式特征", Space).Add("文件组合类型", Documents.Count == 1 ? "单件" : "组合文件"))
            .Add(media)
            .Add(new MarkupElement("权限管理", Space))
            .Add(files);
        return new MarkupElement("文件实体块", Space).Add(record);
    }

    private MarkupElement DocumentOf(EepDocument document, int number, CancellationToken stop)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"修改0-文档{number}");
        var name = NameOf(document.Content);
        var ending = name.LastIndexOf('.') is var dot and > 0 && dot < name.Length - 1 ? name[(dot + 1)..].ToLowerInvariant() : "bin";
        var coding = new MarkupElement("编码", Space).With("编码ID", id + "-文档数据1-编码1")
            .Add(new MarkupElement("电子属性", Space).Add("格式信息", document.Format).Add("计算机文件名", name).Add("计算机文件大小", document.Content.Length.ToString(CultureInfo.InvariantCulture)))
            .Add("编码描述", DigestOutside is null ? "计算机文件的全部字节，按Base64编码" : "编码数据为封装包外计算机文件的摘要，算法见反编码关键字")
            .Add("反编码关键字", DigestOutside is null ? "base64-" + ending : DigestOutside + "-base64Binary")
            .Add(EncodedOf(document.Content, id, stop));

        var element = new MarkupElement("文档", Space).Add("文档标识符", id);
        if (Documents.Count > 1)
        {
            _ = element.Add("文档序号", number.ToString(CultureInfo.InvariantCulture)).Add("文档主从声明", number == 1 ? "主文档" : "附属文档");
        }

        return (document.Title is { } title ? element.Add("题名", title) : element).Add(new MarkupElement("文档数据", Space).With("文档数据ID", id + "-文档数据1").Add(coding));
    }

    private MarkupElement EncodedOf(PackageFile content, string id, CancellationToken stop)
    {
        var encoded = new MarkupElement(EepPackage.EncodedName, Space).With("编码数据ID", id + "-文档数据1-编码1-编码数据1");
        if (DigestOutside is null)
        {
            encoded.LongText = content.Length == 0 ? null : writer => Encode(content, writer, stop);
            return encoded;
        }

        var algorithm = EepReading.ExternalAlgorithm(DigestOutside + "-base64Binary") ?? throw new ArgumentException("A digest outside is by sha256 or sm3.");
        return encoded.Add(new MarkupText(Convert.ToBase64String(ContentDigests.Of(content, [algorithm], stop)[algorithm])));
    }

    private static string NameOf(PackageFile file) => file.Path[(file.Path.LastIndexOf('/') + 1)..];

    private static void Encode(PackageFile content, TextWriter writer, CancellationToken stop)
    {
        using var stream = content.OpenRead();
        var bytes = new byte[3 << 14];
        var length = 0L;
        for (int got; (got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) > 0; length += got)
        {
            stop.ThrowIfCancellationRequested();
            writer.Write(Convert.ToBase64String(bytes, 0, got));
        }

        // Its length stands in front of it already.
        if (length != content.Length)
        {
            throw new ContentException(Finding.Error("SIP-010", content.Path));
        }
    }

    private MarkupElement ActivityBlock()
    {
        var block = new MarkupElement("业务实体块", Space);
        for (var i = 0; i < Activities.Count; i++)
        {
            _ = block.Add(new MarkupElement("业务实体", Space)
                .Add("业务标识符", string.Create(CultureInfo.InvariantCulture, $"业务{i + 1}"))
                .Add("机构人员标识符", string.Create(CultureInfo.InvariantCulture, $"机构人员{Activities[i].Agent + 1}"))
                .Add("文件标识符", RecordCode)
                .Add("业务状态", "历史行为")
                .Add("业务行为", Activities[i].Activity)
                .Add("行为时间", Text(Activities[i].Time)));
        }

        return block;
    }

    private MarkupElement AgentBlock()
    {
        var block = new MarkupElement("机构人员实体块", Space);
        for (var i = 0; i < Agents.Count; i++)
        {
            _ = block.Add(new MarkupElement("机构人员实体", Space).Add("机构人员标识符", string.Create(CultureInfo.InvariantCulture, $"机构人员{i + 1}")).Add("机构人员名称", Agents[i]));
        }

        return block;
    }

    // Chinese law counts in UTC+08:00.
    private static string Text(DateTimeOffset time) => time.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
