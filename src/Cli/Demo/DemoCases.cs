using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Lantai.Cli.Demo;

/// <summary>
/// Writes a folder of invented government service cases (办件), each child one submission: folders, one zip, one
/// BagIt bag. Every run writes the same bytes; names, numbers and companies are made up and cannot be real.
/// </summary>
internal static class DemoCases
{
    /// <summary>Writes the cases under <paramref name="folder"/>, which is made when missing, and gives their paths in order.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var written = new List<string>();
        foreach (var item in DemoCatalogue.Cases)
        {
            var papers = DemoPapers.Of(item);
            (string Path, byte[] Content)[] files = [(DemoCaseXml.Name, DemoCaseXml.Write(item, papers)), .. papers.Select(p => (p.Path, p.Content))];
            var target = Path.Combine(folder, item.Title);
            switch (item.Shape)
            {
                case DemoShape.Zip:
                    target += ".zip";
                    Directory.CreateDirectory(folder);
                    File.WriteAllBytes(target, Zip(files, item.Archived));
                    File.SetLastWriteTimeUtc(target, item.Archived.UtcDateTime);
                    break;
                case DemoShape.Bag:
                    WriteFolder(target, Bag(item, files), item.Archived);
                    break;
                default:
                    WriteFolder(target, files, item.Archived);
                    break;
            }

            written.Add(target);
        }

        return written;
    }

    /// <summary>The times of the files are the archiving time: a declared time must not differ from run to run either.</summary>
    private static void WriteFolder(string target, IEnumerable<(string Path, byte[] Content)> files, DateTimeOffset time)
    {
        foreach (var (name, content) in files)
        {
            var path = Path.Combine([target, .. name.Split('/')]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
            File.SetLastWriteTimeUtc(path, time.UtcDateTime);
        }
    }

    private static byte[] Zip(IEnumerable<(string Path, byte[] Content)> files, DateTimeOffset time)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (name, content) in files)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = time;
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Source: RFC 8493. The payload moves below <c>data/</c>; the tag manifest comes last because it covers the rest.</summary>
    private static List<(string Path, byte[] Content)> Bag(DemoCase item, IReadOnlyList<(string Path, byte[] Content)> files)
    {
        List<(string Path, byte[] Content)> payload = [.. files.Select(f => ("data/" + f.Path, f.Content))];
        var total = payload.Sum(f => (long)f.Content.Length);
        List<(string Path, byte[] Content)> tags =
        [
            ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"u8.ToArray()),
            ("bag-info.txt", Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"Source-Organization: {item.Agency}\nExternal-Identifier: {item.Number}\nExternal-Description: {item.Item}\nBagging-Date: {item.Archived:yyyy-MM-dd}\nPayload-Oxum: {total}.{payload.Count}\n"))),
            ("manifest-sha256.txt", Manifest(payload)),
        ];
        return [.. payload, .. tags, ("tagmanifest-sha256.txt", Manifest(tags))];
    }

    private static byte[] Manifest(IEnumerable<(string Path, byte[] Content)> files) =>
        Encoding.UTF8.GetBytes(string.Concat(files.Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(f.Content))}  {f.Path}\n")));
}
