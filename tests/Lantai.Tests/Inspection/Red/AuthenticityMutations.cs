using System.Text;
using Lantai.InformationPackages;
using Lantai.Inspection;
using static Lantai.Tests.Inspection.Red.RedMutation;

namespace Lantai.Tests.Inspection.Red;

/// <summary>Packages that exist for one rule of authenticity each.</summary>
internal sealed class AuthenticityMutations : IRedMutations
{
    private const string Metadata = "元数据.xml";
    private const string Description = "说明文件.xml";
    private const string Form = "材料/申请材料/食品经营许可申请书.pdf";

    public IEnumerable<RedMutation> All =>
    [
        Case("byte-flipped", s => s.With(Form, Flipped(s.Files[Form]))),
        Case("digest-of-another-file", s => s.Set(Metadata, "digest", new string('0', 64)).Sealed()),
        Case("value-too-long", s => s.Set(Metadata, "address", new string('路', 4001)).Sealed()),
        Case("file-code-too-long", s => s.Replace(Metadata, "<file_code>A1<", "<file_code>A00001<").Sealed()),
        Case("day-that-is-none", s => s.Set(Metadata, "receive_time", "2026-02-30T09:30:00+08:00").Sealed()),
        Case("security-outside-list", s => s.Set(Metadata, "security_classification", "ZZ").Sealed()),
        Case("completed-before-accepted", s => s.Set(Metadata, "receive_time", "2026-05-20T09:30:00+08:00").Sealed()),
        Case("time-to-come", s => s.Set(Metadata, "archive_time", "2026-09-01T10:00:00+08:00").Sealed()),
        Case("lost-character", s => s.Set(Metadata, "project_name", "云示例市清风\uFFFD饮有限公司食品经营许可证核发").Sealed()),
        Case("private-character", s => s.Set(Metadata, "project_name", "云示例市清风\uE815餐饮有限公司食品经营许可证核发").Sealed()),
        Drafted("name-other-systems-cannot-write", d => d.Files[0] = d.Files[0] with { Name = "食品经营许可申请书：正本?.pdf", Fields = new Dictionary<string, string?>(d.Files[0].Fields) { ["file_standard_name"] = "食品经营许可申请书" } }),
        Case("record-code-of-another-year", s => Renamed(s, "990100-X101-0131045-2025-D30-000001")),
        Transfer("reference-code-of-another-period", s => s.Replace("目录文件.XML", "<保管期限>D30</保管期限>", "<保管期限>D10</保管期限>").Sealed()),
        Transfer("reference-code-twice", s => s.Replace("目录文件.XML", "D30-XZXK-000002", "D30-XZXK-000001").Sealed()),
        Case("file-code-twice", s => s.Replace(Metadata, "<file_code>A2</file_code>", "<file_code>A1</file_code>").Sealed()),
        Case("record-code-taken", s => s.Under(t => t with { Collisions = [new("electronic_record_code", "AIP 6d8c1ab4 (2026-05-30)")] })),
        Case("size-off-by-one", s => s.Set(Metadata, "computer_file_size", (s.Files[Form].Length + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)).Sealed()),
        Case("format-recorded-wrong", s => s.Set(Metadata, "format_information", "TIFF").Sealed()),
        Case("orphan", s => s.With("材料/申请材料/无主附图.pdf", CleanPapers.Pdf("无主附图", "Nobody's")).Recounted().Sealed()),
        Case("description-missing-an-element", s => s.Replace(Description, "<执行标准>GB/T 42727-2023</执行标准>", "").Sealed()),
        Case("description-with-a-document-type", s => s.Replace(Description, "<说明文件>", "<!DOCTYPE 说明文件 [<!ENTITY a \"b\">]><说明文件>").Sealed()),
        Case("folder-of-nobody", s => s.With("临时/草稿.txt", CleanPapers.Utf8("草稿\n")).Sealed()),
        Case("changed-on-the-way", s => s.From(c => c with { DeclaredDigest = "sm3:" + new string('0', 64) })),
    ];

    /// <summary>With another record code wherever the package says it.</summary>
    private static RedSample Renamed(RedSample sample, string code) =>
        (sample.Set(Metadata, "electronic_record_code", code).Set(Description, "信息包名称", code) with { Name = code }).Sealed();

    private static byte[] Flipped(byte[] content)
    {
        var flipped = content.ToArray();
        var at = Encoding.Latin1.GetString(content).IndexOf("Application", StringComparison.Ordinal);
        flipped[at] ^= 0x20; // a capital becomes small: the PDF is as readable as before
        return flipped;
    }
}
