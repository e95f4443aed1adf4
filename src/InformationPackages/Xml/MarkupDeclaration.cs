using System.Text;
using System.Text.RegularExpressions;
using Lantai.Words;

namespace Lantai.InformationPackages.Xml;

/// <summary>What the beginning of a file says of its encoding: a byte order mark, the declaration, or nothing (XML 1.0, appendix F).</summary>
/// <param name="Encoding">The encoding to read it in.</param>
/// <param name="Said">The encoding as it was said.</param>
/// <param name="HasMark">Whether a byte order mark stands in front.</param>
/// <param name="Head">The bytes already read.</param>
internal sealed partial record MarkupDeclaration(MarkupEncoding Encoding, string Said, bool HasMark, ReadOnlyMemory<byte> Head)
{
    private const int MostHead = 1024;

    /// <summary>Reads the beginning; null when the encoding is unknown or contradicts the mark. One that is not allowed is told and read.</summary>
    public static MarkupDeclaration? Read(Stream stream, MarkupReading reading, Action<Finding> findings)
    {
        var head = new byte[MostHead];
        var bytes = head.AsMemory(0, stream.ReadAtLeast(head, MostHead, throwOnEndOfStream: false));
        var marked = Marked(bytes.Span);
        var wide = marked ?? Wide(bytes.Span);
        var said = Declared(Latin(bytes.Span, wide));
        var named = said is null ? null : MarkupEncoding.Find(said);
        if (said is not null && named is null)
        {
            findings(Finding.Error("PKG-104", reading.Subject, ("declared", said), ("allowed", Allowed(reading))));
            return null;
        }

        if (named is not null && (wide ?? named).Name != named.Name)
        {
            findings(Finding.Error("PKG-103", reading.Subject, ("declared", said!), ("line", 1), ("offset", 0)));
            return null;
        }

        // A wide encoding is known by its bytes; "UTF-16" alone does not say which byte comes first.
        var encoding = wide ?? named ?? MarkupEncoding.Utf8;
        if (!reading.Encodings.Any(e => e.Name == encoding.Name))
        {
            findings(Finding.Error("PKG-105", reading.Subject, ("declared", said ?? encoding.Name), ("allowed", Allowed(reading))));
        }

        return new MarkupDeclaration(encoding, said ?? encoding.Name, marked is not null, bytes);
    }

    private static string Allowed(MarkupReading reading) => string.Join(", ", reading.Encodings.Select(e => e.Name).Distinct());

    private static MarkupEncoding? Marked(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => MarkupEncoding.Utf8,
        [0xFF, 0xFE, ..] => MarkupEncoding.Utf16,
        [0xFE, 0xFF, ..] => MarkupEncoding.Utf16Big,
        _ => null,
    };

    private static MarkupEncoding? Wide(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'<', 0, ..] => MarkupEncoding.Utf16,
        [0, (byte)'<', ..] => MarkupEncoding.Utf16Big,
        _ => null,
    };

    // The declaration is ASCII in every encoding that can be read here, but for the zero bytes of the wide ones.
    private static string Latin(ReadOnlySpan<byte> bytes, MarkupEncoding? wide) =>
        System.Text.Encoding.Latin1.GetString(bytes).Replace("\0", wide?.Name == "UTF-16" ? "" : "\0", StringComparison.Ordinal);

    private static string? Declared(string head) =>
        Declaration().Match(head) is { Success: true } found ? found.Groups["name"].Value : null;

    [GeneratedRegex("""^[^<]{0,3}<\?xml\s[^>]*?\bencoding\s*=\s*["'](?<name>[A-Za-z][A-Za-z0-9._\-]*)["']""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Declaration();
}
