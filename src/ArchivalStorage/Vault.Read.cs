using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <content>Reading: nothing is given out whose digest differs.</content>
public sealed partial class Vault
{
    private readonly FrameBuffer _longFrames = new();

    /// <summary>Whether a content is held, in a frame or as a large object. Says nothing of its health.</summary>
    public bool Holds(Digest content) => FindFrame(content, FrameKind.Blob) is not null || Disk.Exists(StoreLayout.LargeObject(content));

    /// <summary>Length of a held content in bytes, or null.</summary>
    public long? LengthOfContent(Digest content) =>
        FindFrame(content, FrameKind.Blob)?.Header.OriginalLength ?? (Disk.Exists(StoreLayout.LargeObject(content)) ? ReadLargeTrailer(StoreLayout.LargeObject(content))?.Length : null);

    /// <summary>Opens a content. Its bytes are checked before they come out; damage is an exception, never wrong bytes.</summary>
    /// <exception cref="StorageException">NotFound, or Damaged with the finding.</exception>
    public Stream OpenContent(Digest content)
    {
        // Its length decides where a content lies, so it is in one of the two places only; a name is cheaper to ask for than a frame.
        var large = StoreLayout.LargeObject(content);
        if (Disk.Exists(large))
        {
            return new LargeObjectStream(Disk.Open(large, DiskAccess.Read), large, content);
        }

        try
        {
            return new MemoryStream(ReadFrame(content, FrameKind.Blob), writable: false);
        }
        catch (StorageException absent) when (absent.Problem == StorageProblem.NotFound)
        {
            throw new StorageException(StorageProblem.NotFound, content.ToString(), absent, Finding.Error(Codes.ContentMissing, content.ToString()));
        }
    }

    /// <summary>Reads a whole frame's original bytes, fully checked. A damaged copy is passed over when another is whole.</summary>
    /// <exception cref="StorageException">NotFound, or Damaged with the finding.</exception>
    public byte[] ReadFrame(Digest digest, FrameKind kind)
    {
        using var buffer = new FrameBuffer();
        return ReadFrame(digest, kind, buffer, null).ToArray();
    }

    /// <summary>A reader for many contents, one after the other.</summary>
    public ContentReader NewReader() => new(this);

    /// <summary>The first place where a digest's frame should lie; null when there is none.</summary>
    internal (FramePlace Place, PackPlace Pack)? PlaceOf(Digest digest)
    {
        var places = Places(digest);
        return places.Count == 0 ? null : (places[0], _packs[places[0].Pack]);
    }

    /// <summary>As <see cref="ReadFrame(Digest, FrameKind)"/>, into lent memory and from lent packs.</summary>
    /// <param name="digest">Digest of the original bytes.</param>
    /// <param name="kind">Kind of the frame.</param>
    /// <param name="buffer">Where the bytes come to lie.</param>
    /// <param name="lend">Gives an open pack and keeps it; null opens and closes it here.</param>
    internal ReadOnlyMemory<byte> ReadFrame(Digest digest, FrameKind kind, FrameBuffer buffer, Func<PackPlace, IDiskFile>? lend) =>
        ReadFrame(Places(digest), digest, kind, buffer, lend);

    private ReadOnlyMemory<byte> ReadFrame(IReadOnlyList<FramePlace> places, Digest digest, FrameKind kind, FrameBuffer buffer, Func<PackPlace, IDiskFile>? lend)
    {
        Finding? damage = null;
        foreach (var place in places)
        {
            var pack = _packs[place.Pack];
            var file = lend is null ? OpenPackFile(pack) : lend(pack);
            try
            {
                var code = FrameReader.ReadWanted(file, pack.Id, place, (digest, kind), buffer, out var original);
                if (original is { } bytes)
                {
                    return bytes;
                }

                // No code: the same bytes under another kind, or an old place of a rebuilt index.
                damage = code is null ? damage : FrameReader.Found(code, pack.Path, place.Offset);
            }
            finally
            {
                if (lend is null)
                {
                    file.Dispose();
                }
            }
        }

        throw damage is null
            ? new StorageException(StorageProblem.NotFound, digest.ToString())
            : LedgerFiles.Damaged(damage);
    }

    /// <summary>Reads a frame and gives its bytes out; a long one in memory that all readers share, one at a time.</summary>
    internal void ReadFrame(Digest digest, FrameKind kind, FrameBuffer buffer, Func<PackPlace, IDiskFile> lend, Action<ReadOnlyMemory<byte>> take)
    {
        var places = Places(digest);
        if (places.Any(place => IsLong(place, lend)))
        {
            lock (_longFrames)
            {
                Give(ReadFrame(places, digest, kind, _longFrames, lend));
            }
        }
        else
        {
            Give(ReadFrame(places, digest, kind, buffer, lend));
        }

        void Give(ReadOnlyMemory<byte> bytes)
        {
            if (!bytes.IsEmpty)
            {
                take(bytes);
            }
        }
    }

