using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Tests.Faults;
using Lantai.Words;

namespace Lantai.Tests.DataManagement;

public sealed class KeyIndexTests
{
    [Fact]
    public void The_newest_ingestion_of_a_submission_wins_and_each_content_leads_to_its_own()
    {
        using var keys = Open(LedgerSketch.OfThree());

        Assert.Equal(4, keys.Submission("local", "case-1"));
        Assert.Equal(2, keys.Submission("local", "case-2"));
        Assert.Equal(1, keys.Same("local", "case-1", LedgerSketch.Content("case-1", 1)));
        Assert.Equal(4, keys.Same("local", "case-1", LedgerSketch.Content("case-1", 2)));
        Assert.Equal(0, keys.Account("os:archivist"));
        Assert.Equal(6, keys.Count);
    }

    [Fact]
    public void What_was_never_seen_is_new()
    {
        using var keys = Open(LedgerSketch.OfThree());

        Assert.Null(keys.Submission("local", "case-3"));
        Assert.Null(keys.Submission("localcase-1", ""));
        Assert.Null(keys.Submission("loca", "lcase-1"));
        Assert.Null(keys.Same("local", "case-1", LedgerSketch.Content("case-2", 1)));
        Assert.Null(keys.Account("local"));
        using var empty = new KeyIndex();
        Assert.Null(empty.Account("os:archivist"));
    }

    [Fact]
    public void The_first_to_name_a_key_or_to_use_a_code_keeps_it()
    {
        var ledger = LedgerSketch.OfThree();
        var named = new JsonMap().Set("keys", [(object)new List<object> { "case", "S1", "2023-1" }, new List<object> { "case", "S1", "2023-2" }]);
        _ = ledger.Add("cases completed", body: named);
        _ = ledger.Add("cases completed", body: named);
        _ = ledger.Add("code assigned", code: "J001-WS·2023-D30-BGS-0001");
        _ = ledger.Add("code assigned", code: "J001-WS·2023-D30-BGS-0001");
        ledger.EraseDetail(7);
        using var keys = Open(ledger);

        Assert.Equal(5, keys.Named("case", "S1", "2023-1"));
        Assert.Equal(5, keys.Named("case", "S1", "2023-2"));
        Assert.Null(keys.Named("case", "S12023-1"));
        Assert.Null(keys.Named("code", "S1", "2023-1"));
        Assert.Equal(7, keys.ReferenceCode("J001-WS·2023-D30-BGS-0001"));
        Assert.Null(keys.ReferenceCode("J001-WS·2023-D30-BGS-0002"));
    }

    [Fact]
    public void A_key_is_the_hash_that_the_specification_says()
    {
        using var keys = Open(LedgerSketch.OfThree());
        byte[] input = [1, 5, 0, 0, 0, .. "local"u8, 6, 0, 0, 0, .. "case-1"u8];

        Assert.Contains(KeyValuePair.Create(Digest.Of(input), 4L), keys.Entries());
    }

    [Fact]
    public void What_was_saved_holds_every_key_and_the_watermark()
    {
        var (ledger, disk) = (LedgerSketch.OfThree(), new MemoryDisk());
        using var keys = Saved(ledger, disk);
        var before = keys.Entries().ToList();

        using var read = Open(ledger, disk).Keys;

        Assert.Equal(before, read.Entries());
        Assert.Equal(before, keys.Entries());
        Assert.Equal((5, Digest.Of(ledger[4].LeafBytes)), (read.Next, read.LastLeaf));
        Assert.Equal(6, read.Count);
    }

    [Fact]
    public void Saving_again_after_more_events_merges_old_and_new_in_order()
    {
        var (ledger, disk) = (LedgerSketch.OfThree(), new MemoryDisk());
        using (var keys = Open(ledger, disk, tiny: true).Keys)
        {
            keys.Save();
            for (var i = 10; i < 60; i++)
            {
                keys.Apply(ledger.Ingest(LedgerSketch.Aip(i), "local", $"case-{i % 30}", 1, account: $"os:{i % 3}"));
            }

            keys.Save();
        }

        using var read = Open(ledger, disk, tiny: true).Keys;
        using var fresh = Open(ledger);

        Assert.Equal(fresh.Entries(), read.Entries());
        Assert.Equal(read.Entries().Count(), read.Count);
        Assert.Equal(fresh.Count, read.Count);
        Assert.Equal(read.Entries().Select(e => e.Key).Order(), read.Entries().Select(e => e.Key));
        Assert.Equal(54, read.Submission("local", "case-29"));
    }

    [Fact]
    public void With_any_byte_changed_every_answer_is_still_right_and_the_damage_is_said()
    {
        var (ledger, disk) = (LedgerSketch.OfThree(), new MemoryDisk());
        Saved(ledger, disk).Dispose();
        var touched = 0;

        foreach (var path in disk.Paths.ToList())
        {
            for (var at = 0; at < disk[path].Length; at++)
            {
                var copy = disk.Copy();
                copy[path][at] ^= (byte)(1 << (at % 8));
                var opening = Open(ledger, copy);
                using var keys = opening.Keys;

                Assert.Equal(4, keys.Submission("local", "case-1"));
                Assert.Equal(2, keys.Submission("local", "case-2"));
                Assert.Equal(0, keys.Account("os:archivist"));
                Assert.Null(keys.Submission("local", "case-3"));
                List<Finding> found = [.. opening.Findings, .. keys.Findings, .. keys.Check()];
                Assert.True(found.Count > 0 && found.All(f => f.Code == ViewCodes.KeyIndexDamaged), $"{path}+{at}");
                touched++;
            }
        }

        Assert.True(touched > 12_000);
    }

