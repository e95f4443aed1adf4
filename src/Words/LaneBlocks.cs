using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lantai.Words;

/// <summary>The blocks of sixteen messages as vectors of their words, for digests that read 64 bytes as sixteen big-endian words.</summary>
/// <remarks>Needs AVX-512 F and BW. Pure; safe for concurrent use.</remarks>
internal static unsafe class LaneBlocks
{
    /// <summary>Messages side by side.</summary>
    public const int Lanes = 16;

    /// <summary>Length of a message block in bytes.</summary>
    public const int BlockSize = 64;

    /// <summary>Length of a state in 32-bit words: word i of lane n stands at 16 i + n.</summary>
    public const int StateSize = 8 * Lanes;

    /// <summary>Whether this processor has the instructions.</summary>
    public static bool IsSupported => Avx512F.IsSupported && Avx512BW.IsSupported;

    /// <summary>Lets one lane begin anew, with the eight words of the initial value.</summary>
    public static void Reset(Span<uint> state, int lane, ReadOnlySpan<uint> initial)
    {
        for (var i = 0; i < 8; i++)
        {
            state[(i * Lanes) + lane] = initial[i];
        }
    }

    /// <summary>Takes the 32 bytes of one lane.</summary>
    public static void Finish(ReadOnlySpan<uint> state, int lane, Span<byte> digest)
    {
        for (var i = 0; i < 8; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(digest[(4 * i)..], state[(i * Lanes) + lane]);
        }
    }

    /// <summary>Reads a block of each lane, turns big-endian words round, and transposes 16 × 16: lanes to words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gather(byte** blocks, Vector512<uint>* words)
    {
        for (var i = 0; i < Lanes; i += 4)
        {
            var one = unchecked(blocks + i);
            var two = unchecked(words + i);
            var (x0, x1, x2, x3) = (Load(one[0]), Load(one[1]), Load(one[2]), Load(one[3]));
            var (low, high) = (Avx512F.UnpackLow(x0, x1).AsUInt64(), Avx512F.UnpackHigh(x0, x1).AsUInt64());
            var (low2, high2) = (Avx512F.UnpackLow(x2, x3).AsUInt64(), Avx512F.UnpackHigh(x2, x3).AsUInt64());
            two[0] = Avx512F.UnpackLow(low, low2).AsUInt32();
            two[1] = Avx512F.UnpackHigh(low, low2).AsUInt32();
            two[2] = Avx512F.UnpackLow(high, high2).AsUInt32();
            two[3] = Avx512F.UnpackHigh(high, high2).AsUInt32();
        }

        for (var i = 0; i < 4; i++) // words[4 q + i] holds, for j from 0 to 3, word 4 j + i of lanes 4 q to 4 q + 3
        {
            var w = unchecked(words + i);
            var (even, even2) = (Avx512F.Shuffle4x128(w[0], w[4], 0x88), Avx512F.Shuffle4x128(w[8], w[12], 0x88));
            var (odd, odd2) = (Avx512F.Shuffle4x128(w[0], w[4], 0xDD), Avx512F.Shuffle4x128(w[8], w[12], 0xDD));
            w[0] = Avx512F.Shuffle4x128(even, even2, 0x88);
            w[4] = Avx512F.Shuffle4x128(odd, odd2, 0x88);
            w[8] = Avx512F.Shuffle4x128(even, even2, 0xDD);
            w[12] = Avx512F.Shuffle4x128(odd, odd2, 0xDD);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Load(byte* block)
    {
        var swap = Vector512.Create(0x00010203u, 0x04050607u, 0x08090A0Bu, 0x0C0D0E0Fu, 0x00010203u, 0x04050607u, 0x08090A0Bu, 0x0C0D0E0Fu, 0x00010203u, 0x04050607u, 0x08090A0Bu, 0x0C0D0E0Fu, 0x00010203u, 0x04050607u, 0x08090A0Bu, 0x0C0D0E0Fu);
        return Avx512BW.Shuffle(Vector512.Load(block), swap.AsByte()).AsUInt32();
    }

    /// <summary>Moves every lane on to its next block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Advance(byte** blocks, nint* strides)
    {
        for (var i = 0; i < Lanes; i += 8)
        {
            unchecked
            {
                (Vector512.Load((nint*)blocks + i) + Vector512.Load(strides + i)).Store((nint*)blocks + i);
            }
        }
    }
}
