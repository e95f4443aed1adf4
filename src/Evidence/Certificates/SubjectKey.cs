using System.Formats.Asn1;
using System.Numerics;
using Lantai.Evidence.Asn1;
using Lantai.Evidence.National;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Lantai.Evidence.Certificates;

/// <summary>The public key of a certificate: RSA of 512 to 8192 bits, ECDSA over P-256, P-384 or P-521, or SM2.</summary>
/// <remarks>
/// Source: RFC 3279 and RFC 5480 (the encodings), GB/T 20518 for SM2 as far as requirements 3.12 confirms it. Curves by name only: with
/// numbers of its own a curve can be made on which anything verifies. Immutable, safe for concurrent use.
/// </remarks>
internal sealed class SubjectKey
{
    private const int LeastBits = 512;
    private const int MostBits = 8192;
    private const int MostExponentBits = 64;
    private const int StrongBits = 2048;
    private const int MostCurveBits = 521;

    private readonly RsaPublicKey? _rsa;
    private readonly ECPublicKeyParameters? _curve;

    private SubjectKey(string algorithm, int bits, RsaPublicKey? rsa, ECPublicKeyParameters? curve, Sm2PublicKey? sm2) =>
        (Algorithm, Bits, _rsa, _curve, Sm2) = (algorithm, bits, rsa, curve, sm2);

    /// <summary>The algorithm, or for curves the curve.</summary>
    public string Algorithm { get; }

    public int Bits { get; }

    public Sm2PublicKey? Sm2 { get; }

    public bool IsWeak => _rsa is not null && Bits < StrongBits;

    /// <summary>Reads a key; null when its algorithm is not known, or it is none of its algorithm.</summary>
    public static SubjectKey? Read(AlgorithmName algorithm, ReadOnlyMemory<byte> key) => algorithm.Oid switch
    {
        Oids.Rsa or Oids.RsaPss => Rsa(algorithm.Oid, key),
        Oids.EcPublicKey when Ber.TryRead(algorithm.Parameters, Ber.Oid, out var curve) => Curve(curve, key.Span),
        Oids.Sm2Curve => Curve(Oids.Sm2Curve, key.Span),
        _ => null,
    };

    /// <summary>The digest that a signature of this key is over, ready for the message; null when the scheme is of other keys.</summary>
    public ContentDigest? BeginDigest(SignatureScheme scheme)
    {
        if (!Fits(scheme))
        {
            return null;
        }

        var digest = ContentDigest.Begin(scheme.Digest);
        if (scheme.Kind == SignatureKind.Sm2)
        {
            digest?.Append(Sm2!.Identity(Sm2PublicKey.DefaultUserId));
        }

        return digest;
    }

    /// <summary>Whether the signature is this key's of the content that the digest is of.</summary>
    public bool Verifies(SignatureScheme scheme, ReadOnlySpan<byte> hash, ReadOnlyMemory<byte> signature) => Fits(scheme) && scheme.Kind switch
    {
        SignatureKind.RsaPkcs1 => _rsa!.VerifiesPkcs1(scheme.Digest, hash, signature.Span),
        SignatureKind.RsaPss => _rsa!.VerifiesPss(scheme, hash, signature.Span),
        SignatureKind.Ecdsa => VerifiesEcdsa(hash, signature.Span),
        _ => VerifiesSm2(hash, signature.Span),
    };

    /// <summary>Whether the signature is this key's of the message.</summary>
    public bool VerifiesMessage(SignatureScheme scheme, ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> signature)
    {
        if (BeginDigest(scheme) is not { } digest)
        {
            return false;
        }

        digest.Append(message.Span);
        return Verifies(scheme, digest.Finish(), signature);
    }

    public bool Fits(SignatureScheme scheme) => scheme.Kind switch
    {
        SignatureKind.RsaPkcs1 => _rsa is not null && Algorithm == Oids.Rsa,
        SignatureKind.RsaPss => _rsa is not null,
        SignatureKind.Ecdsa => _curve is not null,
        _ => Sm2 is not null && scheme.Digest == Oids.Sm3,
    };

    private static SubjectKey? Rsa(string algorithm, ReadOnlyMemory<byte> key)
    {
        if (!Ber.TryRead(key, Numbers, out var numbers) || numbers.Modulus.GetBitLength() is not (>= LeastBits and <= MostBits)
            || numbers.Modulus.IsEven || numbers.Exponent.IsEven || numbers.Exponent < 3 || numbers.Exponent.GetBitLength() > MostExponentBits)
        {
            return null;
        }

        return new SubjectKey(algorithm, (int)numbers.Modulus.GetBitLength(), numbers, null, null);

        static RsaPublicKey Numbers(AsnReader reader)
        {
            var sequence = reader.ReadSequence();
            var read = new RsaPublicKey(Number(sequence, MostBits / 8), Number(sequence, MostExponentBits / 8));
            sequence.ThrowIfNotEmpty();
            return read;
        }

        static BigInteger Number(AsnReader reader, int most) => reader.ReadIntegerBytes() is { } bytes && bytes.Length <= most + 1
            ? new BigInteger(bytes.Span, isBigEndian: true)
            : throw new AsnContentException("A number is too long.");
    }

    private static SubjectKey? Curve(string curve, ReadOnlySpan<byte> key)
    {
        if (curve == Oids.Sm2Curve)
        {
            return Sm2PublicKey.TryParse(key, out var sm2) ? new SubjectKey(curve, 256, null, null, sm2) : null;
        }

        var bits = curve switch { Oids.P256 => 256, Oids.P384 => 384, Oids.P521 => 521, _ => 0 };
        var size = (bits + 7) / 8;
        if (bits == 0 || key is not ([0x04, ..] or [0x02 or 0x03, ..]) || key.Length != (key[0] == 0x04 ? 1 + (2 * size) : 1 + size))
        {
            return null;
        }

        try
        {
            var domain = new ECDomainParameters(CustomNamedCurves.GetByOid(new DerObjectIdentifier(curve)));
            return new SubjectKey(curve, bits, null, new ECPublicKeyParameters(domain.Curve.DecodePoint(key.ToArray()), domain), null);
        }
        catch (ArgumentException)
        {
            return null; // no point of the curve
        }
    }

    private bool VerifiesEcdsa(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        Span<byte> numbers = stackalloc byte[2 * ((MostCurveBits + 7) / 8)];
        numbers = numbers[..(2 * ((Bits + 7) / 8))];
        if (!Sm2Signature.TryNumbers(signature, numbers))
        {
            return false;
        }

        var signer = new ECDsaSigner();
        signer.Init(forSigning: false, _curve);
        var half = numbers.Length / 2;
        return signer.VerifySignature(hash.ToArray(), new(1, numbers[..half]), new(1, numbers[half..]));
    }

    /// <summary>Both forms are met in signed records: a sequence in DER, and the two numbers one behind the other.</summary>
    private bool VerifiesSm2(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature) =>
        (Sm2Signature.TryFromDer(signature, out var numbers) && Sm2!.VerifyDigest(hash, numbers)) || Sm2!.VerifyDigest(hash, signature);

}
