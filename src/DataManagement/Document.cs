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
        var copy = new JsonMap();
        foreach (var (name, value) in from.Members)
        {
            CollectionName.CheckMember(name);
            _ = value switch
            {
                string text => copy.Set(name, text),
                long number => copy.Set(name, number),
                IReadOnlyList<object> list when list.All(item => item is string) => copy.Set(name, (IEnumerable<object>)list),
                _ => throw new ArgumentException($"The member '{name}' is neither text, integer nor list of texts.", nameof(from)),
            };
        }

        // Stores outside may compare names without case.
        if (from.Members.Keys.Any(name => name.Any(char.IsAsciiLetterUpper))
            && from.Members.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() < from.Members.Count)
        {
            throw new ArgumentException("Two names differ only in case.", nameof(from));
        }

        return copy;
    }
}
