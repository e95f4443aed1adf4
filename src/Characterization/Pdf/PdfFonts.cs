using System.Runtime.CompilerServices;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.Pdf;

/// <summary>Finds fonts, and whether their programs are in the file (ISO 32000-1, 9.6 to 9.9).</summary>
internal sealed class PdfFonts(PdfObjects objects, PdfMarks marks)
{
    private const int MostFonts = 10_000;

    private readonly SortedSet<string> _all = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);
    private readonly HashSet<DictionaryToken> _seen = new(ReferenceComparer.Only);

    /// <summary>Looks at a dictionary: a font, or resources that name fonts.</summary>
    public void LookAt(DictionaryToken dictionary, string place)
    {
        if (objects.Name(dictionary, "Type") == "Font")
        {
            Note(dictionary, place);
        }

        if (dictionary.Data.TryGetValue("Font", out var named) && objects.Resolve(named) is DictionaryToken fonts && !fonts.Data.ContainsKey("FontName"))
        {
            // A font that does not say it is one is one all the same, for pages use it by this name.
            foreach (var font in fonts.Data.Values.Take(MostFonts).Select(objects.Dictionary))
            {
                if (font is not null && objects.Name(font, "Type") != "Font")
                {
                    marks.Odd(place, "pdf-font");
                    Note(font, place);
                }
            }
        }
    }

    /// <summary>Sets the properties.</summary>
    public void Tell()
    {
        marks.Set("fonts", _all);
        marks.Set("fonts-not-embedded", _missing);
    }

    private void Note(DictionaryToken font, string place)
    {
        if (_seen.Count >= MostFonts || !_seen.Add(font))
        {
            return;
        }

        var kind = objects.Name(font, "Subtype");
        var name = WithoutTag(objects.Name(font, "BaseFont"));
        if (kind is "CIDFontType0" or "CIDFontType2")
        {
            // Part of a composite font, which is noted by its own name.
            return;
        }

        if (kind is not ("Type0" or "Type1" or "MMType1" or "TrueType" or "Type3") || (name is null && kind != "Type3"))
        {
            marks.Odd(place, "pdf-font");
        }

        var called = name ?? objects.Name(font, "Name") ?? kind ?? "?";
        _ = _all.Add(called);
        if (kind != "Type3" && !IsEmbedded(font, kind))
        {
            _ = _missing.Add(called);
        }
    }

    private bool IsEmbedded(DictionaryToken font, string? kind)
    {
        var holder = kind == "Type0" && objects.Get(font, "DescendantFonts") is ArrayToken { Length: > 0 } parts ? objects.Dictionary(parts[0]) : font;
        return objects.Dictionary(holder?.Data.GetValueOrDefault("FontDescriptor")) is { } descriptor
            && (objects.Get(descriptor, "FontFile") is StreamToken || objects.Get(descriptor, "FontFile2") is StreamToken || objects.Get(descriptor, "FontFile3") is StreamToken);
    }

    // A subset is called ABCDEF+Name: the tag says nothing about the font.
    private static string? WithoutTag(string? name) => name is { Length: > 7 } && name[6] == '+' && name.AsSpan(0, 6).IndexOfAnyExceptInRange('A', 'Z') < 0 ? name[7..] : name;

    private sealed class ReferenceComparer : IEqualityComparer<DictionaryToken>
    {
        public static readonly ReferenceComparer Only = new();

        public bool Equals(DictionaryToken? x, DictionaryToken? y) => ReferenceEquals(x, y);

        public int GetHashCode(DictionaryToken obj) => RuntimeHelpers.GetHashCode(obj);
    }
}
