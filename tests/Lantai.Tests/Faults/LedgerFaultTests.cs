using System.Security.Cryptography;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Tests.ArchivalStorage;
using Lantai.Words;

namespace Lantai.Tests.Faults;

/// <summary>Crashes and losses around the ledger, its tiles and its key.</summary>
public sealed class LedgerFaultTests
{
    private static StorageException Injected(string p) => new(StorageProblem.WriteFailed, p, new IOException("injected"));

    [Fact]
    public async Task A_whole_orphan_batch_is_kept()
    {
        using var store = new TestStore();
        var content = TestStore.Noise(3000, 3);
        using (var vault = store.Open())
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("zero", [0]));
            _ = await TestStore.Keep(vault, "unscheduled", ("a", content)); // acknowledged, no checkpoint yet
        }

        var ledger = Path.Combine(store.Root, StoreLayout.OpenSegment);
        using (var f = File.OpenWrite(ledger)) { f.SetLength(f.Length - 20); }
        var before = Directory.GetFiles(Path.Combine(store.Root, "open")).ToDictionary(p => p, p => new FileInfo(p).Length);
        using (store.Open())
        {
        }

        Assert.All(before, p => Assert.Equal(p.Value, new FileInfo(p.Key).Length));
    }

    [Fact]
    public async Task A_batch_of_which_only_the_second_page_reached_the_disk_is_a_torn_tail()
    {
        using var store = new TestStore();
        var ledger = Path.Combine(store.Root, StoreLayout.OpenSegment);
        long before;
        using (var vault = store.Open())
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("zero", [0]));
            before = new FileInfo(ledger).Length;
            _ = await TestStore.Keep(vault, "unscheduled", ("a", [1]));
        }

        // Power went before the fsync of the last batch returned: its first 100 bytes, in the old page, are still zero.
        using (var f = File.OpenWrite(ledger)) { f.Position = before; f.Write(new byte[100]); }
        using var again = store.Open();
    }

    [Fact]
    public async Task A_lost_sealed_segment_cuts_nothing()
    {
        using var store = new TestStore(segmentSize: 1500);
        var content = TestStore.Noise(3000, 9);
        var dead = false;
        var sealings = 0;
        var disk = new HookDisk(store.Disk, (op, p) =>
        {
            if (dead && op != "openRead") { throw Injected(p); }
            if (op == "replace" && p == StoreLayout.OpenSegment && ++sealings == 3) { dead = true; }
        });
        using (var vault = store.Open(disk))
        {
            try
            {
                for (var i = 0; i < 100; i++) { _ = await TestStore.Keep(vault, "unscheduled", ("a", TestStore.Noise(300, i))); }
            }
            catch (StorageException) { }
        }

        var last = Directory.GetFiles(Path.Combine(store.Root, "ledger/sealed")).Order(StringComparer.Ordinal).Last();
        File.Delete(last);
        var before = Directory.GetFiles(Path.Combine(store.Root, "open")).ToDictionary(p => p, p => new FileInfo(p).Length);
        try { using var v = store.Open(); } catch (StorageException) { }
        Assert.All(before, p => Assert.True(new FileInfo(p.Key).Length > p.Value - 6000, $"{p.Key}: {p.Value} -> {new FileInfo(p.Key).Length}"));
    }

    [Fact]
    public async Task A_lost_sealed_segment_signs_nothing()
    {
        using var store = new TestStore(segmentSize: 1500);
        using (var vault = store.Open())
        {
            for (var i = 0; i < 12; i++) { _ = await TestStore.Keep(vault, "unscheduled", ("a", TestStore.Noise(300, i))); }
        }

        var last = Directory.GetFiles(Path.Combine(store.Root, "ledger/sealed")).Order(StringComparer.Ordinal).Last();
        var bytes = File.ReadAllBytes(last);
        File.Delete(last);
        StorageException? said = null;
        try
        {
            using var v = store.Open();
            _ = await TestStore.Keep(v, "unscheduled", ("z", [1]));
            v.Publish();
        }
        catch (StorageException e) { said = e; }

        File.WriteAllBytes(last, bytes); // it comes back from a backup
        var after = StoreVerification.Run(store.Disk, store.Time, new VerificationRequest(store.Key, null), null, default);
        Assert.True(after.IsClean, said + string.Join("; ", after.Findings));
    }

    [Fact]
    public async Task A_lost_entry_bundle_is_made_again_from_the_segments()
    {
        using var store = new TestStore();
        using (var vault = store.Open())
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("a", TestStore.Noise(300, 3)));
            vault.Publish();
        }

        Directory.Delete(Path.Combine(store.Root, "ledger/tile/entries"), true);
        using (var vault = store.Open())
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("b", TestStore.Noise(300, 4)));
            vault.Publish();
        }
    }

    [Fact]
    public void Reading_beside_the_sealing_of_a_segment_skips_nothing()
    {
        using var store = new TestStore(segmentSize: 600);
        using var vault = store.Open();
        var stop = false;
        Exception? found = null;
        var reader = new Thread(() =>
        {
            try
            {
                var random = new Random(1);
                while (!stop)
                {
                    var size = vault.Ledger.Size;
                    var from = Math.Max(0, size - 1 - random.Next(3));
                    var next = from;
                    foreach (var e in vault.Ledger.ReadLeaves(from))
                    {
                        if (e.Sequence != next++) { throw new InvalidOperationException($"gap: {e.Sequence} where {next - 1}"); }
                    }

                    if (next < size) { throw new InvalidOperationException($"from {from} ended at {next}, size was {size}"); }
                }
            }
            catch (Exception e) { found = e; }
        });
        reader.Start();
        for (var i = 0; i < 1500 && found is null; i++)
        {
            _ = vault.Append(new EventDraft(EventTypes.Dissemination, Guid.NewGuid().ToString("D")) { Body = new JsonMap() }, TestStore.Actor);
        }

        stop = true;
        reader.Join();
        Assert.Null(found);
    }

    [Fact]
    public async Task A_crash_in_a_key_rotation_is_finished_by_the_next_opening()
    {
        using var store = new TestStore();
        using var successor = Lantai.Evidence.NoteSigner.Generate(store.Descriptor.Origin);
        var disk = new HookDisk(store.Disk, (op, p) => { if (p == StoreLayout.VerifierKey && op == "replace") { throw Injected(p); } });
        using (var vault = store.Open(disk))
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("a", [1]));
            _ = Assert.Throws<StorageException>(() => vault.RotateKey(successor, TestStore.Actor));
        }

        using (var vault = store.Open())
        {
            Assert.Equal(StorageProblem.KeyMissing, Assert.Throws<StorageException>(() => vault.Begin("unscheduled")).Problem);
            Assert.Contains(vault.Findings, f => f.Code == "STO-003");
        }

        using (var vault = Vault.Open(store.Disk, new VaultSettings(store.Time, TestStore.Actor), successor))
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("b", [2]));
            vault.Publish();
        }

        var after = StoreVerification.Run(store.Disk, store.Time, new VerificationRequest(store.Key, null), null, default);
        Assert.True(after.IsClean, string.Join("; ", after.Findings));
    }

    [Fact]
    public async Task A_key_that_the_ledger_does_not_name_signs_nothing()
    {
        using var store = new TestStore();
        using var foreign = Lantai.Evidence.NoteSigner.Generate(store.Descriptor.Origin);
        using (var vault = Vault.Open(store.Disk, new VaultSettings(store.Time, TestStore.Actor), foreign))
        {
            await Assert.ThrowsAsync<StorageException>(() => TestStore.Keep(vault, "unscheduled", ("a", [1])));
            vault.Publish();
        }

        var after = StoreVerification.Run(store.Disk, store.Time, new VerificationRequest(store.Key, null), null, default);
        Assert.True(after.IsClean, string.Join("; ", after.Findings));
    }
}
