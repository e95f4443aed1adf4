using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lantai.Tests.House;

namespace Lantai.Tests.Vectors;

/// <summary>The examples on the pages: a marker names a piece, the block behind it shows the piece's bytes.</summary>
internal static partial class Examples
{
    /// <summary>Every example of every page.</summary>
    public static IEnumerable<(string Page, string Piece, string Shown)> All() =>
        Tree.Files("spec/formats", "*.md").SelectMany(page => Marked().Matches(Tree.Read(page)).Select(m => (page, m.Groups["piece"].Value, m.Groups["shown"].Value)));

    public static void Renew()
    {
        foreach (var page in Tree.Files("spec/formats", "*.md").ToList())
        {
            var text = Tree.Read(page);
            File.WriteAllText(Path.Combine(Tree.Root, page), Marked().Replace(text, m => $"<!-- example: {m.Groups["piece"].Value} -->\n```\n{Show(Piece.Bytes(m.Groups["piece"].Value))}```\n"));
        }
    }

    /// <summary>The bytes that a block shows: a dump when each line begins with an offset, else text.</summary>
    public static byte[] Parse(string shown)
    {
        if (!shown.StartsWith("00000000  ", StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetBytes(shown);
        }

        var (bytes, line) = (new List<byte>(), Array.Empty<byte>());
        foreach (var row in shown.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(r => r != "*"))
        {
            var offset = int.Parse(row.AsSpan(0, 8), NumberStyles.HexNumber);
            while (bytes.Count < offset)
            {
                bytes.AddRange(line); // a star: the line before, again and again
            }

            line = row.Length > 8 ? Convert.FromHexString(row[10..Math.Min(row.Length, 58)].Replace(" ", "", StringComparison.Ordinal)) : [];
            bytes.AddRange(line);
        }

        return [.. bytes];
    }

    private static string Show(byte[] bytes)
    {
        if (bytes.All(b => b is (byte)'\n' or >= 32) && bytes[0] is (byte)'{' or (byte)'l')
        {
            var text = Encoding.UTF8.GetString(bytes);
            return text.EndsWith('\n') ? text : text + "\n";
        }

        var (dump, before, starred) = (new StringBuilder(), "", false);
        for (var at = 0; at < bytes.Length; at += 16)
        {
            var line = bytes.AsSpan(at, Math.Min(16, bytes.Length - at));
            var hex = string.Join(' ', line.ToArray().Select(b => b.ToString("x2")));
            if (hex == before && line.Length == 16)
            {
                _ = starred ? dump : dump.Append("*\n");
                starred = true;
                continue;
            }

            (before, starred) = (hex, false);
            _ = dump.Append(at.ToString("x8")).Append("  ").Append(hex.PadRight(48)).Append(" |")
                .Append(string.Concat(line.ToArray().Select(b => b is >= 32 and < 127 ? (char)b : '.'))).Append("|\n");
        }

        return dump.Append(bytes.Length.ToString("x8")).Append('\n').ToString();
    }

    [GeneratedRegex(@"<!-- example: (?<piece>[\w-]+) -->\n```\n(?<shown>.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
