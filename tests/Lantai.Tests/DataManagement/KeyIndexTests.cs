using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.Tests.DataManagement;

public sealed class KeyIndexTests
{
    [Fact]
    public void The_newest_ingestion_of_a_submission_wins_and_each_content_leads_to_its_own()
    {
        var keys = Open(LedgerSketch.OfThree());

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
        var keys = Open(LedgerSketch.OfThree());

        Assert.Null(keys.Submission("local", "case-3"));
        Assert.Null(keys.Submission("localcase-1", ""));
        Assert.Null(keys.Submission("loca", "lcase-1"));
        Assert.Null(keys.Same("local", "case-1", LedgerSketch.Content("case-2", 1)));
        Assert.Null(keys.Account("local"));
        Assert.Null(new KeyIndex().Account("os:archivist"));
    }

    [Fact]
    public void A_key_is_the_hash_that_the_specification_says()
    {
        var keys = Open(LedgerSketch.OfThree());
        byte[] input = [1, 5, 0, 0, 0, .. "local"u8, 6, 0, 0, 0, .. "case-1"u8];

        Assert.Contains(KeyValuePair.Create(Digest.Of(input), 4L), keys.Entries());
    }

    [Fact]
    public void A_file_holds_every_key_and_the_watermark()
    {
        var ledger = LedgerSketch.OfThree();
        var keys = Open(ledger);
        var before = keys.Entries();

        var read = KeyIndex.Load(keys.Save())!;

        Assert.Equal(before, read.Entries());
        Assert.Equal(before, keys.Entries());
        Assert.Equal((5, Digest.Of(ledger[4].LeafBytes)), (read.Next, read.LastLeaf));
        Assert.Equal(6, read.Count);
    }

    [Fact]
    public void Saving_again_after_more_events_merges_old_and_new_in_order()
    {
        var ledger = LedgerSketch.OfThree();
        var keys = Open(ledger);
        _ = keys.Save();
        for (var i = 10; i < 60; i++)
        {
            keys.Apply(ledger.Ingest(LedgerSketch.Aip(i), "local", $"case-{i % 30}", 1, account: $"os:{i % 3}"));
        }

        var read = KeyIndex.Load(keys.Save())!;

        Assert.Equal(Open(ledger).Entries(), read.Entries());
        Assert.Equal(read.Entries().Count, read.Count);
        Assert.Equal(read.Entries().Select(e => e.Key).Order(), read.Entries().Select(e => e.Key));
        Assert.Equal(54, read.Submission("local", "case-29"));
    }

    [Fact]
    public void Every_changed_or_missing_byte_is_noticed()
    {
        var whole = Open(LedgerSketch.OfThree()).Save().ToArray();
        Assert.NotNull(KeyIndex.Load(whole));

        for (var at = 0; at < whole.Length; at++)
        {
            foreach (byte flip in new byte[] { 0x01, 0x80, 0xFF })
            {
                whole[at] ^= flip;
                Assert.Null(KeyIndex.Load(whole));
                whole[at] ^= flip;
            }

            Assert.Null(KeyIndex.Load(whole.AsMemory(0, at)));
        }

        Assert.Null(KeyIndex.Load(new byte[whole.Length + 40]));
        Assert.Null(KeyIndex.Load((byte[])[.. whole, 0]));
    }

    [Theory]
    [InlineData(0, 1)] // magic
    [InlineData(16, 1)] // header length
    [InlineData(20, 1)] // zero field
    [InlineData(24, 1)] // count
    [InlineData(39, 0x80)] // negative ledger size
    [InlineData(90, 1)] // zero field
    [InlineData(96, 0xFF)] // order of keys
    [InlineData(135, 0x80)] // sequence beyond the watermark
    public void A_right_checksum_over_a_wrong_form_is_not_believed(int at, byte flip)
    {
        var bytes = Open(LedgerSketch.OfThree()).Save().ToArray();
        bytes[at] ^= flip;
        SHA256.HashData(bytes.AsSpan(..^32), bytes.AsSpan(^32..));

        Assert.Null(KeyIndex.Load(bytes));
    }

    [Fact]
    public void An_empty_index_can_be_saved_and_read()
    {
        var bytes = new KeyIndex().Save();

        Assert.Equal(128, bytes.Length);
        Assert.Equal((0L, null, 0L), (KeyIndex.Load(bytes)!.Next, KeyIndex.Load(bytes)!.LastLeaf, KeyIndex.Load(bytes)!.Count));
    }

    [Fact]
    public void Opening_reads_only_what_the_file_has_not_seen()
    {
        var ledger = LedgerSketch.OfThree();
        var bytes = Open(ledger).Save();
        ledger.Ingest(LedgerSketch.Aip(3), "local", "case-3", 1);

        var opening = KeyIndex.Open(bytes, ledger.ReadFrom, TestContext.Current.CancellationToken);

        Assert.Equal(1, opening.Read);
        Assert.Empty(opening.Findings);
        Assert.Equal(Open(ledger).Entries(), opening.Keys.Entries());
    }

    [Fact]
    public void A_damaged_file_is_made_again_from_the_ledger()
    {
        var ledger = LedgerSketch.OfThree();
        var bytes = Open(ledger).Save().ToArray();
        bytes[100] ^= 1;

        var opening = KeyIndex.Open(bytes, ledger.ReadFrom, TestContext.Current.CancellationToken);

        Assert.Equal(ViewCodes.KeyIndexDamaged, Assert.Single(opening.Findings).Code);
        Assert.Equal(Open(ledger).Entries(), opening.Keys.Entries());
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
        var opening = KeyIndex.Open(Open(other).Save(), ledger.ReadFrom, TestContext.Current.CancellationToken);
        var shorter = KeyIndex.Open(Open(ledger).Save(), from => ledger.ReadFrom(from).Where(e => e.Leaf.Sequence < 4), TestContext.Current.CancellationToken);

        Assert.Equal(ViewCodes.KeyIndexDisagrees, Assert.Single(opening.Findings).Code);
        Assert.Null(opening.Keys.Submission("local", "gone"));
        Assert.Equal(ViewCodes.KeyIndexDisagrees, Assert.Single(shorter.Findings).Code);
        Assert.Equal(1, shorter.Keys.Submission("local", "case-1"));
    }

    [Fact]
    public void Events_without_a_detail_have_no_keys_and_move_the_watermark()
    {
        var ledger = LedgerSketch.OfThree();
        ledger.EraseDetail(2);
        ledger.LoseRecord(4);
        var keys = Open(ledger);

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

        Assert.Null(Open(ledger).Submission("local", "case-2"));
        Assert.Equal(2, Assert.Single(new AipList(store).Unreadable(0, 10)).Sequence);
    }

    [Fact]
    public void Events_out_of_order_are_refused()
    {
        var ledger = LedgerSketch.OfThree();
        var keys = Open(ledger);

        Assert.Throws<ArgumentException>(() => keys.Apply(ledger[4]));
        Assert.Throws<ArgumentException>(() => new KeyIndex().Apply(ledger[1]));
    }

    [Fact]
    public void The_file_begins_as_the_specification_says()
    {
        var bytes = Open(LedgerSketch.OfThree()).Save().Span;

        Assert.Equal("LANTAI KEYS 1\r\n\u001A", Encoding.ASCII.GetString(bytes[..16]));
        Assert.Equal(96 + (6 * 40) + 32, bytes.Length);
        Assert.Equal(6, BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]));
        Assert.Equal(5, BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]));
    }

    private static KeyIndex Open(LedgerSketch ledger) => KeyIndex.Open(null, ledger.ReadFrom, TestContext.Current.CancellationToken).Keys;
}
