using System.Buffers;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// One pass over a pack's bytes: each is read once, goes into the digest of the file if that is asked for, and is looked at
/// as part of its frame in the same buffer.
/// </summary>
/// <param name="path">The pack's path, for findings.</param>
/// <param name="reader">Reads it.</param>
/// <param name="limit">Where frames end at the latest.</param>
/// <param name="depth">How thoroughly.</param>
/// <param name="buffers">The memory to work in.</param>
/// <remarks>spec/formats/pack.md. Hostile bytes are findings. Not safe for concurrent use.</remarks>
internal sealed class PackPass(string path, ForwardReader reader, long limit, WalkDepth depth, AuditBuffers buffers)
{
    private const int UsualHeader = 512;

    private readonly List<(long Offset, string Code)> _damage = [];
    private FrameBatch? _batch;

    /// <summary>Sees the frames of complete batches and of the unfinished one, when somebody looks for something in them.</summary>
    public Action<FrameHeader, ReadOnlyMemory<byte>>? Seen { get; init; }

    /// <summary>How many frames are expected: a hint for memory, not a promise.</summary>
    public int Expected { get; init; }

    private FrameBatch Batch => _batch ??= new FrameBatch(buffers, _damage);

    /// <summary>Walks from the header on.</summary>
    public PackWalkResult Run()
    {
        reader.MoveTo(0);
        var head = Held(0, PackHeader.Size);
        return PackHeader.TryRead(head.Span, out var header) is { } bad
            ? new PackWalkResult(null, [], 0, 0, default, Finding.Error(bad, path), [])
            : Run(header, new VouchedPack(header.Pack, PackHeader.Size, 0, Digest.Of(head.Span)));
    }

    private PackWalkResult Run(PackHeader header, VouchedPack from)
    {
        using var frames = new PackWalkFrames(from, Expected);
        var offset = from.End;
        string? problem = null;
        while (offset < limit && problem is null)
        {
            problem = ReadHeader(header.Pack, offset, out var frame);
            if (problem is not null || frame.Kind == FrameKind.Index)
            {
                break; // a sealed pack's index is read by the footer
            }

            problem = frame.Batch != frames.Batch ? Codes.PackChain : Take(frame, frames);
            offset += problem is null ? frame.Length : 0;
        }

        _batch?.Compare();
        return frames.Result(
            header, problem is null ? null : FrameReader.Found(problem, path, offset), [.. _damage.OrderBy(d => d.Offset).Select(d => FrameReader.Found(d.Code, path, d.Offset))]);
    }

    private string? Take(in FrameHeader frame, PackWalkFrames frames)
    {
        var head = Held(frame.Offset, frame.HeaderLength);
        if (frame.Kind != FrameKind.Commit)
        {
            frames.Add(frame, head.Span); // before the content, whose reading may move the window
        }

        if (CheckContent(frame, out var stored) is { } damage)
        {
            _damage.Add((frame.Offset, damage));
        }
        else
        {
            Seen?.Invoke(frame, stored);
        }

        return frame.Kind != FrameKind.Commit || frames.Ends(frame, stored) ? null : Codes.PackChain;
    }

    /// <summary>Checks a frame's bytes as deep as asked: null, or the code. A short frame's stored bytes are at hand afterwards.</summary>
    private string? CheckContent(in FrameHeader frame, out ReadOnlyMemory<byte> stored)
    {
        stored = default;
        if (frame.StoredLength > Frame.MaxContent)
        {
            return Codes.FrameUnknown; // no writer makes such a frame
        }

        var decodes = depth == WalkDepth.Everything && frame.Kind is not (FrameKind.Wiped or FrameKind.Pad);
        if (frame.Length > reader.Capacity)
        {
            return CheckLong(frame, decodes);
        }

        var rest = Held(frame.Offset + frame.HeaderLength, frame.Length - frame.HeaderLength);
        if (rest.Length < frame.Length - frame.HeaderLength)
        {
            return Codes.FrameOverrun; // the file ends before it should
        }

        var bytes = rest[..(int)frame.StoredLength];
        var problem = Frame.CheckEnd(frame, rest.Span[(int)frame.StoredLength..])
            ?? (frame.Kind == FrameKind.Commit ? FrameBatch.CheckNow(frame, bytes) : decodes ? Batch.Add(frame, bytes) : Frame.CheckStored(frame, bytes.Span));
        stored = problem is null ? bytes : default;
        return problem;
    }

    private string? CheckLong(in FrameHeader frame, bool decodes)
    {
        _batch?.Compare(); // the window moves
        lock (buffers.Large)
        {
            var length = checked((int)(frame.Length - frame.HeaderLength));
            var rest = ArrayPool<byte>.Shared.Rent(length);
            try
            {
                if (!reader.TryCopy(frame.Offset + frame.HeaderLength, rest.AsSpan(0, length)))
                {
                    return Codes.FrameOverrun;
                }

                var stored = rest.AsMemory(0, (int)frame.StoredLength);
                return Frame.CheckEnd(frame, rest.AsSpan(stored.Length, length - stored.Length))
                    ?? (decodes ? FrameBatch.CheckNow(frame, stored) : Frame.CheckStored(frame, stored.Span));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(rest);
            }
        }
    }

    private string? ReadHeader(Guid pack, long offset, out FrameHeader header)
    {
        var problem = FrameHeader.TryRead(Held(offset, Math.Min(UsualHeader, limit - offset)).Span, out header);
        if (problem == Codes.FrameOverrun)
        {
            // A header with long extensions: no version writes one yet, but room is left for them.
            problem = FrameHeader.TryRead(Held(offset, Math.Min(FrameHeader.MaxSize, limit - offset)).Span, out header);
        }

        return problem is null && offset + header.Length > limit ? Codes.FrameOverrun : problem ?? Frame.CheckPlace(header, pack, offset);
    }

    /// <summary>A range that fits the window, or what the file has of it. What waits in the batch is compared before the window moves.</summary>
    private ReadOnlyMemory<byte> Held(long offset, long count)
    {
        if (!reader.Holds(offset, count))
        {
            _batch?.Compare();
            reader.MoveTo(offset);
        }

        return reader.Slice(offset, Math.Max(0, Math.Min(count, reader.End - offset)));
    }
}
