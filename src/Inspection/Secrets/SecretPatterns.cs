using System.Text.Json;
using System.Text.RegularExpressions;
using Lantai.Characterization;
using Lantai.InformationPackages;

namespace Lantai.Inspection;

/// <summary>Where in a file a pattern is asked.</summary>
internal enum SecretPlace
{
    /// <summary>Anywhere.</summary>
    Any,

    /// <summary>Of what stands alone on a line or in a cell.</summary>
    Line,

    /// <summary>Of what stands apart at the top of a first page, in headers and footers.</summary>
    Top,

    /// <summary>Of the value of a field that holds the security classification.</summary>
    Field,

    /// <summary>Of names of files.</summary>
    Name,

    /// <summary>Of how values, names and first lines begin.</summary>
    Heading,

    /// <summary>Of how values and names begin, and not lines of the content.</summary>
    Said,
}

/// <summary>A pattern, with texts that it must and must not find.</summary>
/// <param name="Rule">What reports call it.</param>
/// <param name="Where">Where it is asked.</param>
/// <param name="Pattern">The pattern.</param>
/// <param name="Examples">Texts in which it finds something.</param>
/// <param name="Passes">Texts in which it finds nothing.</param>
internal sealed record SecretPattern(string Rule, SecretPlace Where, Regex Pattern, IReadOnlyList<string> Examples, IReadOnlyList<string> Passes)
{
    /// <summary>Whether it is asked of a text in which words that only mostly are innocent still stand.</summary>
    public bool IsStrict { get; init; }
}

/// <summary>How marks of state secrets, and words that a person must look at, are recognised: data (<c>secrets.json</c>).</summary>
/// <remarks>Immutable, safe for concurrent use. Every pattern runs in time that is linear in the text. Source: spec/formats/inspection.md.</remarks>
internal sealed class SecretPatterns
{
    private static readonly Lazy<SecretPatterns> Loaded = new(Load);

    private readonly HashSet<string> _fields;
    private readonly IReadOnlyList<InnocentWords> _innocent;
    private readonly ValueList _list = ValueLists.Of("security-classification");

    private SecretPatterns(string version, HashSet<string> fields, IReadOnlyList<InnocentWords> innocent, IReadOnlyList<SecretPattern> marks, IReadOnlyList<SecretPattern> doubts) =>
        (Version, _fields, _innocent, Marks, Doubts) = (version, fields, innocent, marks, doubts);

    /// <summary>Those of this program.</summary>
    public static SecretPatterns Current => Loaded.Value;

    /// <summary>The version.</summary>
    public string Version { get; }

    /// <summary>Patterns that refuse.</summary>
    public IReadOnlyList<SecretPattern> Marks { get; }

    /// <summary>Patterns that a person must look at.</summary>
    public IReadOnlyList<SecretPattern> Doubts { get; }

    /// <summary>The rule of the first mark in a piece of text; null when there is none.</summary>
    public string? FindMark(TextPiece piece) => Find(piece, Marks);

    /// <summary>The rule of the first word in a piece of text that a person must look at; null when there is none.</summary>
    public string? FindDoubt(TextPiece piece) => Find(piece, Doubts);

    private string? Find(TextPiece piece, IReadOnlyList<SecretPattern> patterns)
    {
        var isField = IsOfClassification(piece.Field);
        if (!isField && !SecretText.MayHold(piece.Text))
        {
            return null;
        }

        var folded = SecretText.Fold(piece.Text);
        if (isField && ReferenceEquals(patterns, Marks) && _list.Refuses(SecretText.Compact(folded)))
        {
            return "field";
        }

        var asked = new AskedText(piece, WithoutInnocent(folded, isStrict: true), () => WithoutInnocent(folded, isStrict: false), isField);
        return patterns.FirstOrDefault(p => asked.Matches(p))?.Rule;
    }

