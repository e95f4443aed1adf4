using System.Buffers.Binary;
using Lantai.Characterization.Registry;

namespace Lantai.Characterization.Matching;

/// <summary>
/// One to four bytes that stand at a fixed place of every file that a signature matches: a file without them need not be
/// compared with it.
/// </summary>
/// <param name="Value">Place, length and bytes in one number.</param>
internal readonly record struct TriggerKey(ulong Value)
{
    private const int WidestRange = 24;
    private const int MostWays = 64;
    private const long Farthest = 40_000;

    /// <summary>Makes a key.</summary>
    /// <param name="isFromEnd">Whether the place is counted back from the end, to the end of the bytes.</param>
    /// <param name="offset">The place.</param>
    /// <param name="bytes">One byte or more; the first four count.</param>
    public static TriggerKey Of(bool isFromEnd, long offset, ReadOnlySpan<byte> bytes)
    {
        Span<byte> four = stackalloc byte[4];
        var length = Math.Min(4, bytes.Length);
        bytes[..length].CopyTo(four);
        return new TriggerKey(Place(isFromEnd, offset, length) | BinaryPrimitives.ReadUInt32LittleEndian(four));
    }

    /// <summary>The part of a key that says where and how many bytes to look at.</summary>
    public static ulong Place(bool isFromEnd, long offset, int length) => (isFromEnd ? 1UL << 63 : 0) | ((ulong)offset << 36) | ((ulong)length << 32);

    /// <summary>The place alone.</summary>
    public ulong PlaceOnly => Value & 0xFFFF_FFFF_0000_0000;

    /// <summary>Keys of which every file has one that the sequence matches; none when there are no such, or too many.</summary>
    public static IReadOnlyList<TriggerKey> Of(CompiledSequence sequence)
    {
        var gap = sequence.First;
        if (sequence.Place == SequencePlace.Anywhere || gap.Max < 0 || gap.Max - gap.Min > WidestRange || gap.Max > Farthest)
        {
            return [];
        }

        var keys = new List<TriggerKey>();
        var isFromEnd = sequence.Place == SequencePlace.End;
        for (var offset = gap.Min; offset <= gap.Max; offset++)
        {
            if (!AddAt(keys, gap.Next, isFromEnd, offset))
            {
                return [];
            }
        }

        return keys;
    }

    private static bool AddAt(List<TriggerKey> keys, Step step, bool isFromEnd, long offset)
    {
        // What comes before a choice is skipped when it holds no literal.
        var start = step;
        (byte[] Bytes, int Distance)? best = null;
        foreach (var literal in Step.Literals(step))
        {
            best = best is null || Math.Min(4, literal.Bytes.Length) > Math.Min(4, best.Value.Bytes.Length) ? literal : best;
        }

        if (best is { } found)
        {
            var place = offset + found.Distance;
            keys.Add(isFromEnd
                ? Of(true, place, found.Bytes.AsSpan(Math.Max(0, found.Bytes.Length - 4)))
                : Of(false, place, found.Bytes));
            return true;
        }

        while (start.Kind == StepKind.One || (start.Kind == StepKind.Gap && start.Min == start.Max))
        {
            offset += start.Kind == StepKind.One ? 1 : start.Min;
            start = start.Next;
        }

        return start.Kind == StepKind.Choice && start.Ways.Length <= MostWays && keys.Count <= MostWays * 4 && start.Ways.All(w => AddAt(keys, w, isFromEnd, offset));
    }
}
