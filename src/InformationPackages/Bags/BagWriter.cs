using System.Text;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>Writes the tag files of a BagIt 1.0 bag, in UTF-8 with LF (RFC 8493).</summary>
/// <remarks>Pure functions over the stream given; nothing is held back.</remarks>
public static class BagWriter
{
    /// <summary>Writes bagit.txt.</summary>
    public static void WriteDeclaration(Stream target) =>
        target.Write("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"u8);

    /// <summary>Writes bag-info.txt. Line breaks inside a value become continuation lines.</summary>
    /// <exception cref="ArgumentException">A label is empty or holds a colon, a line break or outer blanks.</exception>
    public static void WriteMetadata(Stream target, IEnumerable<KeyValuePair<string, string>> fields)
    {
        foreach (var (label, value) in fields)
        {
            if (label.Length == 0 || label.Trim() != label || label.AsSpan().ContainsAny(":\r\n"))
            {
                throw new ArgumentException($"'{label}' cannot be a label.", nameof(fields));
            }

            var lines = value.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            target.Write(Encoding.UTF8.GetBytes($"{label}: {string.Join("\n  ", lines)}\n"));
        }
    }

    /// <summary>
    /// Writes manifest-sha256.txt or tagmanifest-sha256.txt: a line for each path, relative to the bag, in the order given.
    /// Line breaks and percent signs in paths are encoded.
    /// </summary>
    /// <exception cref="ArgumentException">A path is not UTF-8, as the tag files are.</exception>
    public static void WriteManifest(Stream target, IEnumerable<(EntryName Path, Digest Digest)> files)
    {
        foreach (var (path, digest) in files)
        {
            if (!path.IsUtf8)
            {
                throw new ArgumentException($"The path {path.Display} is not UTF-8.", nameof(files));
            }

            target.Write(Encoding.UTF8.GetBytes($"{digest}  {Encode(path.Display)}\n"));
        }
    }

    /// <summary>The value of Payload-Oxum: total bytes, a dot, number of files.</summary>
    public static string MakeOxum(long bytes, long count) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes}.{count}");

    private static string Encode(string path) =>
        path.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);
}
