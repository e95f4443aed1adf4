using Lantai.DataManagement;
using Lantai.StoreFormat;
using LiteDB;

namespace Lantai.Adapters.LiteDb;

/// <summary>An open LiteDB file as collections of checked documents.</summary>
/// <remarks>Not safe for concurrent use; the store calls it under its lock.</remarks>
internal sealed class LiteTables : IDocumentTables
{
    // No collection of documents begins with a low line.
    private const string Own = "_own";
    private const string FactsKey = "collection ";
    private const string MarkKey = "watermark ";

    private readonly LiteGuard _guard;
    private readonly LiteDatabase _database;
    private readonly IReadOnlyList<LookupField> _lookups;
    private readonly Dictionary<string, CollectionFacts> _facts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public LiteTables(string path, LiteGuard guard, IReadOnlyList<LookupField> lookups)
    {
        _guard = guard;
        _lookups = lookups;

        // Binary collation: LiteDB's own would compare by culture and without case, differently on each machine.
        _database = guard.Run(() => new LiteDatabase(
            new ConnectionString { Filename = path, Connection = ConnectionType.Direct, Collation = Collation.Binary }, new BsonMapper()));
        try
        {
            _ = guard.Run(() => lookups.Count(l => _database.GetCollection(l.Collection).EnsureIndex("k" + l.Field, Expression(l.Field))));
            ReadFacts();
        }
        catch (DocumentStoreException)
        {
            _database.Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> Collections => [.. _facts.Where(f => f.Value.Count > 0).Select(f => f.Key).Order(StringComparer.Ordinal)];

    public IReadOnlyList<Watermark> ReadMarks() => [.. OwnDocuments(MarkKey)
        .Select(d => new Watermark(
            d.Name, checked((int)(d.Document.Number("version") ?? 0)), d.Document.Number("next") ?? 0,
            d.Document.ToMap().Digest("lastLeaf") ?? throw _guard.Damage("A watermark has no leaf.", null)))
        .OrderBy(m => m.Projection, StringComparer.Ordinal)];

    public CollectionFacts Facts(string collection)
    {
        CollectionName.Check(collection);
        return _facts.GetValueOrDefault(collection);
    }

    public Document? Get(string collection, long id)
    {
        CollectionName.Check(collection);
        if (_guard.Run(() => _database.GetCollection(collection).FindById(id)) is not { } whole)
        {
            return null;
        }

        var stored = Read(collection, whole);
        return stored.Id == id ? stored.Document : throw _guard.Damage($"Document {collection}/{id} leads to another.", null);
    }

    public IReadOnlyList<StoredDocument> Scan(string collection, long afterId, int take, bool descending)
    {
        CollectionName.Check(collection);
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        if (take == 0)
        {
            return []; // LiteDB takes a limit of 0 as none
        }

        var whole = _guard.Run(() =>
        {
            var query = _database.GetCollection(collection).Query();
            return (descending ? query.Where("_id < @0", afterId).OrderByDescending("_id") : query.Where("_id > @0", afterId).OrderBy("_id"))
                .Limit(take).ToList();
        });
        return [.. whole.Select(w => Read(collection, w))];
    }

    public IReadOnlyList<StoredDocument> Find(string collection, string field, string start, string? after, Func<string, bool> fits, int take)
    {
        CollectionName.Check(collection);
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        if (!_lookups.Any(l => l.Collection == collection && l.Field == field))
        {
            throw new ArgumentException($"'{field}' is no lookup field of '{collection}'.", nameof(field));
        }

        return _guard.Run(() =>
        {
            var found = new List<StoredDocument>();
            var expression = Expression(field);
            var query = _database.GetCollection(collection).Query();
            query = string.CompareOrdinal(after, start) > 0 ? query.Where(expression + " > @0", after) : query.Where(expression + " >= @0", start);
            var rows = query.OrderBy(expression).ToEnumerable();
            foreach (var whole in rows)
            {
                if (found.Count == take || !whole[LiteForm.Keys][field].AsString.StartsWith(start, StringComparison.Ordinal))
                {
                    break;
                }

                var stored = Read(collection, whole);
                if (stored.Document.Text(field) is { } text && fits(text))
                {
                    found.Add(stored);
                }
            }

            return found;
        });
    }

    public void Begin() => _ = _guard.Run(() => _database.BeginTrans() ? true : throw new InvalidOperationException("A transaction is open in this thread."));

    public void Put(string collection, long id, Document document)
    {
        var facts = Facts(collection);
        var keys = new BsonDocument();
        foreach (var lookup in _lookups.Where(l => l.Collection == collection))
        {
            if (document.Text(lookup.Field) is { } text)
            {
                keys[lookup.Field] = LookupField.Key(text, id);
            }
        }

        var isNew = _guard.Run(() =>
        {
            var whole = LiteForm.Write(collection, id, document, keys);
            var table = _database.GetCollection(collection);
            if (id <= facts.Highest && table.Update(whole))
            {
                return false;
            }

            _ = table.Insert(whole);
            return true;
        });
        Note(collection, new CollectionFacts(facts.Count + (isNew ? 1 : 0), Math.Max(facts.Highest, id)));
    }

    public void Delete(string collection, long id)
    {
        var facts = Facts(collection);
        if (_guard.Run(() => _database.GetCollection(collection).Delete(id)))
        {
            Note(collection, facts with { Count = facts.Count - 1 });
        }
    }

    public void Mark(Watermark watermark) => PutOwn(MarkKey + watermark.Projection, new Document(new JsonMap()
        .Set("version", watermark.Version).Set("next", watermark.Next).Set("lastLeaf", watermark.LastLeaf)));

    public void Commit()
    {
        foreach (var name in _changed)
        {
            PutOwn(FactsKey + name, new Document(new JsonMap().Set("count", _facts[name].Count).Set("highest", _facts[name].Highest)));
        }

        // False means that LiteDB has given the transaction up by itself.
        if (!_guard.Run(_database.Commit))
        {
            throw _guard.Damage("The transaction was lost.", null);
        }

        _changed.Clear();
    }

    public void RollBack()
    {
        _ = _guard.Run(_database.Rollback);
        _changed.Clear();
        _facts.Clear();
        ReadFacts();
    }

    public void Dispose() => _guard.Run(() =>
    {
        _database.Dispose();
        return true;
    });

    private static string Expression(string field) => "$." + LiteForm.Keys + "." + field;

    private void Note(string collection, CollectionFacts facts)
    {
        _facts[collection] = facts;
        _ = _changed.Add(collection);
    }

    private void ReadFacts()
    {
        foreach (var (name, document) in OwnDocuments(FactsKey))
        {
            _facts[name] = new CollectionFacts(document.Number("count") ?? 0, document.Number("highest") ?? 0);
        }
    }

    private List<(string Name, Document Document)> OwnDocuments(string kind) => _guard.Run(() => _database.GetCollection(Own).FindAll()
        .Where(whole => whole["_id"].AsString.StartsWith(kind, StringComparison.Ordinal))
        .Select(whole => (whole["_id"].AsString[kind.Length..], LiteForm.Read(Own, whole) ?? throw _guard.Damage("A watermark or count is damaged.", null)))
        .ToList());

    private void PutOwn(string key, Document document) =>
        _ = _guard.Run(() => _database.GetCollection(Own).Upsert(LiteForm.Write(Own, key, document)));

    private StoredDocument Read(string collection, BsonDocument whole) => _guard.Run(() =>
        LiteForm.Read(collection, whole) is { } document && whole["_id"].IsInt64
            ? new StoredDocument(whole["_id"].AsInt64, document)
            : throw _guard.Damage($"Document {collection}/{whole["_id"]} is not what was written.", null));
}
