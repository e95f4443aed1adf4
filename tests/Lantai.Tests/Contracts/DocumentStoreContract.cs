using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.Contracts;

/// <summary>What every document store does. A store's own tests inherit it.</summary>
public abstract class DocumentStoreContract : IDisposable
{
    private IDocumentStore? _store;

    protected static IReadOnlyList<LookupField> Lookups { get; } = [new("things", "name"), new("others", "name")];

    protected IDocumentStore Store => _store ??= Open();

    /// <summary>Opens the store, the same one each time when it outlives its instance.</summary>
    protected abstract IDocumentStore Open();

    public void Dispose()
    {
        _store?.Dispose();
        CleanUp();
        GC.SuppressFinalize(this);
    }

    protected virtual void CleanUp()
    {
    }

    protected void CloseStore()
    {
        _store?.Dispose();
        _store = null;
    }

    protected static Document Thing(string name, long size = 1) => new(new JsonMap().Set("name", name).Set("size", size));

    [Fact]
    public void A_document_comes_back_byte_for_byte()
    {
        var document = new Document(new JsonMap()
            .Set("name", "兰台 \"\\ \0\u001f\U0001F600").Set("empty", "").Set("low", -CanonicalJson.MaxInteger).Set("high", CanonicalJson.MaxInteger)
            .Set("zero", 0).Set("list", ["a", "", "乙"]).Set("none", Enumerable.Empty<object>()));

        Store.Apply(w => w.Put("things", 7, document));

        Assert.Equal(document.Bytes, Store.Get("things", 7)!.Bytes);
        Assert.Null(Store.Get("things", 8));
        Assert.Null(Store.Get("nothing", 7));
    }

    [Fact]
    public void Added_documents_get_rising_ids_that_are_never_given_again()
    {
        var ids = new List<long>();
        Store.Apply(w =>
        {
            ids.Add(w.Add("things", Thing("a")));
            ids.Add(w.Add("things", Thing("b")));
            w.Delete("things", 2);
            w.Delete("things", 99);
        });

        Store.Apply(w => ids.Add(w.Add("things", Thing("c"))));

        Assert.Equal([1, 2, 3], ids);
        Assert.Equal(2, Store.Count("things"));
        Assert.Equal(0, Store.Count("others"));
        Assert.Equal(["things"], Store.Collections);
    }

    [Fact]
    public void Putting_replaces_and_moves_the_lookup()
    {
        Store.Apply(w => w.Put("things", 1, Thing("old")));

        Store.Apply(w => w.Put("things", 1, Thing("new")));

        Assert.Equal(1, Store.Count("things"));
        Assert.Empty(Store.Find("things", "name", "old"));
        Assert.Equal([new StoredDocument(1, Thing("new"))], Store.Find("things", "name", "new"));
    }

    [Fact]
    public void Scanning_pages_in_order_of_id_both_ways()
    {
        Store.Apply(w =>
        {
            foreach (var id in new long[] { 5, 1, 9, 3 })
            {
                w.Put("things", id, Thing($"n{id}"));
            }
        });

        Assert.Equal([1, 3], Store.Scan("things", 0, 2).Select(d => d.Id));
        Assert.Equal([5, 9], Store.Scan("things", 3, 10).Select(d => d.Id));
        Assert.Equal([9, 5], Store.Scan("things", long.MaxValue, 2, descending: true).Select(d => d.Id));
        Assert.Equal([3, 1], Store.Scan("things", 5, 2, descending: true).Select(d => d.Id));
        Assert.Empty(Store.Scan("things", long.MaxValue, 2));
        Assert.Empty(Store.Scan("things", 0, 0));
        Assert.Empty(Store.Scan("nothing", 0, 5));
    }

    [Fact]
    public void Lookups_compare_units_exactly_whatever_the_culture()
    {
        string[] names = ["abc", "ABC", "ab", "abd", "ábc", "ab\0c", "", "檔案", "档案"];
        Store.Apply(w =>
        {
            foreach (var name in names)
            {
                w.Add("things", Thing(name));
            }

            w.Add("things", new Document(new JsonMap().Set("size", 1)));
            w.Add("others", Thing("abc"));
        });

        foreach (var name in names)
        {
            Assert.Equal([name], Store.Find("things", "name", name).Select(d => d.Document.Text("name")));
        }

        Assert.Empty(Store.Find("things", "name", "a"));
        Assert.Equal(["ab", "ab\0c", "abc", "abd"], Store.FindPrefix("things", "name", "ab", 10).Select(d => d.Document.Text("name")).Order(StringComparer.Ordinal));
        Assert.Equal(2, Store.FindPrefix("things", "name", "ab", 2).Count);
        Assert.Equal(names.Length, Store.FindPrefix("things", "name", "", 100).Count);
    }

    [Fact]
    public void A_long_list_is_read_page_by_page_each_document_once()
    {
        string[] names = ["b", "a", "b", "b2", "c", "b", "\uE000", "\U0001F600", "b\0", "ba"];
        Store.Apply(w =>
        {
            foreach (var name in names)
            {
                w.Add("things", Thing(name));
            }
        });

        foreach (var prefix in (string[])["", "b", "ba", "nothing"])
        {
            List<StoredDocument> seen = [];
            string? after = null;
            while (Store.FindAfter("things", "name", prefix, after, 2) is { Count: > 0 } page)
            {
                seen.AddRange(page);
                after = LookupField.Key(page[^1].Document.Text("name")!, page[^1].Id);
            }

            Assert.Equal(Store.FindPrefix("things", "name", prefix, 100), seen);
        }

        Store.Apply(w => w.Delete("things", 1));
        Assert.Equal(Store.FindPrefix("things", "name", "b", 100), Store.FindAfter("things", "name", "b", LookupField.Key("a", 2), 100));
        Assert.Equal(3, Store.FindAfter("things", "name", "b", LookupField.Key("b", 1), 1)[0].Id);
        Assert.Empty(Store.FindAfter("things", "name", "b", LookupField.Key("c", 5), 100));
    }

