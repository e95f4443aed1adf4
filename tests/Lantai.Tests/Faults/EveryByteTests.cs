using System.Collections.Concurrent;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Tests.ArchivalStorage;
using Lantai.Words;

namespace Lantai.Tests.Faults;

/// <summary>
/// Every byte of a store, flipped one at a time: `audit --deep` or `verify` must report each (I10), and of the digest
/// index the check that `rebuild --compare` makes.
/// </summary>
public sealed class EveryByteTests
{
    [Fact]
    public async Task Every_flipped_byte_is_reported()
    {
        using var store = await MakeAsync();
        var disk = MemoryDisk.CopyOf(store.Root);
        Assert.Empty(Check(disk, store, "packs/"));
        Assert.Empty(Check(disk, store, "ledger/"));
        Assert.Empty(Check(disk, store, "index/"));
        AssertHoldsEveryKind(disk);

        var work = disk.Paths.Where(IsCovered).SelectMany(p => Enumerable.Range(0, disk[p].Length).Select(i => (Path: p, Offset: i))).ToList();
        var silent = new ConcurrentBag<string>();
        Parallel.ForEach(
            Partitioner.Create(work, loadBalance: true),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => disk.Copy(),
            (item, _, copy) =>
            {
                var bytes = copy[item.Path];
                var mask = (byte)(1 << (item.Offset % 8));
                bytes[item.Offset] ^= mask;
                if (Check(copy, store, item.Path).Count == 0)
                {
                    silent.Add($"{item.Path}+{item.Offset}^{mask:x2}");
                }

                bytes[item.Offset] ^= mask;
                return copy;
            },
            _ => { });

        Assert.True(silent.IsEmpty, $"{silent.Count} of {work.Count} flips were not reported: {string.Join(", ", silent.Order().Take(20))}");
        TestContext.Current.SendDiagnosticMessage($"{work.Count} bytes flipped, all reported");
    }

    /// <summary>Errors that the two commands report, damage that stops opening included.</summary>
    private static List<Finding> Check(MemoryDisk disk, TestStore store, string path)
    {
        if (path.StartsWith("index/", StringComparison.Ordinal))
        {
            using var vault = Vault.OpenReadOnly(disk, store.Time);
            return [.. vault.Findings, .. vault.CheckIndex()];
        }

        // The likelier command first: one report is enough, and silence asks both.
        var bytesFirst = path.StartsWith("packs/", StringComparison.Ordinal) || path.StartsWith("open/", StringComparison.Ordinal) || path.StartsWith("large/", StringComparison.Ordinal);
        var found = bytesFirst ? Audit(disk, store) : Verify(disk, store);
        return found.Count > 0 ? found : bytesFirst ? Verify(disk, store) : Audit(disk, store);
    }

    private static List<Finding> Verify(MemoryDisk disk, TestStore store) =>
        [.. StoreVerification.Run(disk, store.Time, new VerificationRequest(store.Key, null), null, default).Findings.Where(f => f.Severity == Severity.Error)];

    private static List<Finding> Audit(MemoryDisk disk, TestStore store)
    {
        try
        {
            using var vault = Vault.OpenReadOnly(disk, store.Time);
            var report = new FixityAudit(vault).Run(new FixityRequest { Deep = true }, TestStore.Actor, null, default);
            return [.. report.Results.SelectMany(r => r.Findings), .. vault.Findings];
        }
        catch (StorageException problem) when (problem.Finding is not null)
        {
            return [problem.Finding];
        }
    }

    // The lock and the times of checks are neither truth nor copies.
    private static bool IsCovered(string path) => !path.StartsWith("run/", StringComparison.Ordinal) && path != "audit/times.json";

    private static void AssertHoldsEveryKind(MemoryDisk disk)
    {
        Assert.True(disk.List(StoreLayout.Packs).Count >= 1);
        Assert.True(disk.List(StoreLayout.OpenPacks).Count >= 2);
        Assert.Single(disk.List(StoreLayout.LargeObjects));
        Assert.True(disk.List(StoreLayout.SealedSegments).Count >= 1);
        Assert.True(disk.List(StoreLayout.Tiles).Count >= 2);
        Assert.All([StoreLayout.OpenSegment, StoreLayout.Checkpoint, StoreLayout.VerifierKey, StoreLayout.Descriptor, StoreLayout.Reserve, "spec/README.md"], p => Assert.True(disk.Exists(p), p));
    }

    private static async Task<TestStore> MakeAsync()
    {
        var store = new TestStore(packSize: 7000, largeFrom: 4000, segmentSize: 1536);
        using (var vault = store.Open())
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("申请.txt", "办件申请 办件申请 办件申请 办件申请 办件申请 办件申请"u8.ToArray()), ("b.bin", TestStore.Noise(2500, 1)));
            _ = await TestStore.Keep(vault, "D10-2024", ("大图.tif", TestStore.Noise(4100, 2)));
            _ = new FixityAudit(vault).Run(new FixityRequest(), TestStore.Actor, null, default);
            vault.Publish();
        }

        return store;
    }
}
