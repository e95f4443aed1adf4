using System.Collections.Frozen;
using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;

namespace Lantai.RecordsManagement;

/// <summary>A type of event that writes into a register.</summary>
/// <param name="Type">One of <see cref="RecordsEvents"/>.</param>
/// <param name="Members">The members that it sets; one that it does not hold is cleared.</param>
/// <param name="Enters">Whether it enters what is not there yet; otherwise it changes what is, and counts for nothing before.</param>
internal sealed record RegisterEntry(string Type, IReadOnlyList<string> Members, bool Enters = true);

/// <summary>A view of things that are registered under a key and whose newest entry counts: one document for each.</summary>
/// <remarks>spec/formats/records-fonds.md, and the page of each register.</remarks>
internal sealed class RegisterView : IProjection
{
    /// <summary>The member that holds the random id of the thing, the subject of all its events.</summary>
    public const string Subject = "subject";

    /// <summary>The member that holds the sequence of the newest event about it.</summary>
    public const string Sequence = "sequence";

    /// <summary>The member that holds the key as one text.</summary>
    public const string Handle = "handle";

    private readonly string _collection;
    private readonly string[] _key;
    private readonly FrozenDictionary<string, RegisterEntry> _entries;

    /// <summary>Describes a register.</summary>
    /// <param name="collection">Its collection, and its name.</param>
    /// <param name="version">Raised when its documents change form.</param>
    /// <param name="key">The members of a detail that together are the key: texts.</param>
    /// <param name="lookups">Other members by which documents are found.</param>
    /// <param name="entries">The events.</param>
    public RegisterView(string collection, int version, string[] key, string[] lookups, params RegisterEntry[] entries)
    {
        (_collection, Version, _key) = (collection, version, key);
        _entries = entries.ToFrozenDictionary(e => e.Type, StringComparer.Ordinal);
        EventTypes = _entries.Keys.ToFrozenSet(StringComparer.Ordinal);
        Lookups = [new LookupField(collection, Handle), .. lookups.Select(l => new LookupField(collection, l))];
    }

    /// <summary>Makes members that a document cannot hold into such that it can; null takes a detail as it is.</summary>
    public Func<JsonMap, JsonMap>? Flatten { get; init; }

    public string Name => _collection;

    public int Version { get; }

    public IReadOnlySet<string> EventTypes { get; }

    public IReadOnlyList<LookupField> Lookups { get; }

    /// <summary>The document of a key, and its id; null when nothing is registered under it.</summary>
    public static StoredDocument? Find(IDocumentReader views, string collection, params ReadOnlySpan<string> parts) =>
        views.Find(collection, Handle, KeyOf(parts), 1) is [var found, ..] ? found : null;

    public IProjectionPass Begin(IDocumentWriter writer) => new Pass(this, writer);

    /// <summary>Copies a member that a document can hold.</summary>
    internal static void Copy(JsonMap map, string name, object? value) => _ = value switch
    {
        string text => map.Set(name, text),
        long number => map.Set(name, number),
        IReadOnlyList<object> list when list.All(item => item is string) => map.Set(name, (IEnumerable<object>)list),
        _ => map,
    };

    /// <summary>Parts of a key as one text; lengths keep them apart.</summary>
    private static string KeyOf(params ReadOnlySpan<string> parts)
    {
        if (parts.Length == 1)
        {
            return parts[0];
        }

        var key = new System.Text.StringBuilder();
        foreach (var part in parts)
        {
            key.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        }

        return key.ToString();
    }

    private sealed class Pass(RegisterView register, IDocumentWriter writer) : IProjectionPass
    {
        public void Apply(StoredEvent e)
        {
            if (RecordsBody.Of(e) is not { } whole || (register.Flatten is null ? whole : register.Flatten(whole)) is not { } body || KeyIn(body) is not { } key)
            {
                return;
            }

            var entry = register._entries[e.Leaf.Type];
            var known = writer.Find(register._collection, Handle, key, 1);
            if ((known.Count == 0 && !entry.Enters) || Merge(known.Count == 0 ? null : known[0].Document, body, entry, e, key) is not { } document)
            {
                return;
            }

            if (known.Count == 0)
            {
                _ = writer.Add(register._collection, document);
            }
            else
            {
                writer.Put(register._collection, known[0].Id, document);
            }
        }

        public void End()
        {
        }

        private string? KeyIn(JsonMap body)
        {
            var parts = register._key.Select(body.Text).OfType<string>().ToArray();
            return parts.Length == register._key.Length ? KeyOf(parts) : null;
        }

        private static Document? Merge(Document? known, JsonMap body, RegisterEntry entry, StoredEvent e, string key)
        {
            var map = new JsonMap();
            foreach (var (name, value) in known?.Members ?? new Dictionary<string, object>())
            {
                if (!entry.Members.Contains(name))
                {
                    Copy(map, name, value);
                }
            }

            foreach (var name in entry.Members)
            {
                Copy(map, name, body.Members.GetValueOrDefault(name));
            }

            _ = map.Set(Handle, key).Set(Sequence, e.Leaf.Sequence).Set(Subject, known?.Text(Subject) ?? e.Leaf.Subject);

            return Entry.Fit(map); // otherwise the entry before it stands
        }
    }
}
