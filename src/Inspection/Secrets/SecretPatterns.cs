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
}

/// <summary>A pattern, with texts that it must and must not find.</summary>
/// <param name="Rule">What reports call it.</param>
/// <param name="Where">Where it is asked.</param>
/// <param name="Pattern">The pattern.</param>
/// <param name="Examples">Texts in which it finds something.</param>
/// <param name="Passes">Texts in which it finds nothing.</param>
internal sealed record SecretPattern(string Rule, SecretPlace Where, Regex Pattern, IReadOnlyList<string> Examples, IReadOnlyList<string> Passes);

/// <summary>How marks of state secrets, and words that a person must look at, are recognised: data (<c>secrets.json</c>).</summary>
/// <remarks>Immutable, safe for concurrent use. Every pattern runs in time that is linear in the text. Source: spec/formats/inspection.md.</remarks>
internal sealed class SecretPatterns
{
    private static readonly Lazy<SecretPatterns> Loaded = new(Load);

    private readonly HashSet<string> _fields;
    private readonly IReadOnlyList<Regex> _innocent;
    private readonly ValueList _list = ValueLists.Of("security-classification");

    private SecretPatterns(string version, HashSet<string> fields, IReadOnlyList<Regex> innocent, IReadOnlyList<SecretPattern> marks, IReadOnlyList<SecretPattern> doubts) =>
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
        var isField = piece.Field.Length > 0 && _fields.Contains(piece.Field.ToLowerInvariant());
        var mayHold = piece.Text.AsSpan().Contains(SecretText.Sign) || piece.Text.Contains("sec", StringComparison.OrdinalIgnoreCase);
        if (!isField && !mayHold)
        {
            return null;
        }

        var folded = SecretText.Fold(piece.Text);
        if (isField && ReferenceEquals(patterns, Marks) && _list.Refuses(SecretText.Compact(folded)))
        {
            return "field";
        }

        var asked = new AskedText(piece, WithoutInnocent(folded), isField);
        return patterns.FirstOrDefault(p => asked.Matches(p))?.Rule;
    }

    private string WithoutInnocent(string folded)
    {
        foreach (var pattern in _innocent)
        {
            folded = pattern.Replace(folded, "○");
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
            [.. root.GetProperty("innocent").EnumerateArray().Select(e => PatternOf(e, isSpaced: true))],
            [.. root.GetProperty("marks").EnumerateArray().Select(Read)],
            [.. root.GetProperty("doubts").EnumerateArray().Select(Read)]);
    }

    private static SecretPattern Read(JsonElement entry) => new(
        entry.GetProperty("rule").GetString()!,
        Enum.Parse<SecretPlace>(entry.GetProperty("where").GetString()!, ignoreCase: true),
        PatternOf(entry, isSpaced: false),
        Texts(entry, "examples"),
        Texts(entry, "passes"));

    // Innocent words are sought in a text that still has its blanks, as cells are told by them.
    private static Regex PatternOf(JsonElement entry, bool isSpaced)
    {
        var pattern = entry.GetProperty("pattern").GetString()!;
        return new Regex(isSpaced ? Regex.Replace(pattern, @"(?<=\p{IsCJKUnifiedIdeographs})(?=\p{IsCJKUnifiedIdeographs})", " *") : pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    private static List<string> Texts(JsonElement entry, string name) => [.. entry.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];
}

/// <summary>One piece of text in the forms that patterns ask for, each made when it is first asked for.</summary>
internal sealed class AskedText(TextPiece piece, string folded, bool isField)
{
    private const int MostHeading = 200;

    private readonly Lazy<string> _compact = new(() => SecretText.Compact(folded));
    private readonly Lazy<List<string>> _parts = new(() => [.. SecretText.Parts(folded, isApart: false)]);
    private readonly Lazy<List<string>> _words = new(() => [.. SecretText.Parts(folded, isApart: true)]);

    /// <summary>Whether a pattern finds something where it is asked.</summary>
    public bool Matches(SecretPattern pattern) => pattern.Where switch
    {
        SecretPlace.Line => _parts.Value.Exists(pattern.Pattern.IsMatch),
        SecretPlace.Top => (piece.IsTop || piece.Role is TextRole.Margin) && _words.Value.Exists(pattern.Pattern.IsMatch),
        SecretPlace.Field => isField && pattern.Pattern.IsMatch(_compact.Value),
        SecretPlace.Name => piece.Role is TextRole.Name && MatchesName(pattern),
        SecretPlace.Heading => piece.Text.Length <= MostHeading && (piece.IsTop || piece.Role is not TextRole.Body) && pattern.Pattern.IsMatch(_compact.Value),
        _ => pattern.Pattern.IsMatch(_compact.Value),
    };

    private bool MatchesName(SecretPattern pattern) =>
        folded.Split('/', '\\').Any(s => pattern.Pattern.IsMatch(s) || SecretText.Parts(s, isApart: true).Any(pattern.Pattern.IsMatch));
}
