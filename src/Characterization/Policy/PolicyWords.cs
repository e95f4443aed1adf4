using Lantai.Characterization.Registry;

namespace Lantai.Characterization.Policy;

/// <summary>How verdicts, readabilities and families are written in policy files: their English names in lower case.</summary>
internal static class PolicyWords
{
    private static readonly Dictionary<string, FormatVerdict> Verdicts = Words<FormatVerdict>();
    private static readonly Dictionary<string, Readability> Readabilities = Words<Readability>();
    private static readonly Dictionary<string, FileFamily> Families = Words<FileFamily>();

    /// <summary>The word for a verdict, a readability or a family.</summary>
    public static string Write<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>The verdict that a word stands for.</summary>
    /// <exception cref="System.Text.Json.JsonException">It stands for none.</exception>
    public static FormatVerdict Verdict(string word) => Find(Verdicts, word);

    /// <summary>The readability that a word stands for.</summary>
    /// <exception cref="System.Text.Json.JsonException">It stands for none.</exception>
    public static Readability Readability(string word) => Find(Readabilities, word);

    /// <summary>The family that a word stands for.</summary>
    /// <exception cref="System.Text.Json.JsonException">It stands for none.</exception>
    public static FileFamily Family(string word) => Find(Families, word);

    private static T Find<T>(Dictionary<string, T> words, string word) => words.TryGetValue(word, out var value) ? value : throw StrictJson.Wrong("unknown-value");

    private static Dictionary<string, T> Words<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(Write, StringComparer.Ordinal);
}
