using System.Text.Json.Nodes;
using Lantai.Characterization.Identification;
using Lantai.Cli.Output;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Cli.Commands;

/// <summary>What was found at files, as <c>show</c> tells it.</summary>
internal static class ShownCharacter
{
    // What a reader asks for first; all of it stands in the JSON.
    private static readonly string[] Shown =
    [
        "pages", "slides", "sheets", "words", "width", "height", "duration-ms", "pdfa-part", "pdfa-level", "encoding", "xml-root", "fonts-not-embedded", "signatures",
        "attachments", "video-codec", "audio-codec", "entries", "creating-program", "producer", "outside-readers",
    ];

    /// <summary>The formats of a version, counted.</summary>
    public static void Write(Report report, FormatRegistry registry, JsonMap counted)
    {
        report.Set("characterization", JsonNode.Parse(CanonicalJson.Write(counted)));
        report.Say("show.formats", ("registry", counted.Text("registry")));
        report.Rows([.. (counted.List("formats") ?? []).OfType<JsonMap>().Select(f => new[]
        {
            "  " + NameOf(report, registry, f.Text("format")), f.Text("format") ?? "", report.Speech.Say("readability." + (f.Text("readability") ?? "notexamined")),
            f.Text("verdict") is { } verdict ? report.Speech.Say("policy.verdict." + verdict) : "", Amounts.Count(f.Number("files") ?? 0), Amounts.Bytes(f.Number("bytes") ?? 0),
        })]);
    }

    /// <summary>What was found at one file: a line below its own.</summary>
    public static void Write(Report report, FormatRegistry registry, ManifestEntry entry)
    {
        var (say, map) = (report.Speech, entry.Characterization!);
        var parts = new List<string> { NameOf(report, registry, entry.Format) + (entry.Format is { } id ? $" ({id})" : "") };
        if (map.Text("readability") is { } readability)
        {
            parts.Add(say.Say("readability." + readability));
        }

        if (map.Text("verdict") is { } verdict)
        {
            parts.Add(say.Say("policy.verdict." + verdict));
        }

        parts.AddRange(Marks(map, "encryption", say));
        parts.AddRange(Marks(map, "active", say));
        var technical = map.Map("technical")?.Members ?? new Dictionary<string, object>();
        foreach (var name in Shown.Where(technical.ContainsKey))
        {
            var value = technical[name];
            parts.Add($"{say.Say("technical." + name)} {(value is IReadOnlyList<object> list ? string.Join(", ", list.Take(3)) : value)}");
        }

        report.Write($"              {Amounts.Harmless(string.Join(" · ", parts))}");
    }

    private static IEnumerable<string> Marks(JsonMap map, string kind, Speech say) =>
        (map.List(kind) ?? []).OfType<JsonMap>().Select(m => say.Say(kind + "." + m.Text("kind"))).Distinct();

    private static string NameOf(Report report, FormatRegistry registry, string? id) =>
        id is null ? report.Speech.Say("format.unknown")
        : registry.Find(id) is not { } format ? id
        : report.Speech.Language == Language.Chinese && format.ChineseName is { } chinese ? chinese : format.NameWithVersion;
}
