using System.Collections.Frozen;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;

namespace Lantai.RecordsManagement;

/// <summary>A view of things that are published one after another and all stay: one document for each event.</summary>
/// <param name="collection">Its collection, and its name.</param>
/// <param name="version">Raised when its documents change form.</param>
/// <param name="type">The type of event.</param>
/// <param name="members">The members that a document takes.</param>
/// <param name="lookups">Those by which documents are found; an event without one of them counts for nothing.</param>
/// <param name="flatten">Makes members that a document cannot hold into such that it can.</param>
internal sealed class PublicationView(string collection, int version, string type, string[] members, string[] lookups, Func<JsonMap, JsonMap> flatten) : IProjection
{
    public string Name => collection;

    public int Version => version;

    public IReadOnlySet<string> EventTypes { get; } = FrozenSet.Create(StringComparer.Ordinal, type);

    public IReadOnlyList<LookupField> Lookups { get; } = [.. lookups.Select(l => new LookupField(collection, l))];

    public IProjectionPass Begin(IDocumentWriter writer) => new Pass(this, writer);

    private Document? Describe(StoredEvent e)
    {
        if (RecordsBody.Of(e) is not { } body || flatten(body) is not { } flat || lookups.Any(l => flat.Text(l) is null))
        {
            return null;
        }

        var map = new JsonMap().Set(RegisterView.Sequence, e.Leaf.Sequence).Set(RegisterView.Subject, e.Leaf.Subject).Set("time", e.Leaf.Time);
        foreach (var name in members)
        {
            RegisterView.Copy(map, name, flat.Members.GetValueOrDefault(name));
        }

        return Entry.Fit(map);
    }

    private sealed class Pass(PublicationView view, IDocumentWriter writer) : IProjectionPass
    {
        public void Apply(StoredEvent e)
        {
            if (view.Describe(e) is { } document)
            {
                _ = writer.Add(view.Name, document);
            }
        }

        public void End()
        {
        }
    }
}
