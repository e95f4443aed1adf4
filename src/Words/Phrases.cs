using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Lantai.Words;

/// <summary>A language that every text stands in.</summary>
public enum Language
{
    /// <summary>English.</summary>
    English,

    /// <summary>Chinese, simplified script.</summary>
    Chinese,
}

/// <summary>
/// The texts of one or more rooms: key → sentence, in English and Chinese. A room keeps them as
/// <c>Texts/en.json</c> and <c>Texts/zh.json</c>, flat objects of strings whose placeholders are <c>{name}</c>;
/// both are built into its assembly.
/// </summary>
/// <remarks>Immutable after construction, safe for concurrent use.</remarks>
public sealed class Phrases
{
    private readonly FrozenDictionary<string, string> _english;
    private readonly FrozenDictionary<string, string> _chinese;

    /// <summary>Reads the texts of the given rooms' assemblies.</summary>
    /// <exception cref="ArgumentException">Two rooms use one key.</exception>
    public Phrases(params IReadOnlyList<Assembly> rooms)
    {
        _english = Load(rooms, "en");
        _chinese = Load(rooms, "zh");
    }

    /// <summary>All keys in a language, for the test that compares them.</summary>
    public IReadOnlyCollection<string> Keys(Language language) => Table(language).Keys;

    /// <summary>The sentence of a key with its placeholders filled; the key itself when it is unknown.</summary>
    public string Say(Language language, string key, params (string Name, object? Value)[] arguments)
    {
        var text = Table(language).GetValueOrDefault(key, key);
        foreach (var (name, value) in arguments)
        {
            text = text.Replace("{" + name + "}", Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The sentence of a finding: text <c>finding.CODE</c> with <c>{subject}</c> and its arguments.</summary>
    public string Say(Language language, Finding finding) =>
        Say(language, "finding." + finding.Code, [("subject", finding.Subject), .. finding.Arguments.Select(a => (a.Key, (object?)a.Value))]);

    private FrozenDictionary<string, string> Table(Language language) => language == Language.Chinese ? _chinese : _english;

    private static FrozenDictionary<string, string> Load(IReadOnlyList<Assembly> rooms, string language)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var room in rooms)
        {
            using var stream = room.GetManifestResourceStream($"Texts.{language}.json");
            if (stream is null)
            {
                continue; // a room without texts of its own
            }

            using var texts = JsonDocument.Parse(stream); // a serializer would be made at run time, at every start of a command
            foreach (var text in texts.RootElement.EnumerateObject())
            {
                if (!all.TryAdd(text.Name, text.Value.GetString()!))
                {
                    throw new ArgumentException($"Two rooms use the text key '{text.Name}'.", nameof(rooms));
                }
            }
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
