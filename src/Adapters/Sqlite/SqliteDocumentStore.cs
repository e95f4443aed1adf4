using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.Adapters.Sqlite;

/// <summary>
/// Documents in a SQLite file. The file is a cache: when it is damaged, <see cref="Discard"/> it and replay the ledger.
/// </summary>
/// <remarks>
/// As <see cref="FileDocumentStore"/>. Transactions go through SQLite's write-ahead log, whose frames have checksums: a
/// killed process loses nothing that <see cref="FileDocumentStore.Apply"/> returned from, a power cut may lose the last ones whole.
/// </remarks>
public sealed class SqliteDocumentStore : FileDocumentStore
{
    /// <summary>Opens a file, or makes it.</summary>
    /// <param name="path">The file; SQLite keeps its log beside it. The folder exists.</param>
    /// <param name="lookups">The lookup fields of all projections.</param>
    /// <exception cref="DocumentStoreException">The file is damaged, or cannot be opened.</exception>
    public SqliteDocumentStore(string path, params IEnumerable<LookupField> lookups)
        : this(Path.GetFullPath(path), [.. lookups])
    {
    }

    private SqliteDocumentStore(string path, List<LookupField> lookups)
        : base(path, () => new SqliteTables(path, new SqliteGuard(path), lookups), () => Discard(path))
    {
    }

    /// <summary>Opens a file; one that is damaged is discarded first, which the finding then says.</summary>
    /// <exception cref="DocumentStoreException">The file cannot be opened for a reason that discarding does not cure.</exception>
    public static SqliteDocumentStore OpenOrRenew(string path, IReadOnlyList<LookupField> lookups, out Finding? finding)
    {
        finding = null;
        try
        {
            return new SqliteDocumentStore(path, lookups);
        }
        catch (DocumentStoreException problem) when (problem.Problem == DocumentStoreProblem.Damaged)
        {
            finding = Finding.Warning(ViewCodes.DocumentStoreDamaged, Path.GetFileName(path), ("cause", problem.Message));
            Discard(path);
            return new SqliteDocumentStore(path, lookups);
        }
    }

    /// <summary>Deletes a file that no instance has open, with what SQLite keeps beside it.</summary>
    /// <exception cref="DocumentStoreException">A file cannot be deleted.</exception>
    public static void Discard(string path)
    {
        _ = new SqliteGuard(path).Run(() =>
        {
            // The log first: a log without its file would be taken for the next one's.
            foreach (var suffix in (ReadOnlySpan<string>)["-wal", "-shm", "-journal", ""])
            {
                File.Delete(path + suffix);
            }

            return true;
        });
    }
}
