using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.StoreFormat;
using Lantai.Words;
using static Lantai.Tests.Inspection.Red.RedMutation;

namespace Lantai.Tests.Inspection.Red;

/// <summary>Packages in a real store that exist for one rule of storage each: taken in as they are, or damaged where they lie.</summary>
internal sealed class StoredMutations : IRedMutations
{
    private const string Form = "材料/申请材料/食品经营许可申请书.pdf";

    public IEnumerable<RedMutation> All =>
    [
        Case("stored-bit-flipped", s => Kept(s) with { Damage = (store, _) => store.Flip(Digest.Of(s.Files[Form]), FrameKind.Blob) }),
        Case("stored-catalogue-of-another-length", s => Kept(s) with { Known = k => k with { CatalogueDifferences = [new Difference("bytes", "7731", "7732")] } }),
        Case("stored-manifest-of-fewer-files", s => Kept(s) with { Known = k => k with { ManifestDifferences = [new Difference("files", "11", "10")] } }),
        Case("stored-without-report", s => Kept(s) with { Known = k => k with { Members = [.. k.Members.Select(m => m.Name == "inspection-report" ? m with { IsThere = false, IsDemanded = true } : m)] } }),
        Case("stored-engine-of-old-definitions", s => Kept(s) with { Antivirus = s.Antivirus! with { Definitions = s.Now.AddDays(-8) } }),
        Case("stored-infected", s => Kept(s) with { Antivirus = s.Antivirus! with { Infected = [new(Form, "Eicar-Test-Signature")] } }),
        Transfer("stored-description-of-three-records", s => Kept(s.Replace("说明文件.TXT", "档案数量：2件", "档案数量：3件").Sealed())),
        Case("stored-description-of-one-byte", s => Kept(s.Set("说明文件.xml", "总字节数", "1").Sealed())),
        Drafted("stored-unknown-to-every-reader", d => d.Files[1] = d.Files[1] with { Name = "经营场所照片.dat", Content = PackageFile.OfBytes("x", Unknown()) }, after: Kept),
        new("stored-eep-of-another-version", "eep", s => Kept(s.Replace("封装包.xml", "<版本>2009<", "<版本>2019<"))),
        new("stored-title-beyond-a-row", "eep", _ => Kept(RedMutations.ByName["title-beyond-a-row"].Make())),
        .. new[]
        {
            "digest-of-another-file", "value-too-long", "day-that-is-none", "security-outside-list", "completed-before-accepted", "lost-character", "record-code-of-another-year",
            "file-code-twice", "size-off-by-one", "element-missing", "element-empty", "number-left-out", "file-of-no-bytes", "attachment-missing", "metadata-cut-off", "picture-to-be-converted",
            "picture-broken",
        }.Select(Stored),
    ];

    /// <summary>A package of another row that got into the store.</summary>
    private static RedMutation Stored(string name) => Case("stored-" + name, _ => Kept(RedMutations.ByName[name].Make()));

    private static RedSample Kept(RedSample sample) => sample with { Point = RunPoint.Storage };

    private static byte[] Unknown() => [0x9D, 0x01, 0x88, 0xFE, 0x00, 0xC3, 0x17, 0x99, 0x00, 0xFF];
}
