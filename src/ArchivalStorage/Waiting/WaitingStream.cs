using System.Security.Cryptography;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Some of the bytes of a package that waits, decrypted and checked chunk by chunk as they are read.</summary>
/// <param name="disk">Where the file lies.</param>
/// <param name="name">Its salted name.</param>
/// <param name="header">Its header.</param>
/// <param name="key">The package's key.</param>
/// <param name="start">The first byte among those that are encrypted.</param>
/// <param name="length">How many.</param>
/// <remarks>Not safe for concurrent use. A chunk that was changed, moved or cut off is a <see cref="StorageException"/>, Damaged, with STO-020.</remarks>
internal sealed class WaitingStream(IDisk disk, Digest name, WaitingHeader header, ReadOnlySpan<byte> key, long start, long length) : SeekableStream
{
    private readonly IDiskFile _file = disk.Open(StoreLayout.WaitingFile(name), DiskAccess.Read);
    private readonly AesGcm _cipher = new(key, WaitingHeader.TagSize);
    private readonly byte[] _sealed = new byte[WaitingHeader.ChunkSize + WaitingHeader.TagSize];
    private readonly byte[] _clear = new byte[WaitingHeader.ChunkSize];
    private long _chunk = -1;

    public override long Length => length;

    public override int Read(Span<byte> buffer)
    {
        if (Position >= length || buffer.IsEmpty)
        {
            return 0;
        }

        var (chunk, offset) = Math.DivRem(start + Position, WaitingHeader.ChunkSize);
        var due = Decrypt(chunk);
        var count = (int)Math.Min(Math.Min(buffer.Length, due - offset), length - Position);
        _clear.AsSpan((int)offset, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CryptographicOperations.ZeroMemory(_clear);
            _cipher.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Brings a chunk into memory; gives its clear length.</summary>
    private int Decrypt(long chunk)
    {
        var due = (int)Math.Min(WaitingHeader.ChunkSize, header.ClearLength - (chunk * WaitingHeader.ChunkSize));
        if (chunk == _chunk)
        {
            return due;
        }

        _chunk = -1;
        var whole = due + WaitingHeader.TagSize;
        Span<byte> nonce = stackalloc byte[12];
        WaitingHeader.NonceOf(chunk, nonce);
        try
        {
            if (_file.Read(WaitingHeader.Size + (chunk * (WaitingHeader.ChunkSize + WaitingHeader.TagSize)), _sealed.AsSpan(0, whole)) < whole)
            {
                throw WaitingRoom.Damaged(name, "cut", chunk);
            }

            _cipher.Decrypt(nonce, _sealed.AsSpan(0, due), _sealed.AsSpan(due, WaitingHeader.TagSize), _clear.AsSpan(0, due));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw WaitingRoom.Damaged(name, "chunk", chunk);
        }

        _chunk = chunk;
        return due;
    }
}
