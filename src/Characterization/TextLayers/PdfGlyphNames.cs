using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using UglyToad.PdfPig.Fonts;

namespace Lantai.Characterization.TextLayers;

/// <summary>Which letters the names of glyphs stand for, by the Adobe Glyph List and its rules for names that are not in it.</summary>
/// <remarks>The list that PdfPig carries, but not its look-up: that one keeps every odd name that a file brings, and not safely.</remarks>
internal static class PdfGlyphNames
{
    private const int MostName = 64;

    private static readonly Lazy<FrozenDictionary<string, string>> List = new(ReadList);

    /// <summary>The letters of a name; null when it says nothing.</summary>
    public static string? Find(string name)
    {
        var end = name.IndexOf('.', StringComparison.Ordinal);
        var parts = name.Length > MostName ? [] : (end > 0 ? name[..end] : name).Split('_');
        var letters = string.Concat(parts.Select(p => FindPart(p) ?? "\0"));
        return letters.Length == 0 || letters.Contains('\0', StringComparison.Ordinal) ? null : letters;
    }

    private static string? FindPart(string name)
    {
        if (List.Value.GetValueOrDefault(name) is { } listed)
        {
            return listed;
        }

        // Chinese letters of a small font are named uniXXXX or uXXXX.
        var hex = name.StartsWith("uni", StringComparison.Ordinal) ? name[3..] : name.StartsWith('u') ? name[1..] : "";
        return hex.Length is >= 4 and <= 6 && int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var letter) && Rune.IsValid(letter)
            ? new Rune(letter).ToString()
            : null;
    }

    private static FrozenDictionary<string, string> ReadList()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        using var source = typeof(GlyphList).Assembly.GetManifestResourceStream("UglyToad.PdfPig.Fonts.Resources.GlyphList.glyphlist")
            ?? throw new InvalidOperationException("PdfPig carries no list of glyph names any more.");
        using var lines = new StreamReader(source, Encoding.ASCII);
        while (lines.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#' && line.Split(';') is [var name, var codes])
            {
                names[name] = string.Concat(codes.Split(' ').Select(c => new Rune(int.Parse(c, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString()));
            }
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
