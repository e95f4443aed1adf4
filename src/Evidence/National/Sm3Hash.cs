using Lantai.Evidence.National.Interop;

namespace Lantai.Evidence.National;

/// <summary>The SM3 of bytes that come one block after the other: by OpenSSL where it is at hand, else by BouncyCastle.</summary>
/// <remarks>Source: GB/T 32905. Not safe for concurrent use.</remarks>
public sealed class Sm3Hash : IDisposable
{
    private readonly LibcryptoSm3? _native;
    private readonly Sm3? _managed;

    /// <summary>Begins.</summary>
    public Sm3Hash()
        : this(Libcrypto.HasSm3)
    {
    }

    /// <summary>Begins with OpenSSL or without, as asked: both must give the same.</summary>
    internal Sm3Hash(bool native)
    {
        if (native)
        {
            _native = new LibcryptoSm3();
        }
        else
        {
            _managed = new Sm3();
        }
    }

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _native?.Append(bytes);
        _managed?.Append(bytes);
    }

    /// <summary>The digest of all bytes; afterwards it begins anew.</summary>
    public Sm3Digest Finish()
    {
        Span<byte> digest = stackalloc byte[Sm3Digest.Size];
        _native?.Finish(digest);
        _managed?.Finish(digest);
        return new Sm3Digest(digest);
    }

    /// <inheritdoc/>
    public void Dispose() => _native?.Dispose();
}
