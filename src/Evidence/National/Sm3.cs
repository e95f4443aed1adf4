using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace Lantai.Evidence.National;

/// <summary>The digest SM3, 32 bytes, over content that comes piece by piece; and HMAC over it.</summary>
/// <remarks>Source: GB/T 32905 (GM/T 0004); HMAC by RFC 2104. Not safe for concurrent use; the static functions are.</remarks>
public sealed class Sm3
{
    /// <summary>The length of a digest in bytes.</summary>
    public const int Size = 32;

    /// <summary>The shortest HMAC that is taken for one, in bytes: half of a digest (RFC 2104 section 5).</summary>
    public const int ShortestTag = 16;

    private readonly SM3Digest _digest = new();

    /// <summary>Computes the digest of some content.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> content)
    {
        var hash = new byte[Size];
        Hash(content, hash);
        return hash;
    }

    /// <summary>Computes the digest of some content into the first 32 bytes of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 32 bytes.</exception>
    public static void Hash(ReadOnlySpan<byte> content, Span<byte> destination)
    {
        var one = new Sm3();
        one.Append(content);
        one.Finish(destination);
    }

    /// <summary>Computes HMAC-SM3, 32 bytes.</summary>
    /// <param name="key">Any length; shorter than 32 bytes is weak.</param>
    /// <param name="content">What is vouched for.</param>
    public static byte[] Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content)
    {
        var mac = new HMac(new SM3Digest());
        mac.Init(new KeyParameter(key));
        mac.BlockUpdate(content);
        var tag = new byte[Size];
        mac.DoFinal(tag);
        return tag;
    }

    /// <summary>Whether a tag is the HMAC-SM3 of the content, or its first 16 bytes or more. Takes equally long for right and wrong tags.</summary>
    public static bool IsHmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content, ReadOnlySpan<byte> tag) =>
        tag.Length is >= ShortestTag and <= Size
        && CryptographicOperations.FixedTimeEquals(Hmac(key, content).AsSpan(0, tag.Length), tag);

    /// <summary>Takes in the next piece.</summary>
    public void Append(ReadOnlySpan<byte> piece) => _digest.BlockUpdate(piece);

    /// <summary>Writes the digest of all pieces to the first 32 bytes of <paramref name="destination"/> and begins anew.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 32 bytes.</exception>
    public void Finish(Span<byte> destination)
    {
        if (destination.Length < Size)
        {
            throw new ArgumentException("A digest takes 32 bytes.", nameof(destination));
        }

        _digest.DoFinal(destination);
    }

    /// <summary>The digest of all pieces; begins anew.</summary>
    public byte[] Finish()
    {
        var hash = new byte[Size];
        _digest.DoFinal(hash);
        return hash;
    }
}
