using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>One batch of a ledger segment: its leaves' bytes and its trailer.</summary>
/// <param name="Leaves">The bytes of each leaf.</param>
/// <param name="Trailer">The trailer.</param>
/// <param name="Length">Length of the batch in bytes.</param>
/// <remarks>spec/formats/ledger.md.</remarks>
public sealed record LedgerBatch(IReadOnlyList<byte[]> Leaves, BatchTrailer Trailer, int Length)
{
    /// <summary>
    /// Reads the batch at the start of the bytes. Null when it is not whole, or its trailer does not fit:
    /// number, first sequence, previous hash and own hash must all be as given and computed.
    /// </summary>
    /// <param name="bytes">Bytes of the segment from the batch's start on.</param>
    /// <param name="batch">The number it must have.</param>
    /// <param name="sequence">The first sequence it must have.</param>
    /// <param name="previous">The previous trailer's hash.</param>
    public static LedgerBatch? TryRead(ReadOnlySpan<byte> bytes, ulong batch, long sequence, Digest previous)
    {
        var leaves = new List<byte[]>();
        var at = 0;
        while (LedgerItem.TryRead(bytes[at..], out var isTrailer, out var body, out var length))
        {
            if (!isTrailer)
            {
                leaves.Add(body.ToArray());
                at += length;
                continue;
            }

            var hashed = bytes[..(at + LedgerItem.HeaderSize + body.Length - Digest.Size)];
            return BatchTrailer.TryRead(body, out var trailer) && trailer.Hash == Digest.Of(hashed) && trailer.Previous == previous
                && trailer.Batch == batch && trailer.FirstSequence == sequence && trailer.Count == leaves.Count
                ? new LedgerBatch(leaves, trailer, at + length)
                : null;
        }

        return null;
    }

    /// <summary>Whether a well-formed trailer with a batch number above <paramref name="batch"/> lies anywhere in the bytes.</summary>
    public static bool HasLaterTrailer(ReadOnlySpan<byte> bytes, ulong batch)
    {
        for (var at = 0; at + LedgerItem.HeaderSize < bytes.Length; at += 8)
        {
            if (LedgerItem.TryRead(bytes[at..], out var isTrailer, out var body, out _) && isTrailer
                && BatchTrailer.TryRead(body, out var trailer) && trailer.Batch > batch && trailer.Batch < batch + (ulong)bytes.Length)
            {
                return true;
            }
        }

        return false;
    }
}
