using System.Numerics;
using Lantai.Evidence.Asn1;

namespace Lantai.Evidence.Certificates;

/// <summary>An RSA public key, which only verifies: what must stand in the signature is made here and compared whole.</summary>
/// <remarks>
/// Source: RFC 8017 sections 5.2.2, 8.1.2, 8.2.2, 9.1.2. Written here because the library tests each modulus for being composite, which
/// costs a thousand times as much as a verification. Immutable, safe for concurrent use.
/// </remarks>
internal sealed record RsaPublicKey(BigInteger Modulus, BigInteger Exponent)
{
    public bool VerifiesPkcs1(string digest, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature) =>
        Open(signature) is { } block && (IsPadded(block, ContentDigest.Described(digest, hash, withNull: true)) || IsPadded(block, ContentDigest.Described(digest, hash, withNull: false)));

    public bool VerifiesPss(SignatureScheme scheme, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        var bits = (int)Modulus.GetBitLength() - 1;
        if (Open(signature) is not { } whole)
        {
            return false;
        }

        // One byte less than the modulus where its highest bit is the first of a byte.
        var block = bits % 8 == 0 ? whole.AsSpan(1) : whole;
        var masked = block.Length - hash.Length - 1;
        if ((bits % 8 == 0 && whole[0] != 0) || masked < scheme.SaltLength + 1 || block[^1] != 0xBC)
        {
            return false;
        }

        var spare = 0xFF >> ((8 * block.Length) - bits);
        var data = Mask(scheme.MaskDigest, block.Slice(masked, hash.Length), masked);
        if ((block[0] & ~spare) != 0)
        {
            return false;
        }

        for (var i = 0; i < masked; i++)
        {
            data[i] ^= block[i];
        }

        data[0] &= (byte)spare;
        var zeros = masked - scheme.SaltLength - 1;
        if (data.AsSpan(0, zeros).ContainsAnyExcept((byte)0) || data[zeros] != 1)
        {
            return false;
        }

        var again = ContentDigest.Begin(scheme.Digest)!;
        again.Append(stackalloc byte[8]);
        again.Append(hash);
        again.Append(data.AsSpan(masked - scheme.SaltLength));
        return again.Finish().AsSpan().SequenceEqual(block.Slice(masked, hash.Length));
    }

    /// <summary>The block under a signature, as long as the modulus; null when the signature has another length or is no number below it.</summary>
    private byte[]? Open(ReadOnlySpan<byte> signature)
    {
        var length = ((int)Modulus.GetBitLength() + 7) / 8;
        var number = new BigInteger(signature.Length == length ? signature : [], isUnsigned: true, isBigEndian: true);
        if (number.IsZero || number >= Modulus)
        {
            return null;
        }

        var opened = BigInteger.ModPow(number, Exponent, Modulus).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - opened.Length], .. opened];
    }

    private static bool IsPadded(ReadOnlySpan<byte> block, ReadOnlySpan<byte> described)
    {
        var fill = block.Length - described.Length - 3;
        return fill >= 8 && block[0] == 0 && block[1] == 1 && !block.Slice(2, fill).ContainsAnyExcept((byte)0xFF) && block[2 + fill] == 0
            && block[^described.Length..].SequenceEqual(described);
    }

    /// <summary>MGF1, RFC 8017 appendix B.2.1.</summary>
    private static byte[] Mask(string digest, ReadOnlySpan<byte> seed, int length)
    {
        var mask = new byte[length];
        var hash = ContentDigest.Begin(digest)!;
        for (var (done, counter) = (0, 0); done < length; counter++)
        {
            hash.Append(seed);
            hash.Append([(byte)(counter >> 24), (byte)(counter >> 16), (byte)(counter >> 8), (byte)counter]);
            var part = hash.Finish().AsSpan();
            part = part[..int.Min(part.Length, length - done)];
            part.CopyTo(mask.AsSpan(done));
            done += part.Length;
        }

        return mask;
    }
}
