using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace Lantai.Words;

/// <summary>
/// The SHA-256 of many messages at once. On processors with AVX-512 sixteen messages go side by side, which is two to
/// three times as fast as one after the other; the processor's SHA instructions take what would leave lanes idle: a single
/// message, few messages, one that is longer than all the others together can keep company. Elsewhere they take all.
/// </summary>
/// <remarks>Source: FIPS 180-4. Pure; safe for concurrent use. Takes its scratch memory from the stack and the shared pool.</remarks>
public static class DigestBatch
{
    /// <summary>
    /// A step of all lanes lasts as long as this many blocks by the SHA instructions: 5.3 on a quiet machine, 7.8 on a busy one.
    /// A wrong value costs time only.
    /// </summary>
    private const int StepCost = 6;

    /// <summary>Whether this processor hashes sixteen messages side by side.</summary>
    public static bool IsParallel => Sha256Lanes.IsSupported;

    /// <summary>Computes the digest of each message.</summary>
    /// <param name="messages">Any number, of any lengths; best are dozens of similar lengths.</param>
    /// <param name="digests">Receives the digests in the order of the messages; as many as these.</param>
    /// <exception cref="ArgumentException">There is not one place for each digest.</exception>
    public static void Compute(ReadOnlySpan<ReadOnlyMemory<byte>> messages, Span<Digest> digests) =>
        Compute(messages, digests, IsParallel);

    /// <summary>Computes by lanes or one by one, as asked: both ways must give the same.</summary>
    internal static void Compute(ReadOnlySpan<ReadOnlyMemory<byte>> messages, Span<Digest> digests, bool inLanes)
    {
        if (digests.Length != messages.Length)
        {
            throw new ArgumentException("There must be one place for each digest.", nameof(digests));
        }

        if (!inLanes || messages.Length < StepCost)
        {
            for (var i = 0; i < messages.Length; i++)
            {
                digests[i] = Digest.Of(messages[i].Span);
            }

            return;
        }

        var pooled = ArrayPool<ulong>.Shared.Rent(messages.Length);
        try
        {
            var order = pooled.AsSpan(0, messages.Length);
            SortByLength(messages, order);
            var singles = Singles(order);
            foreach (var entry in order[..singles])
            {
                digests[Index(entry)] = Digest.Of(messages[Index(entry)].Span);
            }

            if (singles < order.Length)
            {
                DigestLanes.Compute(messages, digests, order[singles..]);
            }
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(pooled);
        }
    }

    /// <summary>The message that an entry of the order stands for.</summary>
    internal static int Index(ulong entry) => (int)(entry & int.MaxValue);

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
    private static int Singles(ReadOnlySpan<ulong> order)
    {
        var rest = 0L;
        foreach (var entry in order)
        {
            rest += Blocks(entry);
        }

        var (best, lowest, single) = (order.Length, rest, 0L);
        for (var i = 0; i < order.Length; i++)
        {
            var cost = single + (StepCost * Math.Max(Blocks(order[i]), rest / Sha256Lanes.Lanes));
            if (cost < lowest)
            {
                (best, lowest) = (i, cost);
            }

            single += Blocks(order[i]);
            rest -= Blocks(order[i]);
        }

        return best;
    }

    private static long Blocks(ulong entry) => ((int.MaxValue - (long)(entry >> 32) + 8) / Sha256Lanes.BlockSize) + 1;
}
