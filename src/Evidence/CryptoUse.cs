using Lantai.Evidence.Asn1;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.National;
using Lantai.Evidence.National.Interop;
using Lantai.Words;

namespace Lantai.Evidence;

/// <summary>One line of the inventory of cryptography: an algorithm, what it is used for, and which software computes it.</summary>
/// <param name="Algorithm">Its name.</param>
/// <param name="Oid">Its object identifier; null when it has none here.</param>
/// <param name="Use">What for: a text key <c>crypto-use.…</c>.</param>
/// <param name="KeyId">The key: its id in notes, or the SHA-256 of its certificate; null for the algorithm by itself.</param>
/// <param name="From">From when on the key is valid; null when nothing says.</param>
/// <param name="Until">Until when the key is valid; null when nothing says.</param>
/// <param name="Module">The software that computes it, with its version.</param>
/// <param name="IsWeak">Whether it proves little by now; such are only read, never made.</param>
/// <remarks>Source: requirements R11-9 and form F25. Immutable, safe for concurrent use.</remarks>
public sealed record CryptoUse(
    string Algorithm, string? Oid, string Use, string? KeyId, DateTimeOffset? From, DateTimeOffset? Until, string Module, bool IsWeak)
{
    private const string ReceivedSignature = "crypto-use.received-signature";

    /// <summary>
    /// What this software says of certification, always: what is certified is a product in its deployment. A site that computes by
    /// certified hardware writes the number of that product's certificate instead.
    /// </summary>
    public const string NotClaimed = "not-claimed";

    /// <summary>The certificate of the module: <see cref="NotClaimed"/> unless a site says otherwise of its own.</summary>
    public string Certified { get; init; } = NotClaimed;

    /// <summary>Every algorithm that contents, keys and signatures go through on this machine, without keys: a line for each software that computes it.</summary>
    public static IReadOnlyList<CryptoUse> All { get; } =
    [
        new("SHA-256", Oids.Sha256, "crypto-use.content-name", null, null, null, Name(typeof(System.Security.Cryptography.SHA256)), false),
        .. DigestBatch.IsParallel ? [new CryptoUse("SHA-256", Oids.Sha256, "crypto-use.content-name", null, null, null, Name(typeof(DigestBatch)), false)] : Array.Empty<CryptoUse>(),
        new("Ed25519", "1.3.101.112", "crypto-use.ledger-signature", null, null, null, Name(typeof(NSec.Cryptography.Ed25519)), false),
        new("XChaCha20-Poly1305", null, "crypto-use.key-protection", null, null, null, Name(typeof(NSec.Cryptography.Ed25519)), false),
        new("Argon2id", null, "crypto-use.key-protection", null, null, null, Name(typeof(NSec.Cryptography.Ed25519)), false),
        Library("SM2", Oids.Sm2WithSm3, "crypto-use.national-signature"),
        Library("SM2", Oids.Sm2Curve, "crypto-use.national-encryption"),
        Library("SM3", Oids.Sm3, "crypto-use.national-digest"),
        .. Libcrypto.HasSm3 ? [new CryptoUse("SM3", Oids.Sm3, "crypto-use.national-digest", null, null, null, Libcrypto.NameAndVersion, false)] : Array.Empty<CryptoUse>(),
        .. Sm3Batch.IsParallel ? [new CryptoUse("SM3", Oids.Sm3, "crypto-use.national-digest", null, null, null, Name(typeof(CryptoUse)), false)] : Array.Empty<CryptoUse>(),
        Library("SM4", Oids.Sm4, "crypto-use.national-encryption"),
        Library("ECDSA P-256", Oids.P256, ReceivedSignature),
        Library("ECDSA P-384", Oids.P384, ReceivedSignature),
        Library("ECDSA P-521", Oids.P521, ReceivedSignature),
        new("RSA PKCS #1 1.5", Oids.Rsa, ReceivedSignature, null, null, null, Name(typeof(CryptoUse)), false),
        new("RSA PSS", Oids.RsaPss, ReceivedSignature, null, null, null, Name(typeof(CryptoUse)), false),
        Library("SHA-224", Oids.Sha224, ReceivedSignature),
        Library("SHA-256", Oids.Sha256, ReceivedSignature),
        Library("SHA-384", Oids.Sha384, ReceivedSignature),
        Library("SHA-512", Oids.Sha512, ReceivedSignature),
        Library("SHA-1", Oids.Sha1, ReceivedSignature) with { IsWeak = true },
        Library("MD5", Oids.Md5, ReceivedSignature) with { IsWeak = true },
    ];

    /// <summary>The line of a key that signs notes.</summary>
    public static CryptoUse Of(VerifierKey key, DateTimeOffset? from, DateTimeOffset? until)
    {
        ArgumentNullException.ThrowIfNull(key);
        return All.First(u => u.Algorithm == "Ed25519") with { KeyId = key.ToString(), From = from, Until = until };
    }

    /// <summary>The line of a key of SM2 that signs notes.</summary>
    public static CryptoUse Of(Sm2VerifierKey key, DateTimeOffset? from, DateTimeOffset? until)
    {
        ArgumentNullException.ThrowIfNull(key);
        return All.First(u => u.Oid == Oids.Sm2WithSm3) with { KeyId = key.ToString(), From = from, Until = until };
    }

    /// <summary>The line of a certificate's key; an algorithm that is not known here stands under its identifier, computed by nobody.</summary>
    public static CryptoUse Of(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var known = All.FirstOrDefault(u => certificate.KeyAlgorithm == (u.Oid == Oids.Sm2WithSm3 ? Oids.Sm2Curve : u.Oid))
            ?? new CryptoUse(certificate.KeyAlgorithm, certificate.KeyAlgorithm, ReceivedSignature, null, null, null, "", false);
        return known with
        {
            KeyId = certificate.Fingerprint.ToString(),
            From = certificate.NotBefore,
            Until = certificate.NotAfter,
            IsWeak = known.IsWeak || certificate.Key is { IsWeak: true },
        };
    }

    private static CryptoUse Library(string algorithm, string oid, string use) =>
        new(algorithm, oid, use, null, null, null, Name(typeof(Org.BouncyCastle.Crypto.IDigest)), false);

    private static string Name(Type type)
    {
        var assembly = type.Assembly.GetName();
        return $"{assembly.Name} {assembly.Version?.ToString(3)}";
    }
}
