using System.Security.Cryptography;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Tests.ArchivalStorage;
using Lantai.Words;

namespace Lantai.Tests.Faults;

/// <summary>Damage, races and crashes around large objects and deduplication.</summary>
public sealed class LargeObjectFaultTests
{
    private static StorageException Injected(string p) => new(StorageProblem.WriteFailed, p, new IOException("injected"));

    private static void Flip(string file, long at)
    {
        var b = File.ReadAllBytes(file);
        b[at] ^= 1;
        File.WriteAllBytes(file, b); // same inode
    }

    private static byte[] Read(Vault v, byte[] content)
    {
        using var s = v.OpenContent(Digest.Of(content));
        using var m = new MemoryStream();
        s.CopyTo(m);
        return m.ToArray();
    }

    [Fact]
    public async Task A_good_copy_takes_the_place_of_a_damaged_large_object()
    {
        using var store = new TestStore();
        var content = TestStore.Noise(20000, 3);
        using (var vault = store.Open())
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("a", content));
        }

        Flip(Path.Combine(store.Root, StoreLayout.LargeObject(Digest.Of(content))), 4096 + 100);
        store.Time.Advance(TimeSpan.FromDays(31));
        using (var vault = store.Open())
        {
            StorageException? said = null;
            try
            {
                _ = await TestStore.Keep(vault, "unscheduled", ("b", content)); // acknowledged
            }
            catch (StorageException e)
            {
                said = e;
            }

            if (said is null)
            {
                Assert.Equal(content, Read(vault, content));
            }
        }
    }

    [Fact]
    public async Task A_pack_that_was_found_changed_is_not_deduplicated_onto()
    {
        using var store = new TestStore();
        var content = TestStore.Noise(3000, 3);
        using var vault = store.Open();
        _ = await TestStore.Keep(vault, "unscheduled", ("a", content));
        _ = await vault.SealAsync(default);
        foreach (var p in Directory.GetFiles(Path.Combine(store.Root, "packs"), "*", SearchOption.AllDirectories))
        {
            var at = File.ReadAllBytes(p).AsSpan().IndexOf(content);
            if (at > 0) { Flip(p, at + 10); }
        }

        store.Time.Advance(TimeSpan.FromDays(1));
        var report = new FixityAudit(vault).Run(new FixityRequest(), TestStore.Actor, null, default);
        Assert.False(report.IsClean);
        _ = await TestStore.Keep(vault, "unscheduled", ("b", content)); // acknowledged after the alarm
        Assert.Equal(content, Read(vault, content));
    }

    [Fact]
    public async Task Two_deposits_of_one_large_content_both_refer_to_what_is_there()
    {
        using var store = new TestStore();
        var content = TestStore.Noise(20000, 3);
        using var vault = store.Open();
        using var a = vault.Begin("unscheduled");
        using var b = vault.Begin("unscheduled");
        _ = await a.KeepAsync(new MemoryStream(content), null, [], default);
        _ = await b.KeepAsync(new MemoryStream(content), null, [], default);
        foreach (var d in new[] { a, b })
        {
            var aip = Guid.NewGuid();
            _ = await d.CommitAsync(new EventDraft(EventTypes.Ingestion, aip.ToString("D")) { Aip = aip, Version = 1, Manifest = Digest.Of([1]), Body = new JsonMap(), Group = "unscheduled" }, TestStore.Actor, default);
        }

        var report = new FixityAudit(vault).Run(new FixityRequest(), TestStore.Actor, null, default);
        Assert.True(report.IsClean, string.Join("; ", report.Results.SelectMany(r => r.Findings)));
    }

    [Fact]
    public async Task Staging_left_behind_removes_no_acknowledged_large_object()
    {
        using var store = new TestStore();
        var content = TestStore.Noise(20000, 3);
        var disk = new HookDisk(store.Disk, (op, p) =>
        {
            if (op == "delete" && p.StartsWith("staging/", StringComparison.Ordinal)) { throw Injected(p); }
        });
        using (var vault = store.Open(disk))
        {
            try { _ = await TestStore.Keep(vault, "unscheduled", ("a", content)); } catch (StorageException) { }
            for (var i = 0; i < 300; i++)
            {
                _ = vault.Append(new EventDraft(EventTypes.Dissemination, Guid.NewGuid().ToString("D")) { Body = new JsonMap() }, TestStore.Actor);
            }
        }

        using (var vault = store.Open())
        {
            Assert.Contains(vault.ReadEvents(0), e => e.Leaf.Type == EventTypes.Ingestion);
            Assert.Equal(content, Read(vault, content));
        }
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_lets_no_large_object_be_removed()
    {
        using var store = new TestStore();
        var content = TestStore.Noise(20000, 3);
        using (var vault = store.Open())
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("a", content));
        }


        var named = Path.Combine(store.Root, StoreLayout.LargeObject(Digest.Of(content)));
        // A kill between the ledger's fsync and the removal of the staging name, and one bad byte in the record's frame.
        File.Copy(named, Path.Combine(store.Root, "staging", "x.large"));
        foreach (var p in Directory.GetFiles(Path.Combine(store.Root, "open")))
        {
            var at = File.ReadAllBytes(p).AsSpan().IndexOf("\"objects\""u8);
            if (at > 0) { Flip(p, at); }
        }

        using (var vault = store.Open())
        {
            Assert.Equal(content, Read(vault, content));
        }
    }
}
