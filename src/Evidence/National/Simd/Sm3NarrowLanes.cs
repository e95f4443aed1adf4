using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Lantai.Words;

namespace Lantai.Evidence.National;

/// <summary>
/// What <see cref="Sm3Lanes"/> does, for processors with AVX2 only: the sixteen messages go in two halves of eight.
/// </summary>
/// <remarks>Source: GB/T 32905, as there. Pure; safe for concurrent use.</remarks>
internal readonly unsafe struct Sm3NarrowLanes : IDigestLanes<Sm3Digest>
{
    private const int Half = LaneBlocks.Lanes / 2;

    /// <inheritdoc/>
    public static bool IsSupported => Avx2.IsSupported;

    /// <inheritdoc/>
    public static int StepCost => 7;

    /// <inheritdoc/>
    public static Sm3Digest One(ReadOnlySpan<byte> message) => Sm3Lanes.One(message);

    /// <inheritdoc/>
    public static void Reset(Span<uint> state, int lane) => Sm3Lanes.Reset(state, lane);

    /// <inheritdoc/>
    public static Sm3Digest Finish(ReadOnlySpan<uint> state, int lane) => Sm3Lanes.Finish(state, lane);

    /// <inheritdoc/>
    [SkipLocalsInit]
    public static void Compress(uint* state, byte** blocks, nint* strides, long count)
    {
        var words = stackalloc Vector256<uint>[Sm3Lanes.Words];
        for (; count > 0; count--)
        {
            for (var lane = 0; lane < LaneBlocks.Lanes; lane += Half)
            {
                Gather(unchecked(blocks + lane), words);
                Compress((Vector256<uint>*)unchecked(state + lane), words);
            }

            for (var lane = 0; lane < LaneBlocks.Lanes; lane++)
            {
                blocks[lane] = unchecked(blocks[lane] + strides[lane]);
            }
        }
    }

    // Word i of a half stands at 2 i: the other half's stands between.
    private static void Compress(Vector256<uint>* state, Vector256<uint>* words)
    {
        Expand(words);
        var (a, b, c, d) = (state[0], state[2], state[4], state[6]);
        var (e, f, g, h) = (state[8], state[10], state[12], state[14]);
        fixed (uint* constants = Sm3Lanes.Constants)
        {
            for (var j = 0; j < 16; j += 4)
            {
                var k = unchecked(constants + j);
                var w = unchecked(words + j);
                Early(a, ref b, c, ref d, e, ref f, g, ref h, k[0], w[0], w[4]);
                Early(d, ref a, b, ref c, h, ref e, f, ref g, k[1], w[1], w[5]);
                Early(c, ref d, a, ref b, g, ref h, e, ref f, k[2], w[2], w[6]);
                Early(b, ref c, d, ref a, f, ref g, h, ref e, k[3], w[3], w[7]);
            }

            for (var j = 16; j < Sm3Lanes.Rounds; j += 4)
            {
                var k = unchecked(constants + j);
                var w = unchecked(words + j);
                Late(a, ref b, c, ref d, e, ref f, g, ref h, k[0], w[0], w[4]);
                Late(d, ref a, b, ref c, h, ref e, f, ref g, k[1], w[1], w[5]);
                Late(c, ref d, a, ref b, g, ref h, e, ref f, k[2], w[2], w[6]);
                Late(b, ref c, d, ref a, f, ref g, h, ref e, k[3], w[3], w[7]);
            }
        }

        (state[0], state[2], state[4], state[6]) = (state[0] ^ a, state[2] ^ b, state[4] ^ c, state[6] ^ d);
        (state[8], state[10], state[12], state[14]) = (state[8] ^ e, state[10] ^ f, state[12] ^ g, state[14] ^ h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Expand(Vector256<uint>* words)
    {
        for (var j = 16; j < Sm3Lanes.Words; j++)
        {
            var w = unchecked(words + j);
            var x = w[-16] ^ w[-9] ^ Turn(w[-3], 15);
            w[0] = x ^ Turn(x, 15) ^ Turn(x, 23) ^ Turn(w[-13], 7) ^ w[-6];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Early(
        Vector256<uint> a, ref Vector256<uint> b, Vector256<uint> c, ref Vector256<uint> d,
        Vector256<uint> e, ref Vector256<uint> f, Vector256<uint> g, ref Vector256<uint> h, uint k, Vector256<uint> w, Vector256<uint> w4) =>
        Round(a ^ b ^ c, e ^ f ^ g, a, ref b, ref d, e, ref f, ref h, k, w, w4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Late(
        Vector256<uint> a, ref Vector256<uint> b, Vector256<uint> c, ref Vector256<uint> d,
        Vector256<uint> e, ref Vector256<uint> f, Vector256<uint> g, ref Vector256<uint> h, uint k, Vector256<uint> w, Vector256<uint> w4) =>
        Round((a & b) | (c & (a | b)), g ^ (e & (f ^ g)), a, ref b, ref d, e, ref f, ref h, k, w, w4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        Vector256<uint> ff, Vector256<uint> gg, Vector256<uint> a, ref Vector256<uint> b, ref Vector256<uint> d,
        Vector256<uint> e, ref Vector256<uint> f, ref Vector256<uint> h, uint k, Vector256<uint> w, Vector256<uint> w4)
    {
        var a12 = Turn(a, 12);
        var ss1 = Turn(a12 + e + Vector256.Create(k), 7);
        d = ff + d + (ss1 ^ a12) + (w ^ w4);
        var tt2 = gg + h + ss1 + w;
        b = Turn(b, 9);
        f = Turn(f, 19);
        h = tt2 ^ Turn(tt2, 9) ^ Turn(tt2, 17);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Turn(Vector256<uint> x, int bits) => (x << bits) | (x >>> (32 - bits));

    /// <summary>Reads a block of each of eight lanes, turns big-endian words round, and transposes 8 × 8 twice: lanes to words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gather(byte** blocks, Vector256<uint>* words)
    {
        for (var i = 0; i < 2; i++)
        {
            var (offset, w) = (i * 32, i * 8);
            Pairs(blocks, offset, out var a0, out var a1, out var a2, out var a3);
            Pairs(unchecked(blocks + 4), offset, out var b0, out var b1, out var b2, out var b3);
            (words[w], words[w + 4]) = (Avx2.Permute2x128(a0, b0, 0x20), Avx2.Permute2x128(a0, b0, 0x31));
            (words[w + 1], words[w + 5]) = (Avx2.Permute2x128(a1, b1, 0x20), Avx2.Permute2x128(a1, b1, 0x31));
            (words[w + 2], words[w + 6]) = (Avx2.Permute2x128(a2, b2, 0x20), Avx2.Permute2x128(a2, b2, 0x31));
            (words[w + 3], words[w + 7]) = (Avx2.Permute2x128(a3, b3, 0x20), Avx2.Permute2x128(a3, b3, 0x31));
        }
    }

    /// <summary>Of four lanes: vector n gets word n of each in its lower half, word n + 4 in its upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pairs(byte** blocks, int offset, out Vector256<uint> w0, out Vector256<uint> w1, out Vector256<uint> w2, out Vector256<uint> w3)
    {
        var (x0, x1, x2, x3) = (Load(unchecked(blocks[0] + offset)), Load(unchecked(blocks[1] + offset)), Load(unchecked(blocks[2] + offset)), Load(unchecked(blocks[3] + offset)));
        var (low, high) = (Avx2.UnpackLow(x0, x1).AsUInt64(), Avx2.UnpackHigh(x0, x1).AsUInt64());
        var (low2, high2) = (Avx2.UnpackLow(x2, x3).AsUInt64(), Avx2.UnpackHigh(x2, x3).AsUInt64());
        (w0, w1) = (Avx2.UnpackLow(low, low2).AsUInt32(), Avx2.UnpackHigh(low, low2).AsUInt32());
        (w2, w3) = (Avx2.UnpackLow(high, high2).AsUInt32(), Avx2.UnpackHigh(high, high2).AsUInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Load(byte* block)
    {
        var swap = Vector256.Create(0x00010203u, 0x04050607u, 0x08090A0Bu, 0x0C0D0E0Fu, 0x00010203u, 0x04050607u, 0x08090A0Bu, 0x0C0D0E0Fu);
        return Avx2.Shuffle(Vector256.Load(block), swap.AsByte()).AsUInt32();
    }
}
