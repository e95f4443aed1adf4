using System.Text;
using Lantai.Inspection;
using static Lantai.Tests.Inspection.Red.RedMutation;

namespace Lantai.Tests.Inspection.Red;

/// <summary>Transfer packages that exist for one rule of hand-over each, and case packages that are handed over as they are.</summary>
internal sealed class TransferMutations : IRedMutations
{
    private const string Catalogue = "目录文件.XML";
    private const string Description = "说明文件.TXT";
    private const string First = "X101/ZY·ZW/2026/X101-ZY·ZW·2026-D30-XZXK-000001/";
    private const string Metadata = First + "电子档案元数据.XML";
    private const string Decision = First + "准予食品经营许可决定书.pdf";
    private const string Title = "关于准予云示例市清风餐饮有限公司食品经营许可的决定";
    private const string Author = "<责任者>";

    private static readonly MediumFacts Disk = new("X101-YP-2026-0002", "disk", [], 600 << 20, TimeSpan.FromMinutes(1));

    public IEnumerable<RedMutation> All =>
    [
        Transfer("decision-byte-flipped", s => s.With(Decision, Flipped(s.Files[Decision]))),
        Transfer("title-too-long", s => Titled(s, new string('决', 4001))),
        Transfer("day-of-no-calendar", s => s.Replace(Catalogue, "<日期>2026-05-19<", "<日期>2026-02-30<").Replace(Metadata, "<日期>2026-05-19<", "<日期>2026-02-30<").Sealed()),
        Transfer("period-outside-list", s => s.Replace(Catalogue, "<密级>公开<", "<密级>保留<").Replace(Metadata, "<密级>公开<", "<密级>保留<").Sealed()),
        Transfer("decided-next-year", s => s.Replace(Catalogue, "<日期>2026-05-19<", "<日期>2027-05-19<").Replace(Metadata, "<日期>2026-05-19<", "<日期>2027-05-19<").Sealed()),
        Transfer("title-with-a-private-character", s => Titled(s, Title.Replace("清风", "清\uE815", StringComparison.Ordinal))),
        Transfer("length-of-the-decision-wrong", s => s.Set(Metadata, "计算机文件大小", "1").Sealed()),
        Transfer("folder-without-a-row", s => s.With(First.Replace("000001", "000003", StringComparison.Ordinal) + "决定书.pdf", CleanPapers.Pdf("决定书", "Decision 3")).Sealed()),
        Transfer("sender-not-said", s => s.Replace(Description, $"移交单位：{CleanCases.Agency.Name}", "移交单位：").Sealed()),
        Transfer("note-at-the-root", s => s.With("备忘.txt", CleanPapers.Utf8("备忘\n")).Sealed()),
        Transfer("transfer-changed-on-the-way", s => s.From(c => c with { DeclaredDigest = "sm3:" + new string('0', 64) })),
        Transfer("transfer-of-one-byte-more", s => s.From(c => c with { DeclaredBytes = s.Files.Values.Sum(f => (long)f.Length) + 1 })),
        Transfer("row-without-author", s => s.Replace(Catalogue, $"{Author}{CleanCases.Agency.Name}</责任者>", "").Sealed()),
        Transfer("row-with-empty-author", s => s.Replace(Catalogue, $"{Author}{CleanCases.Agency.Name}<", $"{Author}<").Sealed()),
        Transfer("metadata-without-author", s => s.Replace(Metadata, $"{Author}{CleanCases.Agency.Name}</责任者>", "").Sealed()),
        Transfer("metadata-with-empty-author", s => s.Replace(Metadata, $"{Author}{CleanCases.Agency.Name}<", $"{Author}<").Sealed()),
        Transfer("row-number-left-out", s => s.Replace(Catalogue, "<顺序号>2<", "<顺序号>3<").Sealed()),
        Transfer("catalogue-cut-off", s => s.With(Catalogue, s.Files[Catalogue][..^20]).Sealed()),
        Transfer("metadata-of-a-record-cut-off", s => s.With(Metadata, s.Files[Metadata][..^20]).Sealed()),
        Transfer("read-by-an-abandoned-system", s => s.Replace(Description, "软硬件环境：", "软硬件环境：Windows XP；").Sealed()),
        Transfer("transfer-by-old-definitions", s => s with { Antivirus = s.Antivirus! with { Definitions = s.Now.AddDays(-8) } }),
        Transfer("infected-decision", s => s with { Antivirus = s.Antivirus! with { Infected = [new(Decision, "Eicar-Test-Signature")] } }),
        Transfer("hidden-file-on-the-disk", s => s with { Medium = Disk with { ExtraFiles = [".Trash-1000/旧表.xls"] } }),
        Transfer("slow-disk", s => s with { Medium = Disk with { ReadTime = TimeSpan.FromHours(1) } }),
        Transfer("nobody-answers-for-the-transfer", s => s.From(c => c with { IsAuthenticated = false, Operator = null })),
        Transfer("title-beyond-a-row-of-transfer", s => Titled(s, new string('决', 400_000))),
        HandedOver("step-missing"),
        HandedOver("attachment-missing"),
        HandedOver("number-of-files-wrong"),
        HandedOver("picture-to-be-converted"),
        HandedOver("picture-broken"),
        HandedOver("archive-in-the-package"),
    ];

    /// <summary>A case package of another row, handed over as it is.</summary>
    private static RedMutation HandedOver(string name) =>
        Case("handed-over-" + name, _ => RedMutations.ByName[name].Make() with { Point = RunPoint.AgencyTransfer });

    /// <summary>With another title of the first record, wherever it is said.</summary>
    private static RedSample Titled(RedSample sample, string title) =>
        new[] { Catalogue, Metadata, "其他/开放利用意见.xml" }.Aggregate(sample, (s, f) => s.Replace(f, Title, title)).Sealed();

    private static byte[] Flipped(byte[] content)
    {
        var flipped = content.ToArray();
        flipped[Encoding.Latin1.GetString(content).IndexOf("(Decision", StringComparison.Ordinal) + 2] ^= 0x0C; // one small letter for another
        return flipped;
    }
}
