using System.Collections.Frozen;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;

namespace Lantai.Inspection;

/// <summary>The view of the inspections that were run: one document for each.</summary>
/// <remarks>spec/formats/inspection-events.md.</remarks>
internal sealed class RunView : IProjection
{
    public const string Collection = "inspectionruns";

    public string Name => Collection;

    public int Version => 1;

    public IReadOnlySet<string> EventTypes { get; } = FrozenSet.Create(StringComparer.Ordinal, InspectionEvents.Run);

    public IReadOnlyList<LookupField> Lookups { get; } =
        [new(Collection, "number"), new(Collection, "package"), new(Collection, "caseKey"), new(Collection, "aip")];

    public IProjectionPass Begin(IDocumentWriter writer) => new Pass(writer);

    private sealed class Pass(IDocumentWriter writer) : IProjectionPass
    {
        public void Apply(StoredEvent e)
        {
            List<object> runs = [.. RecordsBody.Of(e)?.List("runs") ?? []];
            for (var place = 0; place < runs.Count; place++)
            {
                if (runs[place] is JsonMap run && RecordedRun.Describe(run, e.Leaf.Sequence, place) is { } document)
                {
                    _ = writer.Add(Collection, document);
                }
            }
        }

        public void End()
        {
        }
    }
}
