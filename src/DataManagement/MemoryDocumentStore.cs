namespace Lantai.DataManagement;

/// <summary>Documents in memory: for rebuilding beside a live store, and for tests.</summary>
/// <remarks>As <see cref="IDocumentStore"/>, but nothing survives the end of the process.</remarks>
public sealed class MemoryDocumentStore : IDocumentStore
{
    private readonly Lock _gate = new();
    private readonly IReadOnlyList<LookupField> _lookups;
    private readonly Dictionary<string, MemoryCollection> _collections = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Watermark> _watermarks = new(StringComparer.Ordinal);
    private bool _isApplying;

    /// <summary>Makes an empty store with these lookup fields.</summary>
    public MemoryDocumentStore(params IEnumerable<LookupField> lookups) => _lookups = [.. lookups];

    /// <inheritdoc/>
    public IReadOnlyList<string> Collections
    {
        get
        {
            lock (_gate)
            {
                return [.. _collections.Where(c => c.Value.Count > 0).Select(c => c.Key).Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Watermark> Watermarks
    {
        get
        {
            lock (_gate)
            {
                return [.. _watermarks.Values];
            }
        }
    }

    /// <inheritdoc/>
    public Document? Get(string collection, long id)
    {
        lock (_gate)
        {
            return Open(collection).Get(id);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredDocument> Scan(string collection, long afterId, int take, bool descending = false)
    {
        lock (_gate)
        {
            return Open(collection).Scan(afterId, take, descending);
        }
    }

    /// <inheritdoc/>
    public long Count(string collection)
    {
        lock (_gate)
        {
            return Open(collection).Count;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredDocument> Find(string collection, string field, string value, int take = int.MaxValue)
    {
        lock (_gate)
        {
            return Open(collection).Find(field, LookupField.Exactly(value), text => text == value, take);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredDocument> FindPrefix(string collection, string field, string prefix, int take)
    {
        lock (_gate)
        {
            return Open(collection).Find(field, LookupField.Prefix(prefix), text => text.StartsWith(prefix, StringComparison.Ordinal), take);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredDocument> FindAfter(string collection, string field, string prefix, string? after, int take)
    {
        lock (_gate)
        {
            return Open(collection).Find(field, LookupField.Prefix(prefix), text => text.StartsWith(prefix, StringComparison.Ordinal), take, after);
        }
    }

    /// <inheritdoc/>
    public void Apply(Action<IDocumentWriter> changes)
    {
        lock (_gate)
        {
            if (_isApplying)
            {
                throw new InvalidOperationException("A transaction is open already.");
            }

            _isApplying = true;
            var undo = new Stack<Action>();
            var isDone = false;
            try
            {
                changes(new Writer(this, undo));
                isDone = true;
            }
            finally
            {
                _isApplying = false;
                while (!isDone && undo.TryPop(out var step))
                {
                    step();
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Clear()
    {
        lock (_gate)
        {
            if (_isApplying)
            {
                throw new InvalidOperationException("A transaction is open.");
            }

            _collections.Clear();
            _watermarks.Clear();
        }
    }

    /// <summary>Nothing to let go of.</summary>
    public void Dispose()
    {
    }

    private MemoryCollection Open(string name)
    {
        CollectionName.Check(name);
        if (!_collections.TryGetValue(name, out var collection))
        {
            collection = new MemoryCollection(_lookups.Where(l => l.Collection == name).Select(l => l.Field));
            _collections.Add(name, collection);
        }

        return collection;
    }

    private sealed class Writer(MemoryDocumentStore store, Stack<Action> undo) : IDocumentWriter
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
            var id = store.Open(collection).Highest + 1;
            Put(collection, id, document);
            return id;
        }

        public void Put(string collection, long id, Document document)
        {
            ArgumentNullException.ThrowIfNull(document);
            ArgumentOutOfRangeException.ThrowIfLessThan(id, 1);
            Change(store.Open(collection), id, document);
        }

        public void Delete(string collection, long id) => Change(store.Open(collection), id, null);

        public void Mark(Watermark watermark)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(watermark.Next, 1);
            var before = store._watermarks.GetValueOrDefault(watermark.Projection);
            undo.Push(() =>
            {
                _ = store._watermarks.Remove(watermark.Projection);
                if (before is not null)
                {
                    store._watermarks.Add(before.Projection, before);
                }
            });
            store._watermarks[watermark.Projection] = watermark;
        }

        private void Change(MemoryCollection collection, long id, Document? document)
        {
            var before = collection.Get(id);
            var highest = collection.Highest;
            undo.Push(() => collection.Set(id, before, highest));
            collection.Set(id, document, Math.Max(highest, document is null ? 0 : id));
        }
    }
}
