using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lantai.Characterization.Matching.Simd;

/// <summary>
/// Finds bytes in bytes: where the first and the last byte of what is sought stand at their distance, the rest is compared,
/// 64 places at a time where the processor has vectors that wide.
/// </summary>
/// <remarks>
/// The runtime's own search does the same; but in a program that is compiled ahead as a whole it is compiled for the oldest
/// processor and stays so. These methods are compiled at first use, for the processor at hand. bench/README.md,
/// "Format identification".
/// </remarks>
internal static class LiteralSearch
{
    /// <summary>The first place of the literal; -1 when it is not there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int IndexOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> literal)
    {
        var places = bytes.Length - literal.Length + 1;
        if (places <= 0 || literal.Length == 0)
        {
            return literal.Length == 0 ? 0 : -1;
        }

        unchecked
        {
            ref var start = ref MemoryMarshal.GetReference(bytes);
            ref var end = ref Unsafe.Add(ref start, literal.Length - 1);
            var place = 0;
            if (Vector512.IsHardwareAccelerated)
            {
                var (first, last) = (Vector512.Create(literal[0]), Vector512.Create(literal[^1]));
                for (; place <= places - Vector512<byte>.Count; place += Vector512<byte>.Count)
                {
                    var hits = (Vector512.Equals(Vector512.LoadUnsafe(ref start, (nuint)place), first)
                        & Vector512.Equals(Vector512.LoadUnsafe(ref end, (nuint)place), last)).ExtractMostSignificantBits();
                    for (; hits != 0; hits &= hits - 1)
                    {
                        var found = place + BitOperations.TrailingZeroCount(hits);
                        if (bytes.Slice(found, literal.Length).SequenceEqual(literal))
                        {
                            return found;
                        }
                    }
                }
            }

            if (Vector256.IsHardwareAccelerated)
            {
                var (first, last) = (Vector256.Create(literal[0]), Vector256.Create(literal[^1]));
                for (; place <= places - Vector256<byte>.Count; place += Vector256<byte>.Count)
                {
                    var hits = (Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)place), first)
                        & Vector256.Equals(Vector256.LoadUnsafe(ref end, (nuint)place), last)).ExtractMostSignificantBits();
                    for (; hits != 0; hits &= hits - 1)
                    {
                        var found = place + BitOperations.TrailingZeroCount(hits);
                        if (bytes.Slice(found, literal.Length).SequenceEqual(literal))
                        {
                            return found;
                        }
                    }
                }
            }

            for (; place < places; place++)
            {
                if (bytes[place] == literal[0] && bytes.Slice(place, literal.Length).SequenceEqual(literal))
                {
                    return place;
                }
            }
        }

        return -1;
    }
}
