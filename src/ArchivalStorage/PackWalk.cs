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
        if (depth != WalkDepth.Headers)
        {
            var buffers = new AuditBuffers(new Lock());
            using var reader = new ForwardReader(file, Math.Min(limit, file.Length), buffers.Window, digests: false, null, CancellationToken.None);
            return new PackPass(path, reader, limit, depth, buffers).Run();
        }

        var head = new byte[PackHeader.Size];
        var count = file.Read(0, head);
        return PackHeader.TryRead(head.AsSpan(0, count), out var header) is { } bad
            ? new PackWalkResult(null, [], 0, 0, default, Finding.Error(bad, path), [])
            : RunAllHeaders(file, path, header, Digest.Of(head), limit);
    }

    /// <summary>Goes on behind a known commit, from header to header: content is passed over unread.</summary>
    /// <param name="file">The pack.</param>
    /// <param name="path">Its path, for findings.</param>
    /// <param name="header">Its header.</param>
    /// <param name="from">The known commit, or the header as one.</param>
    /// <param name="limit">Where frames end at the latest.</param>
    /// <param name="give">Takes the indexable frames, batch by batch: the result holds none then.</param>
    public static PackWalkResult RunHeaders(IDiskFile file, string path, PackHeader header, VouchedPack from, long limit, Action<PackIndexEntry> give)
    {
        using var frames = new PackWalkFrames(from, give: give);
        var offset = from.End;
        string? problem = null;
        while (offset < limit && problem is null)
        {
            problem = FrameReader.ReadHeader(file, header.Pack, offset, limit, out var frame);
            if (problem is not null || frame.Kind == FrameKind.Index)
            {
                break; // a sealed pack's index; the caller reads it by the footer
            }

            problem = frame.Batch == frames.Batch && Take(file, frame, frames) ? null : Codes.PackChain;
            offset += problem is null ? frame.Length : 0;
        }

        return frames.Result(header, problem is null ? null : FrameReader.Found(problem, path, offset), []);
    }

    private static PackWalkResult RunAllHeaders(IDiskFile file, string path, PackHeader header, Digest start, long limit)
    {
        var entries = new List<PackIndexEntry>();
        return RunHeaders(file, path, header, new VouchedPack(header.Pack, PackHeader.Size, 0, start), limit, entries.Add) with { Entries = entries };
    }

    private static bool Take(IDiskFile file, in FrameHeader frame, PackWalkFrames frames)
    {
        if (frame.Kind == FrameKind.Commit)
        {
            return FrameReader.ReadOriginal(file, frame, out var payload) is null && frames.Ends(frame, payload);
        }

        Span<byte> bytes = stackalloc byte[FrameHeader.MaxSize];
        _ = file.Read(frame.Offset, bytes[..frame.HeaderLength]);
        frames.Add(frame, bytes[..frame.HeaderLength]);
        return true;
    }
}
