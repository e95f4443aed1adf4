using System.Globalization;
using Lantai.InformationPackages;

namespace Lantai.Tests.InformationPackages;

public sealed class TransferDraftTests
{
    [Theory]
    [InlineData("plain-utf8")]
    [InlineData("gb18030")]
    [InlineData("gb2312")]
    [InlineData("offline-carrier")]
    [InlineData("rare-names")]
    public void A_draft_with_the_values_of_a_sample_is_the_sample(string name)
    {
        using var tree = PackageSample.Of("dat93").Single(s => s.Name == name).Open();
        var sample = TransferPackage.Read(tree, CancellationToken.None).Package;

        var files = DraftOf(sample).ToFiles(CancellationToken.None);

        Assert.Equal(PackageSample.Contents(tree.Files).Order(StringComparer.Ordinal), PackageSample.Contents(files).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_our_own_reader_would_refuse_is_not_written()
    {
        using var tree = PackageSample.Of("dat93").Single(s => s.Name == "plain-utf8").Open();
        var draft = DraftOf(TransferPackage.Read(tree, CancellationToken.None).Package);

        Assert.Contains("PKG-141", Fault(draft with { Items = [draft.Items[0], draft.Items[0] with { Contents = [] }] }), StringComparison.Ordinal);
        Assert.Contains("PKG-123", Fault(draft with { Items = [draft.Items[0] with { Secrecy = "机密" }] }), StringComparison.Ordinal);
        Assert.Contains("PKG-166", Fault(draft with { Fields = [.. draft.Fields.Skip(1)] }), StringComparison.Ordinal);
        Assert.Contains("rule", Fault(draft with { Items = [draft.Items[0] with { ReferenceCode = "J001-1" }] }), StringComparison.Ordinal);
    }

    private static string Fault(TransferDraft draft) => Assert.Throws<ArgumentException>(() => draft.ToFiles(CancellationToken.None)).Message;

    private static TransferDraft DraftOf(TransferPackage sample) => new()
    {
        Fields = [.. sample.DescriptionFields.Where(f => f.Name is not ("起止档号" or "档案数量")).Select(f => KeyValuePair.Create(f.Name!, f.Value))],
        Items = [.. sample.Items.Select(i => ItemOf(sample, i))],
        Made = DateTimeOffset.Parse(sample.Documents[TransferPackage.CheckListName].Root.First("生成时间")!.Value, CultureInfo.InvariantCulture),
        Others = [.. sample.Tree.Below("其他").Where(f => f.Path is not (TransferPackage.CheckListName or TransferPackage.OpinionsName))],
        EncodingName = sample.EncodingName!,
    };

    private static TransferDraftItem ItemOf(TransferPackage sample, TransferItem item)
    {
        var metadata = item.Metadata.Single().Tree!.Root;
        var opinion = sample.Documents[TransferPackage.OpinionsName].Root.All("意见").Single(o => o.First("档号")!.Value == item.ReferenceCode);
        return new TransferDraftItem
        {
            ReferenceCode = item.ReferenceCode, Author = item.Author, Title = item.Title, Date = item.Date!.Value, Retention = item.Retention, Secrecy = item.Secrecy,
            Pages = (int?)item.Pages, Remarks = item.Remarks, RecordCode = metadata.First("电子文件号")!.Value,
            FondsName = metadata.First("来源")!.First("全宗名称")!.Value, FondsCreator = metadata.First("来源")!.First("立档单位名称")!.Value,
            Contents = [.. metadata.All("电子属性").Select(a => (sample.Tree.Find($"{item.Folder}/{a.First("计算机文件名")!.Value}")!, a.First("格式信息")!.Value))],
            Opinion = new OpeningOpinion(Of("开放利用意见"), Of("理由代码"), ShapeCheck.ReadDay(Of("控制期限")), Of("初审人"), Of("复审人"), ShapeCheck.ReadDay(Of("日期"))!.Value, Of("依据")),
        };

        string Of(string name) => opinion.First(name)!.Value;
    }
}
