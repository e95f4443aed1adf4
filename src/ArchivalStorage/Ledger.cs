using System.Text;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// The append-only ledger: the only commit point. What it holds is acknowledged; what it does not hold never happened.
/// </summary>
/// <remarks>
/// spec/formats/ledger.md and checkpoint.md. Appending and publishing run under the vault's commit lock; reading is
/// safe at any time.
/// </remarks>
public sealed class Ledger : IDisposable
{
    private const int SmallBlock = 4 << 10;
    private const int LargeBlock = 1 << 20;

    private readonly IDisk _disk;
    private readonly StoreDescriptor _descriptor;
    private readonly Lock _gate = new();
    private readonly List<SegmentPoint> _points;
    private IDiskFile? _file;
    private LedgerSegmentHeader _segment;
    private LedgerTree _tree;
    private Digest _lastTrailer;
    private ulong _nextBatch;
    private long _end;
    private bool _stopped;

    private Ledger(IDisk disk, StoreDescriptor descriptor, SegmentScan open, IReadOnlyList<VouchedPack> vouched, LedgerTree tree, Checkpoint? checkpoint)
    {
        (_disk, _descriptor, _segment, _tree, Checkpoint) = (disk, descriptor, open.Header, tree, checkpoint);
        (_points, _lastTrailer, _nextBatch, _end, Size) = (open.Points, open.End.Previous, open.End.Batch, open.End.Offset, open.End.Sequence);
        LastLeaf = open.LastLeaf is { } leaf ? Digest.Of(leaf) : open.Header.PreviousLeaf;
        Vouched = vouched;
        LastTime = open.LastLeaf is not null && LedgerEntry.TryRead(open.LastLeaf, out var last) ? last.Time : open.Header.Created;
        TornTail = open.Length - open.End.Offset;
    }

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>SHA-256 of the last leaf's bytes; zeros when there is none.</summary>
    public Digest LastLeaf { get; private set; }

    /// <summary>Time of the last leaf.</summary>
    public DateTimeOffset LastTime { get; private set; }

    /// <summary>The last published checkpoint, or null.</summary>
    public Checkpoint? Checkpoint { get; private set; }

    /// <summary>Bytes behind the last whole batch: 0 once an owner has cut them.</summary>
    public long TornTail { get; private set; }

    /// <summary>What the last trailer says of the open packs.</summary>
    internal IReadOnlyList<VouchedPack> Vouched { get; private set; }

    /// <summary>Size, last leaf and the last trailer's open packs, all of one moment.</summary>
    internal (long Size, Digest LastLeaf, IReadOnlyList<VouchedPack> Vouched) Head
    {
        get
        {
            lock (_gate)
            {
                return (Size, LastLeaf, Vouched);
            }
        }
    }

    /// <summary>Makes the ledger of a new store: one empty segment.</summary>
    internal static void Create(IDisk disk, StoreDescriptor descriptor) =>
        disk.Replace(StoreLayout.OpenSegment, new LedgerSegmentHeader(
            descriptor.Store, 0, 0, LedgerEntry.NoPrevious, LedgerEntry.NoPrevious, LedgerEntry.NoPrevious, descriptor.Created, 1).ToBytes());

    /// <summary>Reads the ledger of a store and checks that it extends its own checkpoint.</summary>
    /// <exception cref="StorageException">Damaged: the finding says how. Nothing was changed.</exception>
    internal static Ledger Load(IDisk disk, StoreDescriptor descriptor)
    {
        var segments = LedgerFiles.Segments(disk);
        var place = segments.Count > 0 && segments[^1].Name is null ? segments[^1] : throw LedgerFiles.Damaged(Finding.Error(Codes.SegmentOrder, StoreLayout.OpenSegment));
        var open = LedgerFiles.Scan(disk, place) ?? throw LedgerFiles.Damaged(Finding.Error(Codes.SegmentHeaderBad, place.Path));
        var (size, checkpoint) = (open.End.Sequence, ReadCheckpoint(disk));
        if (open.End.Offset < open.Length && (open.HasLater || checkpoint?.Size > size))
        {
            throw LedgerFiles.Damaged(Finding.Error(Codes.BatchBroken, place.Path, ("offset", open.End.Offset)));
        }

        if (checkpoint?.Size > size)
        {
            throw LedgerFiles.Damaged(Finding.Error(Codes.CheckpointBeyond, StoreLayout.Checkpoint, ("size", checkpoint.Size), ("ledger", size)));
        }

        // A segment that was just begun holds no trailer yet: the one before it speaks.
        var before = open.Header.Number == 0 ? null : ReadPredecessor(disk, segments, open.Header, open.Last is null);
        var vouched = (open.Last ?? before)?.Packs ?? [];
        var tree = LoadTree(disk, checkpoint, open, place);
        return tree.Size == size
            ? new Ledger(disk, descriptor, open, vouched, tree, checkpoint)
            : throw LedgerFiles.Damaged(Finding.Error(Codes.SegmentOrder, place.Path));
    }

