using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Tests.Faults;
using Lantai.Words;

namespace Lantai.Tests.ArchivalStorage;

/// <summary>Many deposits at once: one fsync for many, each told on its own, bytes kept once.</summary>
public sealed class GroupCommitTests
{
    [Fact]
    public async Task Deposits_side_by_side_share_their_fsyncs_and_store_equal_bytes_once()
    {
        const int Deposits = 200;
        using var store = new TestStore(packSize: 1 << 20, segmentSize: 1 << 20);
        var syncs = 0;
        var shared = TestStore.Noise(5000, 7);
        List<(Guid Aip, CommittedEvent Committed)> kept;
        using (var vault = store.Open(new HookDisk(store.Disk, (what, _) => syncs += what == "sync" ? 1 : 0)))
        {
            kept = [.. await Task.WhenAll(Enumerable.Range(0, Deposits).Select(i => Task.Run(() => TestStore.Keep(vault, "unscheduled", ("shared", shared), ("own", TestStore.Noise(40, 100 + i))))))];
            Assert.Equal(Deposits, kept.Select(k => k.Committed.Event.Leaf.Sequence).Distinct().Count());
            Assert.True(syncs < 3 * Deposits / 2, $"{syncs} fsyncs for {Deposits} deposits");
        }

        using var again = store.Open();
        Assert.Empty(again.Findings);
        var held = again.ReadEvents(0).Where(e => e.Record?.Aip is not null).Select(e => e.Record!.Aip!.Value).ToHashSet();
        Assert.All(kept, k => Assert.Contains(k.Aip, held));
        var blobs = Directory.EnumerateFiles(store.Root, "*.pack", SearchOption.AllDirectories).Sum(path => CountOf(File.ReadAllBytes(path), shared));
        Assert.Equal(1, blobs);
    }

    [Fact]
    public async Task A_deposit_that_holds_its_pack_puts_others_off_and_all_are_kept()
    {
        using var store = new TestStore(packSize: 64 << 20, largeFrom: 1 << 20);
        using var vault = store.Open();
        using var long1 = vault.Begin("unscheduled");
        for (var i = 0; i < 20; i++)
        {
            _ = await long1.KeepAsync(new MemoryStream(TestStore.Noise(700_000, i)), 700_000, [], default);
        }

        Assert.True(long1.HoldsPack);
        var others = Enumerable.Range(0, 5).Select(i => TestStore.Keep(vault, "unscheduled", ("f", TestStore.Noise(100, 1000 + i)))).ToList();
        var elsewhere = await TestStore.Keep(vault, "D10-2024", ("g", TestStore.Noise(100, 2000))); // another pack: nobody to wait for
        Assert.All(others, o => Assert.False(o.IsCompleted));
        long1.Abandon();
        var kept = await Task.WhenAll(others).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(6, kept.Select(k => k.Aip).Append(elsewhere.Aip).Distinct().Count());
        var report = new FixityAudit(vault).Run(new FixityRequest { Deep = true }, TestStore.Actor, null, default);
        Assert.True(report.IsClean);
        Assert.False(vault.Holds(Digest.Of(TestStore.Noise(700_000, 3))), "what was given up left something");
    }

    [Fact]
    public async Task A_failing_commit_is_told_to_each_deposit_of_its_group_and_none_of_them_is_kept()
    {
        using var store = new TestStore(packSize: 1 << 20);
        var fails = false;
        using (var vault = store.Open(new HookDisk(store.Disk, (what, path) =>
        {
            if (fails && what == "sync" && path.StartsWith(StoreLayout.OpenPacks, StringComparison.Ordinal))
            {
                throw new StorageException(StorageProblem.SyncFailed, path);
            }
        })))
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("first", [1]));
            fails = true;
            var all = Enumerable.Range(0, 30).Select(i => Task.Run(() => TestStore.Keep(vault, "unscheduled", ("f", TestStore.Noise(50, i))))).ToList();
            foreach (var one in all)
            {
                var told = await Assert.ThrowsAsync<StorageException>(() => one).WaitAsync(TimeSpan.FromSeconds(60));
                Assert.Equal(StorageProblem.SyncFailed, told.Problem);
            }
        }

        using var again = store.Open();
        Assert.Single(again.ReadEvents(0), e => e.Leaf.Type == EventTypes.Ingestion);
    }

    private static int CountOf(byte[] bytes, byte[] wanted)
    {
        var count = 0;
        for (int at = 0, next; (next = bytes.AsSpan(at).IndexOf(wanted)) >= 0; at += next + 1)
        {
            count++;
        }

        return count;
    }
}
