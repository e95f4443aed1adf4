using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// A large object read once from front to back with one SHA-256 over the whole. Each block's XXH3 is compared on the way, so
/// that accidental damage is told where it is and early; what decides is the digest of the whole.
/// </summary>
/// <remarks>spec/formats/large-object.md. Not safe for concurrent use.</remarks>
internal sealed class LargeObjectContent
{
    private readonly IDiskFile _file;
    private readonly string _path;
    private readonly Digest _name;
    private readonly byte[] _table;

    private LargeObjectContent(IDiskFile file, string path, Digest name, LargeObjectTrailer trailer, byte[] table) =>
        (_file, _path, _name, Trailer, _table) = (file, path, name, trailer, table);

    public LargeObjectTrailer Trailer { get; }

    /// <summary>Reads trailer and table and checks that they agree with each other and with the name.</summary>
    /// <exception cref="StorageException">Damaged, with the finding.</exception>
    public static LargeObjectContent Open(IDiskFile file, string path, Digest name)
    {
        var trailer = LargeObjectStream.ReadTrailer(file) ?? throw Damaged(Codes.LargeTrailerBad, path, 0);
        if (trailer.Content != name)
        {
            throw Damaged(Codes.LargeDigest, path, 0);
        }

        var table = new byte[checked((int)(trailer.Blocks * LargeObjectTrailer.TableEntrySize))];
        return file.Read(trailer.TableOffset, table) == table.Length && Digest.Of(table) == trailer.Table
            ? new LargeObjectContent(file, path, name, trailer, table)
            : throw Damaged(Codes.LargeTrailerBad, path, trailer.TableOffset);
    }

    /// <summary>What the table says of a block: XXH3-64, then SHA-256.</summary>
    public ReadOnlySpan<byte> Entry(long block) => _table.AsSpan((int)block * LargeObjectTrailer.TableEntrySize, LargeObjectTrailer.TableEntrySize);

    /// <summary>Reads the whole content. Pieces are given out <b>before</b> the whole was compared: when this throws, they must not be kept.</summary>
    /// <param name="buffer">The memory to read into.</param>
    /// <param name="hashBlocks">Whether to compute each block's SHA-256 as well.</param>
    /// <param name="piece">Takes the pieces in order, or null.</param>
    /// <param name="passed">Told of bytes read, or null.</param>
    /// <param name="cancellation">Stops before the next piece.</param>
    /// <exception cref="StorageException">Damaged, with the finding.</exception>
    public void Read(Memory<byte> buffer, bool hashBlocks, Action<ReadOnlyMemory<byte>>? piece, Action<int>? passed, CancellationToken cancellation)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var ofBlock = hashBlocks ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var fast = new XxHash3();
        for (var block = 0L; block < Trailer.Blocks; block++)
        {
            var start = block * LargeObjectTrailer.BlockSize;
            var end = Math.Min(start + LargeObjectTrailer.BlockSize, Trailer.Length);
            fast.Reset();
            for (var at = start; at < end;)
            {
                cancellation.ThrowIfCancellationRequested();
                var part = buffer[..(int)Math.Min(buffer.Length, end - at)];
                if (_file.Read(LargeObjectHeader.Size + at, part.Span) != part.Length)
                {
                    throw Damaged(Codes.LargeBlock, _path, LargeObjectHeader.Size + start);
                }

                whole.AppendData(part.Span);
                ofBlock?.AppendData(part.Span);
                fast.Append(part.Span);
                piece?.Invoke(part);
                passed?.Invoke(part.Length);
                at += part.Length;
            }

            Compare(block, (start, end), fast.GetCurrentHashAsUInt64(), ofBlock, buffer);
        }

        if (Take(whole) != _name)
        {
            throw Damaged(Codes.LargeDigest, _path, 0);
        }
    }

    private void Compare(long block, (long Start, long End) range, ulong fast, IncrementalHash? ofBlock, Memory<byte> buffer)
    {
        if (ofBlock is null && BinaryPrimitives.ReadUInt64LittleEndian(Entry(block)) == fast)
        {
            return;
        }

        // The XXH3 is a hint: only the SHA-256 of the block says that it is damaged.
        if ((ofBlock is null ? HashBlock(range, buffer) : Take(ofBlock)) != new Digest(Entry(block)[8..]))
        {
            throw Damaged(Codes.LargeBlock, _path, LargeObjectHeader.Size + range.Start);
        }
    }

    private Digest HashBlock((long Start, long End) range, Memory<byte> buffer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var at = range.Start; at < range.End;)
        {
            var part = buffer.Span[..(int)Math.Min(buffer.Length, range.End - at)];
            var count = _file.Read(LargeObjectHeader.Size + at, part);
            hash.AppendData(part[..count]);
            at += Math.Max(1, count);
        }

        return Take(hash);
    }

    private static Digest Take(IncrementalHash hash)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        hash.GetHashAndReset(bytes);
        return new Digest(bytes);
    }

    private static StorageException Damaged(string code, string path, long offset) => LedgerFiles.Damaged(Finding.Error(code, path, ("offset", offset)));
}
