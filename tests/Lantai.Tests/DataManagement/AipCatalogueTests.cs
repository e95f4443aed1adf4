using Lantai.Adapters.LiteDb;
using Lantai.Adapters.Sqlite;
using Lantai.DataManagement;
using Lantai.StoreFormat;

namespace Lantai.Tests.DataManagement;

public sealed class AipCatalogueTests : IDisposable
{
    private readonly MemoryDocumentStore _store = new([.. new AipCatalogue().Lookups]);

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Each_aip_has_one_entry_that_tells_its_latest_version()
    {
        var ledger = LedgerSketch.OfThree();
        var list = Catch(ledger);

        var page = list.Page(0, 10);

        Assert.Equal([LedgerSketch.Aip(1), LedgerSketch.Aip(2)], page.Select(e => e.Aip));
        var first = page[0];
        Assert.Equal(
            new AipEntry(
                1, LedgerSketch.Aip(1), "local", "case-1", "case-1.zip", "zip", null, null, 2, 2, ledger[4].Record!.Manifest!.Value, 1000, 3,
                ledger[1].Leaf.Time, ledger[4].Leaf.Time, 4, DetailState.Present),
            first);
        Assert.Equal([2], list.Page(1, 10).Select(e => e.Id));
        Assert.Equal([2, 1], list.Page(long.MaxValue, 10, descending: true).Select(e => e.Id));
    }

    [Fact]
    public void Versions_are_listed_in_order_and_totals_count_the_latest()
    {
        var ledger = LedgerSketch.OfThree();
        ledger.Ingest(LedgerSketch.Aip(1), "local", "case-1", 3, bytes: 5);
        var list = Catch(ledger);

        Assert.Equal([(1, 1), (2, 4), (3, 5)], list.Versions(LedgerSketch.Aip(1)).Select(v => (v.Version, v.Sequence)));
        Assert.Equal(ledger[4].Record!.Manifest, list.Versions(LedgerSketch.Aip(1))[1].Manifest);
        Assert.Empty(list.Versions(LedgerSketch.Aip(9)));
        Assert.Equal(new CatalogueTotals(2, 4, 1005, 6, 0), list.Totals());
    }

    [Fact]
    public void An_empty_catalogue_has_empty_answers()
    {
        var list = new AipList(_store);

        Assert.Equal(new CatalogueTotals(0, 0, 0, 0, 0), list.Totals());
        Assert.Empty(list.Page(0, 10));
        Assert.IsType<AipSearch.NotFound>(list.Find("00000001"));
    }

    [Fact]
    public void An_aip_is_found_by_id_prefix_and_source_with_submission()
    {
        var list = Catch(LedgerSketch.OfThree());

        Assert.Equal(1, Assert.IsType<AipSearch.Found>(list.Find(LedgerSketch.Aip(1).ToString("D"))).Entry.Id);
        Assert.Equal(2, Assert.IsType<AipSearch.Found>(list.Find("00000002")).Entry.Id);
        Assert.Equal(2, Assert.IsType<AipSearch.Found>(list.Find("00000002-AAAA-4B")).Entry.Id);
        Assert.Equal(2, Assert.IsType<AipSearch.Found>(list.Find("local/case-2")).Entry.Id);
        Assert.IsType<AipSearch.NotFound>(list.Find("0000000"));
        Assert.IsType<AipSearch.NotFound>(list.Find("local/case"));
        Assert.IsType<AipSearch.NotFound>(list.Find("case-1"));
        Assert.IsType<AipSearch.NotFound>(list.Find(""));
    }

    [Fact]
    public void What_fits_several_aips_is_ambiguous()
    {
        var ledger = new LedgerSketch();
        ledger.Ingest(new Guid("12345678-0000-4000-8000-000000000001"), "a", "b/c", 1);
        ledger.Ingest(new Guid("12345678-0000-4000-8000-000000000002"), "a/b", "c", 1);
        var list = Catch(ledger);

        Assert.Equal(2, Assert.IsType<AipSearch.Ambiguous>(list.Find("12345678")).Some.Count);
        Assert.Equal(2, Assert.IsType<AipSearch.Ambiguous>(list.Find("a/b/c")).Some.Count);
        Assert.IsType<AipSearch.Found>(list.Find("12345678-0000-4000-8000-000000000002"));
    }

