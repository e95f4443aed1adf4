using Lantai.ArchivalStorage;
using Lantai.StoreFormat;

namespace Lantai.Tests.ArchivalStorage;

public sealed class FixityAuditTests
{
    [Fact]
    public async Task A_clean_store_is_verified_and_the_run_is_an_event()
    {
        using var store = await SealedStore();
        using var vault = store.Open();

        var report = new FixityAudit(vault).Run(new FixityRequest { Deep = true }, TestStore.Actor, null, default);

        Assert.True(report.IsClean);
        Assert.Equal(report.Results.Count, report.Count(FixityState.Verified));
        Assert.Equal(EventTypes.FixityCheck, vault.ReadEvent(report.Sequence!.Value).Leaf.Type);
    }

    [Fact]
    public async Task A_changed_pack_a_missing_pack_and_a_missing_large_object_are_each_reported()
    {
        using var store = await SealedStore();
        var packs = store.Disk.List(StoreLayout.Packs);
        File.Delete(Path.Combine(store.Root, packs[0]));
        Flip(Path.Combine(store.Root, packs[1]), 5000);
        File.Delete(Path.Combine(store.Root, store.Disk.List(StoreLayout.LargeObjects).Single()));
        using var vault = store.Open();

        var report = new FixityAudit(vault).Run(new FixityRequest(), TestStore.Actor, null, default);

        Assert.False(report.IsClean);
        Assert.Equal(2, report.Count(FixityState.Missing));
        Assert.Equal(1, report.Count(FixityState.Changed));
        Assert.Equal("findings", vault.ReadEvent(report.Sequence!.Value).Record!.Outcome);
    }

    [Fact]
    public async Task An_object_that_cannot_be_read_is_unreadable_and_never_verified()
    {
        using var store = await SealedStore();
        var pack = store.Disk.List(StoreLayout.Packs)[0];
        using var vault = store.Open(new UnreadableDisk(store.Disk, pack));

        var report = new FixityAudit(vault).Run(new FixityRequest(), TestStore.Actor, null, default);

        var result = Assert.Single(report.Results, r => r.Path == pack);
        Assert.Equal(FixityState.Unreadable, result.State);
        Assert.Equal("STO-001", Assert.Single(result.Findings).Code);
        Assert.False(report.IsClean);
    }

    [Fact]
    public async Task A_budget_defers_the_rest_and_a_due_run_goes_on_there()
    {
        using var store = await SealedStore();
        using var vault = store.Open();
        var first = new FixityAudit(vault).Run(new FixityRequest { ByteBudget = 9000 }, TestStore.Actor, null, default);
        Assert.True(first.Count(FixityState.Deferred) > 0 && first.Count(FixityState.Verified) > 0);

        var second = new FixityAudit(vault).Run(new FixityRequest { DueWithin = TimeSpan.FromDays(1) }, TestStore.Actor, null, default);

        var done = first.Results.Where(r => r.State == FixityState.Verified).Select(r => r.Path);
        Assert.All(second.Results.Where(r => done.Contains(r.Path) && r.Kind != FixityKind.OpenPack), r => Assert.Equal(FixityState.NotChecked, r.State));
        Assert.Equal(0, second.Count(FixityState.Deferred));
    }

    [Fact]
    public async Task A_sample_checks_its_share_and_says_so_of_the_others()
    {
        using var store = await SealedStore();
        using var vault = store.Open();

        var report = new FixityAudit(vault).Run(new FixityRequest { Sample = 0.3 }, TestStore.Actor, null, default);

        Assert.Equal((int)Math.Ceiling(report.Results.Count * 0.3), report.Count(FixityState.Verified));
        Assert.True(report.Count(FixityState.NotChecked) > 0);
    }

    private static async Task<TestStore> SealedStore()
    {
        var store = new TestStore(packSize: 8192);
        using var vault = store.Open();
        for (var i = 0; i < 6; i++)
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("a", TestStore.Noise(3000, i)));
        }

        _ = await TestStore.Keep(vault, "unscheduled", ("large", TestStore.Noise(20_000, 99)));
        vault.Publish();
        return store;
    }

    private static void Flip(string path, int offset)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[offset] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>A disk on which one file cannot be read: what a bad sector does.</summary>
    private sealed class UnreadableDisk(IDisk disk, string bad) : IDisk
    {
        public string Root => disk.Root;

        public long FreeBytes => disk.FreeBytes;

        public bool Exists(string path) => disk.Exists(path);

        public IDiskFile Open(string path, DiskAccess access) =>
            path == bad ? throw new StorageException(StorageProblem.ReadFailed, path, new IOException("Input/output error")) : disk.Open(path, access);

        public IReadOnlyList<string> List(string folder) => disk.List(folder);

        public void Replace(string path, ReadOnlySpan<byte> content) => disk.Replace(path, content);

        public void Link(string path, string newPath) => disk.Link(path, newPath);

        public void Delete(string path) => disk.Delete(path);

        public IDisposable? TryLock(string path) => disk.TryLock(path);
    }
}
