using System.Security.Cryptography;
using Lantai.Evidence.National;

namespace Lantai.InformationPackages;

/// <summary>A digest algorithm that packages name in their manifests.</summary>
/// <remarks>Source: RFC 8493 §2.4 (names are normalised: lower case, without hyphens). Immutable.</remarks>
public sealed class DigestAlgorithm
{
    private readonly Func<DigestMeter> _begin;

    private DigestAlgorithm(string name, int size, Func<DigestMeter> begin)
    {
        Name = name;
        Size = size;
        _begin = begin;
    }

    /// <summary>The name: md5, sha1, sha224, sha256, sha384, sha512, sha3-256, sha3-384, sha3-512 or sm3.</summary>
    public string Name { get; }

    /// <summary>The length of a digest in bytes.</summary>
    public int Size { get; }

    private static DigestAlgorithm[] All { get; } =
    [
        OfPlatform("md5", 16, HashAlgorithmName.MD5),
        OfPlatform("sha1", 20, HashAlgorithmName.SHA1),
        new("sha224", 28, static () => new Sha224Meter()),
        OfPlatform("sha256", 32, HashAlgorithmName.SHA256),
        OfPlatform("sha384", 48, HashAlgorithmName.SHA384),
        OfPlatform("sha512", 64, HashAlgorithmName.SHA512),
        .. SHA3_256.IsSupported
            ? (DigestAlgorithm[])
            [
                OfPlatform("sha3-256", 32, HashAlgorithmName.SHA3_256),
                OfPlatform("sha3-384", 48, HashAlgorithmName.SHA3_384),
                OfPlatform("sha3-512", 64, HashAlgorithmName.SHA3_512),
            ]
            : [],
        new("sm3", Sm3.Size, static () => new Sm3Meter()),
    ];

    /// <summary>The algorithm of a name as packages write it, with any case and hyphens; null when it is not known here.</summary>
    public static DigestAlgorithm? Find(string name) =>
        Array.Find(All, a => Squeeze(a.Name).Equals(Squeeze(name), StringComparison.OrdinalIgnoreCase));

    /// <summary>Begins to digest some bytes.</summary>
    public DigestMeter Begin() => _begin();

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static DigestAlgorithm OfPlatform(string name, int size, HashAlgorithmName algorithm) =>
        new(name, size, () => new PlatformMeter(algorithm));

    private static string Squeeze(string name) => name.Replace("-", "", StringComparison.Ordinal);

    private sealed class PlatformMeter(HashAlgorithmName algorithm) : DigestMeter
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(algorithm);

        public override void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

        public override byte[] Finish() => _hash.GetHashAndReset();

        public override void Dispose() => _hash.Dispose();
    }

    private sealed class Sm3Meter : DigestMeter
    {
        private readonly Sm3 _hash = new();

        public override void Append(ReadOnlySpan<byte> bytes) => _hash.Append(bytes);

        public override byte[] Finish()
        {
            var digest = new byte[Sm3.Size];
            _hash.Finish(digest);
            return digest;
        }

        public override void Dispose()
        {
            // it holds nothing but memory
        }
    }
}

/// <summary>Digests bytes as they pass.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
public abstract class DigestMeter : IDisposable
{
    /// <summary>Takes the next bytes.</summary>
    public abstract void Append(ReadOnlySpan<byte> bytes);

    /// <summary>The digest of all bytes. Call it once.</summary>
    public abstract byte[] Finish();

    /// <inheritdoc/>
    public abstract void Dispose();
}
