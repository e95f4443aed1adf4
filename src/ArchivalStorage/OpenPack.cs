using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// The open pack of one retention group: frames are appended in batches, a batch ends with a commit frame and an
/// fsync. What comes after <see cref="End"/> was not committed and is cut off by <see cref="RollBack"/>.
/// </summary>
/// <remarks>spec/formats/pack.md. One user at a time: whoever holds <see cref="Turn"/>.</remarks>
internal sealed class OpenPack : IDisposable
{
    private const int FlushAt = 1024 * 1024;
    private const int Direct = 512 * 1024;

    private readonly IDiskFile _file;
    private readonly CommitChain _chain;
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly long _begun;
    private long _flushed;
    private long _reach;

    private OpenPack(PackHeader header, IDiskFile file, CommitChain chain, long end)
    {
        Header = header;
        _file = file;
        _chain = chain;
        End = end;
        _begun = end;
        _flushed = end;
        _reach = end;
    }

    /// <summary>One deposit writes at a time, so that all frames of a case lie together.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public PackHeader Header { get; }

    public IDiskFile File => _file;

    public string Path => StoreLayout.OpenPack(Header.Pack);

    /// <summary>End of the last committed batch.</summary>
    public long End { get; private set; }

    /// <summary>Last commit hash; the header's digest before the first batch.</summary>
    public Digest LastCommit => _chain.Last;

    /// <summary>Number of committed batches.</summary>
    public ulong Batches => _chain.Batch - 1;

    /// <summary>Number of frames that this process appended.</summary>
    public int Appended { get; private set; }

    /// <summary>
    /// Number of frames that it may hold: a hint for memory. Of what an earlier process appended only the bytes are known; its
    /// frames are taken to be as long as ours.
    /// </summary>
    public int Expected => _begun == PackHeader.Size || End == _begun ? Appended : (int)Math.Min(Appended * (1.02 * End / (End - _begun)), End / FrameHeader.Size);

    /// <summary>Whether anything was committed to it.</summary>
    public bool HoldsSomething => Batches > 0;

    /// <summary>What the ledger's trailer says of it.</summary>
    public VouchedPack Vouched => new(Header.Pack, End, Batches, LastCommit);

    private long Position => _flushed + _buffer.WrittenCount;

    public static OpenPack Create(IDisk disk, Guid store, string group, DateTimeOffset now)
    {
        var header = new PackHeader(store, Guid.NewGuid(), RandomNumberGenerator.GetBytes(32), now, group);
        var bytes = header.ToBytes();
        var file = disk.Open(StoreLayout.OpenPack(header.Pack), DiskAccess.Create);
        file.Write(0, bytes);
        file.Sync();
        return new OpenPack(header, file, new CommitChain(Digest.Of(bytes), 1), PackHeader.Size);
    }

    /// <summary>Goes on behind a known last commit.</summary>
    public static OpenPack Resume(PackHeader header, IDiskFile file, Digest lastCommit, ulong batches, long end) =>
        new(header, file, new CommitChain(lastCommit, batches + 1), end);

    /// <summary>Appends a frame to the current batch and says where it will lie.</summary>
    public FramePlace Append(PreparedFrame frame, uint packNumber)
    {
        var header = frame.Place(Header.Pack, Position, _chain.Batch);
        var length = checked((int)header.Length);
        Appended++;
        if (length >= Direct)
        {
            AppendDirectly(header, frame);
            return new FramePlace(packNumber, header.Offset, header.Length);
        }

        var span = _buffer.GetSpan(length)[..length];
        Frame.Write(header, frame.Stored.Span, span);
        _chain.Add(span[..FrameHeader.Size], header.Offset);
        _buffer.Advance(length);
        if (_buffer.WrittenCount >= FlushAt)
        {
            Flush();
        }

        return new FramePlace(packNumber, header.Offset, header.Length);
    }

