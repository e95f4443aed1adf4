using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>A segment of the ledger on disk.</summary>
/// <param name="Path">Path of its file.</param>
/// <param name="FirstSequence">Sequence of its first leaf.</param>
/// <param name="Name">SHA-256 in its name; null for the open segment.</param>
internal sealed record SegmentPlace(string Path, long FirstSequence, Digest? Name);

/// <summary>A leaf as it is read back.</summary>
/// <param name="Sequence">Its place.</param>
/// <param name="Bytes">Its canonical bytes.</param>
internal readonly record struct StoredLeaf(long Sequence, byte[] Bytes);

/// <summary>What the batches of one segment gave.</summary>
/// <param name="Header">The segment's header.</param>
/// <param name="Batches">Its whole batches with the offset of each.</param>
/// <param name="End">End of the last whole batch.</param>
/// <param name="Length">Length of the file.</param>
/// <param name="HasLater">Whether a well-formed trailer lies behind <paramref name="End"/>: then the damage is no torn tail.</param>
internal sealed record SegmentContent(LedgerSegmentHeader Header, List<(long Offset, LedgerBatch Batch)> Batches, long End, long Length, bool HasLater)
{
    /// <summary>Hash of the last trailer, or the one that the header names.</summary>
    public Digest LastTrailer => Batches.Count > 0 ? Batches[^1].Batch.Trailer.Hash : Header.PreviousTrailer;

    /// <summary>Number of the next batch.</summary>
    public ulong NextBatch => Batches.Count > 0 ? Batches[^1].Batch.Trailer.Batch + 1 : Header.FirstBatch;

    /// <summary>Sequence of the next leaf.</summary>
    public long NextSequence => Batches.Count > 0 ? Batches[^1].Batch.Trailer.FirstSequence + Batches[^1].Batch.Trailer.Count : Header.FirstSequence;

    /// <summary>SHA-256 of the last leaf, or the one that the header names.</summary>
    public Digest LastLeaf => Batches.Count > 0 ? Digest.Of(Batches[^1].Batch.Leaves[^1]) : Header.PreviousLeaf;
}

/// <summary>What opening needs to know of a segment, without its leaves.</summary>
/// <param name="Header">The segment's header.</param>
/// <param name="Points">Places between batches, some 4 KiB apart, from the first batch on.</param>
/// <param name="End">The place behind the last whole batch.</param>
/// <param name="Length">Length of the file.</param>
/// <param name="HasLater">Whether a well-formed trailer lies behind <paramref name="End"/>: then the damage is no torn tail.</param>
/// <param name="Last">The last trailer; null when there is no batch.</param>
/// <param name="LastLeaf">The last leaf's bytes; null when there is none.</param>
internal sealed record SegmentScan(
    LedgerSegmentHeader Header, List<SegmentPoint> Points, SegmentPoint End, long Length, bool HasLater, BatchTrailer? Last, byte[]? LastLeaf);

/// <summary>Finds and reads the segments of a ledger.</summary>
/// <remarks>spec/formats/ledger.md, "Segments".</remarks>
internal static class LedgerFiles
{
    private const long PointDistance = 4 << 10; // 64 MiB of a segment: a megabyte of places

    public static IReadOnlyList<SegmentPlace> Segments(IDisk disk)
    {
        var segments = new List<SegmentPlace>();
        foreach (var path in disk.List(StoreLayout.SealedSegments))
        {
            if (LedgerSegmentHeader.TryReadName(path[(path.LastIndexOf('/') + 1)..], out var first, out var name))
            {
                segments.Add(new SegmentPlace(path, first, name));
            }
        }

        if (disk.Exists(StoreLayout.OpenSegment))
        {
            using var file = disk.Open(StoreLayout.OpenSegment, DiskAccess.Read);
            var head = new byte[LedgerSegmentHeader.Size];
            var first = LedgerSegmentHeader.TryRead(head.AsSpan(0, file.Read(0, head)), out var header) ? header.FirstSequence : -1;
            if (segments.Count > 0 && segments[^1].FirstSequence == first)
            {
                segments.RemoveAt(segments.Count - 1); // the twin that a crash between link and replacement leaves
            }

            segments.Add(new SegmentPlace(StoreLayout.OpenSegment, first, null));
        }

        return segments;
    }

    /// <summary>Reads a segment's batches; null when its header is bad.</summary>
    public static SegmentContent? Read(IDisk disk, SegmentPlace place)
    {
        var bytes = Bytes(disk, place.Path);
        if (bytes.Length < LedgerSegmentHeader.Size || !LedgerSegmentHeader.TryRead(bytes.AsSpan(0, LedgerSegmentHeader.Size), out var header))
        {
            return null;
        }

        var batches = new List<(long, LedgerBatch)>();
        var content = new SegmentContent(header, batches, LedgerSegmentHeader.Size, bytes.Length, false);
        var at = LedgerSegmentHeader.Size;
        while (at < bytes.Length && LedgerBatch.TryRead(bytes.AsSpan(at), content.NextBatch, content.NextSequence, content.LastTrailer) is { } batch)
        {
            batches.Add((at, batch));
            at += batch.Length;
        }

        return content with { End = at, HasLater = at < bytes.Length && LedgerBatch.HasLaterTrailer(bytes.AsSpan(at), content.NextBatch) };
    }

