using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>What the segments gave: everything a checkpoint and tiles can be held against.</summary>
/// <param name="Size">Leaves read.</param>
/// <param name="Tree">The tree over them.</param>
/// <param name="Nodes">Hashes of complete subtrees at the levels that tiles hold.</param>
internal sealed record VerifiedLog(long Size, CompactRange Tree, Dictionary<(int Level, ulong Index), Digest> Nodes);

/// <summary>Reads every segment from the first leaf on and follows every chain.</summary>
/// <remarks>spec/formats/ledger.md, "Reader MUST".</remarks>
internal static class LedgerVerification
{
    public static VerifiedLog Run(IDisk disk, StoreDescriptor descriptor, FindingSink found, Action<long> progress, CancellationToken cancellation)
    {
        var nodes = new Dictionary<(int, ulong), Digest>();
        var tree = new CompactRange((level, index, hash) =>
        {
            if (level % 8 == 0)
            {
                nodes[(level, index)] = hash; // what tiles hold
            }
        });
        var state = new ChainState(LedgerEntry.NoPrevious, LedgerEntry.NoPrevious, LedgerEntry.NoPrevious, 0, 1, 0, DateTimeOffset.MinValue);
        var segments = LedgerFiles.Segments(disk);
        if (segments.Count == 0 || segments[^1].Name is not null)
        {
            found.Add(Finding.Error(Codes.SegmentHeaderBad, StoreLayout.OpenSegment));
        }

        foreach (var place in segments)
        {
            cancellation.ThrowIfCancellationRequested();
            if (CheckSegment(disk, descriptor, place, state, tree, found) is not { } next)
            {
                break; // what follows cannot be held against anything
            }

            state = next;
            progress(state.Sequence);
        }

        return new VerifiedLog(checked((long)tree.Size), tree, nodes);
    }

    private static ChainState? CheckSegment(IDisk disk, StoreDescriptor descriptor, SegmentPlace place, ChainState state, CompactRange tree, FindingSink found)
    {
        var bytes = LedgerFiles.Bytes(disk, place.Path);
        var file = Digest.Of(bytes);
        if (place.Name is { } name && name != file)
        {
            found.Add(Finding.Error(Codes.SegmentDigest, place.Path));
        }

        if (LedgerFiles.Read(disk, place) is not { } content)
        {
            found.Add(Finding.Error(Codes.SegmentHeaderBad, place.Path));
            return null;
        }

        var header = content.Header;
        if (header.Store != descriptor.Store || header.Number != state.Segment || header.FirstSequence != state.Sequence || header.FirstBatch != state.Batch
            || header.PreviousLeaf != state.Leaf || header.PreviousSegment != state.SegmentFile || header.PreviousTrailer != state.Trailer
            || (place.Name is not null && place.FirstSequence != header.FirstSequence))
        {
            found.Add(Finding.Error(Codes.SegmentOrder, place.Path));
        }

        state = CheckLeaves(content, place.Path, state, tree, found);
        if (content.End < content.Length)
        {
            found.Add(place.Name is not null || content.HasLater || IsVouchedByCheckpoint(disk, state.Sequence)
                ? Finding.Error(Codes.BatchBroken, place.Path, ("offset", content.End))
                : Finding.Information(Codes.TornTail, place.Path, ("offset", content.End)));
        }

        return state with { SegmentFile = file, Trailer = content.LastTrailer, Segment = state.Segment + 1, Batch = content.NextBatch };
    }

    private static ChainState CheckLeaves(SegmentContent content, string path, ChainState state, CompactRange tree, FindingSink found)
    {
        foreach (var (offset, batch) in content.Batches)
        {
            foreach (var bytes in batch.Leaves)
            {
                if (!LedgerEntry.TryRead(bytes, out var leaf))
                {
                    found.Add(Finding.Error(Codes.LeafForm, path, ("offset", offset)));
                }
                else
                {
                    if (leaf.Previous != state.Leaf)
                    {
                        found.Add(Finding.Error(Codes.LeafChain, path, ("sequence", leaf.Sequence)));
                    }

                    if (leaf.Sequence != state.Sequence)
                    {
                        found.Add(Finding.Error(Codes.LeafSequence, path, ("sequence", leaf.Sequence), ("expected", state.Sequence)));
                    }

                    if (leaf.Time < state.Time)
                    {
                        found.Add(Finding.Information(Codes.ClockWentBack, path, ("sequence", leaf.Sequence)));
                    }

                    state = state with { Time = leaf.Time };
                }

                tree.Append(MerkleTree.LeafHash(bytes));
                state = state with { Leaf = Digest.Of(bytes), Sequence = state.Sequence + 1 };
            }
        }

        return state;
    }

    private static bool IsVouchedByCheckpoint(IDisk disk, long size) =>
        disk.Exists(StoreLayout.Checkpoint) && SignedNote.TryParse(LedgerFiles.Small(disk, StoreLayout.Checkpoint), out var note)
        && Checkpoint.TryRead(note.Text, out var checkpoint) && checkpoint.Size > size;

    private sealed record ChainState(Digest Leaf, Digest SegmentFile, Digest Trailer, long Segment, ulong Batch, long Sequence, DateTimeOffset Time);
}
