using System.Globalization;
using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>The opinion on the opening of a record (开放利用意见).</summary>
/// <param name="Opinion">开放, 控制 or 部分开放.</param>
/// <param name="Reason">理由代码; empty unless controlled.</param>
/// <param name="ControlledUntil">控制期限; null for none.</param>
/// <param name="FirstReviewer">初审人.</param>
/// <param name="SecondReviewer">复审人.</param>
/// <param name="Date">日期.</param>
/// <param name="Basis">依据.</param>
public sealed record OpeningOpinion(string Opinion, string Reason, DateOnly? ControlledUntil, string FirstReviewer, string SecondReviewer, DateOnly Date, string Basis);

/// <summary>A record that is to be handed over.</summary>
public sealed record TransferDraftItem
{
    /// <summary>档号.</summary>
    public required string ReferenceCode { get; init; }

    /// <summary>责任者.</summary>
    public required string Author { get; init; }

    /// <summary>题名.</summary>
    public required string Title { get; init; }

    /// <summary>日期.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>保管期限: its code.</summary>
    public required string Retention { get; init; }

    /// <summary>密级: never that of a state secret.</summary>
    public required string Secrecy { get; init; }

    /// <summary>页数; null when it is not counted.</summary>
    public int? Pages { get; init; }

    /// <summary>备注.</summary>
    public string Remarks { get; init; } = "";

    /// <summary>电子文件号.</summary>
    public required string RecordCode { get; init; }

    /// <summary>全宗名称.</summary>
    public required string FondsName { get; init; }

    /// <summary>立档单位名称.</summary>
    public required string FondsCreator { get; init; }

    /// <summary>The content files with their formats; the path's last segment is the file name.</summary>
    public required IReadOnlyList<(PackageFile Content, string Format)> Contents { get; init; }

    /// <summary>The opinion on its opening.</summary>
    public required OpeningOpinion Opinion { get; init; }
}

/// <summary>
/// A transfer package at item level, to be written: description, catalogue, a folder for each record, opinions and the list of digests.
/// Source: spec/formats/dat93-package.md.
/// </summary>
/// <remarks>Immutable. Contents are read when the files are made, for their digests, and again by whoever writes them.</remarks>
public sealed record TransferDraft
{
    /// <summary>The fields of 说明文件.TXT in order; 起止档号 and 档案数量 are put in where <see cref="RangeAndCountAfter"/> says.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; }

    /// <summary>The field after which 起止档号 and 档案数量 stand.</summary>
    public string RangeAndCountAfter { get; init; } = "内容描述";

    /// <summary>The records in the order of the catalogue: at least one.</summary>
    public required IReadOnlyList<TransferDraftItem> Items { get; init; }

    /// <summary>生成时间 of the list of digests.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>Further files for 其他, such as a report of inspection; their paths are below that folder.</summary>
    public IReadOnlyList<PackageFile> Others { get; init; } = [];

    /// <summary>The encoding of description, catalogue and metadata: UTF-8, GB18030 or GB2312.</summary>
    public string EncodingName { get; init; } = "UTF-8";

    /// <summary>All files of the package.</summary>
    /// <exception cref="ArgumentException">Something that must be there is not, breaks a rule, or is a state secret's.</exception>
    /// <exception cref="Containers.ContentException">A content cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<PackageFile> ToFiles(CancellationToken stop)
    {
        var encoding = MarkupEncoding.Find(EncodingName) ?? throw new ArgumentException($"{EncodingName} is no encoding of packages.");
        List<PackageFile> files =
        [
            PackageFile.OfBytes(TransferDescription.FileName, new TransferDescription(encoding, [.. DescriptionFields()]).Write()),
            Document(TransferPackage.CatalogueName, encoding, Catalogue()),
            .. Items.SelectMany(i => FilesOf(i, encoding)),
            Document(TransferPackage.OpinionsName, MarkupEncoding.Utf8, Opinions()),
            .. Others,
        ];
        files.Add(Document(TransferPackage.CheckListName, MarkupEncoding.Utf8, CheckList(files, stop)));
        var (_, verdict) = TransferPackage.Read(PackageTree.Of("", files), stop);

        // What our own reader would refuse is not handed out.
        return verdict.IsAcceptable ? files : throw new ArgumentException(string.Join("; ", verdict.Findings));
    }

    private static PackageFile Document(string path, MarkupEncoding encoding, MarkupElement root) =>
        PackageFile.OfBytes(path, MarkupWriter.Write(new MarkupDocument(encoding, root)));

