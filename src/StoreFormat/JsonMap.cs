using System.Globalization;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>
/// A JSON object of the restricted kind that stores hold: members are strings, integers, arrays and objects.
/// Members with no value are left out: setting null does nothing.
/// </summary>
/// <remarks>spec/formats/json.md. Not safe for concurrent changes.</remarks>
public sealed class JsonMap
{
    // Ordinal order of .NET strings is the order of UTF-16 code units that RFC 8785 asks for.
    private readonly SortedList<string, object> _members = new(StringComparer.Ordinal);

    /// <summary>The members in canonical order; values are string, long, <see cref="JsonMap"/> or a list of these.</summary>
    public IReadOnlyDictionary<string, object> Members => _members;

    /// <summary>Sets a text member.</summary>
    public JsonMap Set(string name, string? value) => Put(name, value);

    /// <summary>Sets an integer member, within ±(2^53-1).</summary>
    public JsonMap Set(string name, long? value) => Put(name, value);

    /// <summary>Sets a digest member.</summary>
    public JsonMap Set(string name, Digest? value) => Put(name, value?.ToString());

    /// <summary>Sets an id member.</summary>
    public JsonMap Set(string name, Guid? value) => Put(name, value?.ToString("D", CultureInfo.InvariantCulture));

    /// <summary>Sets a time member, cut to milliseconds.</summary>
    public JsonMap Set(string name, DateTimeOffset? value) => Put(name, value is { } time ? StoreTime.Write(time) : null);

    /// <summary>Sets an object member.</summary>
    public JsonMap Set(string name, JsonMap? value) => Put(name, value);

    /// <summary>Sets an array member.</summary>
    public JsonMap Set(string name, IEnumerable<object>? values) => Put(name, values?.ToList());

    /// <summary>A text member, or null.</summary>
    public string? Text(string name) => _members.GetValueOrDefault(name) as string;

    /// <summary>An integer member, or null.</summary>
    public long? Number(string name) => _members.GetValueOrDefault(name) is long value ? value : null;

    /// <summary>A digest member, or null when absent or malformed.</summary>
    public Digest? Digest(string name) => Words.Digest.TryParse(Text(name), out var digest) ? digest : null;

    /// <summary>An id member, or null when absent or malformed.</summary>
    public Guid? Id(string name) =>
        Text(name) is { } text && Guid.TryParseExact(text, "D", out var id) && id.ToString("D") == text ? id : null;

    /// <summary>A time member, or null when absent or malformed.</summary>
    public DateTimeOffset? Time(string name) => Text(name) is { } text && StoreTime.TryRead(text, out var time) ? time : null;

    /// <summary>An object member, or null.</summary>
    public JsonMap? Map(string name) => _members.GetValueOrDefault(name) as JsonMap;

    /// <summary>An array member, or null.</summary>
    public IReadOnlyList<object>? List(string name) => _members.GetValueOrDefault(name) as IReadOnlyList<object>;

    /// <summary>Adds a parsed member; false when the name is there already.</summary>
    internal bool TryAdd(string name, object value) => _members.TryAdd(name, value);

    private JsonMap Put(string name, object? value)
    {
        if (value is not null)
        {
            _members[name] = value;
        }

        return this;
    }
}
