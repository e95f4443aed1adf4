using Lantai.DataManagement;

namespace Lantai.Adapters;

/// <summary>The writing side of one transaction.</summary>
internal sealed class TablesWriter(FileDocumentStore store, IDocumentTables tables) : IDocumentWriter
{
    public Document? Get(string collection, long id) => store.Get(collection, id);

    public IReadOnlyList<StoredDocument> Scan(string collection, long afterId, int take, bool descending = false) =>
        store.Scan(collection, afterId, take, descending);

    public long Count(string collection) => store.Count(collection);

    public IReadOnlyList<StoredDocument> Find(string collection, string field, string value, int take = int.MaxValue) =>
        store.Find(collection, field, value, take);

    public IReadOnlyList<StoredDocument> FindPrefix(string collection, string field, string prefix, int take) =>
        store.FindPrefix(collection, field, prefix, take);

    public IReadOnlyList<StoredDocument> FindAfter(string collection, string field, string prefix, string? after, int take) =>
        store.FindAfter(collection, field, prefix, after, take);

    public long Add(string collection, Document document)
    {
        var id = tables.Facts(collection).Highest + 1;
        Put(collection, id, document);
        return id;
    }

    public void Put(string collection, long id, Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentOutOfRangeException.ThrowIfLessThan(id, 1);
        tables.Put(collection, id, document);
    }

    public void Delete(string collection, long id) => tables.Delete(collection, id);

    public void Mark(Watermark watermark)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(watermark.Next, 1);
        tables.Mark(watermark);
    }
}
