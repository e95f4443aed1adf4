using System.Collections.Frozen;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;

namespace Lantai.RecordsManagement;

/// <summary>A view of codes: one document for each code in <c>codes</c>, and the last running number of each scope in <c>codescopes</c>.</summary>
internal sealed class CodeView : IProjection
{
    public const string Codes = "codes";
    public const string Scopes = "codescopes";

    public string Name => Codes;

    public int Version => 1;

    public IReadOnlySet<string> EventTypes { get; } = FrozenSet.Create(StringComparer.Ordinal, RecordsEvents.CodeAssigned, RecordsEvents.CodeWithdrawn);

    public IReadOnlyList<LookupField> Lookups { get; } = [new(Codes, "code"), new(Codes, "thing"), new(Scopes, "scope")];

    /// <summary>The key of a scope: the rule whose numbers run in it, and the values within which they do.</summary>
    public static string ScopeKey(string rule, IEnumerable<string> values) => string.Join('\n', [rule, .. values]);

    /// <summary>The document of a code; null when it was never assigned.</summary>
    public static StoredDocument? Find(IDocumentReader views, string code) => views.Find(Codes, "code", code, 1) is [var found, ..] ? found : null;

    public IProjectionPass Begin(IDocumentWriter writer) => new Pass(writer);

    private sealed class Pass(IDocumentWriter writer) : IProjectionPass
    {
        public void Apply(StoredEvent e)
        {
            if (RecordsBody.Of(e) is not { } body)
            {
                return;
            }

            if (e.Leaf.Type == RecordsEvents.CodeWithdrawn)
            {
                Change(body.Text("code"), map => map.Set("state", "withdrawn").Set("reason", body.Text("reason")));
            }
            else if (e.Record!.ReferenceCode is { } code && body.Text("rule") is { } rule && body.Number("number") is { } number)
            {
                Assign(e, body, code, rule, number);
            }
        }

        public void End()
        {
        }

        private void Assign(StoredEvent e, JsonMap body, string code, string rule, long number)
        {
            Count(ScopeKey(rule, Texts(body, "scope")), number);

            var values = body.Map("values")?.Members ?? new Dictionary<string, object>();
            var entry = Entry.Fit(new JsonMap()
                .Set("code", code).Set("rule", rule).Set("version", body.Number("version")).Set("kind", body.Text("kind")).Set("number", number)
                .Set("names", values.Keys).Set("values", values.Values.Select(v => v as string ?? "")).Set("thing", e.Leaf.Subject)
                .Set("sequence", e.Leaf.Sequence).Set("time", e.Leaf.Time).Set("state", "current").Set("replaces", body.Text("replaces")));
            if (entry is null || Find(writer, code) is not null)
            {
                return; // the first to use a code keeps it
            }

            _ = writer.Add(Codes, entry);
            Change(body.Text("replaces"), map => map.Set("state", "replaced").Set("replacedBy", code).Set("reason", body.Text("reason")));
        }

        private void Count(string scope, long number)
        {
            var known = writer.Find(Scopes, "scope", scope, 1);
            var map = new JsonMap().Set("scope", scope).Set("last", Math.Max(number, known.Count == 0 ? 0 : known[0].Document.Number("last") ?? 0));
            if (Entry.Fit(map) is not { } document)
            {
                return;
            }

            if (known.Count == 0)
            {
                _ = writer.Add(Scopes, document);
            }
            else
            {
                writer.Put(Scopes, known[0].Id, document);
            }
        }

        private void Change(string? code, Func<JsonMap, JsonMap> change)
        {
            if (code is not null && Find(writer, code) is { } known)
            {
                if (Entry.Fit(change(known.Document.ToMap())) is { } changed)
                {
                    writer.Put(Codes, known.Id, changed);
                }
            }
        }

        private static IEnumerable<string> Texts(JsonMap body, string name) => (body.List(name) ?? []).OfType<string>();
    }
}
