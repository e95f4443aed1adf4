using System.Globalization;
using System.Text;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>What the log key signs: the tree's size and root hash.</summary>
/// <param name="Origin">The log's name, <c>lantai/&lt;store id&gt;</c>.</param>
/// <param name="Size">Number of leaves.</param>
/// <param name="Root">RFC 6962 root hash over them.</param>
/// <remarks>spec/formats/checkpoint.md.</remarks>
public sealed record Checkpoint(string Origin, long Size, Digest Root)
{
    /// <summary>The text that is signed: three lines.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.ToArray())}\n");

    /// <summary>Reads the text of a note; further lines are ignored.</summary>
    public static bool TryRead(string text, out Checkpoint checkpoint)
    {
        checkpoint = null!;
        var lines = text.Split('\n');
        var hash = new byte[64];
        if (lines.Length < 4 || lines[0].Length == 0 || lines[1].Length > 19
            || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || size.ToString(CultureInfo.InvariantCulture) != lines[1]
            || lines[2].Length != 44 || !Convert.TryFromBase64String(lines[2], hash, out var length) || length != Digest.Size
            || Convert.ToBase64String(hash.AsSpan(0, length)) != lines[2])
        {
            return false;
        }

        checkpoint = new Checkpoint(lines[0], size, new Digest(hash.AsSpan(0, Digest.Size)));
        return true;
    }
}

/// <summary>The statement by which an old log key names its successor; a signed note by both keys.</summary>
/// <remarks>spec/formats/checkpoint.md and spec/formats/event.md, row "key rotated".</remarks>
public static class RotationStatement
{
    private const string Title = "lantai key rotation v1";

    /// <summary>The text that both keys sign.</summary>
    public static string Write(string origin, string oldKey, string newKey) => $"{Title}\n{origin}\n{oldKey}\n{newKey}\n";

    /// <summary>Reads the text of such a note.</summary>
    public static bool TryRead(string text, out string origin, out string oldKey, out string newKey)
    {
        var lines = text.Split('\n');
        var good = lines.Length == 5 && lines[0] == Title && lines[4].Length == 0;
        (origin, oldKey, newKey) = good ? (lines[1], lines[2], lines[3]) : ("", "", "");
        return good;
    }
}
