using Lantai.Cli.Demo;
using Lantai.InformationPackages;
using Lantai.Inspection;
using static Lantai.Tests.Inspection.Red.RedMutation;

namespace Lantai.Tests.Inspection.Red;

/// <summary>Packages that exist for one rule of usability each.</summary>
internal sealed class UsabilityMutations : IRedMutations
{
    private const string Metadata = "元数据.xml";

    public IEnumerable<RedMutation> All =>
    [
        Case("metadata-cut-off", s => s.With(Metadata, s.Files[Metadata][..^200]).Sealed()),
        Case("metadata-of-another-encoding", s => s.Replace(Metadata, "encoding=\"UTF-8\"", "encoding=\"GB18030\"").Sealed()),
        new("title-beyond-a-row", "eep", s => s.Replace("封装包.xml", "关于准予云示例市清风餐饮有限公司食品经营许可的决定", new string('决', 400_000))),
        Drafted("picture-to-be-converted", d => d.Files[1] = d.Files[1] with { Name = "经营场所照片.gif", Content = PackageFile.OfBytes("x", Gif()) }),
        Drafted("picture-broken", d => d.Files[1] = d.Files[1] with { Content = PackageFile.OfBytes("x", CleanPapers.Png().AsMemory()[..^30]) }),
        Note("archive-in-the-package", "经办说明.zip", CleanPapers.Zip(("说明.txt", CleanPapers.Utf8("经办说明\n")))),
        Note("archive-of-one-maker", "经办说明.rar", [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x01, 0x00, 0x33, 0x92, 0xB5, 0xE5, 0x0A, 0x01, 0x05, 0x06, 0x00, 0x05, 0x01, 0x01, 0x80, 0x80, 0x00]),
        Note("locked", "经办说明.pdf", DemoLocked.Pdf()),
        Drafted("picture-called-a-paper", d => d.Files[1] = d.Files[1] with { Name = "经营场所照片.pdf" }),
        Drafted("font-left-out", d => d.Files[0] = d.Files[0] with
        {
            Content = PackageFile.OfBytes("x", CleanPapers.Pdf("食品经营许可申请书", "Application form 1", font: "<< /Type /Font /Subtype /TrueType /BaseFont /SimSun /Encoding /WinAnsiEncoding >>")),
        }),
    ];

    /// <summary>With a note of the clerk, which the schedule knows.</summary>
    private static RedMutation Note(string name, string file, byte[] content) => Drafted(
        name, d => CleanCases.Add(d, MaterialKind.Process, file, content, CleanCases.Completed), t => t with { Scope = [.. t.Scope, CleanTerms.Row("procedural", "formed", "经办说明")] });

    private static byte[] Gif() => [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B];
}
