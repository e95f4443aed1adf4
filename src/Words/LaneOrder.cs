using System.Buffers;

namespace Lantai.Words;

/// <summary>Deals messages out: to lanes, or one by one what would leave lanes idle.</summary>
/// <remarks>Pure; safe for concurrent use. Takes its scratch memory from the stack and the shared pool.</remarks>
internal static class LaneOrder
{
    /// <summary>Computes the digest of each message, by lanes or one by one, as asked: both ways must give the same.</summary>
    /// <exception cref="ArgumentException">There is not one place for each digest.</exception>
    public static void Compute<TLanes, TDigest>(ReadOnlySpan<ReadOnlyMemory<byte>> messages, Span<TDigest> digests, bool inLanes)
        where TLanes : IDigestLanes<TDigest>
        where TDigest : struct
    {
        if (digests.Length != messages.Length)
        {
            throw new ArgumentException("There must be one place for each digest.", nameof(digests));
        }

        if (!inLanes || messages.Length < TLanes.StepCost)
        {
            for (var i = 0; i < messages.Length; i++)
            {
                digests[i] = TLanes.One(messages[i].Span);
            }

            return;
        }

        var pooled = ArrayPool<ulong>.Shared.Rent(messages.Length);
        try
        {
            var order = pooled.AsSpan(0, messages.Length);
            SortByLength(messages, order);
            var singles = Singles(order, TLanes.StepCost);
            foreach (var entry in order[..singles])
            {
                digests[Index(entry)] = TLanes.One(messages[Index(entry)].Span);
            }

            if (singles < order.Length)
            {
                DigestLanes<TLanes, TDigest>.Compute(messages, digests, order[singles..]);
            }
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(pooled);
        }
    }

    /// <summary>The message that an entry of the order stands for.</summary>
    public static int Index(ulong entry) => (int)(entry & int.MaxValue);

    /// <summary>Longest first: what is left when lanes run empty is then short. An entry is length and index in one number.</summary>
    private static void SortByLength(ReadOnlySpan<ReadOnlyMemory<byte>> messages, Span<ulong> order)
    {
        for (var i = 0; i < messages.Length; i++)
        {
            order[i] = ((ulong)(int.MaxValue - messages[i].Length) << 32) | (uint)i;
        }

        order.Sort();
    }

    /// <summary>
    /// How many of the longest go one by one. The lanes need as many steps as the longest of theirs has blocks, and at least a
    /// sixteenth of all blocks; the cheapest cut is taken.
    /// </summary>
    private static int Singles(ReadOnlySpan<ulong> order, int stepCost)
    {
        var rest = 0L;
        foreach (var entry in order)
        {
            rest += Blocks(entry);
        }

        var (best, lowest, single) = (order.Length, rest, 0L);
        for (var i = 0; i < order.Length; i++)
        {
            var cost = single + (stepCost * Math.Max(Blocks(order[i]), rest / LaneBlocks.Lanes));
            if (cost < lowest)
            {
                (best, lowest) = (i, cost);
            }

            single += Blocks(order[i]);
            rest -= Blocks(order[i]);
        }

        return best;
    }

    private static long Blocks(ulong entry) => ((int.MaxValue - (long)(entry >> 32) + 8) / LaneBlocks.BlockSize) + 1;
}
