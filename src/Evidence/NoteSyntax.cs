using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Lantai.Evidence;

/// <summary>The rules of the signed note for names, texts, key ids and base64.</summary>
internal static class NoteSyntax
{
    public const byte Ed25519 = 0x01;
    public const int PublicKeyLength = 32;
    public const int KeyIdLength = sizeof(uint);

    public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Not empty, no white space, no plus, no control character, and text that UTF-8 can carry.</summary>
    public static bool IsName([NotNullWhen(true)] string? name) =>
        !string.IsNullOrEmpty(name)
        && !name.Any(c => c == '+' || c < ' ' || char.IsWhiteSpace(c))
        && IsUnicode(name);

    /// <summary>Ends in a newline and has no other control character.</summary>
    public static bool IsText([NotNullWhen(true)] string? text) =>
        text is not null && text.EndsWith('\n') && !text.Any(c => c < ' ' && c != '\n') && IsUnicode(text);

    public static uint KeyId(string name, ReadOnlySpan<byte> publicKey) => KeyId(name, [Ed25519], publicKey);

    /// <summary>The id of a key whose algorithm is written as <paramref name="type"/>.</summary>
    public static uint KeyId(string name, ReadOnlySpan<byte> type, ReadOnlySpan<byte> publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Utf8.GetBytes(name), (byte)'\n', .. type, .. publicKey]));

    /// <summary>Base64 in its one form: padded, no white space, unused bits zero.</summary>
    public static bool TryBase64(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(text, bytes, out var length))
        {
            return false;
        }

        bytes = bytes[..length];
        return text.SequenceEqual(Convert.ToBase64String(bytes));
    }

    /// <summary>Whether there is no lone surrogate, which UTF-8 cannot carry.</summary>
    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i]))
            {
                return false;
            }
        }

        return true;
    }
}