    /// <summary>Walks through a segment and checks every batch, keeping none; null when its header is bad.</summary>
    public static SegmentScan? Scan(IDisk disk, SegmentPlace place)
    {
        using var file = disk.Open(place.Path, DiskAccess.Read);
        if (ReadHeader(file) is not { } header)
        {
            return null;
        }

        var points = new List<SegmentPoint>();
        var walk = new SegmentWalk(file, SegmentPoint.Start(header));
        byte[]? lastLeaf = null;
        for (var at = walk.At; walk.Next(); at = walk.At)
        {
            Note(points, at);
            lastLeaf = walk.At.Sequence > at.Sequence ? walk.Leaf(walk.Count - 1).ToArray() : lastLeaf;
        }

        var rest = new byte[checked((int)Math.Max(0, file.Length - walk.At.Offset))];
        var hasLater = rest.Length > 0 && LedgerBatch.HasLaterTrailer(rest.AsSpan(0, file.Read(walk.At.Offset, rest)), walk.At.Batch);
        return new SegmentScan(header, points, walk.At, file.Length, hasLater, walk.Trailer, lastLeaf);
    }

    /// <summary>Remembers the place of a batch when none near it is known.</summary>
    public static void Note(List<SegmentPoint> points, SegmentPoint at)
    {
        if (points.Count == 0 || at.Offset - points[^1].Offset >= PointDistance)
        {
            points.Add(at);
        }
    }

    /// <summary>The leaves from a sequence on, as far as segments are whole; a segment that is missing between is damage.</summary>
    public static IEnumerable<StoredLeaf> Leaves(IDisk disk, long from) => Leaves(disk, Segments(disk), from);

    /// <summary>The leaves of sealed segments, up to the first sequence of the open one.</summary>
    public static IEnumerable<StoredLeaf> SealedLeaves(IDisk disk, long from, long end) =>
        Leaves(disk, [.. Segments(disk).Where(s => s.FirstSequence >= 0 && s.FirstSequence < end)], from).TakeWhile(l => l.Sequence < end);

    /// <summary>The leaves that a walk comes to from a sequence on, up to a batch that is not whole.</summary>
    public static IEnumerable<StoredLeaf> Leaves(SegmentWalk walk, long from, long end)
    {
        while (walk.At.Sequence < end && walk.Next())
        {
            for (var k = (int)Math.Max(0, Math.Min(from - walk.FirstSequence, walk.Count)); k < walk.Count; k++)
            {
                yield return new StoredLeaf(walk.FirstSequence + k, walk.Leaf(k).ToArray());
            }
        }
    }

    private static IEnumerable<StoredLeaf> Leaves(IDisk disk, IReadOnlyList<SegmentPlace> segments, long from)
    {
        var expected = -1L;
        for (var i = 0; i < segments.Count; i++)
        {
            if (i + 1 < segments.Count && segments[i + 1].FirstSequence <= from && segments[i + 1].FirstSequence >= 0)
            {
                continue;
            }

            using var file = disk.Open(segments[i].Path, DiskAccess.Read);
            var header = ReadHeader(file) ?? throw Damaged(Finding.Error(Codes.SegmentHeaderBad, segments[i].Path));
            if (expected >= 0 ? header.FirstSequence != expected : header.FirstSequence > from)
            {
                throw Damaged(Finding.Error(Codes.SegmentOrder, segments[i].Path));
            }

            var walk = new SegmentWalk(file, SegmentPoint.Start(header));
            foreach (var leaf in Leaves(walk, from, long.MaxValue))
            {
                yield return leaf;
            }

            expected = walk.At.Sequence;
            if (segments[i].Name is not null && walk.At.Offset < file.Length)
            {
                throw Damaged(Finding.Error(Codes.BatchBroken, segments[i].Path, ("offset", walk.At.Offset)));
            }
        }
    }

    private static LedgerSegmentHeader? ReadHeader(IDiskFile file)
    {
        var head = new byte[LedgerSegmentHeader.Size];
        return LedgerSegmentHeader.TryRead(head.AsSpan(0, file.Read(0, head)), out var header) ? header : null;
    }

    /// <summary>The bytes of a key, note or descriptor; of a longer file no more than shows that it is none.</summary>
    public static byte[] Small(IDisk disk, string path) => Bytes(disk, path, SignedNote.MaxLength + 1);

    public static byte[] Bytes(IDisk disk, string path, int most = int.MaxValue)
    {
        using var file = disk.Open(path, DiskAccess.Read);
        var bytes = new byte[checked((int)(most == int.MaxValue ? file.Length : long.Min(file.Length, most)))];
        var count = file.Read(0, bytes);
        return count == bytes.Length ? bytes : bytes[..count];
    }

    public static StorageException Damaged(Finding finding) => new(StorageProblem.Damaged, finding.Subject, null, finding);
}