    /// <summary>The segment before the open one must be there under the name that the open one gives it; its content is read on demand.</summary>
    private static BatchTrailer? ReadPredecessor(IDisk disk, IReadOnlyList<SegmentPlace> segments, LedgerSegmentHeader header, bool readContent)
    {
        if (segments.Count < 2 || segments[^2].Name != header.PreviousSegment)
        {
            throw LedgerFiles.Damaged(Finding.Error(Codes.SegmentOrder, StoreLayout.OpenSegment));
        }

        if (!readContent)
        {
            return null;
        }

        return LedgerFiles.Scan(disk, segments[^2]) is { } content && content.End.Previous == header.PreviousTrailer && content.End.Sequence == header.FirstSequence
            ? content.Last
            : throw LedgerFiles.Damaged(Finding.Error(Codes.SegmentOrder, segments[^2].Path));
    }

    /// <summary>The leaves from a sequence on, in order.</summary>
    /// <remarks>What it gives is the ledger at the moment when reading began: sealing a segment meanwhile does not disturb it.</remarks>
    /// <exception cref="StorageException">Damaged: a batch is not whole any more.</exception>
    internal IEnumerable<StoredLeaf> ReadLeaves(long from) => ReadLeaves(from, long.MaxValue);

    private IEnumerable<StoredLeaf> ReadLeaves(long from, long limit)
    {
        // The open segment's file is held by its descriptor: sealing gives it another name, not other bytes.
        using var open = TakeOpenSegment(from, limit, out var first, out var point, out var end, out var length);
        if (from < first)
        {
            foreach (var leaf in LedgerFiles.SealedLeaves(_disk, from, first))
            {
                yield return leaf;
            }
        }

        var walk = new SegmentWalk(open, point, (int)Math.Clamp(length, SmallBlock, LargeBlock));
        foreach (var leaf in LedgerFiles.Leaves(walk, from, end))
        {
            yield return leaf;
        }

        if (walk.At.Sequence < end)
        {
            throw LedgerFiles.Damaged(Finding.Error(Codes.BatchBroken, StoreLayout.OpenSegment, ("offset", walk.At.Offset)));
        }
    }

    /// <summary>
    /// One leaf, without reading the segment that holds it: from the published bundle, checked against the tree's root, or
    /// from the open segment, in one read from the known place before it to the one behind it; from the whole segment only when
    /// neither will do.
    /// </summary>
    /// <exception cref="StorageException">Damaged: a batch is not whole any more.</exception>
    internal StoredLeaf ReadLeaf(long sequence)
    {
        lock (_gate)
        {
            if (sequence < _segment.FirstSequence && _tree.PublishedLeaf(sequence) is { } bundled)
            {
                return new StoredLeaf(sequence, bundled);
            }
        }

        return ReadLeaves(sequence, sequence + 1).First();
    }

    /// <summary>Audit path of a leaf in the tree of the last checkpoint.</summary>
    internal IReadOnlyList<Digest> Inclusion(long sequence, long size)
    {
        lock (_gate)
        {
            return MerkleProof.Inclusion(checked((ulong)sequence), checked((ulong)size), _tree.Node);
        }
    }

