using System.Collections.Frozen;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;

namespace Lantai.DataManagement;

/// <summary>
/// The list of AIPs as a view of ingestions: one document for each AIP in <c>aips</c>, one for each version in
/// <c>versions</c>, ingestions that cannot be read in <c>unreadable</c>, sums in <c>totals</c>.
/// </summary>
/// <remarks>Safe for concurrent use. Read with <see cref="AipList"/>.</remarks>
public sealed class AipCatalogue : IProjection
{
    internal const string Aips = "aips";
    internal const string VersionsOf = "versions";
    internal const string Unreadable = "unreadable";
    internal const string Totals = "totals";

    private const int MaxText = 4096;

    /// <inheritdoc/>
    public string Name => "aips";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlySet<string> EventTypes { get; } = FrozenSet.Create(StringComparer.Ordinal, StoreFormat.EventTypes.Ingestion);

    /// <inheritdoc/>
    public IReadOnlyList<LookupField> Lookups { get; } = [new(Aips, "aip"), new(Aips, "identity")];

    /// <inheritdoc/>
    public void Apply(StoredEvent e, IDocumentWriter writer)
    {
        if (!EventCases.SaysWhatWasKept(e))
        {
            _ = writer.Add(Unreadable, new Document(new JsonMap().Set("sequence", e.Leaf.Sequence).Set("subject", Cut(e.Leaf.Subject))
                .Set("codes", e.Findings.Select(f => (object)f.Code))));
            return;
        }

        var record = e.Record!;
        var aip = record.Aip!.Value.ToString("D");
        var known = writer.Find(Aips, "aip", aip, 1);
        var before = known.Count > 0 ? known[0].Document : null;

        // Versions are a chain, newest first: a lookup of its own would cost every rebuild another scattered index.
        var version = writer.Add(VersionsOf, new Document(Facts(e)
            .Set("aip", aip).Set("time", e.Leaf.Time).Set("before", before?.Number("newest"))));
        var entry = Describe(e, before, version);
        if (before is null)
        {
            _ = writer.Add(Aips, entry);
        }
        else
        {
            writer.Put(Aips, known[0].Id, entry);
        }

        Sum(writer, before, entry);
    }

    /// <summary>A text as the catalogue holds it. Longer ones are cut: a name from outside must not make the catalogue fail.</summary>
    internal static string Cut(string text) => text.Length <= MaxText ? text
        : char.IsHighSurrogate(text[MaxText - 1]) ? text[..(MaxText - 1)] : text[..MaxText];

    private static Document Describe(StoredEvent e, Document? before, long version)
    {
        var map = before?.ToMap() ?? new JsonMap().Set("aip", e.Record!.Aip).Set("firstTime", e.Leaf.Time);
        foreach (var (name, value) in Facts(e).Members)
        {
            _ = value is string text ? map.Set(name, text) : map.Set(name, (long)value);
        }

        _ = map.Set("lastTime", e.Leaf.Time).Set("versions", (before?.Number("versions") ?? 0) + 1).Set("newest", version);

        // An erased or damaged detail leaves what an earlier version's detail still says.
        var detail = e.Detail is null ? null : IngestionDetail.Read(e.Detail.Body);
        var isDamaged = EventCases.HasDamagedDetail(e) || (e.Detail is not null && detail is null);
        _ = map.Set("detail", isDamaged ? "damaged" : detail is null ? "erased" : "present");
        if (detail is null || isDamaged)
        {
            return new Document(map);
        }

        // Retention and completion are those of this version alone.
        var fresh = new JsonMap();
        foreach (var (name, value) in map.Members.Where(m => m.Key is not ("retention" or "completed")))
        {
            _ = value is string text ? fresh.Set(name, text) : fresh.Set(name, (long)value);
        }

        return new Document(fresh
            .Set("source", Cut(detail.Source)).Set("submission", Cut(detail.Submission)).Set("identity", Cut(detail.Source + "/" + detail.Submission))
            .Set("name", Cut(detail.Name)).Set("form", Cut(detail.Form))
            .Set("retention", detail.Retention is null ? null : Cut(detail.Retention))
            .Set("completed", detail.Completed is null ? null : Cut(detail.Completed)));
    }

    private static JsonMap Facts(StoredEvent e) => new JsonMap()
        .Set("version", e.Record!.Version).Set("sequence", e.Leaf.Sequence).Set("manifest", e.Record.Manifest)
        .Set("bytes", e.Record.Counts.GetValueOrDefault("bytes")).Set("files", e.Record.Counts.GetValueOrDefault("files"));

    private static void Sum(IDocumentWriter writer, Document? before, Document after)
    {
        var sums = writer.Get(Totals, 1);
        long Sum(string name) => (sums?.Number(name) ?? 0) - (before?.Number(name) ?? 0) + after.Number(name)!.Value;
        writer.Put(Totals, 1, new Document(new JsonMap()
            .Set("bytes", InRange(Sum("bytes"))).Set("files", InRange(Sum("files"))).Set("versions", Sum("versions"))));
    }

    private static long InRange(long sum) => Math.Clamp(sum, -CanonicalJson.MaxInteger, CanonicalJson.MaxInteger);
}
