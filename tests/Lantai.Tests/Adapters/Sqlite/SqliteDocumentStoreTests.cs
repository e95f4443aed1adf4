using System.Text;
using Lantai.Adapters.Sqlite;
using Lantai.DataManagement;
using Lantai.Tests.Contracts;
using Lantai.Words;

namespace Lantai.Tests.Adapters.Sqlite;

public sealed class SqliteDocumentStoreTests : DocumentStoreContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lantai-sqlite-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "catalogue.sqlite");

    protected override IDocumentStore Open() => new SqliteDocumentStore(Path, Lookups);

    protected override void CleanUp() => _folder.Delete(recursive: true);

    [Fact]
    public void Documents_ids_and_watermarks_survive_closing()
    {
        var mark = new Watermark("p", 3, 17, Digest.Of("leaf"u8));
        Store.Apply(w =>
        {
            w.Add("things", Thing("a"));
            w.Add("things", Thing("b"));
            w.Delete("things", 2);
            w.Mark(mark);
        });
        CloseStore();

        Assert.Equal([mark], Store.Watermarks);
        Assert.Equal([new StoredDocument(1, Thing("a"))], Store.Find("things", "name", "a"));
        Assert.Equal(1, Store.Count("things"));
        Store.Apply(w => Assert.Equal(3, w.Add("things", Thing("c"))));
    }

    [Fact]
    public void What_a_copied_file_and_log_hold_before_closing_is_whole_transactions()
    {
        for (var i = 1; i <= 5; i++)
        {
            var at = i;
            Store.Apply(w =>
            {
                w.Add("things", Thing($"n{at}"));
                w.Mark(new Watermark("p", 1, at, Digest.Of("leaf"u8)));
            });
        }

        // As a killed process leaves them: nothing closed, nothing checkpointed.
        var copy = _folder.CreateSubdirectory("copy").FullName;
        foreach (var file in _folder.GetFiles())
        {
            using var from = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var to = File.Create(System.IO.Path.Combine(copy, file.Name));
            from.CopyTo(to);
        }

        var copied = System.IO.Path.Combine(copy, "catalogue.sqlite");
        using var after = new SqliteDocumentStore(copied, Lookups);
        var next = after.Watermarks.Sum(m => m.Next);
        Assert.InRange(next, 0, 5);
        Assert.Equal(next, after.Count("things"));
        Assert.Equal(next, after.Scan("things", 0, 10).Count);
    }

    [Fact]
    public void A_crash_inside_a_replay_leaves_the_file_ready_to_go_on()
    {
        Store.Apply(w => w.Mark(new Watermark("p", 1, 1, Digest.Of("leaf"u8))));

        Assert.Throws<TimeoutException>(() => Store.Apply(w =>
        {
            for (var i = 0; i < 2000; i++)
            {
                w.Add("things", Thing($"{i} {new string('x', 3000)}"));
            }

            w.Mark(new Watermark("p", 1, 2, Digest.Of("leaf"u8)));
            throw new TimeoutException("planted");
        }));
        CloseStore();

        Assert.Equal(1, Assert.Single(Store.Watermarks).Next);
        Assert.Empty(Store.Scan("things", 0, 10));
        Assert.Equal(0, Store.Count("things"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(0x5A)]
    [InlineData(0xFF)]
    public void A_file_of_something_else_is_reported_damaged_and_can_be_renewed(byte filling)
    {
        var bytes = new byte[20000];
        Array.Fill(bytes, filling);
        File.WriteAllBytes(Path, bytes);

        var problem = Assert.Throws<DocumentStoreException>(() => new SqliteDocumentStore(Path, Lookups));
        Assert.Equal(DocumentStoreProblem.Damaged, problem.Problem);

        using var store = SqliteDocumentStore.OpenOrRenew(Path, Lookups, out var finding);
        Assert.Equal(ViewCodes.DocumentStoreDamaged, finding!.Code);
        store.Apply(w => w.Add("things", Thing("a")));
        Assert.Equal(1, store.Count("things"));
    }

    [Fact]
    public void A_path_that_is_a_folder_is_unavailable_and_not_discarded()
    {
        _ = Directory.CreateDirectory(Path);

        var problem = Assert.Throws<DocumentStoreException>(() => SqliteDocumentStore.OpenOrRenew(Path, Lookups, out _));

        Assert.Equal(DocumentStoreProblem.Unavailable, problem.Problem);
    }

    [Fact]
    public void A_document_changed_in_the_file_is_never_shown()
    {
        Store.Apply(w => w.Add("things", Thing("an unmistakable name")));
        CloseStore();
        var bytes = File.ReadAllBytes(Path);
        var needle = Encoding.UTF8.GetBytes("unmistakable");
        for (var at = bytes.AsSpan().IndexOf(needle); at >= 0; at = bytes.AsSpan().IndexOf(needle))
        {
            bytes[at] ^= 1; // in the document and in its lookup key alike
        }

        File.WriteAllBytes(Path, bytes);

        var problem = Assert.Throws<DocumentStoreException>(() => Store.Get("things", 1));
        Assert.Equal(DocumentStoreProblem.Damaged, problem.Problem);
        Assert.Throws<DocumentStoreException>(() => Store.Scan("things", 0, 10));
    }

    [Fact]
    public void Flipped_bits_anywhere_end_in_truth_or_the_typed_exception()
    {
        Store.Apply(w =>
        {
            for (var i = 0; i < 20; i++)
            {
                w.Add("things", Thing($"name {i}"));
            }
        });
        CloseStore();
        var whole = File.ReadAllBytes(Path);
        var place = System.IO.Path.Combine(_folder.FullName, "flipped.sqlite");
        var noticed = 0;
        for (var at = 0; at < whole.Length; at += 211)
        {
            var bytes = (byte[])whole.Clone();
            bytes[at] ^= 0x10;
            SqliteDocumentStore.Discard(place);
            File.WriteAllBytes(place, bytes);
            try
            {
                using var store = new SqliteDocumentStore(place, Lookups);
                Assert.All(store.Scan("things", 0, 100), d => Assert.Equal(Thing($"name {d.Id - 1}"), d.Document));
                Assert.All(store.FindPrefix("things", "name", "name", 100), d => Assert.Equal(Thing($"name {d.Id - 1}"), d.Document));
            }
            catch (DocumentStoreException)
            {
                noticed++;
            }
        }

        Assert.True(noticed > 0);
    }

    [Fact]
    public void Clearing_leaves_no_byte_of_the_old_documents()
    {
        Store.Apply(w => w.Add("things", Thing("an unmistakable name")));

        Store.Clear();
        CloseStore();

        Assert.All(_folder.GetFiles(), f => Assert.Equal(-1, File.ReadAllBytes(f.FullName).AsSpan().IndexOf("unmistakable"u8)));
    }

    [Fact]
    public void A_closed_store_says_so()
    {
        var store = Store;
        CloseStore();

        Assert.Throws<ObjectDisposedException>(() => store.Count("things"));
        Assert.Throws<ObjectDisposedException>(store.Clear);
    }
}
