using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lantai.Inspection;

/// <summary>Words in which a word of secrecy tells of no secret, such as 商业秘密; they are taken out before patterns are asked.</summary>
/// <param name="Pattern">The words.</param>
/// <param name="IsStrict">Whether they are taken out before every pattern, or only before those that are not strict.</param>
/// <remarks>Immutable. Runs in time that is linear in the text.</remarks>
internal sealed record InnocentWords(Regex Pattern, bool IsStrict)
{
    private const string Levels = "绝机秘";

    private string NotBefore { get; init; } = "";

    private string NotAfter { get; init; } = "";

    private bool IsList { get; init; }

    private bool IsApart { get; init; }

    /// <summary>Reads an entry of <c>innocent</c>.</summary>
    public static InnocentWords Read(JsonElement entry)
    {
        // They are sought in a text that still has its blanks, as cells are told by them.
        var pattern = Regex.Replace(entry.GetProperty("pattern").GetString()!, @"(?<=\p{IsCJKUnifiedIdeographs})(?=\p{IsCJKUnifiedIdeographs})", " *");
        return new InnocentWords(new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking), Is(entry, "strict"))
        {
            NotBefore = Signs(entry, "notBefore"),
            NotAfter = Signs(entry, "notAfter"),
            IsList = Is(entry, "list"),
            IsApart = Is(entry, "apart"),
        };
    }

    /// <summary>The text with a sign in their place.</summary>
    public string TakeOut(string folded) => Pattern.Replace(folded, m => IsInnocent(folded, m) ? "○" : m.Value);

    // What stands around them decides: a star behind a list makes a mark of its last word, and a tick chooses it.
    private bool IsInnocent(string text, Match words)
    {
        var after = text.AsSpan(words.Index + words.Length).TrimStart();
        var before = text.AsSpan(0, words.Index).TrimEnd();
        return (after.IsEmpty || !NotBefore.Contains(after[0], StringComparison.Ordinal))
            && (before.IsEmpty || !NotAfter.Contains(before[^1], StringComparison.Ordinal))
            && (!IsApart || words.Index == 0 || !char.IsLetter(text[words.Index - 1]))
            && (!IsList || Levels.Count(l => words.Value.Contains(l, StringComparison.Ordinal)) > 1);
    }

    private static bool Is(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) && value.GetBoolean();

    private static string Signs(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString()! : "";
}
