using Lantai.ArchivalStorage;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.Inspection.Storage;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;

namespace Lantai.Tests.Inspection.Storage;

/// <summary>What the store knows of a version is what its bytes, its index, its catalogue and its ledger say; damage of each shows in the rule that is about it.</summary>
public sealed class StoredPackageTests
{
    private const string Permit = "市政务服务办公室：准予办理。";
    private const string Form = "申请表：张三，扬州。";

    [Fact]
    public async Task A_version_that_nobody_touched_is_whole_and_in_its_place()
    {
        using var store = new DamagedStore();
        var kept = await KeepAsync(store);

        var facts = Read(store, kept);

        Assert.All(facts.Pieces, p => Assert.Equal((FixityState.Verified, (Lantai.Words.Finding?)null), (p.State, p.Misplaced)));
        Assert.Equal(5, facts.Pieces.Count); // root, shard, three contents
        Assert.Equal(facts.ContentAtIngest, facts.ContentNow);
        Assert.All(Verdicts(facts), v => Assert.Equal(RuleVerdict.Passed, v.Value));
    }

    [Fact]
    public async Task A_flipped_bit_in_a_pack_is_a_change_since_ingest_and_nothing_else()
    {
        using var store = new DamagedStore();
        var kept = await KeepAsync(store);
        store.Flip(DamagedStore.Of(Permit), FrameKind.Blob);

        var facts = Read(store, kept);

        var bad = Assert.Single(facts.Pieces, p => p.State != FixityState.Verified);
        Assert.Equal(("结果/许可证.txt", FixityState.Changed), (bad.Name, bad.State));
        Assert.Equal(["aip-unchanged"], Red(facts));
        var finding = Assert.Single(Check("aip-unchanged", facts).Findings);
        Assert.Equal(("INS-510", "结果/许可证.txt"), (finding.Code, finding.Subject));
    }

    [Fact]
    public async Task A_pack_that_is_gone_is_missed_in_its_place_in_the_manifest_and_since_ingest()
    {
        using var store = new DamagedStore();
        _ = await store.KeepFolderAsync("同一证照的另一办件", ("许可证.txt", Permit));
        await SealAsync(store); // the content that both cases have lies in a pack without the manifest of the second
        var kept = await KeepAsync(store);
        store.Delete(DamagedStore.Of(Permit), FrameKind.Blob);

        var facts = Read(store, kept);

        Assert.Contains(facts.Pieces, p => p is { Name: "结果/许可证.txt", State: FixityState.Missing });
        Assert.Equal(["aip-content", "aip-unchanged", "storage-linkage"], Red(facts));
    }

    [Fact]
    public async Task A_damaged_manifest_leaves_nothing_to_hold_the_contents_against()
    {
        using var store = new DamagedStore();
        var kept = await KeepAsync(store);
        store.Flip(kept.Manifest, FrameKind.Manifest);

        using var repository = store.Open();
        var package = StoredPackage.Open(repository.Vault, kept, default);
        var facts = package.Conclude(demands: false, null, default);

        Assert.Null(package.Tree);
        Assert.Equal(["aip-content", "aip-metadata", "aip-unchanged"], Red(facts));
        Assert.Contains(Check("aip-content", facts).Findings, f => f.Code == "INS-533");
    }

    [Fact]
    public async Task A_header_that_names_another_content_is_a_wrong_place()
    {
        using var store = new DamagedStore();
        var kept = await KeepAsync(store);
        store.Flip(DamagedStore.Of(Permit), FrameKind.Blob, behindHeader: -60);

        var facts = Read(store, kept);

        Assert.Contains("storage-linkage", Red(facts));
        Assert.Contains(Check("storage-linkage", facts).Findings, f => f is { Code: "INS-501", Subject: "结果/许可证.txt" });
    }

    [Fact]
    public async Task A_catalogue_that_names_another_version_than_the_ledger_is_told()
    {
        using var store = new DamagedStore();
        var kept = await KeepAsync(store);

        var facts = Read(store, kept with { Bytes = kept.Bytes + 1 });

        var finding = Assert.Single(Check("storage-linkage", facts).Findings);
        Assert.Equal("INS-502", finding.Code);
        Assert.Contains(finding.Arguments, a => a is { Key: "member", Value: "bytes" });
    }

    [Fact]
    public async Task A_store_that_demands_preservation_metadata_names_each_that_is_missing()
    {
        using var store = new DamagedStore();
        var kept = await KeepAsync(store);

        var findings = Check("aip-metadata", Read(store, kept, demands: true)).Findings;

        Assert.All(findings, f => Assert.Equal("INS-520", f.Code));
        Assert.Equal(
            ["formats", "inspection-report", "report-signature", "reference-code"], findings.Select(f => f.Arguments.Single(a => a.Key == "member").Value));
    }

    [Fact]
    public async Task What_the_archive_put_beside_a_package_is_no_part_of_it()
    {
        using var store = new DamagedStore();
        var kept = await store.KeepFolderAsync("办件", ("材料/申请表.txt", Form), ("metadata/preservation/inspection/GD-1.xml", "<报告/>"), ("metadata/preservation/inspection/GD-1.xml.sig", "签名"));

        using var repository = store.Open();
        var package = StoredPackage.Open(repository.Vault, kept, default);
        var facts = package.Conclude(demands: true, "X1·2025-D30-0001", default);

        Assert.Equal(["材料/申请表.txt"], package.Tree!.Files.Select(f => f.Path));
        Assert.Equal(5, facts.Pieces.Count(p => p.State == FixityState.Verified));
        Assert.DoesNotContain(facts.Members, m => m is { IsThere: false, Name: not "formats" });
    }

    private static Task<Lantai.DataManagement.AipVersion> KeepAsync(DamagedStore store) =>
        store.KeepFolderAsync("办件", ("材料/申请表.txt", Form), ("结果/许可证.txt", Permit), ("说明.txt", "三个文件"));

    private static async Task SealAsync(DamagedStore store)
    {
        using var repository = store.Open();
        _ = await repository.Vault.SealAsync(default);
    }

    private static StorageFacts Read(DamagedStore store, Lantai.DataManagement.AipVersion kept, bool demands = false)
    {
        using var repository = store.Open();
        return StoredPackage.Open(repository.Vault, kept, default).Conclude(demands, null, default);
    }

    private static IEnumerable<string> Red(StorageFacts facts) => Verdicts(facts).Where(v => v.Value is RuleVerdict.Failed or RuleVerdict.Warning).Select(v => v.Key).Order(StringComparer.Ordinal);

    private static Dictionary<string, RuleVerdict> Verdicts(StorageFacts facts) =>
        new[] { "storage-linkage", "aip-unchanged", "aip-metadata", "aip-content" }.ToDictionary(c => c, c => Check(c, facts).Verdict);

    private static RuleAnswer Check(string check, StorageFacts facts) => RuleChecks.Find(check)!(new InspectionFacts
    {
        Point = RunPoint.Storage,
        Now = DateTimeOffset.UnixEpoch,
        Package = new InspectedPackage { Name = "办件", Profile = "", Confidence = ReadingConfidence.Low, Findings = [], Files = [] },
        Channel = new ChannelFacts("local", SourceChannel.Online),
        Storage = facts,
    });
}
