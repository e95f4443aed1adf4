using System.Text.Json;

namespace Lantai.InformationPackages;

/// <summary>What the value of an element must look like.</summary>
internal enum ShapeKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A number in decimal digits.</summary>
    Number,

    /// <summary>A day that exists: <c>yyyy-MM-dd</c> or <c>yyyyMMdd</c>.</summary>
    Day,

    /// <summary>A year of four digits.</summary>
    Year,

    /// <summary>A day and a time with an offset, as XML Schema writes it.</summary>
    Time,

    /// <summary>A day and a time by the Chinese clock: <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
    Clock,

    /// <summary>A value of a list.</summary>
    Code,

    /// <summary>Base64, which a sink may have taken.</summary>
    Base64,
}

/// <summary>An element's place among its siblings.</summary>
/// <param name="Name">Its local name.</param>
/// <param name="IsMandatory">Whether one must stand there.</param>
/// <param name="IsRepeatable">Whether several may.</param>
internal readonly record struct ShapeChild(string Name, bool IsMandatory, bool IsRepeatable);

/// <summary>What may stand in an element: children in order, or a value.</summary>
/// <param name="Name">Its local name.</param>
/// <param name="Children">The children in order; null when it holds a value.</param>
/// <param name="Kind">What the value looks like.</param>
/// <param name="MayBeEmpty">Whether the value may be empty.</param>
/// <param name="IsMixed">Whether text may stand beside its children.</param>
/// <param name="IsOpen">Whether children that are not named, and any order, are right too.</param>
/// <param name="Attributes">Attributes that must be there.</param>
/// <param name="List">The list of its values; null for none.</param>
internal sealed record ElementShape(
    string Name, IReadOnlyList<ShapeChild>? Children, ShapeKind Kind, bool MayBeEmpty, bool IsMixed, bool IsOpen, IReadOnlyList<string> Attributes, ValueList? List);

/// <summary>
/// The elements of one kind of document, as data: a JSON file of this room, with lists of its own beside those of all profiles, in which <c>?</c>, <c>*</c> and <c>+</c> after a name say
/// how often a child stands.
/// </summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
internal sealed class MarkupShape
{
    private readonly Dictionary<string, ElementShape> _elements = new(StringComparer.Ordinal);

    private MarkupShape(string root) => Root = root;

    /// <summary>The local name of the root.</summary>
    public string Root { get; }

    /// <summary>The shape of an element; one that is not described holds any text.</summary>
    public ElementShape Of(string name) => _elements.GetValueOrDefault(name) ?? new ElementShape(name, null, ShapeKind.Text, false, false, false, [], null);

    /// <summary>Reads the shapes of a JSON file that is built in, by the names of their roots.</summary>
    public static Dictionary<string, MarkupShape> Load(string resource)
    {
        using var stream = typeof(MarkupShape).Assembly.GetManifestResourceStream(resource) ?? throw new ArgumentException($"{resource} is not built in.", nameof(resource));
        using var json = JsonDocument.Parse(stream);
        var lists = json.RootElement.GetProperty("lists").EnumerateArray().Select(ReadList).Concat(ValueLists.All).ToDictionary(l => l.Name, StringComparer.Ordinal);
        var shapes = new Dictionary<string, MarkupShape>(StringComparer.Ordinal);
        foreach (var document in json.RootElement.GetProperty("documents").EnumerateArray())
        {
            var shape = new MarkupShape(document.GetProperty("root").GetString()!);
            foreach (var element in document.GetProperty("elements").EnumerateArray().Select(e => ReadElement(e, lists)))
            {
                shape._elements.Add(element.Name, element);
            }

            shapes.Add(shape.Root, shape);
        }

        return shapes;
    }

    private static ElementShape ReadElement(JsonElement json, Dictionary<string, ValueList> lists)
    {
        var list = Text(json, "list") is { } name ? lists[name] : null;
        return new ElementShape(
            Text(json, "name")!,
            Text(json, "children")?.Split(' ').Select(ReadChild).ToList(),
            list is not null ? ShapeKind.Code : Enum.Parse<ShapeKind>(Text(json, "kind") ?? "text", ignoreCase: true),
            Flag(json, "empty"), Flag(json, "mixed"), Flag(json, "open"),
            Text(json, "attributes")?.Split(' ') ?? [], list);
    }

    private static ShapeChild ReadChild(string text) => text[^1] switch
    {
        '?' => new ShapeChild(text[..^1], false, false),
        '*' => new ShapeChild(text[..^1], false, true),
        '+' => new ShapeChild(text[..^1], true, true),
        _ => new ShapeChild(text, true, false),
    };

    /// <summary>A list of these documents alone; those of all profiles are in <c>value-lists.json</c>.</summary>
    private static ValueList ReadList(JsonElement json) => new()
    {
        Name = Text(json, "name")!,
        Version = "1",
        IsOpen = false,
        Provenance = Text(json, "provenance")!,
        Confidence = Enum.Parse<ReadingConfidence>(Text(json, "confidence")!, ignoreCase: true),
        Values = [.. json.GetProperty("values").EnumerateArray().Select(v => new ListedValue(v.GetString()!, null, IsRefused: false, Nature: null))],
    };

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.GetBoolean();
}
