using System.Buffers;
using System.IO.Hashing;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>
/// A run of bytes made ready for a pack: compressed if that pays, hashed, but not yet placed. It may hold a pooled buffer
/// until it is disposed of; one that is forgotten costs the pool an array and nothing else.
/// </summary>
/// <remarks>spec/formats/frame.md. Made by <see cref="Frame"/>. One user at a time.</remarks>
public sealed class PreparedFrame : IDisposable
{
    private ReadOnlyMemory<byte> _stored;
    private IDisposable? _lender;
    private byte[]? _rented;
    private readonly ArrayPool<byte>? _pool;
    private bool _disposed;

    internal PreparedFrame(FrameKind kind, ReadOnlyMemory<byte> raw, Digest digest, IDisposable? lender)
        : this(kind, FrameCodec.Raw, raw, raw.Length, digest)
    {
        _lender = lender;
    }

    internal PreparedFrame(FrameKind kind, ReadOnlyMemory<byte> compressed, long originalLength, Digest digest, byte[] rented, ArrayPool<byte> pool)
        : this(kind, FrameCodec.Lz4, compressed, originalLength, digest)
    {
        _rented = rented;
        _pool = pool;
    }

    private PreparedFrame(FrameKind kind, FrameCodec codec, ReadOnlyMemory<byte> stored, long originalLength, Digest digest)
    {
        Kind = kind;
        Codec = codec;
        _stored = stored;
        StoredLength = stored.Length;
        OriginalLength = originalLength;
        Digest = digest;
        StoredHash = XxHash3.HashToUInt64(stored.Span);
    }

    /// <summary>What it carries.</summary>
    public FrameKind Kind { get; }

    /// <summary>How <see cref="Stored"/> is coded.</summary>
    public FrameCodec Codec { get; }

    /// <summary>The bytes to be stored; lent until the frame is disposed of.</summary>
    /// <exception cref="ObjectDisposedException">The bytes were given back.</exception>
    public ReadOnlyMemory<byte> Stored
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _stored;
        }
    }

    /// <summary>Length of the stored bytes.</summary>
    public int StoredLength { get; }

    /// <summary>Length of the original bytes.</summary>
    public long OriginalLength { get; }

    /// <summary>SHA-256 of the original bytes.</summary>
    public Digest Digest { get; }

    /// <summary>XXH3-64 of <see cref="Stored"/>.</summary>
    public ulong StoredHash { get; }

    /// <summary>Length of the frame once written.</summary>
    public long Length => FrameHeader.FrameLength(FrameHeader.Size, StoredLength);

    /// <summary>The header of this frame at a place.</summary>
    public FrameHeader Place(Guid pack, long offset, ulong batch) =>
        new(Kind, Codec, FrameHeader.Size, StoredLength, OriginalLength, Digest, StoredHash, pack, offset, batch);

    /// <summary>Gives its buffer back; a second call does nothing.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _stored = default;
        _lender?.Dispose();
        _lender = null;
        if (_rented is { } array)
        {
            _rented = null;
            _pool!.Return(array);
        }
    }
}
