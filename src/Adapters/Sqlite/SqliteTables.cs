using System.Text;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Microsoft.Data.Sqlite;

namespace Lantai.Adapters.Sqlite;

/// <summary>An open SQLite file as collections of checked documents.</summary>
/// <remarks>
/// Tables: <c>own</c> (watermarks and counts), <c>d_COLLECTION</c> (id, document in <see cref="CheckedForm"/>),
/// <c>k_COLLECTION_FIELD</c> (<see cref="LookupBytes"/> of <see cref="LookupField.Key"/>, which ends in the id). Not safe
/// for concurrent use; the store calls it under its lock.
/// </remarks>
internal sealed class SqliteTables : IDocumentTables
{
    private const string FactsKey = "collection ";
    private const string MarkKey = "watermark ";

    // WAL: a commit appends and one fsync follows every 4,000 pages; a power cut loses the last transactions whole.
    private const string Setup = """
        PRAGMA locking_mode=EXCLUSIVE;
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=NORMAL;
        PRAGMA wal_autocheckpoint=4000;
        PRAGMA cache_size=-24576;
        PRAGMA trusted_schema=OFF;
        CREATE TABLE IF NOT EXISTS own (name TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
        """;

    private readonly SqliteGuard _guard;
    private readonly SqliteConnection _connection;
    private readonly SqliteStatements _statements;
    private readonly ILookup<string, string> _lookups;
    private readonly Dictionary<string, CollectionFacts> _facts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public SqliteTables(string path, SqliteGuard guard, IReadOnlyList<LookupField> lookups)
    {
        _guard = guard;
        _lookups = lookups.Distinct().ToLookup(l => l.Collection, l => l.Field);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _statements = new SqliteStatements(_connection);
        try
        {
            _ = guard.Run(() =>
            {
                _connection.Open();
                return _statements.Run(Setup);
            });
            ReadFacts();
        }
        catch (DocumentStoreException)
        {
            Dispose();
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
        if (!_tables.Contains(collection))
        {
            return null;
        }

        var body = _guard.Run(() =>
        {
            using var rows = _statements.Read($"SELECT body FROM d_{collection} WHERE id=$a", id);
            return rows.Read() ? rows.GetFieldValue<byte[]>(0) : null;
        });
        return body is null ? null : Check(collection, id, body);
    }

    public IReadOnlyList<StoredDocument> Scan(string collection, long afterId, int take, bool descending)
    {
        CollectionName.Check(collection);
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        if (!_tables.Contains(collection))
        {
            return [];
        }

        var (sign, order) = descending ? ("<", "DESC") : (">", "ASC");
        var found = _guard.Run(() =>
        {
            var list = new List<(long Id, byte[] Body)>();
            using var rows = _statements.Read($"SELECT id, body FROM d_{collection} WHERE id {sign} $a ORDER BY id {order} LIMIT $b", afterId, (long)take);
            while (rows.Read())
            {
                list.Add((rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)));
            }

            return list;
        });
        return [.. found.Select(f => new StoredDocument(f.Id, Check(collection, f.Id, f.Body)))];
    }

    public IReadOnlyList<StoredDocument> Find(string collection, string field, string start, string? after, Func<string, bool> fits, int take)
    {
        CollectionName.Check(collection);
        if (!_lookups[collection].Contains(field))
        {
            throw new ArgumentException($"'{field}' is no lookup field of '{collection}'.", nameof(field));
        }

        var found = new List<StoredDocument>();
        if (!_tables.Contains(collection))
        {
            return found;
        }

        // The start of a key is the start of its bytes. One bound alone is given: of two, SQLite looks up the first and walks to the second.
        var from = LookupBytes.Of(start);
        var behind = after is null ? [] : LookupBytes.Of(after);
        var isBehind = behind.AsSpan().SequenceCompareTo(from) >= 0;
        return _guard.Run(() =>
        {
            using var rows = _statements.Read($"SELECT key FROM k_{collection}_{field} WHERE key {(isBehind ? ">" : ">=")} $a ORDER BY key", isBehind ? behind : from);
            while (found.Count < take && rows.Read())
            {
                var key = rows.GetFieldValue<byte[]>(0);
                if (!key.AsSpan().StartsWith(from))
                {
                    break;
                }

                var id = LookupField.IdOf(Encoding.ASCII.GetString(key.AsSpan(Math.Max(0, key.Length - 16))));
                if (Get(collection, id) is not { } document || document.Text(field) is not { } text)
                {
                    throw _guard.Damage($"A lookup leads to {collection}/{id}, which does not have it.", null);
                }

                if (fits(text))
                {
                    found.Add(new StoredDocument(id, document));
                }
            }

            return found;
        });
    }

