using System.Text;
using System.Text.Unicode;
using Lantai.Characterization.Matching;

namespace Lantai.Characterization.Identification;

/// <summary>What kind of text bytes are.</summary>
internal enum TextKind
{
    /// <summary>No text.</summary>
    None,

    /// <summary>ASCII, UTF-8, or UTF-16 with its mark.</summary>
    Unicode,

    /// <summary>GB 18030, and not UTF-8.</summary>
    Gb18030,
}

/// <summary>Tells whether bytes are text that people read: UTF-8, GB18030 or UTF-16 with its mark, and no control characters.</summary>
internal static class TextSniff
{
    private const int Most = 4096;

    public static TextKind Find(in FileWindows windows)
    {
        var start = windows.Head[..Math.Min(windows.Head.Length, Most)];
        if (start.Length == 0)
        {
            return TextKind.None;
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return TextKind.Unicode;
        }

        return start.ContainsAnyInRange((byte)0, (byte)8) || start.ContainsAnyInRange((byte)14, (byte)26) ? TextKind.None
            : IsUtf8(start) ? TextKind.Unicode
            : IsGb18030(start) ? TextKind.Gb18030 : TextKind.None;
    }

    // The last character may be cut in two by the window.
    private static bool IsUtf8(ReadOnlySpan<byte> start)
    {
        for (var cut = 0; cut < Math.Min(4, start.Length); cut++)
        {
            if (Utf8.IsValid(start[..^cut]))
            {
                return true;
            }
        }

        return false;
    }

    // Lead and trail bytes of two- and four-byte characters (GB 18030, clause 7).
    private static bool IsGb18030(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length;)
        {
            if (bytes[i] < 0x80)
            {
                i++;
                continue;
            }

            if (bytes[i] is 0x80 or 0xFF)
            {
                return false;
            }

            if (i + 1 >= bytes.Length)
            {
                return true;
            }

            var isFour = bytes[i + 1] is >= 0x30 and <= 0x39;
            if (!isFour && bytes[i + 1] is < 0x40 or 0x7F or 0xFF)
            {
                return false;
            }

            i += isFour ? 4 : 2;
        }

        return true;
    }
}