    // A long frame is written from where it lies: it is not copied, and no buffer grows to its size.
    private void AppendDirectly(in FrameHeader header, PreparedFrame frame)
    {
        Flush();
        Span<byte> head = stackalloc byte[FrameHeader.Size];
        header.Write(head);
        _chain.Add(head, header.Offset);
        Span<byte> tail = stackalloc byte[checked((int)(header.Length - FrameHeader.Size - frame.StoredLength))];
        tail.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(tail[^8..], header.Length);
        _file.Write(_flushed, head);
        _file.Write(_flushed + head.Length, frame.Stored.Span);
        _file.Write(_flushed + head.Length + frame.StoredLength, tail);
        _flushed += header.Length;
        _reach = Math.Max(_reach, _flushed);
    }

    /// <summary>Ends the batch: commit frame, fsync. After it returns the batch is on disk, but not yet acknowledged.</summary>
    public void Commit()
    {
        var mark = _chain.Commit();
        using var frame = Frame.Prepare(FrameKind.Commit, mark.ToBytes());
        var header = frame.Place(Header.Pack, Position, mark.Batch);
        var span = _buffer.GetSpan((int)header.Length)[..(int)header.Length];
        Frame.Write(header, frame.Stored.Span, span);
        _buffer.Advance((int)header.Length);
        Flush();
        _file.Sync();
        End = _flushed;
    }

    /// <summary>Forgets the unfinished batch and cuts what was written of it.</summary>
    public void RollBack()
    {
        _buffer.ResetWrittenCount();
        _chain.Restart();
        _flushed = End;
        if (_reach > End)
        {
            _reach = End;
            _file.Truncate(End);
            _file.Sync();
        }
    }

    /// <summary>Writes the index frame and the footer and fsyncs: the file is ready for its name.</summary>
    /// <param name="entries">The pack's frames; they are put in order.</param>
    public void WriteEnd(List<PackIndexEntry> entries)
    {
        PackIndex.Sort(entries);
        var block = new byte[1024 * PackIndex.EntrySize];
        var fast = new XxHash3();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Each(entries, block, b =>
        {
            hash.AppendData(b);
            fast.Append(b);
        });

        var length = (long)entries.Count * PackIndex.EntrySize;
        var header = new FrameHeader(
            FrameKind.Index, FrameCodec.Raw, FrameHeader.Size, length, length, new Digest(hash.GetHashAndReset()), fast.GetCurrentHashAsUInt64(), Header.Pack, End, Batches);
        var head = new byte[FrameHeader.Size];
        header.Write(head);
        _file.Write(End, head);
        var at = End + head.Length;
        Each(entries, block, b =>
        {
            _file.Write(at, b);
            at += b.Length;
        });

        var frameEnd = End + header.Length;
        var tail = new byte[checked((int)(frameEnd - at)) + PackFooter.Size];
        BinaryPrimitives.WriteInt64LittleEndian(tail.AsSpan((int)(frameEnd - at) - 8), header.Length);
        new PackFooter(End, entries.Count, frameEnd + PackFooter.Size, Batches, LastCommit, Header.Pack).ToBytes().CopyTo(tail, tail.Length - PackFooter.Size);
        _file.Write(at, tail);
        _file.Sync();
    }

    public void Dispose()
    {
        _file.Dispose();
        _chain.Dispose();
        Turn.Dispose();
    }

    private static void Each(List<PackIndexEntry> entries, byte[] block, Action<byte[]> take)
    {
        for (var from = 0; from < entries.Count; from += block.Length / PackIndex.EntrySize)
        {
            var count = PackIndex.Write(entries, from, block);
            take(count == block.Length ? block : block[..count]);
        }
    }

    private void Flush()
    {
        if (_buffer.WrittenCount == 0)
        {
            return;
        }

        _file.Write(_flushed, _buffer.WrittenSpan);
        _flushed += _buffer.WrittenCount;
        _reach = Math.Max(_reach, _flushed);
        _buffer.ResetWrittenCount();
    }
}
