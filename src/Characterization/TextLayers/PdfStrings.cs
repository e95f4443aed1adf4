using System.Globalization;
using System.Text;

namespace Lantai.Characterization.TextLayers;

/// <summary>The bytes of strings as they stand in PDF syntax.</summary>
internal static class PdfStrings
{
    /// <summary>The bytes of a literal or hexadecimal string, given with its delimiters (ISO 32000-1, 7.3.4).</summary>
    public static byte[] Decode(ReadOnlySpan<byte> text) => text.IsEmpty ? [] : text[0] == '<' ? Hexadecimal(text) : Literal(text[1..^1]);

    /// <summary>A name, given without its slash: bytes may be written as escapes (ISO 32000-1, 7.3.5).</summary>
    public static string Name(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'#'))
        {
            return Encoding.UTF8.GetString(text);
        }

        var (bytes, count) = (new byte[text.Length], 0);
        for (var at = 0; at < text.Length; at++)
        {
            var isEscape = byte.TryParse(text[at] == '#' && at + 2 < text.Length ? text.Slice(at + 1, 2) : default, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
            bytes[count++] = isEscape ? value : text[at];
            at += isEscape ? 2 : 0;
        }

        return Encoding.UTF8.GetString(bytes, 0, count);
    }

    /// <summary>A string that is meant to be read, not shown (ISO 32000-1, 7.9.2.2).</summary>
    public static string Words(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes[2..]),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes[2..]),
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes[3..]),
        _ => Encoding.Latin1.GetString(bytes),
    };

    private static byte[] Hexadecimal(ReadOnlySpan<byte> text)
    {
        var (bytes, high, count) = (new byte[(text.Length / 2) + 1], -1, 0);
        foreach (var one in text)
        {
            var digit = one switch { >= (byte)'0' and <= (byte)'9' => one - '0', >= (byte)'a' and <= (byte)'f' => one - 'a' + 10, >= (byte)'A' and <= (byte)'F' => one - 'A' + 10, _ => -1 };
            if (digit >= 0 && high < 0)
            {
                high = digit;
            }
            else if (digit >= 0)
            {
                bytes[count++] = (byte)((high << 4) | digit);
                high = -1;
            }
        }

        if (high >= 0)
        {
            bytes[count++] = (byte)(high << 4);
        }

        return bytes[..count];
    }

    private static byte[] Literal(ReadOnlySpan<byte> text)
    {
        var (bytes, count) = (new byte[text.Length], 0);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\' || at + 1 == text.Length)
            {
                bytes[count++] = text[at];
                continue;
            }

            var sign = text[++at];
            if (sign is >= (byte)'0' and <= (byte)'7')
            {
                var value = sign - '0';
                for (var more = 0; more < 2 && at + 1 < text.Length && text[at + 1] is >= (byte)'0' and <= (byte)'7'; more++)
                {
                    value = (value * 8) + text[++at] - '0';
                }

                bytes[count++] = (byte)(value & 0xFF);
            }
            else if (sign is (byte)'\r' or (byte)'\n')
            {
                at += sign == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 1 : 0; // the line goes on
            }
            else
            {
                bytes[count++] = sign switch { (byte)'n' => 10, (byte)'r' => 13, (byte)'t' => 9, (byte)'b' => 8, (byte)'f' => 12, _ => sign };
            }
        }

        return bytes[..count];
    }
}
