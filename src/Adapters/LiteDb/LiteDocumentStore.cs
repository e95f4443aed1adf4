using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.Adapters.LiteDb;

/// <summary>
/// Documents in a LiteDB file. The file is a cache: when it is damaged, <see cref="Discard"/> it and replay the ledger.
/// </summary>
/// <remarks>
/// As <see cref="IDocumentStore"/>. One instance for a file: the store's owner lock sees to it, LiteDB does not. Every
/// document is checked when read; a bit flipped in LiteDB's own pages may still hide a document from a list, which is
/// why lists alone are asked of it and <see cref="RebuildComparison"/> exists. LiteDB writes a committed transaction in the
/// background, in order, and its pages have no checksum: a killed process loses the last ones whole, a power cut may
/// lose pages out of order. <see cref="WasLeftOpen"/> tells a caller that would rather make the view anew after one.
/// </remarks>
public sealed class LiteDocumentStore : IDocumentStore
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly LiteGuard _guard;
    private readonly IReadOnlyList<LookupField> _lookups;
    private LiteTables? _tables;
    private bool _isApplying;
    private bool _isDisposed;

    /// <summary>Opens a file, or makes it.</summary>
    /// <param name="path">The file; LiteDB keeps its log beside it. The folder exists.</param>
    /// <param name="lookups">The lookup fields of all projections.</param>
    /// <exception cref="DocumentStoreException">The file is damaged, or cannot be opened.</exception>
    public LiteDocumentStore(string path, params IEnumerable<LookupField> lookups)
    {
        _path = System.IO.Path.GetFullPath(path);
        _guard = new LiteGuard(_path);
        _lookups = [.. lookups];
        _tables = new LiteTables(_path, _guard, _lookups);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Collections => Read(t => t.Collections);

    /// <inheritdoc/>
    public IReadOnlyList<Watermark> Watermarks => Read(t => t.ReadMarks());

    /// <summary>Opens a file; one that is damaged is discarded first, which the finding then says.</summary>
    /// <exception cref="DocumentStoreException">The file cannot be opened for a reason that discarding does not cure.</exception>
    public static LiteDocumentStore OpenOrRenew(string path, IReadOnlyList<LookupField> lookups, out Finding? finding)
    {
        finding = null;
        try
        {
            return new LiteDocumentStore(path, lookups);
        }
        catch (DocumentStoreException problem) when (problem.Problem == DocumentStoreProblem.Damaged)
        {
            finding = Finding.Warning(ViewCodes.DocumentStoreDamaged, System.IO.Path.GetFileName(path), ("cause", problem.Message));
            Discard(path);
            return new LiteDocumentStore(path, lookups);
        }
    }

    /// <summary>Whether the file's last instance did not close it: its process was killed, or the power went.</summary>
    public static bool WasLeftOpen(string path) => new FileInfo(Beside(path, "-log")) is { Exists: true, Length: > 0 };

    /// <summary>Deletes a file that no instance has open, with what LiteDB keeps beside it.</summary>
    /// <exception cref="DocumentStoreException">A file cannot be deleted.</exception>
    public static void Discard(string path)
    {
        _ = new LiteGuard(path).Run(() =>
        {
            // The log first: a log without its file would be replayed into the next one.
            File.Delete(Beside(path, "-log"));
            File.Delete(Beside(path, "-tmp"));
            File.Delete(path);
            return true;
        });
    }

    /// <inheritdoc/>
    public Document? Get(string collection, long id) => Read(t => t.Get(collection, id));

    /// <inheritdoc/>
    public IReadOnlyList<StoredDocument> Scan(string collection, long afterId, int take, bool descending = false) =>
        Read(t => t.Scan(collection, afterId, take, descending));

    /// <inheritdoc/>
    public long Count(string collection) => Read(t => t.Facts(collection).Count);

    /// <inheritdoc/>
    public IReadOnlyList<StoredDocument> Find(string collection, string field, string value, int take = int.MaxValue) =>
        Read(t => t.Find(collection, field, LookupField.Exactly(value), text => text == value, take));

    /// <inheritdoc/>
    public IReadOnlyList<StoredDocument> FindPrefix(string collection, string field, string prefix, int take) =>
        Read(t => t.Find(collection, field, LookupField.Prefix(prefix), text => text.StartsWith(prefix, StringComparison.Ordinal), take));

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
                changes(new LiteDocumentWriter(this, tables));
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

            // A new file, not deletions: LiteDB leaves what it deletes readable in its free pages.
            _tables?.Dispose();
            _tables = null;
            Discard(_path);
            _tables = new LiteTables(_path, _guard, _lookups);
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
    }

    // LiteDB's own way of naming what it keeps beside a file.
    private static string Beside(string path, string suffix) => System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(path) ?? "", System.IO.Path.GetFileNameWithoutExtension(path) + suffix + System.IO.Path.GetExtension(path));

    private void Abandon(LiteTables tables)
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

    private T Read<T>(Func<LiteTables, T> read)
    {
        lock (_gate)
        {
            return read(Tables());
        }
    }

    private LiteTables Tables()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _tables ?? throw _guard.Damage("The file was closed after a failure.", null);
    }

    private void ThrowIfApplying()
    {
        if (_isApplying)
        {
            throw new InvalidOperationException("A transaction is open already.");
        }
    }
}