    private IEnumerable<TransferField> DescriptionFields()
    {
        var number = 0;
        foreach (var (name, value) in Fields)
        {
            yield return new TransferField(++number, name, value);
            if (name == RangeAndCountAfter && Items.Count > 0)
            {
                yield return new TransferField(++number, "起止档号", $"{Items[0].ReferenceCode}至{Items[^1].ReferenceCode}");
                yield return new TransferField(++number, "档案数量", string.Create(CultureInfo.InvariantCulture, $"{Items.Count}件"));
            }
        }
    }

    private MarkupElement Catalogue()
    {
        var root = new MarkupElement("文件目录");
        for (var i = 0; i < Items.Count; i++)
        {
            var item = Items[i];
            _ = root.Add(new MarkupElement("文件")
                .Add("顺序号", Text(i + 1)).Add("档号", item.ReferenceCode).Add("责任者", item.Author).Add("题名", item.Title).Add("日期", Text(item.Date))
                .Add("保管期限", item.Retention).Add("密级", item.Secrecy).Add("页数", item.Pages is { } pages ? Text(pages) : "").Add("备注", item.Remarks));
        }

        return root;
    }

    private static IEnumerable<PackageFile> FilesOf(TransferDraftItem item, MarkupEncoding encoding)
    {
        var parts = TransferItemsCheck.Split(item.ReferenceCode) ?? throw new ArgumentException($"{item.ReferenceCode} does not follow the rule.");
        var folder = $"{parts.Groups["fonds"].Value}/{parts.Groups["category"].Value}/{parts.Groups["year"].Value}/{item.ReferenceCode}";
        var form = new MarkupElement("形式特征").Add("文件组合类型", item.Contents.Count == 1 ? "单件" : "组合文件");
        var root = new MarkupElement("电子档案元数据")
            .Add("聚合层次", "文件")
            .Add(new MarkupElement("来源").Add("全宗名称", item.FondsName).Add("立档单位名称", item.FondsCreator))
            .Add("电子文件号", item.RecordCode)
            .Add("档号", item.ReferenceCode)
            .Add(new MarkupElement("内容描述").Add("题名", item.Title).Add("责任者", item.Author).Add("日期", Text(item.Date)).Add("密级", item.Secrecy))
            .Add(item.Pages is { } pages ? form.Add("页数", Text(pages)) : form);
        foreach (var (content, format) in item.Contents)
        {
            var name = content.Path[(content.Path.LastIndexOf('/') + 1)..];
            _ = root.Add(new MarkupElement("电子属性").Add("格式信息", format).Add("计算机文件名", name).Add("计算机文件大小", Text(content.Length)));
            yield return content.At(Words.EntryName.OfText($"{folder}/{name}"));
        }

        yield return Document(folder + "/电子档案元数据.XML", encoding, root);
    }

    private MarkupElement Opinions()
    {
        var root = new MarkupElement("开放利用意见表");
        foreach (var item in Items)
        {
            var (opinion, year) = (item.Opinion, TransferItemsCheck.Split(item.ReferenceCode)!.Groups["year"].Value);
            _ = root.Add(new MarkupElement("意见")
                .Add("档号", item.ReferenceCode).Add("题名", item.Title).Add("年度", year).Add("开放利用意见", opinion.Opinion).Add("理由代码", opinion.Reason)
                .Add("控制期限", opinion.ControlledUntil is { } until ? Text(until) : "").Add("初审人", opinion.FirstReviewer).Add("复审人", opinion.SecondReviewer)
                .Add("日期", Text(opinion.Date)).Add("依据", opinion.Basis));
        }

        return root;
    }

    private MarkupElement CheckList(List<PackageFile> files, CancellationToken stop)
    {
        DigestAlgorithm[] algorithms = [DigestAlgorithm.Find("sm3")!, DigestAlgorithm.Find("sha256")!];
        var root = new MarkupElement("校验清单").Add("生成时间", Made.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        foreach (var file in files.OrderBy(f => f.Name))
        {
            var digests = ContentDigests.Of(file, algorithms, stop);
            _ = root.Add(new MarkupElement("文件").Add("路径", file.Path).Add("大小", Text(file.Length))
                .Add(new MarkupElement("摘要").With("算法", "SM3").Add(new MarkupText(Convert.ToHexStringLower(digests[algorithms[0]]))))
                .Add(new MarkupElement("摘要").With("算法", "SHA-256").Add(new MarkupText(Convert.ToHexStringLower(digests[algorithms[1]])))));
        }

        return root;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
