using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lantai.Words;

/// <summary>
/// The compression function of SHA-256 for sixteen independent messages at once: word t of all of them lies in one vector,
/// so that one instruction does the same step of all sixteen.
/// </summary>
/// <remarks>
/// Source: FIPS 180-4, sections 4.1.2 (functions), 4.2.2 (constants), 5.3.3 (initial value) and 6.2.2 (rounds).
/// The rounds stand in loops of eight on purpose: unrolled to 64 they pass the number of variables that the JIT keeps in
/// registers, and are slower than the processor's own SHA instructions. Pure; safe for concurrent use.
/// </remarks>
internal readonly unsafe struct Sha256Lanes : IDigestLanes<Digest>
{
    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private static ReadOnlySpan<uint> Initial =>
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    /// <inheritdoc/>
    public static bool IsSupported => LaneBlocks.IsSupported;

    /// <summary>5.3 on a quiet machine, 7.8 on a busy one.</summary>
    public static int StepCost => 6;

    /// <summary>The platform's own, which takes the processor's SHA instructions.</summary>
    public static Digest One(ReadOnlySpan<byte> message) => Digest.Of(message);

    /// <inheritdoc/>
    public static void Reset(Span<uint> state, int lane) => LaneBlocks.Reset(state, lane, Initial);

    /// <inheritdoc/>
    public static Digest Finish(ReadOnlySpan<uint> state, int lane)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        LaneBlocks.Finish(state, lane, bytes);
        return new Digest(bytes);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public static void Compress(uint* state, byte** blocks, nint* strides, long count)
    {
        var words = stackalloc Vector512<uint>[LaneBlocks.Lanes];
        var all = (Vector512<uint>*)state;
        var (a, b, c, d, e, f, g, h) = (all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7]);
        fixed (uint* constants = Constants)
        {
            for (; count > 0; count--)
            {
                LaneBlocks.Gather(blocks, words);
                LaneBlocks.Advance(blocks, strides);
                for (var t = 0; t < 64; t += 8)
                {
                    var w = unchecked(words + (t & 8));
                    var k = unchecked(constants + t);
                    if (t >= 16)
                    {
                        Schedule(w, unchecked(words + (~t & 8)));
                    }

                    h = Mix(e, f, g, h, k[0], w[0]); d += h; h = Sum(a, b, c, h);
                    g = Mix(d, e, f, g, k[1], w[1]); c += g; g = Sum(h, a, b, g);
                    f = Mix(c, d, e, f, k[2], w[2]); b += f; f = Sum(g, h, a, f);
                    e = Mix(b, c, d, e, k[3], w[3]); a += e; e = Sum(f, g, h, e);
                    d = Mix(a, b, c, d, k[4], w[4]); h += d; d = Sum(e, f, g, d);
                    c = Mix(h, a, b, c, k[5], w[5]); g += c; c = Sum(d, e, f, c);
                    b = Mix(g, h, a, b, k[6], w[6]); f += b; b = Sum(c, d, e, b);
                    a = Mix(f, g, h, a, k[7], w[7]); e += a; a = Sum(b, c, d, a);
                }

                (a, b, c, d) = (a + all[0], b + all[1], c + all[2], d + all[3]);
                (e, f, g, h) = (e + all[4], f + all[5], g + all[6], h + all[7]);
                (all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7]) = (a, b, c, d, e, f, g, h);
            }
        }
    }

    /// <summary>T1 of a round: h + Σ1(e) + Ch(e, f, g) + K + W.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Mix(Vector512<uint> e, Vector512<uint> f, Vector512<uint> g, Vector512<uint> h, uint k, Vector512<uint> w) =>
        h + (w + Vector512.Create(k))
        + Xor(Avx512F.RotateRight(e, 6), Avx512F.RotateRight(e, 11), Avx512F.RotateRight(e, 25))
        + Avx512F.TernaryLogic(e, f, g, 0xCA);

    /// <summary>T1 + T2 of a round: T2 = Σ0(a) + Maj(a, b, c).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Sum(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, Vector512<uint> t1) =>
        t1 + (Xor(Avx512F.RotateRight(a, 2), Avx512F.RotateRight(a, 13), Avx512F.RotateRight(a, 22)) + Avx512F.TernaryLogic(a, b, c, 0xE8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Xor(Vector512<uint> x, Vector512<uint> y, Vector512<uint> z) => Avx512F.TernaryLogic(x, y, z, 0x96);

    /// <summary>The next eight words of the schedule, in the place of those of sixteen rounds before; <paramref name="y"/> are the other eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Schedule(Vector512<uint>* x, Vector512<uint>* y)
    {
        x[0] = Next(x[0], x[1], y[1], y[6]);
        x[1] = Next(x[1], x[2], y[2], y[7]);
        x[2] = Next(x[2], x[3], y[3], x[0]);
        x[3] = Next(x[3], x[4], y[4], x[1]);
        x[4] = Next(x[4], x[5], y[5], x[2]);
        x[5] = Next(x[5], x[6], y[6], x[3]);
        x[6] = Next(x[6], x[7], y[7], x[4]);
        x[7] = Next(x[7], y[0], x[0], x[5]);
    }

    /// <summary>W[t] = σ1(W[t-2]) + W[t-7] + σ0(W[t-15]) + W[t-16].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Next(Vector512<uint> w16, Vector512<uint> w15, Vector512<uint> w7, Vector512<uint> w2) =>
        w16 + w7
        + Xor(Avx512F.RotateRight(w15, 7), Avx512F.RotateRight(w15, 18), Vector512.ShiftRightLogical(w15, 3))
        + Xor(Avx512F.RotateRight(w2, 17), Avx512F.RotateRight(w2, 19), Vector512.ShiftRightLogical(w2, 10));
}
