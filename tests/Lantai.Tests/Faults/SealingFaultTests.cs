using System.Security.Cryptography;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Tests.ArchivalStorage;
using Lantai.Words;

namespace Lantai.Tests.Faults;

/// <summary>Crashes and damage around sealing.</summary>
public sealed class SealingFaultTests
{
    private static StorageException Injected(string p) => new(StorageProblem.WriteFailed, p, new IOException("injected"));

    private static string Sha(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    private static void Flip(string file, long at)
    {
        var b = File.ReadAllBytes(file);
        b[at] ^= 1;
        File.WriteAllBytes(file, b); // same inode
    }

    [Fact]
    public async Task A_crash_after_the_sealing_event_leaves_the_sealed_pack_whole()
    {
        using var store = new TestStore();
        var dead = false;
        var disk = new HookDisk(store.Disk, (op, p) =>
        {
            dead |= op == "delete" && p.StartsWith("open/", StringComparison.Ordinal);
            if (dead && !op.StartsWith("openRead", StringComparison.Ordinal)) { throw Injected(p); }
        });
        using (var vault = store.Open(disk))
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("a", TestStore.Noise(3000, 1)));
            _ = await Assert.ThrowsAsync<StorageException>(() => vault.SealAsync(default));
        }

        var packs = Directory.GetFiles(Path.Combine(store.Root, "packs"), "*", SearchOption.AllDirectories);
        Assert.All(packs, p => Assert.Equal(Path.GetFileNameWithoutExtension(p), Sha(p)));
        using (var vault = store.Open())
        {
            var report = new FixityAudit(vault).Run(new FixityRequest(), TestStore.Actor, null, default);
            Assert.All(packs, p => Assert.Equal(Path.GetFileNameWithoutExtension(p), Sha(p)));
            Assert.True(report.IsClean, string.Join("; ", report.Results.SelectMany(r => r.Findings)));
        }
    }

    [Fact]
    public async Task A_crash_between_epoch_and_sealing_event_leaves_the_sealed_pack_whole()
    {
        using var store = new TestStore();
        using (var vault = store.Open())
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("a", TestStore.Noise(3000, 1)));
        }

        store.Time.Advance(TimeSpan.FromHours(2));
        var syncs = 0;
        var dead = false;
        var disk = new HookDisk(store.Disk, (op, p) =>
        {
            if (op == "sync" && p == StoreLayout.OpenSegment) { syncs++; }
            else if (syncs == 1 && op is not "openRead") { dead = true; } // after the epoch batch
            if (dead && op is not "openRead") { throw Injected(p); }
        });
        using (var vault = store.Open(disk))
        {
            Assert.Contains(vault.Findings, f => f.Code == "STO-002");
        }

        for (var i = 0; i < 2; i++)
        {
            using var vault = store.Open();
            var report = new FixityAudit(vault).Run(new FixityRequest(), TestStore.Actor, null, default);
            Assert.True(report.IsClean, string.Join("; ", report.Results.SelectMany(r => r.Findings)));
        }
    }

    [Fact]
    public async Task A_damaged_open_pack_gets_no_good_name()
    {
        using var store = new TestStore();
        var content = TestStore.Noise(3000, 3);
        using var vault = store.Open();
        _ = await TestStore.Keep(vault, "unscheduled", ("a", content));
        foreach (var p in Directory.GetFiles(Path.Combine(store.Root, "open")))
        {
            var at = File.ReadAllBytes(p).AsSpan().IndexOf(content);
            if (at > 0) { Flip(p, at + 10); }
        }

        Assert.False(new FixityAudit(vault).Run(new FixityRequest(), TestStore.Actor, null, default).IsClean);
        var refused = false;
        try { _ = await vault.SealAsync(default); } catch (StorageException) { refused = true; }
        if (!refused)
        {
            Assert.False(new FixityAudit(vault).Run(new FixityRequest(), TestStore.Actor, null, default).IsClean);
        }
    }

    [Fact]
    public async Task A_store_with_a_damaged_open_pack_still_opens()
    {
        using var store = new TestStore();
        var content = TestStore.Noise(3000, 3);
        using (var vault = store.Open())
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("a", content));
            _ = await TestStore.Keep(vault, "unscheduled", ("b", TestStore.Noise(3000, 4)));
        }

        foreach (var p in Directory.GetFiles(Path.Combine(store.Root, "open")))
        {
            var at = File.ReadAllBytes(p).AsSpan().IndexOf(content);
            if (at > 0) { Flip(p, at - 60); } // frame header
        }

        store.Time.Advance(TimeSpan.FromHours(2));
        using var again = store.Open();
    }

    [Fact]
    public async Task A_store_on_a_full_disk_still_opens()
    {
        using var store = new TestStore();
        using (var vault = store.Open())
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("a", TestStore.Noise(3000, 3)));
        }

        store.Time.Advance(TimeSpan.FromHours(2));
        using var again = store.Open(new DyingDisk(MemoryDisk.CopyOf(store.Root), 1, StorageProblem.DiskFull, false));
    }

    [Fact]
    public async Task Making_room_for_a_pack_loses_no_other()
    {
        using var store = new TestStore();
        using var vault = store.Open();
        for (var i = 0; i < 17; i++)
        {
            _ = (await vault.TakeLaneAsync("G" + i, default)).Turn.Release();
        }

        _ = await TestStore.Keep(vault, "G3", ("a", TestStore.Noise(3000, 3)));

        _ = await vault.SealAsync(default);
        var vouched = vault.Ledger.Vouched.Select(v => StoreLayout.OpenPack(v.Pack)).ToHashSet();
        var held = vault.Disk.List("open").Where(p => new FileInfo(Path.Combine(store.Root, p)).Length > 4096).ToList();
        Assert.All(held, p => Assert.Contains(p, vouched));
    }

    [Fact]
    public async Task A_kept_deposit_is_not_reported_as_failed_when_sealing_fails()
    {
        using var store = new TestStore(packSize: 6000);
        var disk = new HookDisk(store.Disk, (op, p) => { if (op == "link" && p.StartsWith("packs/", StringComparison.Ordinal)) { throw Injected(p); } });
        using var vault = store.Open(disk);
        Exception? said = null;
        try { _ = await TestStore.Keep(vault, "unscheduled", ("a", TestStore.Noise(7000, 3))); } catch (StorageException e) { said = e; }
        var acknowledged = vault.ReadEvents(0).Any(e => e.Leaf.Type == EventTypes.Ingestion);
        Assert.Equal(acknowledged, said is null);
    }

    [Fact]
    public async Task Sealing_during_a_fixity_check_is_no_alarm()
    {
        using var store = new TestStore();
        using var vault = store.Open();
        _ = await TestStore.Keep(vault, "unscheduled", ("a", TestStore.Noise(3000, 3)));
        var done = false;
        var sealing = Task.FromResult(0);
        var report = new FixityAudit(vault).Run(new FixityRequest(), TestStore.Actor, _ => { if (!done) { done = true; sealing = vault.SealAsync(default); } }, default);
        Assert.True(await sealing > 0);
        Assert.True(report.IsClean, string.Join("; ", report.Results.SelectMany(r => r.Findings)));
    }
}
