using System.Security.Cryptography;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// The content of a large object, block by block: a block comes out only after its SHA-256 agreed with the table, and
/// the last one only after the whole content agreed with the name.
/// </summary>
/// <remarks>spec/formats/large-object.md. Read forward only; not safe for concurrent use.</remarks>
internal sealed class LargeObjectStream : Stream
{
    private readonly IDiskFile _file;
    private readonly string _path;
    private readonly Digest _name;
    private readonly bool _leaveOpen;
    private readonly LargeObjectContent _content;
    private readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _block = [];
    private int _inBlock;
    private int _blockLength;
    private long _nextBlock;

    /// <param name="file">The object's file.</param>
    /// <param name="path">Its path, for findings.</param>
    /// <param name="name">The digest that the content must have.</param>
    /// <param name="leaveOpen">Whether the file stays open when the stream is disposed.</param>
    public LargeObjectStream(IDiskFile file, string path, Digest name, bool leaveOpen = false)
    {
        (_file, _path, _name, _leaveOpen) = (file, path, name, leaveOpen);
        _content = LargeObjectContent.Open(file, path, name);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _content.Trailer.Length;

    public override long Position
    {
        get => ((_nextBlock - 1) * LargeObjectTrailer.BlockSize) + _inBlock;
        set => throw new NotSupportedException("A verified content is read forward.");
    }

    /// <summary>Reads the trailer of a large object's file; null when it is bad or disagrees with the file's length.</summary>
    public static LargeObjectTrailer? ReadTrailer(IDiskFile file)
    {
        var bytes = new byte[LargeObjectTrailer.Size];
        return file.Length > LargeObjectHeader.Size + bytes.Length && file.Read(file.Length - bytes.Length, bytes) == bytes.Length
            && LargeObjectTrailer.TryRead(bytes, out var trailer) && trailer.FileLength == file.Length
            ? trailer
            : null;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_inBlock == _blockLength && !NextBlock())
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, _blockLength - _inBlock);
        _block.AsSpan(_inBlock, count).CopyTo(buffer);
        _inBlock += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!_leaveOpen)
            {
                _file.Dispose();
            }

            _whole.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool NextBlock()
    {
        if (_nextBlock >= _content.Trailer.Blocks)
        {
            return false;
        }

        var start = _nextBlock * LargeObjectTrailer.BlockSize;
        _blockLength = (int)Math.Min(LargeObjectTrailer.BlockSize, _content.Trailer.Length - start);
        _inBlock = 0;
        if (_block.Length < _blockLength)
        {
            _block = new byte[_blockLength];
        }

        var block = _block.AsSpan(0, _blockLength);
        var expected = _content.Entry(_nextBlock)[8..];
        if (_file.Read(LargeObjectHeader.Size + start, block) != block.Length || Digest.Of(block) != new Digest(expected))
        {
            throw Damaged(Codes.LargeBlock, LargeObjectHeader.Size + start);
        }

        _whole.AppendData(block);
        _nextBlock++;
        if (_nextBlock == _content.Trailer.Blocks)
        {
            Span<byte> hash = stackalloc byte[Digest.Size];
            _whole.GetHashAndReset(hash);
            if (new Digest(hash) != _name)
            {
                throw Damaged(Codes.LargeDigest, 0);
            }
        }

        return true;
    }

    private StorageException Damaged(string code, long offset) => LedgerFiles.Damaged(Finding.Error(code, _path, ("offset", offset)));
}