    // Names of fields in forms stand with blanks and colons: 密　级：
    private bool IsOfClassification(string field) =>
        field.Length > 0 && (_fields.Contains(field.ToLowerInvariant())
            || (field.Contains(SecretText.Sign, StringComparison.Ordinal) && _fields.Contains(SecretText.Compact(SecretText.Fold(field)).TrimEnd(':', '='))));

    private string WithoutInnocent(string folded, bool isStrict)
    {
        foreach (var words in _innocent.Where(w => w.IsStrict || !isStrict))
        {
            folded = words.TakeOut(folded);
        }

        return folded;
    }

    private static SecretPatterns Load()
    {
        using var stream = typeof(SecretPatterns).Assembly.GetManifestResourceStream("Secrets.secrets.json")!;
        using var json = JsonDocument.Parse(stream);
        var root = json.RootElement;
        return new SecretPatterns(
            root.GetProperty("version").GetString()!,
            new HashSet<string>(Texts(root, "fields"), StringComparer.Ordinal),
            [.. root.GetProperty("innocent").EnumerateArray().Select(InnocentWords.Read)],
            [.. root.GetProperty("marks").EnumerateArray().Select(Read)],
            [.. root.GetProperty("doubts").EnumerateArray().Select(Read)]);
    }

    private static SecretPattern Read(JsonElement entry) => new(
        entry.GetProperty("rule").GetString()!,
        Enum.Parse<SecretPlace>(entry.GetProperty("where").GetString()!, ignoreCase: true),
        new Regex(entry.GetProperty("pattern").GetString()!, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking),
        Texts(entry, "examples"),
        Texts(entry, "passes"))
    {
        IsStrict = entry.TryGetProperty("strict", out var strict) && strict.GetBoolean(),
    };

    private static List<string> Texts(JsonElement entry, string name) => [.. entry.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];
}

/// <summary>One piece of text in the forms that patterns ask for, each made when it is first asked for.</summary>
internal sealed class AskedText(TextPiece piece, string strict, Func<string> clean, bool isField)
{
    private const int MostHeading = 200;

    private readonly Lazy<string> _strict = new(() => SecretText.Compact(strict));
    private readonly Lazy<TextForms> _forms = new(() => new TextForms(clean()));

    /// <summary>Whether a pattern finds something where it is asked.</summary>
    public bool Matches(SecretPattern pattern) => pattern.Where switch
    {
        SecretPlace.Line => _forms.Value.Parts.Exists(pattern.Pattern.IsMatch),
        SecretPlace.Top => (piece.IsTop || piece.Role is TextRole.Margin) && _forms.Value.Words.Exists(pattern.Pattern.IsMatch),
        SecretPlace.Field => isField && pattern.Pattern.IsMatch(Compact(pattern)),
        SecretPlace.Name => piece.Role is TextRole.Name && MatchesName(pattern),
        SecretPlace.Heading => piece.Text.Length <= MostHeading && (piece.IsTop || piece.Role is not TextRole.Body) && pattern.Pattern.IsMatch(Compact(pattern)),
        SecretPlace.Said => piece.Text.Length <= MostHeading && piece.Role is not TextRole.Body && pattern.Pattern.IsMatch(Compact(pattern)),
        _ => pattern.Pattern.IsMatch(Compact(pattern)),
    };

    private string Compact(SecretPattern pattern) => pattern.IsStrict ? _strict.Value : _forms.Value.Compact;

    private bool MatchesName(SecretPattern pattern) =>
        _forms.Value.Text.Split('/', '\\').Any(s => pattern.Pattern.IsMatch(s) || SecretText.Parts(s, isApart: true).Any(pattern.Pattern.IsMatch));

    private sealed class TextForms(string text)
    {
        public string Text => text;

        public string Compact { get; } = SecretText.Compact(text);

        public List<string> Parts { get; } = [.. SecretText.Parts(text, isApart: false)];

        public List<string> Words { get; } = [.. SecretText.Parts(text, isApart: true)];
    }
}
