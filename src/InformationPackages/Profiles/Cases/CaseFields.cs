using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>One value of a block of case metadata, as it was written.</summary>
/// <remarks>Immutable.</remarks>
public sealed class CaseField
{
    internal CaseField(CaseElement? element, string name, string value, MarkupElement? raw = null) =>
        (Element, Name, Value, Raw) = (element, name, value, raw);

    /// <summary>What the element is; null when nobody knows it.</summary>
    public CaseElement? Element { get; }

    /// <summary>The English name of a known element, the name as written of another.</summary>
    public string Name { get; }

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>The whole element, where it is more than a known name and a text: unknown, misspelt, with attributes or with elements inside.</summary>
    internal MarkupElement? Raw { get; }
}

/// <summary>
/// The values of one block of case metadata in their order, also those that nobody knows. An element that stands with no text has the
/// value "", one that does not stand has none.
/// </summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed class CaseFields
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    internal CaseFields(string block, IReadOnlyList<CaseField> fields, BlockSource? source = null)
    {
        (Block, All, Source) = (block, fields, source);
        foreach (var field in fields)
        {
            if (field.Element is not null)
            {
                _ = _values.TryAdd(field.Name, field.Value); // of two, the first is what is meant; the second is a finding
            }
        }
    }

    /// <summary>The block: description, configuration, basic, relation, step, file or licence.</summary>
    public string Block { get; }

    /// <summary>All values in order.</summary>
    public IReadOnlyList<CaseField> All { get; }

    /// <summary>Where they were read; null when they were not.</summary>
    internal BlockSource? Source { get; }

    /// <summary>The value of an element by its English name; null when it does not stand.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>The code of a value of a list, by which or by whose Chinese name it may stand; any other value as it is, null when it does not stand.</summary>
    public string? Code(string name) =>
        this[name] is { } text ? CaseElements.Of(Block).FirstOrDefault(e => e.English == name)?.Values?.Find(text)?.Code ?? text : null;

    /// <summary>Makes the block of some values, in the order of the elements. Values that are null are left out.</summary>
    /// <exception cref="ArgumentException">A name is none of the block.</exception>
    public static CaseFields Of(string block, IEnumerable<KeyValuePair<string, string?>> values)
    {
        var elements = CaseElements.Of(block);
        var given = values.Where(v => v.Value is not null).ToList();
        foreach (var (name, _) in given)
        {
            if (!elements.Any(e => e.English == name))
            {
                throw new ArgumentException($"{name} is no element of {block}.", nameof(values));
            }
        }

        return new CaseFields(block, [.. elements.SelectMany(e => given.Where(g => g.Key == e.English).Select(g => new CaseField(e, e.English, g.Value!)))]);
    }

    /// <summary>The value as a time; null when it does not stand or is none.</summary>
    public DateTimeOffset? Time(string name) => this[name] is { } text ? CaseTime.Parse(text) : null;

    /// <summary>The value as a day; null when it does not stand or is none.</summary>
    public DateOnly? Day(string name) => this[name] is { } text ? CaseTime.ParseDay(text) : null;

    /// <summary>The value as a whole number; null when it does not stand or is none.</summary>
    public long? Number(string name) =>
        long.TryParse(this[name], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The file in the package that they were read from; empty when they were not.</summary>
    public string File => Source?.File ?? "";

    /// <summary>The XPath of an element, or where it should stand; its name where the fields were not read.</summary>
    public string PlaceOf(string name)
    {
        if (Source is null)
        {
            return name;
        }

        var xml = CaseElements.Of(Block).FirstOrDefault(e => e.English == name)?.Xml ?? name;
        return Source.Element.First(xml)?.Path ?? $"{Source.Element.Path}/{xml}";
    }
}

/// <summary>The element that a block was read from, and its file.</summary>
/// <param name="File">The file's path in the package.</param>
/// <param name="Element">The element whose children are the values.</param>
internal sealed record BlockSource(string File, MarkupElement Element);
