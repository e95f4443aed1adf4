using System.Buffers;
using System.Text.Json;

namespace Lantai.Characterization.Registry;

/// <summary>How ids and classes of formats are written in registry and policy files.</summary>
internal static class FormatIds
{
    private const int MostId = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-./");

    private static readonly Dictionary<string, FormatClass> Classes = Enum.GetValues<FormatClass>().ToDictionary(Write, StringComparer.Ordinal);

    /// <summary>An id: lower-case letters, digits, <c>-</c>, <c>.</c> and <c>/</c>, at most 64.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static string Checked(string id) =>
        id.Length is > 0 and <= MostId && !id.AsSpan().ContainsAnyExcept(Allowed) ? id : throw StrictJson.Wrong("no-id");

    /// <summary>The class that a word stands for.</summary>
    /// <exception cref="JsonException">It stands for none.</exception>
    public static FormatClass Class(string word) => Classes.TryGetValue(word, out var found) ? found : throw StrictJson.Wrong("unknown-value");

    /// <summary>The word for a class.</summary>
    public static string Write(FormatClass kind) => kind.ToString().ToLowerInvariant();
}
