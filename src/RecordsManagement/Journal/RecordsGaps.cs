using System.Collections.Frozen;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A view of the events of this room that cannot be read any more, so that nobody decides in silence without them.</summary>
internal sealed class RecordsGaps : IProjection
{
    private const string Collection = "lawgaps";
    private const int MostTold = 100;

    public string Name => "lawgaps";

    public int Version => 1;

    public IReadOnlySet<string> EventTypes { get; } = RecordsEvents.All.ToFrozenSet(StringComparer.Ordinal);

    public IReadOnlyList<LookupField> Lookups => [];

    /// <summary>A warning for each event that cannot be read.</summary>
    public static IReadOnlyList<Finding> FindingsOf(IDocumentReader views) => [.. views.Scan(Collection, 0, MostTold).Select(gap =>
        Finding.Warning("REC-001", "ledger/" + gap.Document.Number("sequence"), ("type", gap.Document.Text("type")!)))];

    public IProjectionPass Begin(IDocumentWriter writer) => new Pass(writer);

    private sealed class Pass(IDocumentWriter writer) : IProjectionPass
    {
        public void Apply(StoredEvent e)
        {
            if (RecordsBody.Of(e) is null)
            {
                _ = writer.Add(Collection, new Document(new JsonMap().Set("sequence", e.Leaf.Sequence).Set("type", e.Leaf.Type)));
            }
        }

        public void End()
        {
        }
    }
}