    /// <summary>Proof that the tree of one size extends the tree of another.</summary>
    internal IReadOnlyList<Digest> Consistency(long size1, long size2)
    {
        lock (_gate)
        {
            return MerkleProof.Consistency(checked((ulong)size1), checked((ulong)size2), _tree.Node);
        }
    }

    /// <summary>Cuts a torn tail and makes the open segment ready for appending.</summary>
    internal void Recover()
    {
        _file = _disk.Open(StoreLayout.OpenSegment, DiskAccess.Write);
        if (TornTail > 0)
        {
            _file.Truncate(_end);
            _file.Sync();
            TornTail = 0;
        }
    }

    /// <summary>
    /// Appends one batch of events and fsyncs it. When it returns they have happened; when it throws, this ledger takes
    /// no more, and the next opening decides by what is on disk.
    /// </summary>
    internal IReadOnlyList<(LedgerEntry Leaf, byte[] Bytes)> Append(IReadOnlyList<LedgerEntry> drafts, IReadOnlyList<VouchedPack> packs)
    {
        lock (_gate)
        {
            if (_stopped || _file is null)
            {
                throw new StorageException(StorageProblem.Stopped, StoreLayout.OpenSegment);
            }

            _stopped = true; // until the batch is on disk: an exception anywhere below leaves it so
            if (_end >= _descriptor.SegmentSize && _points.Count > 0)
            {
                SealSegment();
            }

            var (leaves, previous, sequence) = (new List<(LedgerEntry Leaf, byte[] Bytes)>(), LastLeaf, Size);
            foreach (var draft in drafts)
            {
                var leaf = draft with { Sequence = sequence, Previous = previous };
                var bytes = leaf.ToBytes();
                leaves.Add((leaf, bytes));
                (previous, sequence) = (Digest.Of(bytes), sequence + 1);
            }

            var batch = BatchTrailer.WriteBatch(
                [.. leaves.Select(l => l.Bytes)], new BatchTrailer(_nextBatch, Size, leaves.Count, packs, _lastTrailer, default), out var trailer);
            _file.Write(_end, batch);
            _file.Sync(); // THE commit point: a crash before it leaves orphans, a crash after it is replayed
            LedgerFiles.Note(_points, new SegmentPoint(_end, Size, _nextBatch, _lastTrailer));
            leaves.ForEach(l => _tree.Append(l.Bytes));
            (Size, LastLeaf, LastTime, Vouched) = (sequence, previous, leaves[^1].Leaf.Time, trailer.Packs);
            (_lastTrailer, _nextBatch, _end) = (trailer.Hash, _nextBatch + 1, _end + batch.Length);
            _stopped = false;
            return leaves;
        }
    }

    /// <summary>Writes tiles and a signed checkpoint over all leaves. The leaves are on disk already: never sign before.</summary>
    internal void Publish(IReadOnlyList<INoteSigner> signers)
    {
        lock (_gate)
        {
            if (Checkpoint is { } last && last.Size == Size)
            {
                return; // never two roots, nor two notes, for one size
            }

            var replaced = _tree.WriteTiles();
            Sign(signers);
            foreach (var path in replaced)
            {
                _disk.Delete(path); // a crash before leaves tiles that no checkpoint needs
            }
        }
    }

