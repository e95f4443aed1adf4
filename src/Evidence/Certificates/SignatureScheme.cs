using System.Formats.Asn1;
using Lantai.Evidence.Asn1;

namespace Lantai.Evidence.Certificates;

/// <summary>How a signature is computed.</summary>
internal enum SignatureKind
{
    RsaPkcs1,
    RsaPss,
    Ecdsa,
    Sm2,
}

/// <summary>A signature algorithm that is known: how it is computed, over which digest, and for PSS the length of the salt.</summary>
/// <remarks>
/// Source: RFC 8017, RFC 5758, RFC 4055, GM/T 0006 as far as requirements 3.12 confirms its identifiers. What stands not in here is
/// unsupported, and never valid.
/// </remarks>
internal sealed record SignatureScheme(SignatureKind Kind, string Digest, string MaskDigest = "", int SaltLength = 0)
{
    private const int LongestSalt = 512;

    private static readonly Dictionary<string, SignatureScheme> Known = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.4"] = new(SignatureKind.RsaPkcs1, Oids.Md5),
        ["1.2.840.113549.1.1.5"] = new(SignatureKind.RsaPkcs1, Oids.Sha1),
        ["1.3.14.3.2.29"] = new(SignatureKind.RsaPkcs1, Oids.Sha1),
        ["1.2.840.113549.1.1.14"] = new(SignatureKind.RsaPkcs1, Oids.Sha224),
        ["1.2.840.113549.1.1.11"] = new(SignatureKind.RsaPkcs1, Oids.Sha256),
        ["1.2.840.113549.1.1.12"] = new(SignatureKind.RsaPkcs1, Oids.Sha384),
        ["1.2.840.113549.1.1.13"] = new(SignatureKind.RsaPkcs1, Oids.Sha512),
        ["1.2.156.10197.1.504"] = new(SignatureKind.RsaPkcs1, Oids.Sm3),
        ["1.2.840.10045.4.1"] = new(SignatureKind.Ecdsa, Oids.Sha1),
        ["1.2.840.10045.4.3.1"] = new(SignatureKind.Ecdsa, Oids.Sha224),
        ["1.2.840.10045.4.3.2"] = new(SignatureKind.Ecdsa, Oids.Sha256),
        ["1.2.840.10045.4.3.3"] = new(SignatureKind.Ecdsa, Oids.Sha384),
        ["1.2.840.10045.4.3.4"] = new(SignatureKind.Ecdsa, Oids.Sha512),
        [Oids.Sm2WithSm3] = new(SignatureKind.Sm2, Oids.Sm3),
    };

    public bool IsWeak => ContentDigest.IsWeak(Digest);

    /// <summary>The scheme of a certificate, a revocation list or a message that names its digest with the signature; null when it is not known.</summary>
    public static SignatureScheme? Of(AlgorithmName algorithm) =>
        algorithm.Oid == Oids.RsaPss ? Pss(algorithm.Parameters) : Known.GetValueOrDefault(algorithm.Oid);

    /// <summary>The scheme of a signer who names digest and signature apart; null when one is not known or the two do not agree.</summary>
    public static SignatureScheme? Of(string digest, AlgorithmName signature, SubjectKey key)
    {
        if (ContentDigest.Begin(digest) is null)
        {
            return null;
        }

        var scheme = signature.Oid switch
        {
            Oids.Rsa => new SignatureScheme(SignatureKind.RsaPkcs1, digest),

            // Signers of GB/T 35275 name the curve, the signing use of it, or both together with SM3.
            Oids.Sm2Signing or Oids.Sm2Curve => new SignatureScheme(SignatureKind.Sm2, digest),
            Oids.EcPublicKey => new SignatureScheme(key.Sm2 is null ? SignatureKind.Ecdsa : SignatureKind.Sm2, digest),
            _ => Of(signature),
        };
        return scheme?.Digest == digest && (scheme.Kind != SignatureKind.Sm2 || digest == Oids.Sm3) ? scheme : null;
    }

    /// <summary>RFC 4055 section 3.1; absent parameters stand for SHA-1 and a salt of 20 bytes.</summary>
    private static SignatureScheme? Pss(ReadOnlyMemory<byte> parameters)
    {
        var defaults = new SignatureScheme(SignatureKind.RsaPss, Oids.Sha1, Oids.Sha1, 20);
        if (parameters.IsEmpty)
        {
            return defaults;
        }

        return Ber.TryRead(parameters, Read, out var scheme) && ContentDigest.Begin(scheme.Digest) is not null && ContentDigest.Begin(scheme.MaskDigest) is not null
            && scheme.SaltLength is >= 0 and <= LongestSalt ? scheme : null;

        SignatureScheme Read(AsnReader reader)
        {
            var (sequence, scheme) = (reader.ReadSequence(), defaults);
            if (Ber.Is(sequence, Ber.Tag0))
            {
                scheme = scheme with { Digest = Ber.Algorithm(sequence.ReadSequence(Ber.Tag0)).Oid };
            }

            if (Ber.Is(sequence, Ber.Tag1))
            {
                var mask = Ber.Algorithm(sequence.ReadSequence(Ber.Tag1));
                scheme = scheme with { MaskDigest = mask.Oid == Oids.Mgf1 ? Ber.Algorithm(Ber.Open(mask.Parameters)).Oid : "" };
            }

            if (Ber.Is(sequence, Ber.Tag2))
            {
                scheme = scheme with { SaltLength = Ber.Small(sequence.ReadSequence(Ber.Tag2)) };
            }

            if (Ber.Is(sequence, Ber.Tag3) && Ber.Small(sequence.ReadSequence(Ber.Tag3)) != 1)
            {
                throw new AsnContentException("The trailer field of PSS is 1.");
            }

            sequence.ThrowIfNotEmpty();
            return scheme;
        }
    }
}
