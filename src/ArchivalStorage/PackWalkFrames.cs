using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>What a walk gathers: the indexable frames of complete batches, and the chain of their commits.</summary>
/// <remarks>spec/formats/pack.md, "Batches and commit frames". Not safe for concurrent use.</remarks>
/// <param name="from">The commit to go on behind.</param>
/// <param name="expected">How many frames are expected: a hint for memory.</param>
/// <param name="give">Takes the frames of a batch once it is complete; null when the result shall have them all.</param>
internal sealed class PackWalkFrames(VouchedPack from, int expected = 0, Action<PackIndexEntry>? give = null) : IDisposable
{
    private readonly CommitChain _chain = new(from.Commit, from.Batch + 1);
    private readonly List<PackIndexEntry> _entries = new(expected); // a pack may hold a million: growing would cost twice that for a while
    private int _complete;
    private long _end = from.End;

    /// <summary>The batch that the next frame must belong to.</summary>
    public ulong Batch => _chain.Batch;

    /// <summary>Takes the next frame of the batch, by its header's bytes.</summary>
    public void Add(in FrameHeader frame, ReadOnlySpan<byte> header)
    {
        _chain.Add(header, frame.Offset);
        if (PackIndex.Lists(frame.Kind))
        {
            _entries.Add(new PackIndexEntry(frame.Digest, frame.Offset, frame.Length, frame.Kind, frame.Codec));
        }
    }

    /// <summary>Takes the commit frame that ends the batch; false when it does not continue the chain.</summary>
    public bool Ends(in FrameHeader frame, ReadOnlyMemory<byte> payload)
    {
        if (!CommitMark.TryRead(payload.Span, out var mark) || mark != _chain.Commit())
        {
            return false;
        }

        if (give is not null)
        {
            _entries.ForEach(give);
            _entries.Clear();
        }

        (_complete, _end) = (_entries.Count, frame.Offset + frame.Length);
        Batches = _chain.Batch - 1;
        LastCommit = _chain.Last;
        return true;
    }

    public PackWalkResult Result(PackHeader header, Finding? problem, List<Finding> damage)
    {
        _entries.RemoveRange(_complete, _entries.Count - _complete); // of a batch that has no end
        return new PackWalkResult(header, _entries, _end, Batches, LastCommit, problem, damage);
    }

    public void Dispose() => _chain.Dispose();

    private ulong Batches { get; set; } = from.Batch;

    private Digest LastCommit { get; set; } = from.Commit;
}
