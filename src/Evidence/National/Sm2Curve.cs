using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Utilities;

namespace Lantai.Evidence.National;

/// <summary>What SM2 needs of the library: the curve, its points and the two operations with a secret.</summary>
/// <remarks>
/// Source: GB/T 32918 parts 1, 2, 4 and 5 (GM/T 0003). The equation of a verification stands here itself, because the library
/// verifies messages only, and a long content comes as its digest. Safe for concurrent use.
/// </remarks>
internal static class Sm2Curve
{
    public const int NumberSize = 32;
    public const int PointSize = 1 + (2 * NumberSize);

    private static readonly ECDomainParameters Domain = new(GMNamedCurves.GetByOid(GMObjectIdentifiers.sm2p256v1));

    /// <summary>The numbers that the digest of a signer's identity begins with: a, b and the base point.</summary>
    public static byte[] Constants { get; } =
    [
        .. Domain.Curve.A.GetEncoded(), .. Domain.Curve.B.GetEncoded(),
        .. Domain.G.AffineXCoord.GetEncoded(), .. Domain.G.AffineYCoord.GetEncoded(),
    ];

    /// <summary>Reads a point, compressed or not; null when it is not on the curve or is the point at infinity.</summary>
    public static ECPublicKeyParameters? Point(ReadOnlySpan<byte> bytes)
    {
        if (bytes is not ([0x04, .. { Length: 2 * NumberSize }] or [0x02 or 0x03, .. { Length: NumberSize }]))
        {
            return null;
        }

        try
        {
            return new ECPublicKeyParameters(Domain.Curve.DecodePoint(bytes.ToArray()), Domain);
        }
        catch (ArgumentException)
        {
            return null; // no point with these coordinates
        }
    }

    public static byte[] Encode(ECPublicKeyParameters key) => key.Q.GetEncoded(compressed: false);

    /// <summary>Reads a secret number from 1 to n - 2; null for any other.</summary>
    public static ECPrivateKeyParameters? Secret(ReadOnlySpan<byte> bytes)
    {
        var number = bytes.Length == NumberSize ? new BigInteger(1, bytes) : BigInteger.Zero;
        return number.SignValue > 0 && number.CompareTo(Domain.N.Subtract(BigInteger.One)) < 0 ? new ECPrivateKeyParameters(number, Domain) : null;
    }

    public static byte[] Encode(ECPrivateKeyParameters key) => BigIntegers.AsUnsignedByteArray(NumberSize, key.D);

    public static ECPrivateKeyParameters Generate()
    {
        var generator = new ECKeyPairGenerator();
        generator.Init(new ECKeyGenerationParameters(Domain, Randomness()));
        while (true)
        {
            var key = (ECPrivateKeyParameters)generator.GenerateKeyPair().Private;
            if (Secret(Encode(key)) is not null)
            {
                return key; // n - 1, which cannot sign, is left out
            }
        }
    }

    public static ECPublicKeyParameters PublicOf(ECPrivateKeyParameters key) =>
        new(new FixedPointCombMultiplier().Multiply(Domain.G, key.D), Domain);

    public static byte[] Sign(ECPrivateKeyParameters key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> userId)
    {
        var signer = new SM2Signer(PlainDsaEncoding.Instance);
        signer.Init(forSigning: true, new ParametersWithID(new ParametersWithRandom(key, Randomness()), userId));
        signer.BlockUpdate(message);
        return signer.GenerateSignature();
    }

    /// <summary>GB/T 32918.2 section 7: whether r = e + x1 for the point (x1, y1) = s G + (r + s) P.</summary>
    public static bool Verifies(ECPublicKeyParameters key, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        var n = Domain.N;
        var r = new BigInteger(1, signature[..NumberSize]);
        var s = new BigInteger(1, signature[NumberSize..]);
        if (r.SignValue <= 0 || s.SignValue <= 0 || r.CompareTo(n) >= 0 || s.CompareTo(n) >= 0)
        {
            return false;
        }

        var t = r.Add(s).Mod(n);
        if (t.SignValue == 0)
        {
            return false;
        }

        var point = ECAlgorithms.SumOfTwoMultiplies(Domain.G, s, key.Q, t).Normalize();
        return !point.IsInfinity && new BigInteger(1, digest).Add(point.AffineXCoord.ToBigInteger()).Mod(n).Equals(r);
    }

    /// <summary>Decrypts C1, C3 and C2 in this order; null when C1 is no point or C3 is not the digest.</summary>
    public static byte[]? Decrypt(ECPrivateKeyParameters key, ReadOnlySpan<byte> encrypted)
    {
        var engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
        engine.Init(forEncryption: false, key);
        try
        {
            return engine.ProcessBlock(encrypted);
        }
        catch (Exception e) when (e is CryptoException or ArgumentException)
        {
            return null; // the library says of bad content by exceptions
        }
    }

    public static byte[] Encrypt(ECPublicKeyParameters key, ReadOnlySpan<byte> content)
    {
        var engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
        engine.Init(forEncryption: true, new ParametersWithRandom(key, Randomness()));
        return engine.ProcessBlock(content);
    }

    /// <summary>The operating system's random bytes, without a generator of the library's between.</summary>
    private static SecureRandom Randomness() => new(new CryptoApiRandomGenerator(RandomNumberGenerator.Create()));
}
