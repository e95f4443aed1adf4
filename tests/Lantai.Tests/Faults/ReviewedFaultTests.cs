using System.Security.Cryptography;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Tests.ArchivalStorage;
using Lantai.Words;

namespace Lantai.Tests.Faults;

internal sealed class HookDisk(IDisk disk, Action<string, string> before) : IDisk
{
    public string Root => disk.Root;
    public long FreeBytes => disk.FreeBytes;
    public bool Exists(string path) => disk.Exists(path);
    public IDiskFile Open(string path, DiskAccess access) { before("open" + access, path); return new HookFile(disk.Open(path, access), path, before); }
    public IReadOnlyList<string> List(string folder) => disk.List(folder);
    public void Replace(string path, ReadOnlySpan<byte> content) { before("replace", path); disk.Replace(path, content); }
    public void Link(string path, string newPath) { before("link", newPath); disk.Link(path, newPath); }
    public void Delete(string path) { before("delete", path); disk.Delete(path); }
    public IDisposable? TryLock(string path) => disk.TryLock(path);
    private sealed class HookFile(IDiskFile f, string path, Action<string, string> before) : IDiskFile
    {
        public long Length => f.Length;
        public int Read(long offset, Span<byte> buffer) => f.Read(offset, buffer);
        public void Write(long offset, ReadOnlySpan<byte> bytes) { before("write", path); f.Write(offset, bytes); }
        public void Sync() { before("sync", path); f.Sync(); }
        public void Truncate(long length) { before("truncate", path); f.Truncate(length); }
        public void DropCache() => f.DropCache();
        public void Dispose() => f.Dispose();
    }
}

public sealed class ReviewedFaultTests
{
    private static StorageException Injected(string p) => new(StorageProblem.WriteFailed, p, new IOException("injected"));

    private static string Sha(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

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
    public async Task T01_crash_after_the_sealing_event_truncates_the_sealed_pack()
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
            _ = Assert.Throws<StorageException>(() => vault.Seal());
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
    public async Task T01b_crash_between_epoch_and_sealing_event_truncates_the_linked_pack()
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
        _ = Assert.Throws<StorageException>(() => store.Open(disk));
        for (var i = 0; i < 2; i++)
        {
            using var vault = store.Open();
            var report = new FixityAudit(vault).Run(new FixityRequest(), TestStore.Actor, null, default);
            Assert.True(report.IsClean, string.Join("; ", report.Results.SelectMany(r => r.Findings)));
        }
    }

    [Fact]
    public async Task T02_good_copy_of_a_damaged_large_object_is_thrown_away()
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
    public async Task T03_a_pack_that_audit_found_changed_is_still_trusted_for_dedup()
    {
        using var store = new TestStore();
        var content = TestStore.Noise(3000, 3);
        using var vault = store.Open();
        _ = await TestStore.Keep(vault, "unscheduled", ("a", content));
        _ = vault.Seal();
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
    public async Task T04_sealing_gives_damaged_bytes_a_good_name()
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
        try { _ = vault.Seal(); } catch (StorageException) { refused = true; }
        if (!refused)
        {
            Assert.False(new FixityAudit(vault).Run(new FixityRequest(), TestStore.Actor, null, default).IsClean);
        }
    }

