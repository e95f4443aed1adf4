using Lantai.ArchivalStorage;
using Lantai.StoreFormat;

namespace Lantai.Tests.ArchivalStorage;

/// <summary>Reading single events and ranges of them: what it costs, and that damage is never passed over.</summary>
public sealed class LedgerReadingTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task One_event_of_a_sealed_segment_is_read_without_the_segment()
    {
        using (var vault = _store.Open())
        {
            await KeepAsync(vault, 40);
            vault.Publish();
        }

        var sealedSegments = _store.Disk.List(StoreLayout.SealedSegments);
        Assert.True(sealedSegments.Count > 2);
        using var again = _store.Open();
        var expected = again.ReadEvents(0).Select(e => Convert.ToHexString(e.LeafBytes)).ToList();
        File.Delete(Path.Combine(_store.Root, sealedSegments[0]));

        Assert.Equal(expected[3], Convert.ToHexString(again.ReadEvent(3).LeafBytes));
        Assert.Throws<StorageException>(() => again.ReadEvents(0).Count());
    }

    [Fact]
    public async Task A_bundle_that_was_changed_is_not_believed()
    {
        using (var vault = _store.Open())
        {
            await KeepAsync(vault, 40);
            vault.Publish();
        }

        using var again = _store.Open();
        var expected = Convert.ToHexString(again.ReadEvents(3).First().LeafBytes);
        foreach (var bundle in _store.Disk.List(StoreLayout.Tiles + "/entries"))
        {
            var path = Path.Combine(_store.Root, bundle);
            var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path));
            File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(text.Replace("ingestion", "ingestiom", StringComparison.Ordinal)));
        }

        Assert.Equal(expected, Convert.ToHexString(again.ReadEvent(3).LeafBytes));
    }

    [Fact]
    public async Task A_batch_that_breaks_under_an_open_vault_is_damage_and_not_the_end()
    {
        using var store = new TestStore(segmentSize: 1 << 20);
        using var vault = store.Open();
        await KeepAsync(vault, 10);
        var path = Path.Combine(store.Root, StoreLayout.OpenSegment);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Equal("LED-003", Assert.Throws<StorageException>(() => vault.Ledger.ReadLeaves(0).Count()).Finding!.Code);
    }

    [Fact]
    public async Task Every_place_to_begin_gives_the_rest_of_the_ledger()
    {
        using var vault = _store.Open();
        await KeepAsync(vault, 30);
        var all = vault.Ledger.ReadLeaves(0).Select(l => l.Sequence).ToList();

        Assert.Equal(Enumerable.Range(0, (int)vault.Ledger.Size).Select(i => (long)i), all);
        Assert.All(all, from => Assert.Equal(all[(int)from..], vault.Ledger.ReadLeaves(from).Select(l => l.Sequence)));
        Assert.All(all, at => Assert.Equal(at, vault.Ledger.ReadLeaf(at).Sequence));
    }

    [Fact]
    public async Task One_event_of_the_open_segment_is_one_small_read()
    {
        using var store = new TestStore(segmentSize: 1 << 20);
        using (var vault = store.Open())
        {
            await KeepAsync(vault, 80);
        }

        var disk = new CountingDisk(store.Disk);
        using var again = store.Open(disk);
        var expected = again.Ledger.ReadLeaves(0).Select(l => Convert.ToHexString(l.Bytes)).ToList();
        Assert.True(new FileInfo(Path.Combine(store.Root, StoreLayout.OpenSegment)).Length > 32 << 10);
        _ = disk.Taken();
        for (var at = 0; at < expected.Count; at++)
        {
            Assert.Equal(expected[at], Convert.ToHexString(again.Ledger.ReadLeaf(at).Bytes));
            var (bytes, reads) = disk.Taken();
            Assert.InRange(bytes, 1, 8 << 10);
            Assert.Equal(1, reads);
        }
    }

    [Fact]
    public async Task Whoever_has_followed_the_ledger_to_its_end_reads_nothing_more()
    {
        using (var vault = _store.Open())
        {
            await KeepAsync(vault, 5);
        }

        var disk = new CountingDisk(_store.Disk);
        using var again = _store.Open(disk);
        _ = disk.Taken();

        Assert.Empty(again.ReadEvents(again.Ledger.Size));

        Assert.Equal((0L, 0L), disk.Taken());
    }

    [Fact]
    public async Task A_full_bundle_is_read_once_for_all_its_events_and_only_believed_whole()
    {
        using var store = new TestStore(packSize: 1 << 20);
        using (var vault = store.Open())
        {
            for (var round = 0; round < 12; round++)
            {
                await Task.WhenAll(Enumerable.Range(0, 50).Select(i => TestStore.Keep(vault, Vault.UnscheduledGroup, ("a.txt", TestStore.Noise(100, (round * 50) + i)))));
            }

            vault.Publish();
        }

        var disk = new CountingDisk(store.Disk);
        using var again = store.Open(disk);
        var expected = again.Ledger.ReadLeaves(0).Select(l => Convert.ToHexString(l.Bytes)).ToList();
        Assert.Equal(expected[256..512], Enumerable.Range(256, 256).Select(at => Convert.ToHexString(again.Ledger.ReadLeaf(at).Bytes)));
        _ = disk.Taken();
        Assert.Equal(expected[300], Convert.ToHexString(again.Ledger.ReadLeaf(300).Bytes));
        Assert.Equal((0L, 0L), disk.Taken());

        var bundle = Path.Combine(store.Root, StoreLayout.Tiles + "/entries/000");
        var bytes = File.ReadAllBytes(bundle);
        bytes[^1] ^= 1; // of the last entry: none of the others is believed either
        File.WriteAllBytes(bundle, bytes);
        Assert.Equal(expected[..4], Enumerable.Range(0, 4).Select(at => Convert.ToHexString(again.Ledger.ReadLeaf(at).Bytes)));
        Assert.True(disk.Taken().Bytes > 4 * bytes.Length, "each came from its segment");
    }

    private static async Task KeepAsync(Vault vault, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ = await TestStore.Keep(vault, Vault.UnscheduledGroup, ("a.txt", TestStore.Noise(100, i)));
        }
    }
}
