using System.Runtime.Intrinsics;

namespace Lantai.Evidence.National;

/// <summary>
/// The SM3 of some bytes, kept beside their SHA-256, which stays their name. 32 bytes, equal by content; absent is
/// <c>Sm3Digest?</c>.
/// </summary>
/// <remarks>Source: GB/T 32905 (GM/T 0004). Immutable, safe for concurrent use.</remarks>
public readonly record struct Sm3Digest
{
    /// <summary>The length of a digest in bytes.</summary>
    public const int Size = 32;

    /// <summary>The name of the algorithm where digests are listed by name.</summary>
    public const string Algorithm = "sm3";

    private readonly Vector256<byte> _bytes;

    /// <summary>Takes the 32 bytes of an existing digest.</summary>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    public Sm3Digest(ReadOnlySpan<byte> bytes) =>
        _bytes = bytes.Length == Size ? Vector256.Create(bytes) : throw new ArgumentException("A digest is 32 bytes.", nameof(bytes));

    /// <summary>Computes the SM3 of <paramref name="content"/>: by OpenSSL where it is at hand, else by BouncyCastle.</summary>
    public static Sm3Digest Of(ReadOnlySpan<byte> content) => Sm3Lanes.One(content);

    /// <summary>Writes the 32 bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination) => _bytes.CopyTo(destination);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