    // A short frame cannot decode to a long content: LZ4 makes of a byte at most 255.
    private bool IsLong(FramePlace place, Func<PackPlace, IDiskFile> lend)
    {
        const int Long = 8 << 20;
        if (place.Length < Long / 256)
        {
            return false;
        }

        var pack = _packs[place.Pack];
        var file = lend(pack);
        return FrameReader.ReadHeader(file, pack.Id, place.Offset, file.Length, out var header) is not null || Math.Max(header.StoredLength, header.OriginalLength) > Long;
    }

    /// <summary>The events from a sequence on, in order, as far as the ledger reaches now.</summary>
    public IEnumerable<StoredEvent> ReadEvents(long fromSequence) =>
        fromSequence == Ledger.Size ? [] // who follows the ledger asks this for every submission
        : _recent.From(fromSequence) ?? Ledger.ReadLeaves(fromSequence).Select(ReadEvent);

    /// <summary>One event.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ledger has no such sequence.</exception>
    public StoredEvent ReadEvent(long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sequence, Ledger.Size);
        return _recent.Find(sequence) ?? ReadEvent(Ledger.ReadLeaf(sequence));
    }

    /// <summary>Header of the frame that holds a digest under a kind, read from disk, or null.</summary>
    internal (FrameHeader Header, PackPlace Pack)? FindFrame(Digest digest, FrameKind kind, Func<PackPlace, bool>? among = null)
    {
        foreach (var place in Places(digest))
        {
            var pack = _packs[place.Pack];
            if (among is not null && !among(pack))
            {
                continue;
            }

            using var file = TryOpenPackFile(pack);
            if (file is not null && FrameReader.ReadHeader(file, pack.Id, place.Offset, file.Length, out var header) is null && header.Kind == kind && header.Digest == digest)
            {
                return (header, pack);
            }
        }

        return null;
    }

    internal LargeObjectHeader? ReadLargeHeader(string path)
    {
        using var file = Disk.Open(path, DiskAccess.Read);
        var bytes = new byte[LargeObjectHeader.Size];
        return LargeObjectHeader.TryRead(bytes.AsSpan(0, file.Read(0, bytes)), out var header) ? header : null;
    }

    internal LargeObjectTrailer? ReadLargeTrailer(string path)
    {
        using var file = Disk.Open(path, DiskAccess.Read);
        return LargeObjectStream.ReadTrailer(file);
    }

    /// <summary>The object id in a large object's header; null when it cannot be read.</summary>
    internal Guid? TryReadLargeId(string path)
    {
        try
        {
            return ReadLargeHeader(path)?.Id;
        }
        catch (StorageException)
        {
            return null; // the check of the object itself says why
        }
    }

    /// <summary>Where a pack lies that was open a moment ago; null when it is not sealed.</summary>
    internal string? SealedPathOf(Guid pack) => _packs[pack] is { Sealed: not null } place ? place.Path : null;

    /// <summary>Whether a sealed pack has its name but not yet its event: the last trailer still speaks of it as open.</summary>
    internal bool IsBeingSealed(string path) => ReadPackHeader(path) is { } header && Ledger.Vouched.Any(v => v.Pack == header.Pack);

    /// <summary>Length of a file, 0 when it is not there or cannot be read.</summary>
    internal long TryLength(string path)
    {
        try
        {
            return Disk.Exists(path) ? LengthOf(path) : 0;
        }
        catch (StorageException)
        {
            return 0;
        }
    }

    private StoredEvent ReadEvent(StoredLeaf stored)
    {
        var subject = "ledger/" + stored.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (!LedgerEntry.TryRead(stored.Bytes, out var leaf))
        {
            // Nothing can be said of such an event but that it is there: readers see the finding and go on.
            var none = new LedgerEntry(stored.Sequence, "", DateTimeOffset.UnixEpoch, "", LedgerEntry.NoPrevious, LedgerEntry.NoPrevious);
            return new StoredEvent(none, stored.Bytes, null, null, null, null, [Finding.Error(Codes.LeafForm, subject)]);
        }

        return EventReading.Assemble(leaf, stored.Bytes, subject, digest => TryReadFrame(digest, FrameKind.Record), digest => TryReadFrame(digest, FrameKind.Detail));
    }

    private byte[]? TryReadFrame(Digest digest, FrameKind kind)
    {
        try
        {
            return ReadFrame(digest, kind);
        }
        catch (StorageException problem) when (problem.Problem is StorageProblem.NotFound or StorageProblem.Damaged or StorageProblem.ReadFailed)
        {
            return null; // the event is given with a finding; the check of the pack itself says why
        }
    }

    /// <summary>A pack's file; null for an open one that is gone: cut off in its first batch, it was indexed at opening and then removed, as nothing vouched for it.</summary>
    private IDiskFile? TryOpenPackFile(PackPlace pack)
    {
        try
        {
            return OpenPackFile(pack);
        }
        catch (StorageException gone) when (gone.Problem == StorageProblem.NotFound && pack.Sealed is null)
        {
            return null;
        }
    }

    // An open pack may be sealed between the look-up and the opening: then its new place is known.
    internal IDiskFile OpenPackFile(PackPlace pack)
    {
        try
        {
            return _handles.Lend(pack);
        }
        catch (StorageException problem) when (problem.Problem == StorageProblem.NotFound && pack.Sealed is null)
        {
            return _handles.Lend(_packs[pack.Id]!);
        }
    }
}
