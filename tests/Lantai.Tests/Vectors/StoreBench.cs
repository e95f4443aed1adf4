using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.Vectors;

/// <summary>
/// Writes into the image of a store what no vault would write: events of any content, with commit frame, trailer, tiles
/// and checkpoint as they should be, so that a wrong thing is met alone.
/// </summary>
internal sealed class StoreBench(StoreImage image, NoteSigner signer, Sm2NoteSigner sm2)
{
    private readonly List<(FrameKind Kind, byte[] Bytes)> _frames = [];
    private readonly List<byte[]> _leaves = [];

    public StoreImage Image => image;

    public string SealedPack => image.Files.Keys.Single(p => p.StartsWith("packs/", StringComparison.Ordinal) && Header(p).Group == "unscheduled");

    public string OpenPack => image.Files.Keys.Single(p => p.StartsWith("open/", StringComparison.Ordinal) && Header(p).Group == "permanent");

    public List<LedgerBatch> Batches(string path = StoreLayout.OpenSegment)
    {
        Assert.True(LedgerSegmentHeader.TryRead(image[path].AsSpan(0, LedgerSegmentHeader.Size), out var header));
        var (batches, at) = (new List<LedgerBatch>(), LedgerSegmentHeader.Size);
        var (batch, sequence, trailer) = (header.FirstBatch, header.FirstSequence, header.PreviousTrailer);
        while (LedgerBatch.TryRead(image[path].AsSpan(at), batch, sequence, trailer) is { } read)
        {
            batches.Add(read);
            at += read.Length;
            (batch, sequence, trailer) = (batch + 1, sequence + read.Trailer.Count, read.Trailer.Hash);
        }

        return batches;
    }

    public Digest Keep(FrameKind kind, byte[] bytes)
    {
        _frames.Add((kind, bytes));
        return Digest.Of(bytes);
    }

    /// <summary>Adds an event; a bent record, leaf or its bytes are taken as they are.</summary>
    public void Event(EventRecord record, string subject, JsonMap? body = null, Func<LedgerEntry, LedgerEntry>? leaf = null, Func<byte[], byte[]>? json = null, Func<byte[], byte[]>? leafBytes = null)
    {
        if (body is not null)
        {
            record = record with { Detail = Keep(FrameKind.Detail, Salted.Seal(new EventDetail(record.Account, "os:archivist", "bench", body).ToBytes())) };
        }

        var bytes = record.ToBytes();
        var commitment = Keep(FrameKind.Record, Salted.Seal(json?.Invoke(bytes) ?? bytes));
        var last = Batches()[^1];
        var previous = _leaves.Count > 0 ? _leaves[^1] : last.Leaves[^1];
        var entry = new LedgerEntry(last.Trailer.FirstSequence + last.Trailer.Count + _leaves.Count, record.Type, record.Time, subject, Digest.Of(previous), commitment);
        bytes = (leaf?.Invoke(entry) ?? entry).ToBytes();
        _leaves.Add(leafBytes?.Invoke(bytes) ?? bytes);
    }

    public EventRecord Record(string type, string outcome = "success")
    {
        Assert.True(LedgerEntry.TryRead(Batches()[^1].Leaves[^1], out var last));
        return new EventRecord(type, last.Time.AddSeconds(1), outcome, Guid.NewGuid());
    }

    /// <summary>Writes the batch and publishes it.</summary>
    public void Commit(bool publish = true)
    {
        var last = Batches()[^1].Trailer;
        var path = OpenPack;
        var known = last.Packs.Single(p => p.Pack == Header(path).Pack);
        var pack = new List<byte>(image[path][..(int)known.End]);
        using var chain = new CommitChain(known.Commit, known.Batch + 1);
        foreach (var (kind, content) in _frames)
        {
            var header = Put(pack, kind, content, known.Pack, chain.Batch);
            chain.Add(pack.GetRange((int)header.Offset, FrameHeader.Size).ToArray(), header.Offset);
        }

        var mark = chain.Commit();
        _ = Put(pack, FrameKind.Commit, mark.ToBytes(), known.Pack, mark.Batch);
        image[path] = [.. pack];
        var packs = last.Packs.Select(p => p.Pack == known.Pack ? new VouchedPack(p.Pack, pack.Count, mark.Batch, mark.Hash) : p).ToList();
        image[StoreLayout.OpenSegment] =
        [
            .. image[StoreLayout.OpenSegment],
            .. BatchTrailer.WriteBatch(_leaves, new BatchTrailer(last.Batch + 1, last.FirstSequence + last.Count, 0, packs, last.Hash, default), out _),
        ];
        _frames.Clear();
        _leaves.Clear();
        if (publish)
        {
            Publish();
        }
    }

    /// <summary>Makes tiles and checkpoint anew from the leaves.</summary>
    public void Publish()
    {
        var nodes = new Dictionary<(int, ulong), Digest>();
        var tree = new CompactRange((level, index, hash) => nodes[(level, index)] = hash);
        var leaves = image.Files.Keys.Where(p => p.StartsWith(StoreLayout.SealedSegments, StringComparison.Ordinal)).Append(StoreLayout.OpenSegment)
            .SelectMany(p => Batches(p)).SelectMany(b => b.Leaves).ToList();
        leaves.ForEach(l => tree.Append(MerkleTree.LeafHash(l)));
        foreach (var old in image.Files.Keys.Where(p => p.StartsWith(StoreLayout.Tiles + "/", StringComparison.Ordinal)).ToList())
        {
            _ = image.Files.Remove(old);
        }

        foreach (var tile in Tile.ForSize((ulong)leaves.Count))
        {
            image[StoreLayout.Ledger + "/" + tile.Path] = tile.Level < 0
                ? EntryBundle.Write([.. leaves.Skip((int)tile.Index * 256).Take(tile.Width).Select(l => (ReadOnlyMemory<byte>)l)])
                : [.. Enumerable.Range(0, tile.Width).SelectMany(i => nodes[(tile.Level * 8, (tile.Index * 256) + (ulong)i)].ToArray())];
        }

        Sign(leaves.Count, tree.Root());
    }

