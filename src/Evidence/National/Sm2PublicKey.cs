using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Crypto.Parameters;

namespace Lantai.Evidence.National;

/// <summary>A public key of SM2: a point of the curve sm2p256v1 (1.2.156.10197.1.301) that is not the point at infinity.</summary>
/// <remarks>Source: GB/T 32918 (GM/T 0003). Equal by content. Immutable, safe for concurrent use.</remarks>
public sealed class Sm2PublicKey : IEquatable<Sm2PublicKey>
{
    /// <summary>The length of the written form in bytes: 4 and both coordinates.</summary>
    public const int Size = Sm2Curve.PointSize;

    /// <summary>The greatest length of a user id in bytes: its length in bits is written in 16 bits.</summary>
    public const int LongestUserId = 8191;

    private readonly ECPublicKeyParameters _key;

    internal Sm2PublicKey(ECPublicKeyParameters key) => _key = key;

    /// <summary>The user id of a signer of whom no other was agreed: 1234567812345678 (GB/T 35276).</summary>
    public static ReadOnlySpan<byte> DefaultUserId => "1234567812345678"u8;

    internal ECPublicKeyParameters Parameters => _key;

    /// <summary>Reads a point of 65 bytes (4, x, y) or of 33 (2 or 3, x); false when it is no point of the curve.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Sm2PublicKey? key)
    {
        key = Sm2Curve.Point(bytes) is { } point ? new Sm2PublicKey(point) : null;
        return key is not null;
    }

    /// <summary>The 65 bytes 4, x, y.</summary>
    public byte[] ToBytes() => Sm2Curve.Encode(_key);

    /// <summary>
    /// Begins the digest that is signed: SM3 that has taken in Z, the digest of user id, curve and key. The message comes behind.
    /// </summary>
    /// <exception cref="ArgumentException">The user id is longer than 8191 bytes.</exception>
    public Sm3 BeginDigest(ReadOnlySpan<byte> userId)
    {
        var digest = new Sm3();
        digest.Append(Identity(userId));
        return digest;
    }

    /// <summary>Z: the digest of user id, curve and key.</summary>
    internal byte[] Identity(ReadOnlySpan<byte> userId)
    {
        if (userId.Length > LongestUserId)
        {
            throw new ArgumentException("A user id has at most 8191 bytes.", nameof(userId));
        }

        Span<byte> bits = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bits, (ushort)(8 * userId.Length));
        var digest = new Sm3();
        digest.Append(bits);
        digest.Append(userId);
        digest.Append(Sm2Curve.Constants);
        digest.Append(ToBytes().AsSpan(1));
        return digest.Finish();
    }

    /// <summary>Whether the signature is this key's, under the default user id.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => Verify(message, signature, DefaultUserId);

    /// <summary>Whether the signature is this key's. Untrusted: whatever it holds, the answer is yes or no.</summary>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">r and s, 64 bytes; <see cref="Sm2Signature.TryFromDer"/> gives them from the other form.</param>
    /// <param name="userId">The signer's user id, at most 8191 bytes.</param>
    /// <exception cref="ArgumentException">The user id is longer.</exception>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> userId)
    {
        var digest = BeginDigest(userId);
        digest.Append(message);
        return VerifyDigest(digest.Finish(), signature);
    }

    /// <summary>Whether the signature is this key's of a message known by its digest, which begins with Z (<see cref="BeginDigest"/>).</summary>
    /// <exception cref="ArgumentException">The digest is not 32 bytes long.</exception>
    public bool VerifyDigest(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        if (digest.Length != Sm3.Size)
        {
            throw new ArgumentException("A digest is 32 bytes.", nameof(digest));
        }

        return signature.Length == Sm2Signature.Size && Sm2Curve.Verifies(_key, digest, signature);
    }

    /// <summary>Encrypts some content to the holder of the secret: C1, C3 and C2, 97 bytes longer than the content.</summary>
    /// <exception cref="ArgumentException">The content is empty.</exception>
    public byte[] Encrypt(ReadOnlySpan<byte> content) =>
        content.IsEmpty ? throw new ArgumentException("SM2 encrypts one byte at least.", nameof(content)) : Sm2Curve.Encrypt(_key, content);

    /// <summary>Whether the two are the same point.</summary>
    public bool Equals(Sm2PublicKey? other) => other is not null && _key.Equals(other._key);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Sm2PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => _key.GetHashCode();

    /// <summary>The point in lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());
}
