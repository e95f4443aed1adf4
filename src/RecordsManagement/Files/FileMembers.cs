using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>
/// Takes the members of an object that somebody wrote, and tells all that is wrong with them: unknown (REC-005), missing
/// (REC-006), of another kind (REC-007).
/// </summary>
internal sealed class FileMembers
{
    private readonly JsonMap _map;
    private readonly string _displayName;
    private readonly string _place;
    private readonly ICollection<Finding> _findings;

    /// <summary>Takes an object; members beyond the known ones are told.</summary>
    public FileMembers(JsonMap map, string displayName, string place, ICollection<Finding> findings, params ReadOnlySpan<string> known)
    {
        (_map, _displayName, _place, _findings) = (map, displayName, place, findings);
        foreach (var name in map.Members.Keys)
        {
            if (!known.Contains(name))
            {
                findings.Add(Finding.Error("REC-005", displayName, ("place", PlaceOf(Entry.Shown(name))), ("known", string.Join(' ', known!))));
            }
        }
    }

    /// <summary>A text; empty, and told, when it is missing or no text.</summary>
    public string Text(string name) => OptionalText(name, isRequired: true) ?? "";

    /// <summary>A text; null when it is missing.</summary>
    public string? OptionalText(string name, bool isRequired = false) => Take<string>(name, isRequired, "text");

    /// <summary>A whole number; the given one when it is missing.</summary>
    public int Number(string name, int least, int most, int otherwise)
    {
        if (!_map.Members.ContainsKey(name))
        {
            return otherwise;
        }

        if (_map.Number(name) is { } number && number >= least && number <= most)
        {
            return (int)number;
        }

        Tell(name, "number");
        return otherwise;
    }

    /// <summary>A count of 1 or more; null when it is missing.</summary>
    public long? Count(string name)
    {
        if (_map.Number(name) is > 0 and var count)
        {
            return count;
        }

        if (_map.Members.ContainsKey(name))
        {
            Tell(name, "number");
        }

        return null;
    }

    /// <summary>A list of texts; empty when it is missing.</summary>
    public IReadOnlyList<string> Texts(string name, bool isRequired = false)
    {
        var list = Take<IReadOnlyList<object>>(name, isRequired, "texts") ?? [];
        if (list.All(i => i is string))
        {
            return [.. list.Cast<string>()];
        }

        Tell(name, "texts");
        return [];
    }

    /// <summary>A list of objects with their places; empty when it is missing.</summary>
    public IReadOnlyList<(JsonMap Map, string Place)> Maps(string name, bool isRequired = true)
    {
        var list = Take<IReadOnlyList<object>>(name, isRequired, "objects") ?? [];
        if (list.All(i => i is JsonMap))
        {
            return [.. list.Cast<JsonMap>().Select((map, i) => (map, $"{PlaceOf(name)}[{i}]"))];
        }

        Tell(name, "objects");
        return [];
    }

    /// <summary>An object and its place; null when it is missing.</summary>
    public (JsonMap Map, string Place)? Map(string name, bool isRequired = true) =>
        Take<JsonMap>(name, isRequired, "object") is { } map ? (map, PlaceOf(name)) : null;

    /// <summary>A day; null when it is missing.</summary>
    public DateOnly? Day(string name, bool isRequired = false)
    {
        if (OptionalText(name, isRequired) is not { } text)
        {
            return null;
        }

        if (Entry.Day(text) is { } day)
        {
            return day;
        }

        Tell(name, "day");
        return null;
    }

    private T? Take<T>(string name, bool isRequired, string kind)
        where T : class
    {
        if (!_map.Members.TryGetValue(name, out var value))
        {
            if (isRequired)
            {
                _findings.Add(Finding.Error("REC-006", _displayName, ("place", PlaceOf(name))));
            }

            return null;
        }

        if (value is T wanted)
        {
            return wanted;
        }

        Tell(name, kind);
        return null;
    }

    private void Tell(string name, string kind) => _findings.Add(Finding.Error("REC-007", _displayName, ("place", PlaceOf(name)), ("value-kind", kind)));

    private string PlaceOf(string name) => _place.Length == 0 ? name : _place + "." + name;
}