    public void Sign(long size, Digest root) => image[StoreLayout.Checkpoint] = Note(new Checkpoint(Origin, size, root).ToText());

    public byte[] Note(string text) => new SignedNote(text, [signer.Sign(text), sm2.Sign(text)]).ToBytes();

    /// <summary>The statement that adds a key, by both keys.</summary>
    public string Addition(Sm2NoteSigner added)
    {
        var text = KeyAddition.Write(Origin, signer.Verifier, added.Verifier);
        return Encoding.UTF8.GetString(new SignedNote(text, [signer.Sign(text), added.Sign(text)]).ToBytes());
    }

    public string Origin => signer.Verifier.Name;

    public PackHeader Header(string path) => PackHeader.TryRead(image[path].AsSpan(0, PackHeader.Size), out var header) is null ? header : throw new InvalidOperationException(path);

    /// <summary>The frames of a pack, read by header and length.</summary>
    public List<FrameHeader> Frames(string path)
    {
        var (frames, at) = (new List<FrameHeader>(), PackHeader.Size);
        while (at < image[path].Length && FrameHeader.TryRead(image[path].AsSpan(at), out var frame) is null)
        {
            frames.Add(frame);
            at += (int)frame.Length;
        }

        return frames;
    }

    /// <summary>Changes a frame's bytes and makes its checksum and header check right again.</summary>
    public void Reframe(string path, FrameHeader frame, Action<byte[]> change)
    {
        var bytes = image[path].AsSpan((int)frame.Offset, (int)frame.Length);
        var copy = bytes.ToArray();
        change(copy);
        BinaryPrimitives.WriteUInt64LittleEndian(copy.AsSpan(72), XxHash3.HashToUInt64(copy.AsSpan(frame.HeaderLength, (int)frame.StoredLength)));
        SHA256.HashData(copy.AsSpan(0, frame.HeaderLength - 8)).AsSpan(0, 8).CopyTo(copy.AsSpan(frame.HeaderLength - 8));
        copy.CopyTo(bytes);
    }

    /// <summary>Changes bytes whose SHA-256 stands behind them, and makes it right again.</summary>
    public void Rehash(string path, int start, int length, Action<byte[]> change)
    {
        change(image[path]);
        SHA256.HashData(image[path].AsSpan(start, length)).CopyTo(image[path].AsSpan(start + length));
    }

    /// <summary>A version of a new AIP, bent as wished, whose record and detail are right.</summary>
    public void Ingest(IReadOnlyList<byte[]> entries, Func<Manifest, Manifest>? bend = null, Func<byte[], byte[]>? rootBytes = null, Func<byte[], byte[]>? shardBytes = null, bool keepShard = true, bool keepRoot = true)
    {
        var tree = new CompactRange();
        var (bytes, files, folders) = (0L, 0L, 0L);
        foreach (var line in entries)
        {
            tree.Append(MerkleTree.LeafHash(line));
            if (ManifestEntry.TryRead(line, out var entry))
            {
                (bytes, files, folders) = (bytes + entry.Length, files + (entry.Kind == EntryKind.File ? 1 : 0), folders + (entry.Kind == EntryKind.Folder ? 1 : 0));
            }
        }

        byte[] shard = [.. entries.SelectMany(e => (byte[])[.. e, (byte)'\n'])];
        shard = shardBytes?.Invoke(shard) ?? shard;
        var digest = keepShard ? Keep(FrameKind.Manifest, shard) : Digest.Of(shard);
        var aip = Guid.NewGuid();
        var manifest = new Manifest(aip, 1, null, bytes, files, folders, tree.Root(), [new ShardReference(digest, entries.Count)]);
        manifest = bend?.Invoke(manifest) ?? manifest;
        var root = manifest.ToBytes();
        root = rootBytes?.Invoke(root) ?? root;
        var name = keepRoot ? Keep(FrameKind.Manifest, root) : Digest.Of(root);
        var detail = new IngestionDetail("local", aip.ToString("N"), "bent", "folder", Digest.Of(root), null, null, null, []);
        Event(Record(EventTypes.Ingestion) with { Aip = aip, Version = manifest.Version, Manifest = name }, aip.ToString("D"), detail.ToBody());
        Commit();
    }

    /// <summary>An entry for bytes that are kept with it.</summary>
    public byte[] Entry(string path, string content, bool keep = true)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var digest = keep ? Keep(FrameKind.Blob, bytes) : Digest.Of(bytes);
        return new ManifestEntry(EntryKind.File, EntryName.OfText(path), new string('5', 32), bytes.Length, digest, new Dictionary<string, string>(), null, null).ToBytes();
    }

    public string Sealed(int number) => image.Files.Keys.Where(p => p.StartsWith(StoreLayout.SealedSegments, StringComparison.Ordinal)).ElementAt(number);

    private static FrameHeader Put(List<byte> pack, FrameKind kind, byte[] content, Guid id, ulong batch)
    {
        using var frame = Frame.Prepare(kind, content);
        var header = frame.Place(id, pack.Count, batch);
        var bytes = new byte[header.Length];
        Frame.Write(header, frame.Stored.Span, bytes);
        pack.AddRange(bytes);
        return header;
    }
}
