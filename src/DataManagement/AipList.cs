using System.Globalization;
using Lantai.StoreFormat;

namespace Lantai.DataManagement;

/// <summary>Reads the catalogue that <see cref="AipCatalogue"/> keeps.</summary>
/// <remarks>Safe for concurrent use. Never answers "is this new?": that is <see cref="KeyIndex"/>.</remarks>
public sealed class AipList(IDocumentReader documents)
{
    /// <summary>The shortest prefix of an AIP id that is looked for.</summary>
    public const int MinPrefix = 8;

    private const int Shown = 10;

    /// <summary>Up to <paramref name="take"/> AIPs after a place in the catalogue, in order of first ingestion.</summary>
    /// <param name="after">Place after which to begin; 0 for the first, or <see cref="long.MaxValue"/> when descending.</param>
    /// <param name="take">The most entries to give.</param>
    /// <param name="descending">Newest first, before the place.</param>
    /// <exception cref="DocumentStoreException">The catalogue cannot be read.</exception>
    public IReadOnlyList<AipEntry> Page(long after, int take, bool descending = false) =>
        [.. documents.Scan(AipCatalogue.Aips, after, take, descending).Select(Read)];

    /// <summary>Finds an AIP by its id, a prefix of it of 8 characters or more, or <c>source/id</c>.</summary>
    /// <exception cref="DocumentStoreException">The catalogue cannot be read.</exception>
    public AipSearch Find(string text)
    {
        var found = new Dictionary<long, AipEntry>();
        if (text.Length >= MinPrefix && text.Length <= 36 && text.All(c => char.IsAsciiHexDigit(c) || c == '-'))
        {
            Take(documents.FindPrefix(AipCatalogue.Aips, "aip", text.ToLowerInvariant(), Shown));
        }

        if (text.Contains('/', StringComparison.Ordinal))
        {
            Take(documents.Find(AipCatalogue.Aips, "identity", AipCatalogue.Cut(text), Shown));
        }

        return found.Count switch
        {
            0 => new AipSearch.NotFound(),
            1 => new AipSearch.Found(found.Values.First()),
            _ => new AipSearch.Ambiguous([.. found.Values]),
        };

        void Take(IReadOnlyList<StoredDocument> some)
        {
            foreach (var one in some)
            {
                found[one.Id] = Read(one);
            }
        }
    }

    /// <summary>Files of newest versions by format, readability, verdict and year.</summary>
    /// <exception cref="DocumentStoreException">The catalogue cannot be read.</exception>
    public IReadOnlyList<FormatSum> Formats() => [.. FormatSums.Read(documents)];

    /// <summary>The versions of an AIP in order of ingestion; empty when there is no such AIP.</summary>
    /// <exception cref="DocumentStoreException">The catalogue cannot be read.</exception>
    public IReadOnlyList<AipVersion> Versions(Guid aip)
    {
        var entry = documents.Find(AipCatalogue.Aips, "aip", aip.ToString("D", CultureInfo.InvariantCulture), 1);
        if (entry.Count == 0)
        {
            return [];
        }

        var newest = entry[0].Document;
        var versions = new List<AipVersion> { ReadVersion(newest, "lastTime") };
        for (var id = newest.Number("before"); id is { } at;)
        {
            var document = documents.Get(AipCatalogue.VersionsOf, at) ?? throw Strange("before");
            versions.Add(ReadVersion(document, "time"));
            id = document.Number("before");
            if (id >= at)
            {
                throw Strange("before"); // a chain that turns back would never end
            }
        }

        versions.Reverse();
        return versions;
    }

    /// <summary>Ingestions whose record is missing or damaged, by the place after which to begin.</summary>
    /// <exception cref="DocumentStoreException">The catalogue cannot be read.</exception>
    public IReadOnlyList<UnreadableIngestion> Unreadable(long after, int take) =>
        [.. documents.Scan(AipCatalogue.Unreadable, after, take).Select(d => new UnreadableIngestion(
            Number(d.Document, "sequence"), Text(d.Document, "subject"), d.Document.List("codes")))];

    /// <summary>What the whole catalogue holds.</summary>
    /// <exception cref="DocumentStoreException">The catalogue cannot be read.</exception>
    public CatalogueTotals Totals()
    {
        var sums = documents.Get(AipCatalogue.Totals, 1);
        return new CatalogueTotals(
            documents.Count(AipCatalogue.Aips), sums?.Number("versions") ?? 0, sums?.Number("bytes") ?? 0, sums?.Number("files") ?? 0,
            documents.Count(AipCatalogue.Unreadable));
    }

    private static AipEntry Read(StoredDocument stored)
    {
        var d = stored.Document;
        var map = d.ToMap();
        return new AipEntry(
            stored.Id, map.Id("aip") ?? throw Strange("aip"), d.Text("source") ?? "", d.Text("submission") ?? "", d.Text("name") ?? "",
            d.Text("form") ?? "", d.Text("retention"), d.Text("completed"), Number(d, "version"), Number(d, "versions"),
            map.Digest("manifest") ?? throw Strange("manifest"), Number(d, "bytes"), Number(d, "files"),
            map.Time("firstTime") ?? throw Strange("firstTime"), map.Time("lastTime") ?? throw Strange("lastTime"), Number(d, "sequence"),
            d.Text("detail") switch { "present" => DetailState.Present, "erased" => DetailState.Erased, _ => DetailState.Damaged });
    }

    private static AipVersion ReadVersion(Document d, string time)
    {
        var map = d.ToMap();
        return new AipVersion(
            map.Id("aip") ?? throw Strange("aip"), Number(d, "version"), Number(d, "sequence"), map.Digest("manifest") ?? throw Strange("manifest"),
            map.Time(time) ?? throw Strange(time), Number(d, "bytes"), Number(d, "files"));
    }

    private static long Number(Document document, string name) => document.Number(name) ?? throw Strange(name);

    private static string Text(Document document, string name) => document.Text(name) ?? throw Strange(name);

    // Documents are checked when read, so this is a store made by other code under the same version.
    private static DocumentStoreException Strange(string member) =>
        new(DocumentStoreProblem.Damaged, "", $"A catalogue document has no member '{member}' of the right form.", null);
}
