using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;

namespace Lantai.Evidence.National;

/// <summary>The two forms of an SM2 signature: r and s of 32 bytes each, one behind the other, and a DER sequence of two integers.</summary>
/// <remarks>
/// Source: GB/T 32918.2 (the numbers), GB/T 35276 (GM/T 0009; the sequence). Pure functions, safe for concurrent use.
/// </remarks>
public static class Sm2Signature
{
    /// <summary>The length of r and s together, in bytes.</summary>
    public const int Size = 64;

    private const int NumberSize = Size / 2;

    /// <summary>Writes r and s as a DER sequence.</summary>
    /// <exception cref="ArgumentException">The signature is not 64 bytes long.</exception>
    public static byte[] ToDer(ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Size)
        {
            throw new ArgumentException("An SM2 signature is 64 bytes long.", nameof(signature));
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new System.Numerics.BigInteger(signature[..NumberSize], isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new System.Numerics.BigInteger(signature[NumberSize..], isUnsigned: true, isBigEndian: true));
        }

        return writer.Encode();
    }

    /// <summary>Reads a DER sequence of two integers that are not negative and not longer than 32 bytes, and nothing behind it.</summary>
    public static bool TryFromDer(ReadOnlySpan<byte> der, [NotNullWhen(true)] out byte[]? signature)
    {
        var both = new byte[Size];
        signature = TryNumbers(der, both) ? both : null;
        return signature is not null;
    }

    /// <summary>Reads the two numbers, each into one half.</summary>
    internal static bool TryNumbers(ReadOnlySpan<byte> der, Span<byte> both)
    {
        try
        {
            AsnDecoder.ReadSequence(der, AsnEncodingRules.DER, out var start, out var length, out var consumed);
            var content = der.Slice(start, length);
            return consumed == der.Length && TryNumber(content, both[..(both.Length / 2)], out var first)
                && TryNumber(content[first..], both[(both.Length / 2)..], out var second) && first + second == length;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>Reads an integer into as many bytes as there is room for; false when it is negative or longer.</summary>
    internal static bool TryNumber(ReadOnlySpan<byte> der, Span<byte> number, out int consumed)
    {
        var bytes = AsnDecoder.ReadIntegerBytes(der, AsnEncodingRules.DER, out consumed);
        if (bytes[0] >= 0x80)
        {
            return false;
        }

        bytes = bytes[0] == 0 ? bytes[1..] : bytes;
        if (bytes.Length > number.Length)
        {
            return false;
        }

        bytes.CopyTo(number[^bytes.Length..]);
        return true;
    }
}
