using System.Text;
using Lantai.Evidence;
using Lantai.StoreFormat;

namespace Lantai.Inspection;

/// <summary>The text under a kit that the store signs: what the lines above it come to.</summary>
/// <param name="Origin">The name of the log.</param>
/// <param name="Lines">How many lines there are.</param>
/// <param name="Sha256">SHA-256 of the lines, each with its newline, in hexadecimal.</param>
/// <param name="Source">The source system that the kit is for.</param>
/// <remarks>spec/formats/inspection-kit.md.</remarks>
internal sealed record KitSeal(string Origin, long Lines, string Sha256, string Source)
{
    public const string Title = "lantai kit v1";

    public static string TextOf(string origin, JsonMap map) => $"{Title}\n{origin}\n{Encoding.UTF8.GetString(CanonicalJson.Write(map))}\n";

    /// <summary>Reads the text of a note; null when it has not the form.</summary>
    public static KitSeal? Read(SignedNote note) =>
        note.Text.Split('\n', 5) is [Title, { Length: > 0 } origin, var json, ""] && CanonicalJson.TryRead(Encoding.UTF8.GetBytes(json), out var map)
        && map.Number("lines") is { } lines && map.Text("sha256") is { } sha256 && map.Text("source") is { } source
            ? new KitSeal(origin, lines, sha256, source)
            : null;
}
