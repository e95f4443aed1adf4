using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>How thoroughly a pack is walked.</summary>
internal enum WalkDepth
{
    /// <summary>Headers and the commit chain.</summary>
    Headers,

    /// <summary>Also padding and the fast hash of the stored bytes: every byte, without decoding.</summary>
    Stored,

    /// <summary>Also decoding and original digests.</summary>
    Everything,
}

/// <summary>What a walk over a pack's frames found.</summary>
/// <param name="Header">The pack's header; null when it is bad.</param>
/// <param name="Entries">Indexable frames of complete batches.</param>
/// <param name="End">End of the last complete batch.</param>
/// <param name="Batches">Number of complete batches.</param>
/// <param name="LastCommit">Last commit hash.</param>
/// <param name="Problem">Why the walk stopped before the limit; null when it reached it.</param>
/// <param name="Damage">Findings on the way (only with <see cref="WalkDepth.Everything"/> does it go on behind them).</param>
internal sealed record PackWalkResult(
    PackHeader? Header, List<PackIndexEntry> Entries, long End, ulong Batches, Digest LastCommit, Finding? Problem, List<Finding> Damage);

/// <summary>
/// Walks a pack frame by frame up to a limit: for recovery, for rebuilding the index, for sealing and for deep audits.
/// </summary>
/// <remarks>spec/formats/pack.md.</remarks>
internal static class PackWalk
{
    public static PackWalkResult Run(IDiskFile file, string path, long limit, WalkDepth depth)
    {
        var head = new byte[PackHeader.Size];
        var count = file.Read(0, head);
        return PackHeader.TryRead(head.AsSpan(0, count), out var header) is { } bad
            ? new PackWalkResult(null, [], 0, 0, default, Finding.Error(bad, path), [])
            : Run(file, path, header, new VouchedPack(header.Pack, PackHeader.Size, 0, Digest.Of(head)), limit, depth);
    }

    /// <summary>Goes on behind a known commit.</summary>
    public static PackWalkResult Run(IDiskFile file, string path, PackHeader header, VouchedPack from, long limit, WalkDepth depth)
    {
        var damage = new List<Finding>();
        var entries = new List<PackIndexEntry>();
        var batchEntries = new List<PackIndexEntry>();
        using var chain = new CommitChain(from.Commit, from.Batch + 1);
        var (end, offset, batches, last) = (from.End, from.End, from.Batch, from.Commit);
        Finding? problem = null;
        while (offset < limit)
        {
            if (FrameReader.ReadHeader(file, header.Pack, offset, limit, out var frame) is { } code)
            {
                problem = FrameReader.Found(code, path, offset);
                break;
            }

            if (frame.Kind == FrameKind.Index)
            {
                break; // a sealed pack's index; the caller reads it by the footer
            }

            if (frame.Batch != chain.Batch)
            {
                problem = FrameReader.Found(Codes.PackChain, path, offset);
                break;
            }

            if (depth != WalkDepth.Headers && CheckContent(file, frame, depth) is { } content)
            {
                damage.Add(FrameReader.Found(content, path, offset));
            }

            if (frame.Kind == FrameKind.Commit)
            {
                if (!Continues(file, frame, chain))
                {
                    problem = FrameReader.Found(Codes.PackChain, path, offset);
                    break;
                }

                entries.AddRange(batchEntries);
                batchEntries.Clear();
                (end, batches, last) = (offset + frame.Length, chain.Batch - 1, chain.Last);
            }
            else
            {
                AddToBatch(file, frame, chain, batchEntries);
            }

            offset += frame.Length;
        }

        return new PackWalkResult(header, entries, end, batches, last, problem, damage);
    }

    private static void AddToBatch(IDiskFile file, in FrameHeader frame, CommitChain chain, List<PackIndexEntry> entries)
    {
        Span<byte> bytes = stackalloc byte[FrameHeader.MaxSize];
        _ = file.Read(frame.Offset, bytes[..frame.HeaderLength]);
        chain.Add(bytes[..frame.HeaderLength], frame.Offset);
        if (PackIndex.Lists(frame.Kind))
        {
            entries.Add(new PackIndexEntry(frame.Digest, frame.Offset, frame.Length, frame.Kind, frame.Codec));
        }
    }

    private static string? CheckContent(IDiskFile file, in FrameHeader frame, WalkDepth depth)
    {
        if (frame.StoredLength > Frame.MaxContent)
        {
            return Codes.FrameUnknown; // no writer makes such a frame
        }

        if (depth == WalkDepth.Stored || frame.Kind is FrameKind.Wiped or FrameKind.Pad)
        {
            return FrameReader.ReadStored(file, frame, out var stored) ?? Frame.CheckStored(frame, stored);
        }

        return FrameReader.ReadOriginal(file, frame, out _);
    }

    private static bool Continues(IDiskFile file, in FrameHeader frame, CommitChain chain) =>
        FrameReader.ReadOriginal(file, frame, out var payload) is null
        && CommitMark.TryRead(payload.Span, out var mark)
        && mark == chain.Commit();
}
