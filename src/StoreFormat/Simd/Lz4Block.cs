using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lantai.StoreFormat;

/// <summary>
/// Encodes one LZ4 block. All positions of a window are looked up together and without branches, then matches are taken
/// one after the other: what a text costs an encoder is waiting for one match before it can ask for the next.
/// </summary>
/// <remarks>
/// Source: "LZ4 Block Format Description", sections "Compressed block format" and "End of block conditions". Greedy, one
/// candidate for each position. Never reads outside the source, never writes outside the target. Pure; safe for concurrent use.
/// </remarks>
internal static unsafe class Lz4Block
{
    /// <summary>Positions that are looked up together, one bit of a word each.</summary>
    private const int Window = 64;

    /// <summary>Bytes from a window's start that are read while its matches are found and written, at most.</summary>
    private const int Reach = Window + 16;

    private const int MinMatch = 4;
    private const int Escape = 15; // a length that does not fit its four bits
    private const int Long = Escape + byte.MaxValue; // one that needs more than one byte beyond them
    private const int Margin = 16 + 5; // literals are copied sixteen at a time;
    private const int EndLiterals = 5;
    private const int EndDistance = 12; // no match begins later than this before the end
    private const int FewestBits = 8;
    private const int MostBits = 14; // a table of 32 KiB: more does not stay in the nearest cache
    private const int MostSkipped = 16;
    private const uint LowFactor = 2654435761; // odd, near 2^32 divided by the golden ratio
    private const uint HighFactor = 2246822519;

