using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.ArchivalStorage;

public sealed class VaultTests
{
    [Fact]
    public async Task What_was_kept_reads_back_after_opening_again()
    {
        using var store = new TestStore();
        var small = "兰台"u8.ToArray();
        var large = TestStore.Noise(40_000, 1);
        using (var vault = store.Open())
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("a.txt", small), ("b.bin", large));
        }

        using var again = store.Open();

        Assert.Equal(small, Read(again, Digest.Of(small)));
        Assert.Equal(large, Read(again, Digest.Of(large)));
        Assert.All(again.ReadEvents(0), e => Assert.Empty(e.Findings));
    }

    [Fact]
    public async Task Keeping_the_same_bytes_twice_stores_them_once()
    {
        using var store = new TestStore();
        using var vault = store.Open();
        var content = TestStore.Noise(5_000, 2);
        _ = await TestStore.Keep(vault, "unscheduled", ("a", content));
        var before = vault.Measure().OpenBytes;

        _ = await TestStore.Keep(vault, "Y-2024", ("b", content));

        Assert.True(vault.Measure().OpenBytes - before < 4096 + 5_000, "the content was written a second time");
    }

    [Fact]
    public async Task A_holder_with_a_disposal_year_has_its_own_copy()
    {
        using var store = new TestStore();
        using var vault = store.Open();
        var content = TestStore.Noise(5_000, 3);
        _ = await TestStore.Keep(vault, "unscheduled", ("a", content));
        var before = vault.Measure().OpenBytes;

        _ = await TestStore.Keep(vault, "D10-2024", ("b", content));

        Assert.True(vault.Measure().OpenBytes - before > 5_000, "a pack that is dropped in its year must not be shared");
    }

    [Fact]
    public async Task A_sealed_pack_is_named_by_the_digest_of_its_file()
    {
        using var store = new TestStore();
        using var vault = store.Open();
        _ = await TestStore.Keep(vault, "unscheduled", ("a", TestStore.Noise(5_000, 4)));

        Assert.Equal(2, await vault.SealAsync(default));

        foreach (var path in store.Disk.List(StoreLayout.Packs))
        {
            Assert.Equal(Path.GetFileNameWithoutExtension(path), Digest.Of(File.ReadAllBytes(Path.Combine(store.Root, path))).ToString());
        }

        Assert.Equal(0, await vault.SealAsync(default));
    }

    [Fact]
    public async Task Packs_and_segments_are_sealed_at_their_size_and_the_index_is_rebuilt_from_them()
    {
        using var store = new TestStore(packSize: 16 * 1024);
        var contents = Enumerable.Range(0, 40).Select(i => TestStore.Noise(3_000, 100 + i)).ToList();
        using (var vault = store.Open())
        {
            foreach (var content in contents)
            {
                _ = await TestStore.Keep(vault, "unscheduled", ("a", content));
            }

            await vault.EndBatchAsync(0, default);
        }

        Assert.True(store.Disk.List(StoreLayout.Packs).Count >= 3);
        Assert.True(store.Disk.List(StoreLayout.SealedSegments).Count >= 2);
        Directory.Delete(Path.Combine(store.Root, StoreLayout.Indexes), recursive: true);
        using var again = store.Open();
        Assert.Empty(again.Findings);
        Assert.All(contents, c => Assert.Equal(c, Read(again, Digest.Of(c))));
        Assert.All(again.ReadEvents(0), e => Assert.Empty(e.Findings));
    }

    [Fact]
    public async Task An_abandoned_deposit_leaves_nothing()
    {
        using var store = new TestStore();
        using var vault = store.Open();
        _ = await TestStore.Keep(vault, "unscheduled", ("a", [1, 2, 3]));
        var before = vault.Measure();

        using (var deposit = vault.Begin("unscheduled"))
        {
            _ = await deposit.KeepAsync(new MemoryStream(TestStore.Noise(6_000, 5)), null, [], default);
            _ = await deposit.KeepAsync(new MemoryStream(TestStore.Noise(60_000, 6)), null, [], default);
        }

        Assert.Equal(before with { FreeBytes = 0 }, vault.Measure() with { FreeBytes = 0 });
        Assert.Empty(store.Disk.List(StoreLayout.Staging));
        Assert.False(vault.Holds(Digest.Of(TestStore.Noise(6_000, 5))));
    }

    [Fact]
    public void A_second_owner_is_refused()
    {
        using var store = new TestStore();
        using var vault = store.Open();

        var refusal = Assert.Throws<StorageException>(() => store.Open());

        Assert.True(refusal.Problem == StorageProblem.Locked, refusal.ToString());
        Assert.True(refusal.IsTransient);
    }

    [Fact]
    public async Task A_torn_ledger_tail_is_cut_and_a_damaged_checkpointed_batch_is_not()
    {
        using var store = new TestStore();
        using (var vault = store.Open())
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("a", [1, 2, 3]));
            vault.Publish();
        }

        var path = Path.Combine(store.Root, StoreLayout.OpenSegment);
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. whole, 1, 2, 3, 4]);
        using (var vault = store.Open())
        {
            Assert.Equal(0, vault.Ledger.TornTail);
        }

        Assert.Equal(whole, File.ReadAllBytes(path));

        whole[^40] ^= 1;
        File.WriteAllBytes(path, whole);
        var refusal = Assert.Throws<StorageException>(() => store.Open());
        Assert.Equal(Codes.BatchBroken, refusal.Finding?.Code);
        Assert.Equal(whole, File.ReadAllBytes(path));
    }

    private static byte[] Read(Vault vault, Digest digest)
    {
        using var stream = vault.OpenContent(digest);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
