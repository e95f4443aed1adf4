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
    private readonly Dictionary<string, string> _english;
    private readonly Dictionary<string, string> _chinese;

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

    /// <summary>
    /// The sentence of a finding: text <c>finding.CODE</c> with <c>{subject}</c> and its arguments. An argument that is itself
    /// the rest of a key, <c>NAME.VALUE</c> such as <c>fault.cut-off</c>, is said by that text.
    /// </summary>
    public string Say(Language language, Finding finding) => Say(language, "finding." + finding.Code, Arguments(language, finding));

    /// <summary>
    /// A text about a finding beside its sentence, such as <c>expected.CODE</c>, filled as the sentence is; null when there is none.
    /// </summary>
    /// <param name="language">The language.</param>
    /// <param name="part">What stands in front of the code.</param>
    /// <param name="finding">The finding.</param>
    public string? SayPart(Language language, string part, Finding finding)
    {
        var key = part + "." + finding.Code;
        return Table(language).ContainsKey(key) ? Say(language, key, Arguments(language, finding)) : null;
    }

    private (string Name, object? Value)[] Arguments(Language language, Finding finding) =>
        [("subject", finding.Subject), .. finding.Arguments.Select(a => (a.Key, (object?)Table(language).GetValueOrDefault(a.Key + "." + a.Value, a.Value)))];

    private Dictionary<string, string> Table(Language language) => language == Language.Chinese ? _chinese : _english;

    private static Dictionary<string, string> Load(IReadOnlyList<Assembly> rooms, string language)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var room in rooms)
        {
            using var stream = room.GetManifestResourceStream($"Texts.{language}.json");
            if (stream is null)
            {
                continue; // a room without texts of its own
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            Read(bytes, all);
        }

        return all;
    }

    // By the reader alone: a serializer builds itself at every start of the program, and takes longer than all else there.
    private static void Read(byte[] json, Dictionary<string, string> texts)
    {
        var reader = new Utf8JsonReader(json);
        for (string? key = null; reader.Read();)
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                key = reader.GetString();
            }
            else if (reader.TokenType == JsonTokenType.String && !texts.TryAdd(key!, reader.GetString()!))
            {
                throw new ArgumentException($"Two rooms use the text key '{key}'.", nameof(texts));
            }
        }
    }
}
