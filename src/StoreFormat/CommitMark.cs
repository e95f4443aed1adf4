using System.Buffers.Binary;
using System.Security.Cryptography;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>What a commit frame says: the end of a batch, and its link in the pack's hash chain.</summary>
/// <param name="Previous">The previous commit hash; in batch 1 the SHA-256 of the pack header.</param>
/// <param name="Hash">This commit hash.</param>
/// <param name="Batch">Batch number, from 1.</param>
/// <param name="FirstOffset">Offset of the batch's first frame.</param>
/// <param name="Frames">Number of the batch's other frames.</param>
/// <remarks>spec/formats/pack.md, "Batches and commit frames".</remarks>
public sealed record CommitMark(Digest Previous, Digest Hash, ulong Batch, long FirstOffset, long Frames)
{
    /// <summary>Length of the payload in bytes.</summary>
    public const int Size = 96;

    /// <summary>The 96 payload bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Previous.CopyTo(bytes);
        Hash.CopyTo(bytes.AsSpan(32));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(64), Batch);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(72), FirstOffset);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(80), Frames);
        return bytes;
    }

    /// <summary>Reads a payload; false when it has not the form.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out CommitMark mark)
    {
        mark = null!;
        if (bytes.Length != Size || bytes[88..].ContainsAnyExcept((byte)0))
        {
            return false;
        }

        mark = new CommitMark(
            new Digest(bytes[..32]), new Digest(bytes.Slice(32, 32)), BinaryPrimitives.ReadUInt64LittleEndian(bytes[64..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[72..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[80..]));
        return true;
    }
}

/// <summary>Computes a batch's commit hash while its frames go by.</summary>
/// <remarks>Not safe for concurrent use. One instance serves batch after batch.</remarks>
public sealed class CommitChain : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Digest _previous;
    private long _firstOffset;
    private long _frames;

    /// <summary>Starts at a pack's header, or at a known commit.</summary>
    /// <param name="previous">SHA-256 of the header, or the last commit hash.</param>
    /// <param name="nextBatch">Number of the next batch.</param>
    public CommitChain(Digest previous, ulong nextBatch)
    {
        _previous = previous;
        Batch = nextBatch;
        Restart();
    }

    /// <summary>The batch that is being written or read, from 1.</summary>
    public ulong Batch { get; private set; }

    /// <summary>The last commit hash.</summary>
    public Digest Last => _previous;

    /// <summary>Frames of the batch so far.</summary>
    public long Frames => _frames;

    /// <summary>Takes in the header bytes of the next frame of the batch.</summary>
    public void Add(ReadOnlySpan<byte> header, long offset)
    {
        if (_frames == 0)
        {
            _firstOffset = offset;
        }

        _hash.AppendData(header);
        _frames = checked(_frames + 1);
    }

    /// <summary>The mark that ends the batch; the chain goes on with the next one.</summary>
    public CommitMark Commit()
    {
        Span<byte> hash = stackalloc byte[32];
        _hash.GetHashAndReset(hash);
        var mark = new CommitMark(_previous, new Digest(hash), Batch, _firstOffset, _frames);
        _previous = mark.Hash;
        Batch++;
        Restart();
        return mark;
    }

    /// <summary>Forgets the frames of the unfinished batch.</summary>
    public void Restart()
    {
        Span<byte> bytes = stackalloc byte[32];
        _ = _hash.TryGetHashAndReset(bytes, out _);
        _previous.CopyTo(bytes);
        _hash.AppendData(bytes);
        _frames = 0;
        _firstOffset = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