    /// <summary>Encodes a block and gives its length; 0 when it does not fit the target.</summary>
    /// <param name="source">The bytes; at most 1 GiB.</param>
    /// <param name="target">Receives the block. What is behind it may have been written to as well.</param>
    public static int Encode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var bits = Math.Clamp(BitOperations.Log2((uint)source.Length | 1), FewestBits, MostBits);
        var table = stackalloc ushort[1 << bits]; // zeroed: an empty place names a position that is compared like any other
        fixed (byte* from = source, to = target)
        {
            var end = Write(from, from + source.Length, to, to + target.Length, new Positions(table, bits));
            return end is null ? 0 : (int)(end - to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static byte* Write(byte* source, byte* end, byte* output, byte* limit, Positions positions)
    {
        var distances = stackalloc ushort[Window];
        var words = stackalloc uint[Window];
        unchecked
        {
            var at = source + 1;
            var literals = source;
            var idle = 0;
            while (end - at >= Reach)
            {
                var found = positions.Look(at, (uint)(at - source), distances, words);
                var next = at + Window;
                idle = found == 0 ? idle + 1 : 0;
                while (found != 0)
                {
                    var place = BitOperations.TrailingZeroCount(found);
                    int distance = distances[place];
                    if (distance == 0)
                    {
                        found &= found - 1; // an empty place at a multiple of 65536 names the position itself
                        continue;
                    }

                    var match = at + place;
                    var length = Count(match, match - distance, end - EndLiterals);
                    output = Emit(output, limit, literals, (int)(match - literals), distance, length);
                    if (output is null)
                    {
                        return null;
                    }

                    literals = match + length;
                    if (literals >= next)
                    {
                        next = literals;
                        break;
                    }

                    found &= ulong.MaxValue << (int)(literals - at);
                }

                at = next + (Math.Min(idle >> 2, MostSkipped) * Window); // what has no matches for long has none soon
            }

            return WriteEnd(source, end, at, literals, output, limit, positions);
        }
    }

    /// <summary>The last bytes, one position at a time.</summary>
    private static byte* WriteEnd(byte* source, byte* end, byte* at, byte* literals, byte* output, byte* limit, Positions positions)
    {
        unchecked
        {
            while (end - at >= EndDistance)
            {
                var distance = positions.LookOne(at, (uint)(at - source));
                if (distance == 0 || *(uint*)at != *(uint*)(at - distance))
                {
                    at++;
                    continue;
                }

                var length = Math.Min(Count(at, at - distance, end - EndLiterals), (int)(end - EndLiterals - at));
                output = EmitAny(output, limit, literals, (int)(at - literals), distance, length);
                if (output is null)
                {
                    return null;
                }

                at += length;
                literals = at;
            }

            return EmitLiterals(output, limit, literals, (int)(end - literals), 0, room: 0);
        }
    }

    /// <summary>How many bytes are equal; the first four are, and twelve can be read of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Count(byte* one, byte* other, byte* limit)
    {
        unchecked
        {
            var differing = *(ulong*)(one + MinMatch) ^ *(ulong*)(other + MinMatch);
            if (differing != 0)
            {
                return MinMatch + (BitOperations.TrailingZeroCount(differing) >> 3);
            }

            var at = MinMatch + sizeof(ulong);
            for (; limit - one - at >= Vector128<byte>.Count; at += Vector128<byte>.Count)
            {
                var equal = Vector128.Equals(Vector128.Load(one + at), Vector128.Load(other + at)).ExtractMostSignificantBits();
                if (equal != ushort.MaxValue)
                {
                    return at + BitOperations.TrailingZeroCount(~equal);
                }
            }

            for (; one + at < limit && one[at] == other[at]; at++)
            {
            }

            return at;
        }
    }

    /// <summary>Writes literals and a match, and gives where the next ones go; null when they do not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Emit(byte* output, byte* limit, byte* literals, int count, int distance, int length)
    {
        unchecked
        {
            var more = length - MinMatch;
            if (count >= Long || more >= Long || limit - output < count + Margin)
            {
                return EmitAny(output, limit, literals, count, distance, length);
            }

            *output++ = (byte)((Math.Min(count, Escape) << 4) | Math.Min(more, Escape));
            if (count >= Escape)
            {
                *output++ = (byte)(count - Escape);
            }

            var done = 0;
            do
            {
                Vector128.Load(literals + done).Store(output + done); // too many, of which the next overwrites the rest
                done += Vector128<byte>.Count;
            }
            while (done < count); // always once: whether there are literals cannot be guessed

            output += count;
            *(ushort*)output = (ushort)distance;
            output += sizeof(ushort);
            if (more >= Escape)
            {
                *output++ = (byte)(more - Escape);
            }

            return output;
        }
    }

    private static byte* EmitAny(byte* output, byte* limit, byte* literals, int count, int distance, int length)
    {
        unchecked
        {
            var more = length - MinMatch;
            output = EmitLiterals(output, limit, literals, count, Math.Min(more, Escape), room: sizeof(ushort) + Extra(more));
            if (output is null)
            {
                return null;
            }

            *(ushort*)output = (ushort)distance;
            return WriteExtra(output + sizeof(ushort), more);
        }
    }

    private static byte* EmitLiterals(byte* output, byte* limit, byte* literals, int count, int lowBits, int room)
    {
        unchecked
        {
            if (limit - output < 1L + Extra(count) + count + room)
            {
                return null;
            }

            *output = (byte)((Math.Min(count, Escape) << 4) | lowBits);
            output = WriteExtra(output + 1, count);
            Unsafe.CopyBlockUnaligned(output, literals, (uint)count);
            return output + count;
        }
    }

    /// <summary>Bytes that a length takes beyond its four bits.</summary>
    private static int Extra(int length) => length < Escape ? 0 : ((length - Escape) / byte.MaxValue) + 1;

    private static byte* WriteExtra(byte* output, int length)
    {
        unchecked
        {
            if (length < Escape)
            {
                return output;
            }

            var rest = length - Escape;
            for (; rest >= byte.MaxValue; rest -= byte.MaxValue)
            {
                *output++ = byte.MaxValue;
            }

            *output++ = (byte)rest;
            return output;
        }
    }

    /// <summary>
    /// Where six bytes were last seen, by a hash of them: the low 16 bits of the position, which name it within the 64 KiB
    /// that a match may reach back.
    /// </summary>
    private readonly struct Positions(ushort* table, int bits)
    {
        private readonly int _shift = 32 - bits;

        /// <summary>Looks up and enters the positions of a window; gives a bit for each that has a match.</summary>
        /// <param name="at">The window; <see cref="Reach"/> bytes can be read.</param>
        /// <param name="position">Its place in the source.</param>
        /// <param name="distances">Receives how far back each candidate lies.</param>
        /// <param name="words">Room for a number of each position.</param>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public ulong Look(byte* at, uint position, ushort* distances, uint* words)
        {
            unchecked
            {
                for (var i = 0; i < Window; i += 4)
                {
                    ((FourBytes(at + i) * LowFactor) + (TwoMore(at + i) * HighFactor) >>> _shift).Store(words + i);
                }

                for (var i = 0; i < Window; i += 4)
                {
                    One(at + i, position, distances + i, words + i);
                    One(at + i + 1, position + 1, distances + i + 1, words + i + 1);
                    One(at + i + 2, position + 2, distances + i + 2, words + i + 2);
                    One(at + i + 3, position + 3, distances + i + 3, words + i + 3);
                    position += 4;
                }

                var found = 0UL;
                for (var i = 0; i < Window; i += 4)
                {
                    found |= (ulong)Vector128.Equals(Vector128.Load(words + i), FourBytes(at + i)).ExtractMostSignificantBits() << i;
                }

                return found;
            }
        }

        /// <summary>Looks up and enters one position; 0 when nothing is there. Eight bytes can be read.</summary>
        public int LookOne(byte* at, uint position)
        {
            unchecked
            {
                var hash = ((*(uint*)at * LowFactor) + (*(ushort*)(at + 4) * HighFactor)) >> _shift;
                var entry = table[hash];
                table[hash] = (ushort)position;
                return (ushort)(position - entry);
            }
        }

        /// <summary>Replaces a hash by the four bytes that lie at its candidate.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void One(byte* at, uint position, ushort* distance, uint* word)
        {
            unchecked
            {
                var place = table + *word;
                var back = (ushort)(position - *place);
                *place = (ushort)position;
                *distance = back;
                *word = *(uint*)(at - back);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<uint> FourBytes(byte* at) =>
            Vector128.ShuffleNative(Vector128.Load(at), Vector128.Create((byte)0, 1, 2, 3, 1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6)).AsUInt32();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<uint> TwoMore(byte* at) =>
            Vector128.ShuffleNative(Vector128.Load(at), Vector128.Create(4, 5, 255, 255, 5, 6, 255, 255, 6, 7, 255, 255, 7, 8, 255, (byte)255)).AsUInt32();
    }
}
