using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lantai.InformationPackages;

/// <summary>Whether an element must stand.</summary>
public enum ElementObligation
{
    /// <summary>It may stand.</summary>
    Optional,

    /// <summary>It must stand where its condition holds.</summary>
    Conditional,

    /// <summary>It must stand and hold a value.</summary>
    Mandatory,
}

/// <summary>What the value of an element is.</summary>
public enum ElementType
{
    /// <summary>Characters.</summary>
    Text,

    /// <summary>A whole number, not negative, in decimal digits.</summary>
    Integer,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A day and time; without an offset it is UTC+08:00.</summary>
    Time,

    /// <summary>A value of a list.</summary>
    Code,

    /// <summary>A unified social credit code (GB 32100).</summary>
    SocialCode,

    /// <summary>An electronic record code (电子文件号).</summary>
    RecordCode,

    /// <summary>A digest in hexadecimal digits.</summary>
    Digest,
}

/// <summary>When a conditional element must stand: where another of its block has one of some values, or any when none is named.</summary>
/// <param name="Element">The English name of the other element.</param>
/// <param name="Values">The values; empty for any that is not empty.</param>
public sealed record ElementCondition(string Element, IReadOnlyList<string> Values)
{
    /// <summary>Whether it holds for the fields of a block.</summary>
    public bool Holds(CaseFields fields) => fields.Code(Element) is { Length: > 0 } value && (Values.Count == 0 || Values.Contains(value, StringComparer.Ordinal));
}

/// <summary>
/// One element of the metadata of a government service case, as data (<c>case-elements.json</c>): what it is called, whether it must stand,
/// what its value is, and how this is known.
/// </summary>
/// <remarks>Immutable. Source: spec/formats/gbt42727-package.md; no standard's text was seen.</remarks>
public sealed record CaseElement
{
    /// <summary>The part of the metadata that it stands in: description, configuration, basic, relation, step, file or licence.</summary>
    public required string Block { get; init; }

    /// <summary>The name that XML has for it.</summary>
    public required string Xml { get; init; }

    /// <summary>The Chinese name.</summary>
    public required string Chinese { get; init; }

    /// <summary>The English name, by which fields are asked for.</summary>
    public required string English { get; init; }

    /// <summary>Whether it must stand.</summary>
    public required ElementObligation Obligation { get; init; }

    /// <summary>What its value is.</summary>
    public required ElementType Type { get; init; }

    /// <summary>When it must stand, if it is conditional; null when that cannot be judged from a package.</summary>
    public ElementCondition? Condition { get; init; }

    /// <summary>What the whole value must match; null for anything.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>The values it may have; null unless it is a code.</summary>
    public ValueList? Values { get; init; }

    /// <summary>A misspelling that one program writes; null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>Whether it may stand several times.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>How it is known.</summary>
    public required string Provenance { get; init; }

    /// <summary>How surely.</summary>
    public required ReadingConfidence Confidence { get; init; }
}

/// <summary>The elements of a government service case.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public static class CaseElements
{
    private static readonly Lazy<IReadOnlyList<CaseElement>> Loaded = new(Load);
    private static readonly Lazy<Dictionary<string, IReadOnlyList<CaseElement>>> ByBlock =
        new(() => Loaded.Value.GroupBy(e => e.Block).ToDictionary(g => g.Key, g => (IReadOnlyList<CaseElement>)[.. g], StringComparer.Ordinal));

    /// <summary>All elements, block by block in their order.</summary>
    public static IReadOnlyList<CaseElement> All => Loaded.Value;

    /// <summary>The elements of a block in their order.</summary>
    /// <exception cref="ArgumentException">There is no such block.</exception>
    public static IReadOnlyList<CaseElement> Of(string block) =>
        ByBlock.Value.GetValueOrDefault(block) ?? throw new ArgumentException($"There is no block {block}.", nameof(block));

    private static List<CaseElement> Load()
    {
        using var json = EmbeddedJson.Open("case-elements.json");
        return [.. json.RootElement.GetProperty("elements").EnumerateArray().Select(Read)];
    }

    private static CaseElement Read(JsonElement entry) => new()
    {
        Block = Text(entry, "block")!,
        Xml = Text(entry, "xml")!,
        Chinese = Text(entry, "zh")!,
        English = Text(entry, "en")!,
        Obligation = Text(entry, "obligation") switch { "M" => ElementObligation.Mandatory, "C" => ElementObligation.Conditional, _ => ElementObligation.Optional },
        Type = Enum.Parse<ElementType>(Text(entry, "type")!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
        Condition = entry.TryGetProperty("when", out var when)
            ? new ElementCondition(Text(when, "element")!, when.TryGetProperty("values", out var values) ? [.. values.EnumerateArray().Select(v => v.GetString()!)] : [])
            : null,
        Pattern = Text(entry, "pattern") is { } pattern ? new Regex($@"^(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking) : null,
        Values = Text(entry, "list") is { } list ? ValueLists.Of(list) : null,
        Alias = Text(entry, "alias"),
        IsRepeatable = entry.TryGetProperty("repeatable", out var repeatable) && repeatable.GetBoolean(),
        Provenance = Text(entry, "provenance")!,
        Confidence = Enum.Parse<ReadingConfidence>(Text(entry, "confidence")!, ignoreCase: true),
    };

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;
}
