using System.IO.Compression;
using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Characterization.Registry;

namespace Lantai.Tests.Characterization.Registry;

/// <summary>Recognises files by the built-in patterns, once by the engine and once slowly without it: both must say the same.</summary>
internal static class BuiltInRecognition
{
    private static readonly IReadOnlyList<RegistryFormat> Formats = FormatFile.ReadBuiltIn();

    /// <summary>The ids of the formats that match and give way to none that matches.</summary>
    /// <param name="latin">The file's bytes as Latin-1 text.</param>
    /// <param name="entry">The content of an entry as Latin-1 text, null when there is none of that path; absent when the file is no zip.</param>
    public static string[] Identify(string latin, Func<string, string?>? entry = null)
    {
        var hits = Formats.Where(f => f.Signatures.Any(s => s.Sequences.All(q => PatternRegex.Matches(q, latin)))
            || (entry is not null && f.Containers.Any(c => c.Kind == ContainerKind.Zip && c.Files.All(p => entry(p.Path) is { } text && p.Signatures.All(s => s.Sequences.All(q => PatternRegex.Matches(q, text))))))).ToList();
        var beaten = hits.SelectMany(h => h.Over).ToHashSet(StringComparer.Ordinal);
        string[] slowly = [.. hits.Select(h => h.Format.Id).Where(id => !beaten.Contains(id))];
        Assert.Equal(slowly.Order(StringComparer.Ordinal), Engine(Encoding.Latin1.GetBytes(latin)).Order(StringComparer.Ordinal));
        return slowly;
    }

    /// <summary>The same for a zip.</summary>
    public static string[] IdentifyZip(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        return Identify(Encoding.Latin1.GetString(bytes), path => zip.GetEntry(path) is { } entry ? Text(entry) : null);
    }

    private static IEnumerable<string> Engine(byte[] bytes) =>
        new FormatIdentifier(FormatRegistry.BuiltIn).Identify(FileContent.Of(bytes), "").Candidates.Where(c => c.Basis <= IdentificationBasis.Signature).Select(c => c.Format.Id);

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open(), Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        return reader.ReadToEnd();
    }
}