    /// <summary>Signs the present tree, also when its size was signed before by another key: the root is the same.</summary>
    internal void Sign(IReadOnlyList<INoteSigner> signers)
    {
        var checkpoint = new Checkpoint(_descriptor.Origin, Size, _tree.Root);
        var note = new SignedNote(checkpoint.ToText(), [.. signers.Select(s => s.Sign(checkpoint.ToText()))]);
        _disk.Replace(StoreLayout.Checkpoint, note.ToBytes());
        Checkpoint = checkpoint;
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static Checkpoint? ReadCheckpoint(IDisk disk)
    {
        if (!disk.Exists(StoreLayout.Checkpoint))
        {
            return null;
        }

        return SignedNote.TryParse(LedgerFiles.Small(disk, StoreLayout.Checkpoint), out var note) && StoreFormat.Checkpoint.TryRead(note.Text, out var checkpoint)
            ? checkpoint
            : throw LedgerFiles.Damaged(Finding.Error(Codes.CheckpointForm, StoreLayout.Checkpoint));
    }

    private static LedgerTree LoadTree(IDisk disk, Checkpoint? checkpoint, SegmentScan open, SegmentPlace place)
    {
        var tree = checkpoint is null ? LedgerTree.Empty(disk) : LedgerTree.Resume(disk, checkpoint);
        if (tree is null)
        {
            // Tiles are a cache: make the tree from the leaves, and hold it against the checkpoint.
            tree = LedgerTree.Empty(disk);
            foreach (var leaf in LedgerFiles.Leaves(disk, 0))
            {
                tree.Append(leaf.Bytes);
                if (leaf.Sequence + 1 == checkpoint!.Size && tree.Root != checkpoint.Root)
                {
                    throw LedgerFiles.Damaged(Finding.Error(Codes.CheckpointRoot, StoreLayout.Checkpoint, ("size", checkpoint.Size)));
                }
            }

            return tree;
        }

        if (tree.Size < open.Header.FirstSequence)
        {
            foreach (var leaf in LedgerFiles.SealedLeaves(disk, tree.Size, open.Header.FirstSequence))
            {
                tree.Append(leaf.Bytes);
            }
        }

        // What lies between the checkpoint and the end is read from a place near it, not from the segment's beginning.
        using var file = disk.Open(place.Path, DiskAccess.Read);
        foreach (var leaf in LedgerFiles.Leaves(new SegmentWalk(file, Near(open.Points, tree.Size) ?? open.End), tree.Size, open.End.Sequence))
        {
            tree.Append(leaf.Bytes);
        }

        return tree;
    }

    /// <summary>
    /// The file of the open segment, its first sequence, a known place before <paramref name="from"/>, the sequence to end
    /// before, and the bytes from that place to there, more or less.
    /// </summary>
    private IDiskFile TakeOpenSegment(long from, long limit, out long first, out SegmentPoint point, out long end, out long length)
    {
        lock (_gate)
        {
            (first, end) = (_segment.FirstSequence, Math.Min(Size, limit));
            point = Near(_points, from) ?? new SegmentPoint(_end, Size, _nextBatch, _lastTrailer);
            var behind = Before(_points, end - 1) + 1;
            length = (behind < _points.Count ? _points[behind].Offset : _end) - point.Offset;
            if (_file is not null)
            {
                return _disk.Open(StoreLayout.OpenSegment, DiskAccess.Read);
            }

            // Beside an owner: it may have sealed the segment that we knew as the open one.
            var start = first;
            var path = LedgerFiles.Segments(_disk).FirstOrDefault(s => s.FirstSequence == start)?.Path ?? StoreLayout.OpenSegment;
            return _disk.Open(path, DiskAccess.Read);
        }
    }

    /// <summary>The last known place at or before a sequence, or the first one; null when there is no batch.</summary>
    private static SegmentPoint? Near(List<SegmentPoint> points, long sequence) =>
        points.Count == 0 ? null : points[Math.Max(0, Before(points, sequence))];

    /// <summary>Which known place is the last at or before a sequence; -1 when none is.</summary>
    private static int Before(List<SegmentPoint> points, long sequence)
    {
        var (low, high) = (0, points.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = points[middle].Sequence <= sequence ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    private void SealSegment()
    {
        _file!.Dispose();
        var bytes = LedgerFiles.Bytes(_disk, StoreLayout.OpenSegment);
        var name = Digest.Of(bytes);
        var path = StoreLayout.SealedSegments + "/" + LedgerSegmentHeader.SealedName(_segment.FirstSequence, name);
        if (!_disk.Exists(path))
        {
            _disk.Link(StoreLayout.OpenSegment, path);
        }

        // A crash here leaves two names for one segment: readers leave out the sealed twin, and sealing comes here again.
        _segment = new LedgerSegmentHeader(_descriptor.Store, _segment.Number + 1, Size, LastLeaf, name, _lastTrailer, LastTime, _nextBatch);
        _disk.Replace(StoreLayout.OpenSegment, _segment.ToBytes());
        _file = _disk.Open(StoreLayout.OpenSegment, DiskAccess.Write);
        _points.Clear();
        _end = LedgerSegmentHeader.Size;
    }
}
