using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>What all registers ask of what is entered, and how they write it down.</summary>
internal static class Entry
{
    /// <summary>The most characters of a name.</summary>
    public const int NameLength = 200;

    /// <summary>The most characters of a reason or a citation.</summary>
    public const int ReasonLength = 1000;

    private const int ShownLength = 100;

    /// <summary>An event about a thing that is known already, or about a new one.</summary>
    public static EventDraft Draft(string type, Document? known, JsonMap body) =>
        new(type, known?.Text(RegisterView.Subject) ?? Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture)) { Body = body };

    /// <summary>Whether what is registered already says all that is to be entered: then nothing needs to happen.</summary>
    public static bool IsSaid(Document? known, JsonMap body, IEnumerable<string> members) =>
        known is not null && members.All(name => AreEqual(known.Members.GetValueOrDefault(name), body.Members.GetValueOrDefault(name)));

    /// <summary>A document of a view; null when it would be larger than one can be, which no event of ours makes.</summary>
    public static Document? Fit(JsonMap map) => CanonicalJson.Write(map).Length <= Document.MaxSize ? new Document(map) : null;

    /// <summary>Findings about a text: missing (REC-002), too long or not printable (REC-003).</summary>
    /// <param name="subject">What it belongs to.</param>
    /// <param name="field">Its name; the text <c>field.NAME</c> says it to people.</param>
    /// <param name="text">The text.</param>
    /// <param name="most">The most characters.</param>
    /// <param name="isRequired">Whether it must be there.</param>
    public static IEnumerable<Finding> Check(string subject, string field, string? text, int most, bool isRequired = true)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return isRequired ? [Finding.Error("REC-002", subject, ("field", field))] : [];
        }

        return text.Length > most || text.Any(c => char.IsControl(c)) || HasLoneSurrogate(text)
            ? [Finding.Error("REC-003", subject, ("field", field), ("length", text.Length), ("most", most))]
            : [];
    }

    /// <summary>A text from outside as an argument of a finding: cut, so that a sentence stays one.</summary>
    public static string Shown(string? text) => text is null ? "" : text.Length <= ShownLength ? text : text[..(char.IsHighSurrogate(text[ShownLength - 1]) ? ShownLength - 1 : ShownLength)] + "…";

    /// <summary>A list member of a detail; none when there is nothing in it.</summary>
    public static IEnumerable<object>? Listed(IReadOnlyList<string> values) => values.Count == 0 ? null : values;

    /// <summary>A day as details hold it: <c>yyyy-MM-dd</c>.</summary>
    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A day as details hold it; null when there is none or it is malformed.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreEqual(object? left, object? right) =>
        left is IReadOnlyList<object> a && right is IReadOnlyList<object> b ? a.SequenceEqual(b) : Equals(left, right);
}
