using System.IO.Compression;
using System.Text;
using Lantai.Characterization.Registry;

namespace Lantai.Tests.Characterization.Registry;

/// <summary>Recognises files by the built-in patterns alone, slowly, and without the engine that they are written for.</summary>
internal static class BuiltInRecognition
{
    private static readonly IReadOnlyList<RegistryFormat> Formats = FormatFile.ReadBuiltIn();

    /// <summary>The ids of the formats that match and give way to none that matches.</summary>
    /// <param name="latin">The file's bytes as Latin-1 text.</param>
    /// <param name="entry">The content of an entry as Latin-1 text, null when there is none of that path; absent when the file is no zip.</param>
    public static string[] Identify(string latin, Func<string, string?>? entry = null)
    {
        var hits = Formats.Where(f => f.Signatures.Any(s => s.Sequences.All(q => PatternRegex.Matches(q, latin)))
            || (entry is not null && f.Containers.Any(c => c.Kind == ContainerKind.Zip && c.Files.All(p => entry(p.Path) is { } text && p.Sequences.All(q => PatternRegex.Matches(q, text)))))).ToList();
        var beaten = hits.SelectMany(h => h.Over).ToHashSet(StringComparer.Ordinal);
        return [.. hits.Select(h => h.Format.Id).Where(id => !beaten.Contains(id))];
    }

    /// <summary>The same for a zip.</summary>
    public static string[] IdentifyZip(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        return Identify(Encoding.Latin1.GetString(bytes), path => zip.GetEntry(path) is { } entry ? Text(entry) : null);
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open(), Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        return reader.ReadToEnd();
    }
}