    public void Begin() => _ = _guard.Run(() => _statements.Run("BEGIN IMMEDIATE"));

    public void Put(string collection, long id, Document document)
    {
        var facts = Facts(collection);
        MakeTable(collection);
        var before = id <= facts.Highest ? Get(collection, id) : null;
        ChangeKeys(collection, id, before, document);
        _ = _guard.Run(() => _statements.Run($"INSERT OR REPLACE INTO d_{collection} VALUES ($a, $b)", id, CheckedForm.Write(collection, id, document)));
        Note(collection, new CollectionFacts(facts.Count + (before is null ? 1 : 0), Math.Max(facts.Highest, id)));
    }

    public void Delete(string collection, long id)
    {
        var facts = Facts(collection);
        if (Get(collection, id) is not { } before)
        {
            return;
        }

        ChangeKeys(collection, id, before, null);
        _ = _guard.Run(() => _statements.Run($"DELETE FROM d_{collection} WHERE id=$a", id));
        Note(collection, facts with { Count = facts.Count - 1 });
    }

    public void Mark(Watermark watermark) => PutOwn(MarkKey + watermark.Projection, new Document(new JsonMap()
        .Set("version", watermark.Version).Set("next", watermark.Next).Set("lastLeaf", watermark.LastLeaf)));

    public void Commit()
    {
        foreach (var name in _changed)
        {
            PutOwn(FactsKey + name, new Document(new JsonMap().Set("count", _facts[name].Count).Set("highest", _facts[name].Highest)));
        }

        _ = _guard.Run(() => _statements.Run("COMMIT"));
        _changed.Clear();
    }

    public void RollBack()
    {
        _statements.Forget();
        _ = _guard.Run(() => _statements.Run("ROLLBACK"));
        _changed.Clear();
        ReadFacts();
    }

    public void Dispose()
    {
        _statements.Dispose();
        _connection.Dispose();
    }

    private void ChangeKeys(string collection, long id, Document? before, Document? after)
    {
        foreach (var field in _lookups[collection])
        {
            var (old, fresh) = (before?.Text(field), after?.Text(field));
            if (old == fresh)
            {
                continue;
            }

            if (old is not null)
            {
                _ = _guard.Run(() => _statements.Run($"DELETE FROM k_{collection}_{field} WHERE key=$a", LookupBytes.Of(LookupField.Key(old, id))));
            }

            if (fresh is not null)
            {
                _ = _guard.Run(() => _statements.Run($"INSERT OR REPLACE INTO k_{collection}_{field} VALUES ($a)", LookupBytes.Of(LookupField.Key(fresh, id))));
            }
        }
    }

    private void MakeTable(string collection)
    {
        if (!_tables.Add(collection))
        {
            return;
        }

        _ = _guard.Run(() => _statements.Run($"CREATE TABLE IF NOT EXISTS d_{collection} (id INTEGER PRIMARY KEY, body BLOB NOT NULL)"));
        foreach (var field in _lookups[collection])
        {
            _ = _guard.Run(() => _statements.Run($"CREATE TABLE IF NOT EXISTS k_{collection}_{field} (key BLOB PRIMARY KEY) WITHOUT ROWID"));
        }
    }

    private void Note(string collection, CollectionFacts facts)
    {
        _facts[collection] = facts;
        _ = _changed.Add(collection);
    }

    private void ReadFacts()
    {
        _facts.Clear();
        _tables.Clear();
        foreach (var (name, document) in OwnDocuments(FactsKey))
        {
            _facts[name] = new CollectionFacts(document.Number("count") ?? 0, document.Number("highest") ?? 0);
            _ = _tables.Add(name);
        }
    }

    private List<(string Name, Document Document)> OwnDocuments(string kind) => _guard.Run(() =>
    {
        var found = new List<(string, Document)>();
        using var rows = _statements.Read("SELECT name, body FROM own");
        while (rows.Read())
        {
            var name = rows.GetString(0);
            if (name.StartsWith(kind, StringComparison.Ordinal))
            {
                found.Add((name[kind.Length..], CheckedForm.Read(name, rows.GetFieldValue<byte[]>(1)) ?? throw _guard.Damage("A watermark or count is damaged.", null)));
            }
        }

        return found;
    });

    private void PutOwn(string name, Document document) =>
        _ = _guard.Run(() => _statements.Run("INSERT OR REPLACE INTO own VALUES ($a, $b)", name, CheckedForm.Write(name, document)));

    private Document Check(string collection, long id, byte[] body) =>
        CheckedForm.Read(collection, id, body) ?? throw _guard.Damage($"Document {collection}/{id} is not what was written.", null);
}