    [Fact]
    public void An_empty_index_can_be_saved_and_read()
    {
        var disk = new MemoryDisk();
        using (var keys = KeyIndex.Open(disk, writes: true, _ => [], TestContext.Current.CancellationToken).Keys)
        {
            keys.Save();
        }

        using var read = KeyIndex.Open(disk, writes: false, _ => [], TestContext.Current.CancellationToken).Keys;

        Assert.Equal((0L, null, 0L), (read.Next, read.LastLeaf, read.Count));
        Assert.Equal(128, disk["index/keys/manifest"].Length);
    }

    [Fact]
    public void Opening_reads_only_what_was_not_saved()
    {
        var (ledger, disk) = (LedgerSketch.OfThree(), new MemoryDisk());
        Saved(ledger, disk).Dispose();
        ledger.Ingest(LedgerSketch.Aip(3), "local", "case-3", 1);

        var opening = Open(ledger, disk);
        using var keys = opening.Keys;
        using var fresh = Open(ledger);

        Assert.Equal(1, opening.Read);
        Assert.Empty(opening.Findings);
        Assert.Equal(fresh.Entries(), keys.Entries());
    }

    [Fact]
    public void A_killed_batch_costs_only_the_events_since_the_last_run()
    {
        var (ledger, disk) = (LedgerSketch.OfThree(), new MemoryDisk());
        for (var i = 0; i < 100; i++)
        {
            ledger.Ingest(LedgerSketch.Aip(i), "local", $"case-{i % 60}", i);
        }

        using (var killed = Open(ledger, disk, tiny: true).Keys)
        {
            killed.Stop(); // never saved
        }

        var opening = Open(ledger, disk, tiny: true);
        using var keys = opening.Keys;
        using var fresh = Open(ledger);

        Assert.InRange(opening.Read, 1, 60);
        Assert.Empty(opening.Findings);
        Assert.Equal(fresh.Entries(), keys.Entries());
        Assert.Equal(fresh.Count, keys.Count);
    }

    [Fact]
    public void A_damaged_file_is_made_again_from_the_ledger()
    {
        var (ledger, disk) = (LedgerSketch.OfThree(), new MemoryDisk());
        Saved(ledger, disk).Dispose();
        disk["index/keys/manifest"][40] ^= 1;

        var opening = Open(ledger, disk);
        using var keys = opening.Keys;
        using var fresh = Open(ledger);

        Assert.Equal(ViewCodes.KeyIndexDamaged, Assert.Single(opening.Findings).Code);
        Assert.Equal(fresh.Entries(), keys.Entries());
    }

    [Fact]
    public void A_file_of_another_history_is_made_again_from_the_ledger()
    {
        var other = new LedgerSketch();
        for (var i = 0; i < 3; i++)
        {
            other.Ingest(LedgerSketch.Aip(7), "local", "gone", i);
        }

        var ledger = LedgerSketch.OfThree();
        var (ofOther, ofLonger) = (new MemoryDisk(), new MemoryDisk());
        Saved(other, ofOther).Dispose();
        Saved(ledger, ofLonger).Dispose();
        var opening = Open(ledger, ofOther);
        var shorter = KeyIndex.Open(ofLonger, writes: true, from => ledger.ReadFrom(from).Where(e => e.Leaf.Sequence < 4), TestContext.Current.CancellationToken);
        using var keys = opening.Keys;
        using var shorterKeys = shorter.Keys;

        Assert.Equal(ViewCodes.KeyIndexDisagrees, Assert.Single(opening.Findings).Code);
        Assert.Null(keys.Submission("local", "gone"));
        Assert.Equal(ViewCodes.KeyIndexDisagrees, Assert.Single(shorter.Findings).Code);
        Assert.Equal(1, shorterKeys.Submission("local", "case-1"));
    }

    [Fact]
    public void Events_without_a_detail_have_no_keys_and_move_the_watermark()
    {
        var ledger = LedgerSketch.OfThree();
        ledger.EraseDetail(2);
        ledger.LoseRecord(4);
        using var keys = Open(ledger);

        Assert.Null(keys.Submission("local", "case-2"));
        Assert.Equal(1, keys.Submission("local", "case-1"));
        Assert.Equal(5, keys.Next);
    }

    [Fact]
    public void A_record_that_is_not_that_of_its_leaf_leads_nowhere_in_any_view()
    {
        var ledger = LedgerSketch.OfThree();
        ledger.SwapRecord(2);
        using var store = new MemoryDocumentStore(new AipCatalogue().Lookups);
        _ = new Replay(store, new AipCatalogue()).CatchUp(ledger.ReadFrom, null, TestContext.Current.CancellationToken);

        using var keys = Open(ledger);
        Assert.Null(keys.Submission("local", "case-2"));
        Assert.Equal(2, Assert.Single(new AipList(store).Unreadable(0, 10)).Sequence);
    }

    [Fact]
    public void Events_out_of_order_are_refused()
    {
        var ledger = LedgerSketch.OfThree();
        using var keys = Open(ledger);

        Assert.Throws<ArgumentException>(() => keys.Apply(ledger[4]));
        using var empty = new KeyIndex();
        Assert.Throws<ArgumentException>(() => empty.Apply(ledger[1]));
    }

    private static KeyIndex Open(LedgerSketch ledger) => Open(ledger, null).Keys;

    private static KeyIndexOpening Open(LedgerSketch ledger, MemoryDisk? disk, bool tiny = false)
    {
        var settings = KeyIndex.Settings(writes: disk is not null);
        return KeyIndex.Open(disk, tiny ? settings with { TableCapacity = 32 } : settings, ledger.ReadFrom, TestContext.Current.CancellationToken);
    }

    private static KeyIndex Saved(LedgerSketch ledger, MemoryDisk disk)
    {
        var keys = Open(ledger, disk).Keys;
        keys.Save();
        return keys;
    }
}
