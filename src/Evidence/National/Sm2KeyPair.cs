using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;

namespace Lantai.Evidence.National;

/// <summary>A secret key of SM2 with its public half: signs and decrypts.</summary>
/// <remarks>
/// Source: GB/T 32918 (GM/T 0003). The secret lies in ordinary memory, which cannot be wiped; where keys must not leave certified
/// hardware, they are not to be loaded here. Immutable, safe for concurrent use.
/// </remarks>
public sealed class Sm2KeyPair
{
    /// <summary>The length of a secret in bytes.</summary>
    public const int SecretSize = Sm2Curve.NumberSize;

    private readonly ECPrivateKeyParameters _secret;

    private Sm2KeyPair(ECPrivateKeyParameters secret)
    {
        _secret = secret;
        PublicKey = new Sm2PublicKey(Sm2Curve.PublicOf(secret));
    }

    /// <summary>The public half.</summary>
    public Sm2PublicKey PublicKey { get; }

    /// <summary>Makes a new key of the operating system's random bytes.</summary>
    public static Sm2KeyPair Generate() => new(Sm2Curve.Generate());

    /// <summary>Takes a secret of 32 bytes, big-endian, from 1 to n - 2; false for anything else.</summary>
    public static bool TryImport(ReadOnlySpan<byte> secret, [NotNullWhen(true)] out Sm2KeyPair? pair)
    {
        pair = Sm2Curve.Secret(secret) is { } number ? new Sm2KeyPair(number) : null;
        return pair is not null;
    }

    /// <summary>The secret as 32 bytes, which the caller wipes.</summary>
    public byte[] ExportSecret() => Sm2Curve.Encode(_secret);

    /// <summary>Signs a message under the default user id.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => Sign(message, Sm2PublicKey.DefaultUserId);

    /// <summary>Signs a message: r and s, 64 bytes, others each time.</summary>
    /// <param name="message">What is signed.</param>
    /// <param name="userId">The signer's user id, at most 8191 bytes.</param>
    /// <exception cref="ArgumentException">The user id is longer.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message, ReadOnlySpan<byte> userId) => userId.Length > Sm2PublicKey.LongestUserId
        ? throw new ArgumentException("A user id has at most 8191 bytes.", nameof(userId))
        : Sm2Curve.Sign(_secret, message, userId);

    /// <summary>
    /// Decrypts what was encrypted to this key, as C1, C3 and C2 or as the DER sequence of GB/T 35276; false when it is neither
    /// or was changed.
    /// </summary>
    public bool TryDecrypt(ReadOnlySpan<byte> encrypted, [NotNullWhen(true)] out byte[]? content)
    {
        content = encrypted is [0x04, ..] ? Sm2Curve.Decrypt(_secret, encrypted)
            : Sm2Ciphertext.TryFromDer(encrypted, out var plain) ? Sm2Curve.Decrypt(_secret, plain)
            : null;
        return content is not null;
    }
}
