using System.Buffers.Binary;
using Lantai.Cli.Demo;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using static Lantai.Tests.Inspection.Red.RedMutation;

namespace Lantai.Tests.Inspection.Red;

/// <summary>Packages, engines and media that exist for one rule of security each.</summary>
internal sealed class SecurityMutations : IRedMutations
{
    /// <summary>The file in which an engine finds something.</summary>
    public const string Infected = "材料/过程材料/经办说明.txt";

    private const string Form = "材料/申请材料/食品经营许可申请书.pdf";

    private static readonly MediumFacts Disk = new("X101-YP-2026-0001", "disk", [], 600 << 20, TimeSpan.FromMinutes(1));

    public IEnumerable<RedMutation> All =>
    [
        Case("definitions-eight-days-old", s => s with { Antivirus = s.Antivirus! with { Definitions = s.Now.AddDays(-8) } }),
        With("infected", "经办说明.txt", DemoLocked.TestVirus(), s => s with { Antivirus = s.Antivirus! with { Infected = [new(Infected, "Eicar-Test-Signature")] } }),
        Case("hidden-file-on-the-medium", s => OnMedium(s, Disk with { ExtraFiles = [".Trash-1000/旧表.xls"] })),
        Case("slow-medium", s => OnMedium(s, Disk with { ReadTime = TimeSpan.FromHours(1) })),
        Paper("acting", CleanPapers.Pdf("食品经营许可申请书", "Application form 1", "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> ")),
        Paper("file-inside-a-file", CleanPapers.Pdf(
            "食品经营许可申请书", "Application form 1", "/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a.txt) /EF << /F 9 0 R >> >>] >> >> ", null,
            "<< /Type /EmbeddedFile /Length 6 >>\nstream\nInside\nendstream")),
        With("archive-without-measure", "经办说明.zip", CleanPapers.Zip(("零.bin", new byte[300 << 20]))),
        Case("bytes-before-the-archive", s => s with { Container = Prefixed }),
        Paper("sealed-and-changed", CleanPapers.Signed(), s => s.With(Form, [.. s.Files[Form], (byte)'\n'])),
    ];

    /// <summary>With another application form.</summary>
    private static RedMutation Paper(string name, byte[] content, Func<RedSample, RedSample>? after = null) =>
        Drafted(name, d => d.Files[0] = d.Files[0] with { Content = PackageFile.OfBytes("x", content) }, after: after);

    /// <summary>With a note of the clerk, which the schedule knows.</summary>
    private static RedMutation With(string name, string file, byte[] content, Func<RedSample, RedSample>? after = null) => Drafted(
        name, d => CleanCases.Add(d, MaterialKind.Process, file, content, CleanCases.Completed), t => t with { Scope = [.. t.Scope, CleanTerms.Row("procedural", "formed", "经办说明")] }, after);

    private static RedSample OnMedium(RedSample sample, MediumFacts medium) => sample.From(c => c with { Channel = SourceChannel.Offline, OfflineReason = "专线中断" }) with { Medium = medium };

    /// <summary>The same zip behind bytes that belong to no entry, all its places moved.</summary>
    private static byte[] Prefixed(byte[] zip)
    {
        var hidden = CleanPapers.Utf8("不属于任何文件的字节\n");
        var moved = zip.ToArray();
        var end = moved.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        var at = BinaryPrimitives.ReadInt32LittleEndian(moved.AsSpan(end + 16));
        Move(end + 16);
        while (at < end)
        {
            Move(at + 42);
            at += 46 + Short(at + 28) + Short(at + 30) + Short(at + 32);
        }

        return [.. hidden, .. moved];

        int Short(int place) => BinaryPrimitives.ReadUInt16LittleEndian(moved.AsSpan(place));

        void Move(int place) => BinaryPrimitives.WriteInt32LittleEndian(moved.AsSpan(place), BinaryPrimitives.ReadInt32LittleEndian(moved.AsSpan(place)) + hidden.Length);
    }
}