    [Fact]
    public void A_later_version_brings_its_own_retention()
    {
        var ledger = new LedgerSketch();
        ledger.Ingest(LedgerSketch.Aip(1), "local", "case-1", 1, retention: "D30");
        ledger.Ingest(LedgerSketch.Aip(1), "local", "case-1", 2);

        Assert.Null(Catch(ledger).Page(0, 1)[0].Retention);
    }

    [Fact]
    public void An_erased_detail_leaves_a_tombstone_without_names()
    {
        var ledger = LedgerSketch.OfThree();
        ledger.EraseDetail(2);
        var list = Catch(ledger);

        var entry = Assert.IsType<AipSearch.Found>(list.Find("00000002")).Entry;
        Assert.Equal((DetailState.Erased, "", "", ""), (entry.Detail, entry.Source, entry.Submission, entry.Name));
        Assert.Equal(ledger[2].Record!.Manifest, entry.Manifest);
        Assert.IsType<AipSearch.NotFound>(list.Find("local/case-2"));
        Assert.Equal(0, list.Totals().Unreadable);
    }

    [Fact]
    public void A_lost_detail_is_damage_and_keeps_what_earlier_details_say()
    {
        var ledger = LedgerSketch.OfThree();
        ledger.LoseDetail(4);
        var entry = Catch(ledger).Page(0, 1)[0];

        Assert.Equal((DetailState.Damaged, "case-1", 2), (entry.Detail, entry.Submission, entry.Version));
    }

    [Fact]
    public void A_lost_record_is_listed_apart_and_stops_nothing()
    {
        var ledger = LedgerSketch.OfThree();
        ledger.LoseRecord(1);
        var list = Catch(ledger);

        var lost = Assert.Single(list.Unreadable(0, 10));
        Assert.Equal((1, LedgerSketch.Aip(1).ToString("D")), (lost.Sequence, lost.Subject));
        Assert.Equal([Lantai.StoreFormat.Codes.RecordMissing], lost.Codes);
        Assert.Equal(new CatalogueTotals(2, 2, 2000, 6, 1), list.Totals());
    }

    [Fact]
    public void Names_of_any_length_and_form_do_not_stop_the_catalogue()
    {
        var ledger = new LedgerSketch();
        var huge = new string('\u5377', 3_000_000);
        ledger.Ingest(LedgerSketch.Aip(1), "local", huge, 1);
        ledger.Ingest(LedgerSketch.Aip(2), "\0\n", "\U0001F600/../%", 1);
        var list = Catch(ledger);

        Assert.Equal(1, Assert.IsType<AipSearch.Found>(list.Find("local/" + huge)).Entry.Id);
        Assert.Equal(2, Assert.IsType<AipSearch.Found>(list.Find("\0\n/\U0001F600/../%")).Entry.Id);
    }

    [Fact]
    public void All_stores_hold_the_same_bytes()
    {
        var folder = Directory.CreateTempSubdirectory("lantai-catalogue-");
        try
        {
            var ledger = LedgerSketch.OfThree();
            ledger.LoseRecord(2);
            _ = Catch(ledger);
            using var lite = new LiteDocumentStore(Path.Combine(folder.FullName, "catalogue.db"), new AipCatalogue().Lookups);
            using var sqlite = new SqliteDocumentStore(Path.Combine(folder.FullName, "catalogue.sqlite"), new AipCatalogue().Lookups);
            foreach (IDocumentStore store in new IDocumentStore[] { lite, sqlite })
            {
                _ = new Replay(store, new AipCatalogue()).CatchUp(ledger.ReadFrom, null, TestContext.Current.CancellationToken);

                Assert.Equal(_store.Collections, store.Collections);
                Assert.Equal(_store.Watermarks, store.Watermarks);
                Assert.All(_store.Collections, name => Assert.Equal(_store.Scan(name, 0, 100), store.Scan(name, 0, 100)));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private AipList Catch(LedgerSketch ledger)
    {
        _ = new Replay(_store, new AipCatalogue()).CatchUp(ledger.ReadFrom, null, TestContext.Current.CancellationToken);
        return new AipList(_store);
    }
}
