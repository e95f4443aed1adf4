using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Writes a large object into staging while it is read: header, raw content, table, trailer.</summary>
/// <remarks>spec/formats/large-object.md. Not safe for concurrent use.</remarks>
internal sealed class LargeObjectWriter : IDisposable
{
    private readonly IDiskFile _file;
    private readonly IncrementalHash _content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _block = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly XxHash3 _fast = new();
    private readonly MemoryStream _table = new();
    private int _inBlock;

    public LargeObjectWriter(IDisk disk, Guid store, DateTimeOffset now)
    {
        Id = Guid.NewGuid();
        Path = $"{StoreLayout.Staging}/{Id:N}.large";
        _file = disk.Open(Path, DiskAccess.Create);
        _file.Write(0, new LargeObjectHeader(store, Id, now).ToBytes());
    }

    public Guid Id { get; }

    public string Path { get; }

    public long Length { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _file.Write(LargeObjectHeader.Size + Length, bytes);
        _content.AppendData(bytes);
        Length += bytes.Length;
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(bytes.Length, LargeObjectTrailer.BlockSize - _inBlock)];
            _block.AppendData(part);
            _fast.Append(part);
            _inBlock += part.Length;
            bytes = bytes[part.Length..];
            if (_inBlock == LargeObjectTrailer.BlockSize)
            {
                EndBlock();
            }
        }
    }

    /// <summary>Writes padding, table and trailer and fsyncs. Gives the digest of the content.</summary>
    public Digest Finish()
    {
        if (_inBlock > 0)
        {
            EndBlock();
        }

        Span<byte> hash = stackalloc byte[Digest.Size];
        _content.GetHashAndReset(hash);
        var table = _table.ToArray();
        var trailer = new LargeObjectTrailer(Id, Length, new Digest(hash), Digest.Of(table));
        var end = new byte[checked((int)(trailer.FileLength - LargeObjectHeader.Size - Length))];
        var padding = (int)(trailer.TableOffset - LargeObjectHeader.Size - Length);
        table.CopyTo(end, padding);
        trailer.ToBytes().CopyTo(end, padding + table.Length);
        _file.Write(LargeObjectHeader.Size + Length, end);
        _file.Sync();
        _file.Dispose(); // whole and on disk: a deposit of many keeps no descriptor for each
        return trailer.Content;
    }

    /// <summary>The content so far, read from the file; for one that is not large after all.</summary>
    public byte[] ReadBack()
    {
        var bytes = new byte[checked((int)Length)];
        return _file.Read(LargeObjectHeader.Size, bytes) == bytes.Length
            ? bytes
            : throw new StorageException(StorageProblem.ReadFailed, Path);
    }

    public void Dispose()
    {
        _file.Dispose();
        _content.Dispose();
        _block.Dispose();
        _table.Dispose();
    }

    private void EndBlock()
    {
        Span<byte> entry = stackalloc byte[LargeObjectTrailer.TableEntrySize];
        BinaryPrimitives.WriteUInt64LittleEndian(entry, _fast.GetCurrentHashAsUInt64());
        _block.GetHashAndReset(entry[8..]);
        _fast.Reset();
        _table.Write(entry);
        _inBlock = 0;
    }
}
