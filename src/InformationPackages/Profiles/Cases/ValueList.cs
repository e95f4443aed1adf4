using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lantai.InformationPackages;

/// <summary>A value of a list.</summary>
/// <param name="Code">The code.</param>
/// <param name="Chinese">Its Chinese name, which may stand for the code; null when the code is the name.</param>
/// <param name="IsRefused">Whether what carries it is refused: a state secret (国办发〔2023〕26号, article 15).</param>
/// <param name="Nature">证据性, 程序性 or 结果性, of a category of material; null elsewhere.</param>
public sealed record ListedValue(string Code, string? Chinese, bool IsRefused, string? Nature);

/// <summary>The values that an element may have, as data (<c>value-lists.json</c>).</summary>
/// <remarks>Immutable. Where a list is open, another value is worth a look and no fault.</remarks>
public sealed record ValueList
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The version.</summary>
    public required string Version { get; init; }

    /// <summary>Whether values outside it may be right.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>How it is known.</summary>
    public required string Provenance { get; init; }

    /// <summary>How surely.</summary>
    public required ReadingConfidence Confidence { get; init; }

    /// <summary>Further codes that are values as well; null for none.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>The values in order.</summary>
    public required IReadOnlyList<ListedValue> Values { get; init; }

    /// <summary>The value of a code or of its Chinese name; null when it is none.</summary>
    public ListedValue? Find(string text) =>
        Values.FirstOrDefault(v => v.Code == text || v.Chinese == text) ?? (Pattern?.IsMatch(text) == true ? new ListedValue(text, null, false, null) : null);

    /// <summary>Whether a text is or begins with a refused value, as 机密★10年 and JM★10 do.</summary>
    public bool Refuses(string text)
    {
        var said = text.Trim().TrimStart('★');
        return Values.Any(v => v.IsRefused
            && ((said.StartsWith(v.Code, StringComparison.OrdinalIgnoreCase) && (said.Length == v.Code.Length || !char.IsAsciiLetter(said[v.Code.Length])))
                || (v.Chinese is { } name && said.StartsWith(name, StringComparison.Ordinal))));
    }

    /// <summary>All values as a text, for somebody who must choose one.</summary>
    public override string ToString() => string.Join(", ", Values.Where(v => !v.IsRefused).Select(v => v.Chinese is null ? v.Code : $"{v.Code} {v.Chinese}"));
}

/// <summary>The lists of values of government service cases.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public static class ValueLists
{
    private static readonly Lazy<IReadOnlyList<ValueList>> Loaded = new(Load);

    /// <summary>All lists.</summary>
    public static IReadOnlyList<ValueList> All => Loaded.Value;

    /// <summary>The list of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ValueList Of(string name) => All.FirstOrDefault(l => l.Name == name) ?? throw new ArgumentException($"There is no list {name}.", nameof(name));

    private static List<ValueList> Load()
    {
        using var json = EmbeddedJson.Open("value-lists.json");
        return [.. json.RootElement.GetProperty("lists").EnumerateArray().Select(Read)];
    }

    private static ValueList Read(JsonElement entry) => new()
    {
        Name = entry.GetProperty("name").GetString()!,
        Version = entry.GetProperty("version").GetString()!,
        IsOpen = entry.GetProperty("open").GetBoolean(),
        Provenance = entry.GetProperty("provenance").GetString()!,
        Confidence = Enum.Parse<ReadingConfidence>(entry.GetProperty("confidence").GetString()!, ignoreCase: true),
        Pattern = entry.TryGetProperty("pattern", out var pattern) ? new Regex($@"^(?:{pattern.GetString()})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking) : null,
        Values = [.. entry.GetProperty("values").EnumerateArray().Select(ReadValue)],
    };

    private static ListedValue ReadValue(JsonElement value) => new(
        value.GetProperty("code").GetString()!,
        value.TryGetProperty("zh", out var name) ? name.GetString() : null,
        value.TryGetProperty("refused", out var refused) && refused.GetBoolean(),
        value.TryGetProperty("nature", out var nature) ? nature.GetString() : null);
}
