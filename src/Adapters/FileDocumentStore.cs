using Lantai.DataManagement;

namespace Lantai.Adapters;

/// <summary>
/// Documents in a database file. The file is a cache: when it is damaged, discard it and replay the ledger.
/// </summary>
/// <remarks>
/// As <see cref="IDocumentStore"/>. One instance for a file: the store's owner lock sees to it. Every document is checked
/// when read; a bit flipped in the product's own pages may still hide a document from a list, which is why lists alone
/// are asked of it and <see cref="RebuildComparison"/> exists.
/// </remarks>
public abstract class FileDocumentStore : IDocumentStore
{
    private readonly Lock _gate = new();
    private readonly Func<IDocumentTables> _open;
    private readonly Action _discard;
    private readonly string _path;
    private IDocumentTables? _tables;
    private bool _isApplying;
    private bool _isDisposed;

    private protected FileDocumentStore(string path, Func<IDocumentTables> open, Action discard)
    {
        (_path, _open, _discard) = (path, open, discard);
        _tables = open();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Collections => Read(t => t.Collections);

    /// <inheritdoc/>
    public IReadOnlyList<Watermark> Watermarks => Read(t => t.ReadMarks());

    /// <inheritdoc/>
    public Document? Get(string collection, long id) => Read(t => t.Get(collection, id));

    /// <inheritdoc/>
    public IReadOnlyList<StoredDocument> Scan(string collection, long afterId, int take, bool descending = false) =>
        Read(t => t.Scan(collection, afterId, take, descending));

    /// <inheritdoc/>
    public long Count(string collection) => Read(t => t.Facts(collection).Count);

    /// <inheritdoc/>
    public IReadOnlyList<StoredDocument> Find(string collection, string field, string value, int take = int.MaxValue) =>
        Read(t => t.Find(collection, field, LookupField.Exactly(value), null, text => text == value, take));

    /// <inheritdoc/>
    public IReadOnlyList<StoredDocument> FindPrefix(string collection, string field, string prefix, int take) =>
        Read(t => t.Find(collection, field, LookupField.Prefix(prefix), null, text => text.StartsWith(prefix, StringComparison.Ordinal), take));

    /// <inheritdoc/>
    public IReadOnlyList<StoredDocument> FindAfter(string collection, string field, string prefix, string? after, int take) =>
        Read(t => t.Find(collection, field, LookupField.Prefix(prefix), after, text => text.StartsWith(prefix, StringComparison.Ordinal), take));

    /// <inheritdoc/>
    public void Apply(Action<IDocumentWriter> changes)
    {
        lock (_gate)
        {
            var tables = Tables();
            ThrowIfApplying();
            tables.Begin();
            _isApplying = true;
            var isDone = false;
            try
            {
                changes(new TablesWriter(this, tables));
                tables.Commit();
                isDone = true;
            }
            finally
            {
                _isApplying = false;
                if (!isDone)
                {
                    Abandon(tables);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Clear()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            ThrowIfApplying();

            // A new file, not deletions: a database leaves what it deletes readable in its free pages.
            _tables?.Dispose();
            _tables = null;
            _discard();
            _tables = _open();
        }
    }

    /// <summary>Closes the file. Later calls throw <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _tables?.Dispose();
            _tables = null;
        }

        GC.SuppressFinalize(this);
    }

    private void Abandon(IDocumentTables tables)
    {
        try
        {
            tables.RollBack();
        }
        catch (DocumentStoreException)
        {
            // The first failure is the one to report; a store that cannot even roll back is not used any further, and
            // its file holds whole transactions only.
            _tables = null;
            tables.Dispose();
        }
    }

    private T Read<T>(Func<IDocumentTables, T> read)
    {
        lock (_gate)
        {
            return read(Tables());
        }
    }

    private IDocumentTables Tables()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _tables ?? throw new DocumentStoreException(DocumentStoreProblem.Damaged, _path, "The file was closed after a failure.", null);
    }

    private void ThrowIfApplying()
    {
        if (_isApplying)
        {
            throw new InvalidOperationException("A transaction is open already.");
        }
    }
}
