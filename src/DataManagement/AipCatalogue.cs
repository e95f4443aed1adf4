using System.Collections.Frozen;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;

namespace Lantai.DataManagement;

/// <summary>
/// The list of AIPs as a view of ingestions: one document for each AIP, with its newest version, in <c>aips</c>, one for each
/// earlier version in <c>versions</c>, ingestions that cannot be read in <c>unreadable</c>, sums in <c>totals</c>, and sums by
/// format in <c>formats</c>.
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
    public int Version => 3;

    /// <inheritdoc/>
    public IReadOnlySet<string> EventTypes { get; } = FrozenSet.Create(StringComparer.Ordinal, StoreFormat.EventTypes.Ingestion);

    /// <inheritdoc/>
    public IReadOnlyList<LookupField> Lookups { get; } = [new(Aips, "aip"), new(Aips, "identity")];

    /// <inheritdoc/>
    public IProjectionPass Begin(IDocumentWriter writer) => new Pass(writer);

    /// <summary>A text as the catalogue holds it. Longer ones are cut: a name from outside must not make the catalogue fail.</summary>
    internal static string Cut(string text) => text.Length <= MaxText ? text
        : char.IsHighSurrogate(text[MaxText - 1]) ? text[..(MaxText - 1)] : text[..MaxText];

    private static Document Superseded(string aip, Document entry) => new(new JsonMap()
        .Set("aip", aip).Set("version", entry.Number("version")).Set("sequence", entry.Number("sequence")).Set("manifest", entry.Text("manifest"))
        .Set("bytes", entry.Number("bytes")).Set("files", entry.Number("files")).Set("time", entry.Text("lastTime")).Set("before", entry.Number("before")));

    private static Document Describe(StoredEvent e, Document? before, long? replaced)
    {
        var record = e.Record!;
        var detail = e.Detail is null ? null : IngestionDetail.Read(e.Detail.Body);
        var isDamaged = EventCases.HasDamagedDetail(e) || (e.Detail is not null && detail is null);
        var map = new JsonMap()
            .Set("aip", record.Aip).Set("version", record.Version).Set("sequence", e.Leaf.Sequence).Set("manifest", record.Manifest)
            .Set("bytes", record.Counts.GetValueOrDefault("bytes")).Set("files", record.Counts.GetValueOrDefault("files"))
            .Set("firstTime", before?.Text("firstTime") ?? StoreTime.Write(e.Leaf.Time)).Set("lastTime", e.Leaf.Time)
            .Set("versions", (before?.Number("versions") ?? 0) + 1).Set("before", replaced)
            .Set("detail", isDamaged ? "damaged" : detail is null ? "erased" : "present");
        if (detail is null || isDamaged)
        {
            // An erased or damaged detail leaves what an earlier version's detail still says.
            foreach (var name in (ReadOnlySpan<string>)["source", "submission", "identity", "name", "form", "retention", "completed"])
            {
                _ = map.Set(name, before?.Text(name));
            }

            _ = map.Set("formats", before?.List("formats") is { Count: > 0 } known ? known : null);

            return new Document(map);
        }

        return new Document(map
            .Set("source", Cut(detail.Source)).Set("submission", Cut(detail.Submission)).Set("identity", Cut(detail.Source + "/" + detail.Submission))
            .Set("name", Cut(detail.Name)).Set("form", Cut(detail.Form))
            .Set("formats", FormatSums.TextsOf(detail))
            .Set("retention", detail.Retention is null ? null : Cut(detail.Retention))
            .Set("completed", detail.Completed is null ? null : Cut(detail.Completed)));
    }

    /// <summary>The events of one transaction; the totals are written once for all of them.</summary>
    private sealed class Pass(IDocumentWriter writer) : IProjectionPass
    {
        private readonly Sums _sums = new(writer.Get(Totals, 1));
        private readonly FormatSums _formats = new(writer);

        public void Apply(StoredEvent e)
        {
            if (!EventCases.SaysWhatWasKept(e))
            {
                _ = writer.Add(Unreadable, new Document(new JsonMap().Set("sequence", e.Leaf.Sequence).Set("subject", Cut(e.Leaf.Subject))
                    .Set("codes", e.Findings.Select(f => (object)f.Code))));
                return;
            }

            var aip = e.Record!.Aip!.Value.ToString("D");
            var known = writer.Find(Aips, "aip", aip, 1);
            if (known.Count == 0)
            {
                var first = Describe(e, null, null);
                _ = writer.Add(Aips, first);
                _sums.Count(null, first);
                _formats.Count(null, first);
                return;
            }

            // The newest version stands in the AIP's own document; what it replaces goes to a chain, newest first. Most AIPs
            // have one version, and so one document.
            var before = known[0].Document;
            var replaced = writer.Add(VersionsOf, Superseded(aip, before));
            var entry = Describe(e, before, replaced);
            writer.Put(Aips, known[0].Id, entry);
            _sums.Count(before, entry);
            _formats.Count(before, entry);
        }

        public void End()
        {
            _formats.End();
            if (_sums.HaveChanged)
            {
                writer.Put(Totals, 1, _sums.ToDocument());
            }
        }
    }

    private sealed class Sums(Document? known)
    {
        private long _bytes = known?.Number("bytes") ?? 0;
        private long _files = known?.Number("files") ?? 0;
        private long _versions = known?.Number("versions") ?? 0;

        public bool HaveChanged { get; private set; }

        public void Count(Document? before, Document after)
        {
            _bytes = Change(_bytes, before, after, "bytes");
            _files = Change(_files, before, after, "files");
            _versions = Change(_versions, before, after, "versions");
            HaveChanged = true;
        }

        public Document ToDocument() => new(new JsonMap().Set("bytes", _bytes).Set("files", _files).Set("versions", _versions));

        private static long Change(long sum, Document? before, Document after, string name) =>
            Math.Clamp(sum - (before?.Number(name) ?? 0) + after.Number(name)!.Value, -CanonicalJson.MaxInteger, CanonicalJson.MaxInteger);
    }
}
