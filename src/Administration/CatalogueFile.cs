using Lantai.Adapters;
using Lantai.Adapters.LiteDb;
using Lantai.Adapters.Sqlite;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Administration;

/// <summary>What holds the catalogue.</summary>
public enum CatalogueKind
{
    /// <summary>A SQLite file.</summary>
    Sqlite,

    /// <summary>A LiteDB file: managed code alone, for up to some 100,000 AIPs.</summary>
    LiteDb,
}

/// <summary>
/// The catalogue's file below a root. The file that is there says what holds the catalogue: there is no setting that
/// could be lost apart from it. Both are caches.
/// </summary>
/// <remarks>spec/decisions/0014-sqlite.md.</remarks>
internal static class CatalogueFile
{
    private const string Sqlite = "catalogue.sqlite";
    private const string LiteDb = "catalogue.db";

    /// <summary>Opens the file that is there, or makes one; a damaged one is made anew, which the finding then says.</summary>
    /// <exception cref="DocumentStoreException">It cannot be opened.</exception>
    public static FileDocumentStore Open(string root, IReadOnlyList<LookupField> lookups, out Finding? finding) =>
        KindOf(root) == CatalogueKind.LiteDb
            ? LiteDocumentStore.OpenOrRenew(PathOf(root, LiteDb), lookups, out finding)
            : SqliteDocumentStore.OpenOrRenew(PathOf(root, Sqlite), lookups, out finding);

    /// <summary>Drops the file that is there and makes an empty one, of the same kind when none is given.</summary>
    /// <exception cref="DocumentStoreException">It cannot be dropped or made.</exception>
    public static FileDocumentStore Renew(string root, CatalogueKind? kind, IReadOnlyList<LookupField> lookups)
    {
        var wanted = kind ?? KindOf(root);
        LiteDocumentStore.Discard(PathOf(root, LiteDb));
        SqliteDocumentStore.Discard(PathOf(root, Sqlite));
        return wanted == CatalogueKind.LiteDb
            ? new LiteDocumentStore(PathOf(root, LiteDb), lookups)
            : new SqliteDocumentStore(PathOf(root, Sqlite), lookups);
    }

    private static CatalogueKind KindOf(string root) => File.Exists(PathOf(root, LiteDb)) ? CatalogueKind.LiteDb : CatalogueKind.Sqlite;

    private static string PathOf(string root, string name)
    {
        var folder = Path.Combine(root, StoreLayout.Catalogue);
        _ = Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }
}
