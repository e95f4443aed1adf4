using System.Collections.Frozen;
using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;

namespace Lantai.Inspection.Storage;

/// <summary>
/// When each stored package was inspected last and what it came to, and which runs there were: one document for each package in
/// <c>inspectedaips</c>, one for each run in <c>storageruns</c>.
/// </summary>
/// <remarks>spec/formats/inspection-storage.md.</remarks>
internal sealed class StorageRunsView : IProjection
{
    private const string Packages = "inspectedaips";
    private const string Runs = "storageruns";

    /// <inheritdoc/>
    public string Name => "storageruns";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlySet<string> EventTypes { get; } = FrozenSet.Create(StringComparer.Ordinal, InspectionEvents.StorageRun);

    /// <inheritdoc/>
    public IReadOnlyList<LookupField> Lookups { get; } = [new(Packages, "aip"), new(Runs, "run")];

    /// <summary>When a package was inspected last, and in which run; null when it never was.</summary>
    public static (DateTimeOffset At, Guid Run)? LastOf(IDocumentReader views, Guid aip) =>
        views.Find(Packages, "aip", TextOf(aip), 1) is [var found, ..] && found.Document.ToMap() is var map && map.Time("at") is { } at && map.Id("run") is { } run ? (at, run) : null;

    /// <summary>The newest run, and the event that holds its newest part; null when there was none.</summary>
    public static (long Sequence, bool IsComplete)? Newest(IDocumentReader views) =>
        views.Scan(Runs, long.MaxValue, 1, descending: true) is [var run, ..] ? (run.Document.Number("sequence") ?? 0, run.Document.Number("left") == 0) : null;

    /// <inheritdoc/>
    public IProjectionPass Begin(IDocumentWriter writer) => new Pass(writer);

    private static string TextOf(Guid id) => id.ToString("D", CultureInfo.InvariantCulture);

    private sealed class Pass(IDocumentWriter writer) : IProjectionPass
    {
        public void Apply(StoredEvent e)
        {
            if (!EventCases.HasSoundRecord(e) || e.Detail?.Body is not { } body || StorageRunBody.ReadRun(body) is not { } run)
            {
                return; // its detail is gone: the packages are inspected again when they are due
            }

            Put(Runs, "run", run.Id, new JsonMap().Set("run", run.Id).Set("sequence", e.Leaf.Sequence).Set("left", body.Number("left")).Set("chosen", body.Number("chosen")));
            foreach (var result in StorageRunBody.ReadResults(body))
            {
                Put(Packages, "aip", result.Aip, new JsonMap()
                    .Set("aip", result.Aip).Set("version", result.Version).Set("at", e.Leaf.Time).Set("run", run.Id).Set("number", result.Number)
                    .Set("outcome", InspectionCodes.Of(result.Outcome)).Set("sequence", e.Leaf.Sequence));
            }
        }

        public void End()
        {
        }

        private void Put(string collection, string field, Guid id, JsonMap map)
        {
            if (writer.Find(collection, field, TextOf(id), 1) is [var known, ..])
            {
                writer.Put(collection, known.Id, new Document(map));
            }
            else
            {
                _ = writer.Add(collection, new Document(map));
            }
        }
    }
}