    [Fact]
    public void Equal_values_are_found_in_order_of_id()
    {
        Store.Apply(w =>
        {
            foreach (var id in new long[] { 300, 2, 17 })
            {
                w.Put("things", id, Thing("same"));
            }
        });

        Assert.Equal([2, 17, 300], Store.Find("things", "name", "same").Select(d => d.Id));
        Assert.Equal([2, 17], Store.Find("things", "name", "same", 2).Select(d => d.Id));
    }

    [Fact]
    public void Texts_too_long_for_an_index_are_found_all_the_same()
    {
        var one = new string('长', 5000) + "1";
        var two = new string('长', 5000) + "2";
        Store.Apply(w =>
        {
            w.Add("things", Thing(one));
            w.Add("things", Thing(two));
            w.Add("things", Thing(new string('x', 199) + "\U0001F600" + "tail"));
        });

        Assert.Equal([2], Store.Find("things", "name", two).Select(d => d.Id));
        Assert.Equal([1], Store.FindPrefix("things", "name", one, 10).Select(d => d.Id));
        Assert.Equal([3], Store.FindPrefix("things", "name", new string('x', 199) + "\U0001F600", 10).Select(d => d.Id));
    }

    [Fact]
    public void A_transaction_sees_its_own_changes()
    {
        Store.Apply(w =>
        {
            var id = w.Add("things", Thing("a"));

            Assert.Equal(Thing("a"), w.Get("things", id));
            Assert.Equal([id], w.Find("things", "name", "a").Select(d => d.Id));
            Assert.Equal(1, w.Count("things"));
            Assert.Single(w.Scan("things", 0, 10));
        });
    }

    [Fact]
    public void A_transaction_that_throws_leaves_nothing_behind()
    {
        var mark = new Watermark("p", 1, 5, Digest.Of("leaf"u8));
        Store.Apply(w =>
        {
            w.Put("things", 1, Thing("kept"));
            w.Put("things", 2, Thing("also kept"));
            w.Mark(mark);
        });

        var thrown = Assert.Throws<TimeoutException>(() => Store.Apply(w =>
        {
            w.Put("things", 1, Thing("lost"));
            w.Delete("things", 2);
            w.Add("things", Thing("lost too"));
            w.Add("fresh", Thing("lost as well"));
            w.Mark(mark with { Next = 6 });
            w.Mark(new Watermark("q", 1, 6, Digest.Of("leaf"u8)));
            throw new TimeoutException("planted");
        }));

        Assert.Equal("planted", thrown.Message);
        Assert.Equal([mark], Store.Watermarks);
        Assert.Equal([new StoredDocument(1, Thing("kept")), new StoredDocument(2, Thing("also kept"))], Store.Scan("things", 0, 10));
        Assert.Equal(2, Store.Count("things"));
        Assert.Empty(Store.FindPrefix("things", "name", "lost", 10));
        Assert.Equal(["things"], Store.Collections);
        Store.Apply(w => Assert.Equal(3, w.Add("things", Thing("next"))));
    }

    [Fact]
    public void Clearing_leaves_an_empty_store_that_works()
    {
        Store.Apply(w =>
        {
            w.Add("things", Thing("a"));
            w.Mark(new Watermark("p", 1, 1, Digest.Of("leaf"u8)));
        });

        Store.Clear();

        Assert.Empty(Store.Collections);
        Assert.Empty(Store.Watermarks);
        Assert.Empty(Store.Find("things", "name", "a"));
        Store.Apply(w => Assert.Equal(1, w.Add("things", Thing("b"))));
    }

    [Fact]
    public void Watermarks_are_replaced_and_sorted_by_name()
    {
        var leaf = Digest.Of("leaf"u8);
        Store.Apply(w =>
        {
            w.Mark(new Watermark("q", 2, 1, leaf));
            w.Mark(new Watermark("p", 1, 1, leaf));
            w.Mark(new Watermark("q", 2, 9, leaf));
        });

        Assert.Equal([new Watermark("p", 1, 1, leaf), new Watermark("q", 2, 9, leaf)], Store.Watermarks);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Store.Get("No name", 1));
        Assert.Throws<ArgumentException>(() => Store.Find("things", "size", "1"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Store.Apply(w => w.Put("things", 0, Thing("a"))));
        Assert.Throws<InvalidOperationException>(() => Store.Apply(_ => Store.Apply(_ => { })));
        Assert.Throws<InvalidOperationException>(() => Store.Apply(_ => Store.Clear()));
        Assert.Empty(Store.Collections);
    }

    [Fact]
    public void Threads_may_read_and_write_at_once()
    {
        var store = Store;
        Parallel.For(0, 40, i =>
        {
            if (i % 2 == 0)
            {
                store.Apply(w => w.Add("things", Thing($"n{i}")));
            }
            else
            {
                Assert.All(store.Scan("things", 0, 100), d => Assert.StartsWith("n", d.Document.Text("name"), StringComparison.Ordinal));
            }
        });

        Assert.Equal(20, Store.Count("things"));
        Assert.Equal(20, Store.Scan("things", 0, 100).Count);
    }
}
