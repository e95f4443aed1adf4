using System.Text;

namespace Lantai.Words;

/// <summary>How the display text of a name was obtained from its bytes.</summary>
public enum NameBasis
{
    /// <summary>The bytes are valid UTF-8 and the text is exactly them.</summary>
    Utf8,

    /// <summary>The package or the user said which encoding the bytes are in.</summary>
    Declared,

    /// <summary>Decoded as GB18030, which was guessed: other encodings decode as GB18030 without an error.</summary>
    Guessed,

    /// <summary>No encoding fits; the text shows each undecodable byte as <c>\xHH</c>.</summary>
    Escaped,
}

/// <summary>
/// The name of a file or folder inside a package: its bytes as they came, with '/' between segments, and a
/// text to show for it. The bytes are the identity; the text is for people and is never turned back into bytes.
/// </summary>
/// <remarks>Equality and order are those of the bytes (unsigned, byte by byte). Immutable, safe for concurrent use.</remarks>
public sealed class EntryName : IEquatable<EntryName>, IComparable<EntryName>
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _bytes;

    private EntryName(byte[] bytes, string display, NameBasis basis)
    {
        _bytes = bytes;
        Display = display;
        Basis = basis;
    }

    /// <summary>The bytes of the name, as they came.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The text to show to people.</summary>
    public string Display { get; }

    /// <summary>How <see cref="Display"/> was decoded.</summary>
    public NameBasis Basis { get; }

    /// <summary>Whether the bytes are valid UTF-8, so that <see cref="Display"/> may stand for them in a manifest.</summary>
    public bool IsUtf8 => Basis == NameBasis.Utf8;

    /// <summary>Makes the name of a text, whose bytes are its UTF-8 form.</summary>
    /// <exception cref="EncoderFallbackException">The text holds a lone surrogate.</exception>
    public static EntryName OfText(string text) => new(Strict.GetBytes(text), text, NameBasis.Utf8);

    /// <summary>
    /// Makes the name of some bytes. The text is decoded by the declared encoding if one is given and fits,
    /// else UTF-8, else GB18030 (guessed), else escaped.
    /// </summary>
    public static EntryName OfBytes(ReadOnlySpan<byte> bytes, Encoding? declared = null)
    {
        var copy = bytes.ToArray();
        if (TryDecode(Strict, copy) is { } text)
        {
            return new EntryName(copy, text, NameBasis.Utf8);
        }

        if (declared is not null && TryDecode(declared, copy) is { } said)
        {
            return new EntryName(copy, said, NameBasis.Declared);
        }

        return TryDecode(Gb18030(), copy) is { } guess
            ? new EntryName(copy, guess, NameBasis.Guessed)
            : new EntryName(copy, Escape(copy), NameBasis.Escaped);
    }

    /// <summary>Makes a name from stored parts, where the display text and its basis were recorded.</summary>
    public static EntryName OfStored(ReadOnlySpan<byte> bytes, string display, NameBasis basis) =>
        new(bytes.ToArray(), display, basis);

    /// <inheritdoc/>
    public int CompareTo(EntryName? other) => other is null ? 1 : _bytes.AsSpan().SequenceCompareTo(other._bytes);

    /// <inheritdoc/>
    public bool Equals(EntryName? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EntryName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <summary>The text to show.</summary>
    public override string ToString() => Display;

    /// <summary>Whether the left name sorts before the right one.</summary>
    public static bool operator <(EntryName left, EntryName right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left name sorts after the right one.</summary>
    public static bool operator >(EntryName left, EntryName right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left name sorts before the right one or equals it.</summary>
    public static bool operator <=(EntryName left, EntryName right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left name sorts after the right one or equals it.</summary>
    public static bool operator >=(EntryName left, EntryName right) => left.CompareTo(right) >= 0;

    /// <summary>Whether the two names have the same bytes.</summary>
    public static bool operator ==(EntryName? left, EntryName? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two names differ in their bytes.</summary>
    public static bool operator !=(EntryName? left, EntryName? right) => !(left == right);

    private static Encoding Gb18030() =>
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? throw new PlatformNotSupportedException("GB18030 is part of the runtime.");

    private static string? TryDecode(Encoding encoding, byte[] bytes)
    {
        try
        {
            var strict = encoding.DecoderFallback is DecoderExceptionFallback
                ? encoding
                : CodePagesEncodingProvider.Instance.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                  ?? Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string Escape(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (var b in bytes)
        {
            _ = b is >= 0x20 and < 0x7F ? text.Append((char)b) : text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{b:X2}");
        }

        return text.ToString();
    }
}
