using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.Adapters.LiteDb;

/// <summary>
/// Documents in a LiteDB file. The file is a cache: when it is damaged, <see cref="Discard"/> it and replay the ledger.
/// </summary>
/// <remarks>
/// As <see cref="FileDocumentStore"/>. LiteDB writes a committed transaction in the background, in order, and its pages
/// have no checksum: a killed process loses the last ones whole, a power cut may lose pages out of order.
/// <see cref="WasLeftOpen"/> tells a caller that would rather make the view anew after one.
/// </remarks>
public sealed class LiteDocumentStore : FileDocumentStore
{
    /// <summary>Opens a file, or makes it.</summary>
    /// <param name="path">The file; LiteDB keeps its log beside it. The folder exists.</param>
    /// <param name="lookups">The lookup fields of all projections.</param>
    /// <exception cref="DocumentStoreException">The file is damaged, or cannot be opened.</exception>
    public LiteDocumentStore(string path, params IEnumerable<LookupField> lookups)
        : this(System.IO.Path.GetFullPath(path), [.. lookups])
    {
    }

    private LiteDocumentStore(string path, List<LookupField> lookups)
        : base(path, () => new LiteTables(path, new LiteGuard(path), lookups), () => Discard(path))
    {
    }

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

    // LiteDB's own way of naming what it keeps beside a file.
    private static string Beside(string path, string suffix) => System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(path) ?? "", System.IO.Path.GetFileNameWithoutExtension(path) + suffix + System.IO.Path.GetExtension(path));
}
