using System.Text;

namespace Lantai.InformationPackages.Xml;

/// <summary>An encoding that XML and text of packages may be in: UTF-8, GB18030, GBK, GB2312 or UTF-16, read and written strictly.</summary>
/// <remarks>
/// The three national encodings share one codec, GB18030, whose two-byte part holds the two older ones byte for byte; what is
/// outside an older one is told by <see cref="CanHold(Rune)"/>. Immutable, safe for concurrent use.
/// </remarks>
internal sealed class MarkupEncoding
{
    private readonly Func<byte[], bool>? _holds;

    private MarkupEncoding(string name, Encoding codec, Func<byte[], bool>? holds = null)
    {
        Name = name;
        Codec = codec;
        _holds = holds;
    }

    /// <summary>UTF-8.</summary>
    public static MarkupEncoding Utf8 { get; } = new("UTF-8", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));

    /// <summary>UTF-16, lowest byte first.</summary>
    public static MarkupEncoding Utf16 { get; } = new("UTF-16", new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true));

    /// <summary>UTF-16, highest byte first.</summary>
    public static MarkupEncoding Utf16Big { get; } = new("UTF-16", new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true));

    /// <summary>GB18030: all of Unicode, in one, two or four bytes.</summary>
    public static MarkupEncoding Gb18030 { get; } = new("GB18030", Strict("GB18030"));

    /// <summary>GBK: the two-byte part of GB18030.</summary>
    public static MarkupEncoding Gbk { get; } = new("GBK", Strict("GB18030"), bytes => bytes.Length <= 2);

    /// <summary>GB2312: 6,763 Chinese characters and 682 signs, two bytes each.</summary>
    public static MarkupEncoding Gb2312 { get; } = new("GB2312", Strict("GB18030"), bytes => bytes is [< 0x80] || (bytes.Length == 2 && IsGb2312(bytes[0], bytes[1])));

    /// <summary>The name as a declaration writes it.</summary>
    public string Name { get; }

    /// <summary>Bytes to text and back; throws on what does not fit.</summary>
    public Encoding Codec { get; }

    /// <summary>Whether every character of Unicode has bytes in it.</summary>
    public bool IsWhole => _holds is null;

    /// <summary>Whether it is one of the national encodings, which decode nearly any bytes.</summary>
    public bool IsNational => Codec is not (UTF8Encoding or UnicodeEncoding);

    /// <summary>The encoding of a name, in any case; null when no package may use it.</summary>
    public static MarkupEncoding? Find(string name) => name.ToUpperInvariant() switch
    {
        "UTF-8" or "UTF8" or "US-ASCII" or "ASCII" => Utf8,
        "UTF-16" or "UTF-16LE" => Utf16,
        "UTF-16BE" => Utf16Big,
        "GB18030" => Gb18030,
        "GBK" or "CP936" => Gbk,
        "GB2312" => Gb2312,
        _ => null,
    };

    /// <summary>Whether a character has bytes in it.</summary>
    public bool CanHold(Rune character) => _holds is null || character.IsAscii || _holds(Codec.GetBytes(character.ToString()));

    /// <summary>Whether a text has bytes in it; a lone surrogate has none in any.</summary>
    public bool CanHold(ReadOnlySpan<char> text)
    {
        for (var rest = text; !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var character, out var used) != System.Buffers.OperationStatus.Done || !CanHold(character))
            {
                return false;
            }

            rest = rest[used..];
        }

        return true;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    // Rows 1 to 9 and 16 to 87; what GBK put into gaps of rows 2, 6, 8 and 55 is not in the older set.
    private static bool IsGb2312(byte row, byte cell) =>
        cell >= 0xA1 && row switch
        {
            0xA2 => cell is >= 0xB1 and <= 0xFC,
            0xA6 => cell is <= 0xB8 or (>= 0xC1 and <= 0xD8),
            0xA8 => cell is <= 0xBA or (>= 0xC5 and <= 0xE9),
            0xA9 => cell is >= 0xA4 and <= 0xEF,
            0xD7 => cell <= 0xF9,
            _ => row is (>= 0xA1 and <= 0xA9) or (>= 0xB0 and <= 0xF7),
        };

    private static Encoding Strict(string name) =>
        CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? throw new PlatformNotSupportedException("GB18030 is part of the runtime.");
}
