using Lantai.StoreFormat;

namespace Lantai.DataManagement;

/// <summary>
/// A small document of a view: named texts, integers and lists of texts. Two documents are equal when their
/// canonical bytes are, so two stores can be compared byte by byte.
/// </summary>
/// <remarks>Immutable, safe for concurrent use. The bytes are those of spec/formats/json.md.</remarks>
public sealed class Document : IEquatable<Document>
{
    /// <summary>The most bytes that a document has in canonical form.</summary>
    public const int MaxSize = 1 << 20;

    private readonly JsonMap _map;
    private readonly byte[] _bytes;

    /// <summary>Takes the members of a map; later changes to the map do not reach the document.</summary>
    /// <exception cref="ArgumentException">
    /// A name is not 1 to 30 ASCII letters and digits with a small letter first, two names differ only in case, a
    /// value is neither text, integer nor list of texts, or the whole is larger than <see cref="MaxSize"/>.
    /// </exception>
    public Document(JsonMap members)
    {
        _map = Copy(members);
        _bytes = CanonicalJson.Write(_map);
        if (_bytes.Length > MaxSize)
        {
            throw new ArgumentException($"A document has at most {MaxSize} bytes, not {_bytes.Length}.", nameof(members));
        }
    }

    private Document(JsonMap map, byte[] bytes) => (_map, _bytes) = (map, bytes);

    /// <summary>Reads a document from its canonical bytes; null when they are no document's.</summary>
    public static Document? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= MaxSize && CanonicalJson.TryRead(bytes, out var map) && FaultOf(map) is null ? new Document(map, bytes.ToArray()) : null;

    /// <summary>The members in canonical order: string, long, or a list of strings.</summary>
    public IReadOnlyDictionary<string, object> Members => _map.Members;

    /// <summary>The canonical bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>A text member, or null.</summary>
    public string? Text(string name) => _map.Text(name);

    /// <summary>An integer member, or null.</summary>
    public long? Number(string name) => _map.Number(name);

    /// <summary>A list member; empty when there is none.</summary>
    public IReadOnlyList<string> List(string name) => [.. (_map.List(name) ?? []).Cast<string>()];

    /// <summary>A map with the same members, to make a changed document of.</summary>
    public JsonMap ToMap() => Copy(_map);

    /// <inheritdoc/>
    public bool Equals(Document? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Document);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <summary>The canonical form as text.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(_bytes);

    private static JsonMap Copy(JsonMap from)
    {
        if (FaultOf(from) is { } fault)
        {
            throw new ArgumentException(fault, nameof(from));
        }

        var copy = new JsonMap();
        foreach (var (name, value) in from.Members)
        {
            _ = value switch
            {
                string text => copy.Set(name, text),
                long number => copy.Set(name, number),
                var list => copy.Set(name, (IEnumerable<object>)list),
            };
        }

        return copy;
    }

    private static string? FaultOf(JsonMap map)
    {
        var hasCapitals = false;
        foreach (var (name, value) in map.Members)
        {
            if (!CollectionName.IsMember(name))
            {
                return $"Not the name of a member: '{name}'.";
            }

            if (value is not (string or long) && !(value is IReadOnlyList<object> list && list.All(item => item is string)))
            {
                return $"The member '{name}' is neither text, integer nor list of texts.";
            }

            hasCapitals |= name.AsSpan().ContainsAnyInRange('A', 'Z');
        }

        // Stores outside may compare names without case.
        return hasCapitals && HasTwins([.. map.Members.Keys]) ? "Two names differ only in case." : null;
    }

    // Every document that is read comes by here, and has few members: a set would cost more.
    private static bool HasTwins(string[] names)
    {
        const int Few = 48;
        if (names.Length > Few)
        {
            return names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Length;
        }

        for (var i = 1; i < names.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (names[i].Length == names[j].Length && names[i].Equals(names[j], StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
