using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;

namespace Lantai.Evidence.National;

/// <summary>
/// The two forms of an SM2 ciphertext: C1 (a point, 65 bytes), C3 (SM3, 32 bytes) and C2 one behind the other, and a DER sequence
/// of both coordinates, C3 and C2.
/// </summary>
/// <remarks>Source: GB/T 32918.4 (the parts), GB/T 35276 (GM/T 0009; the sequence). Pure functions, safe for concurrent use.</remarks>
public static class Sm2Ciphertext
{
    private const int Least = Sm2Curve.PointSize + Sm3.Size;

    /// <summary>Writes C1, C3 and C2 as a DER sequence.</summary>
    /// <exception cref="ArgumentException">The ciphertext is shorter than C1 and C3, or C1 is not the form of 65 bytes.</exception>
    public static byte[] ToDer(ReadOnlySpan<byte> encrypted)
    {
        if (encrypted.Length < Least || encrypted[0] != 0x04)
        {
            throw new ArgumentException("An SM2 ciphertext begins with a point of 65 bytes and a digest.", nameof(encrypted));
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new System.Numerics.BigInteger(encrypted.Slice(1, Sm2Curve.NumberSize), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new System.Numerics.BigInteger(encrypted.Slice(1 + Sm2Curve.NumberSize, Sm2Curve.NumberSize), isUnsigned: true, isBigEndian: true));
            writer.WriteOctetString(encrypted.Slice(Sm2Curve.PointSize, Sm3.Size));
            writer.WriteOctetString(encrypted[Least..]);
        }

        return writer.Encode();
    }

    /// <summary>Reads the DER sequence, with nothing behind it; whether C1 is on the curve is seen when it is decrypted.</summary>
    public static bool TryFromDer(ReadOnlySpan<byte> der, [NotNullWhen(true)] out byte[]? encrypted)
    {
        encrypted = null;
        var start = new byte[Least];
        start[0] = 0x04;
        try
        {
            AsnDecoder.ReadSequence(der, AsnEncodingRules.DER, out var at, out var length, out var consumed);
            var rest = der.Slice(at, length);
            if (consumed != der.Length || !Sm2Signature.TryNumber(rest, start.AsSpan(1, Sm2Curve.NumberSize), out var x)
                || !Sm2Signature.TryNumber(rest[x..], start.AsSpan(1 + Sm2Curve.NumberSize, Sm2Curve.NumberSize), out var y))
            {
                return false;
            }

            rest = rest[(x + y)..];
            var digest = AsnDecoder.ReadOctetString(rest, AsnEncodingRules.DER, out var third);
            var content = AsnDecoder.ReadOctetString(rest[third..], AsnEncodingRules.DER, out var fourth);
            if (digest.Length != Sm3.Size || third + fourth != rest.Length)
            {
                return false;
            }

            digest.CopyTo(start, Sm2Curve.PointSize);
            encrypted = [.. start, .. content];
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