    [Fact]
    public async Task T05_two_deposits_with_one_large_content_end_in_a_false_alarm_for_ever()
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
    public async Task T06_one_bad_byte_in_an_open_pack_makes_the_store_unopenable()
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
    public async Task T06b_a_full_disk_makes_the_store_unopenable()
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
    public async Task T07_a_whole_orphan_batch_is_cut()
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
    public async Task T07b_a_batch_whose_second_page_alone_reached_the_disk_is_taken_for_corruption()
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
    public async Task T17_a_lost_sealed_segment_cuts_acknowledged_pack_bytes()
    {
        using var store = new TestStore(segmentSize: 1500);
        var content = TestStore.Noise(3000, 9);
        var dead = false;
        var sealings = 0;
        var disk = new HookDisk(store.Disk, (op, p) =>
        {
            if (dead && op != "openRead") { throw Injected(p); }
            if (op == "replace" && p == StoreLayout.OpenSegment && ++sealings == 3) { dead = true; throw0 = true; }
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

    private static bool throw0;

    [Fact]
    public async Task T18_a_lost_sealed_segment_makes_a_wrong_root_be_signed()
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
    public async Task T19_audit_of_record_damage_then_staging()
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

    [Fact]
    public async Task T08_a_lost_entry_bundle_stops_publishing_for_ever()
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
    public async Task T09_staging_left_behind_deletes_an_acknowledged_large_object()
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
    public void T11_reading_beside_segment_sealing_skips_events()
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
    public async Task T15_crash_in_key_rotation()
    {
        using var store = new TestStore();
        using var successor = Lantai.Evidence.NoteSigner.Generate(store.Descriptor.Origin);
        var disk = new HookDisk(store.Disk, (op, p) => { if (p == StoreLayout.VerifierKey && op == "replace") { throw Injected(p); } });
        using (var vault = store.Open(disk))
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("a", [1]));
            _ = Assert.Throws<StorageException>(() => vault.RotateKey(successor, TestStore.Actor));
        }

        // KeyRotation.LoadCurrent: log.vkey still says the old key, so the old one is taken.
        using (var vault = store.Open())
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("b", [2]));
            vault.Publish();
        }

        var after = StoreVerification.Run(store.Disk, store.Time, new VerificationRequest(store.Key, null), null, default);
        Assert.True(after.IsClean, string.Join("; ", after.Findings));
    }

    [Fact]
    public async Task T15b_a_foreign_key_signs()
    {
        using var store = new TestStore();
        using var foreign = Lantai.Evidence.NoteSigner.Generate(store.Descriptor.Origin);
        using (var vault = Vault.Open(store.Disk, new VaultSettings(store.Time, TestStore.Actor), foreign))
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("a", [1]));
            vault.Publish();
        }

        var after = StoreVerification.Run(store.Disk, store.Time, new VerificationRequest(store.Key, null), null, default);
        Assert.True(after.IsClean, string.Join("; ", after.Findings));
    }

    [Fact]
    public async Task T20_sealing_during_a_fixity_check_reads_as_missing()
    {
        using var store = new TestStore();
        using var vault = store.Open();
        _ = await TestStore.Keep(vault, "unscheduled", ("a", TestStore.Noise(3000, 3)));
        var done = false;
        var report = new FixityAudit(vault).Run(new FixityRequest(), TestStore.Actor, p => { if (!done) { done = true; vault.Seal(); } }, default);
        Assert.True(report.IsClean, string.Join("; ", report.Results.SelectMany(r => r.Findings)));
    }

    [Fact]
    public void T10_the_permanent_lane_is_lost_when_room_is_made()
    {
        using var store = new TestStore();
        using var vault = store.Open();
        for (var i = 0; i < 17; i++)
        {
            _ = vault.TakeLane("G" + i).Turn.Release();
        }

        _ = TestStore.Keep(vault, "G3", ("a", TestStore.Noise(3000, 3))).Result;

        _ = vault.Seal();
        var vouched = vault.Ledger.Vouched.Select(v => StoreLayout.OpenPack(v.Pack)).ToHashSet();
        var held = vault.Disk.List("open").Where(p => new FileInfo(Path.Combine(store.Root, p)).Length > 4096).ToList();
        Assert.All(held, p => Assert.Contains(p, vouched));
    }

    [Fact]
    public async Task T13_a_kept_deposit_is_reported_as_failed_when_sealing_fails()
    {
        using var store = new TestStore(packSize: 6000);
        var disk = new HookDisk(store.Disk, (op, p) => { if (op == "link" && p.StartsWith("packs/", StringComparison.Ordinal)) { throw Injected(p); } });
        using var vault = store.Open(disk);
        Exception? said = null;
        try { _ = await TestStore.Keep(vault, "unscheduled", ("a", TestStore.Noise(7000, 3))); } catch (StorageException e) { said = e; }
        var acknowledged = vault.ReadEvents(0).Any(e => e.Leaf.Type == EventTypes.Ingestion);
        Assert.Equal(acknowledged, said is null);
    }
}
