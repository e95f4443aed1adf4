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
internal static unsafe class Sha256Lanes
{
    /// <summary>Messages side by side.</summary>
    public const int Lanes = 16;

    /// <summary>Length of a message block in bytes.</summary>
    public const int BlockSize = 64;

    /// <summary>Length of a state in 32-bit words: word i of lane n stands at 16 i + n.</summary>
    public const int StateSize = 8 * Lanes;

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

    /// <summary>Whether this processor has the instructions (AVX-512 F and BW).</summary>
    public static bool IsSupported => Avx512F.IsSupported && Avx512BW.IsSupported;

    /// <summary>Lets one lane begin anew.</summary>
    public static void Reset(Span<uint> state, int lane)
    {
        for (var i = 0; i < 8; i++)
        {
            state[(i * Lanes) + lane] = Initial[i];
        }
    }

    /// <summary>Takes the digest of one lane.</summary>
    public static Digest Finish(ReadOnlySpan<uint> state, int lane)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        for (var i = 0; i < 8; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes[(4 * i)..], state[(i * Lanes) + lane]);
        }

        return new Digest(bytes);
    }

    /// <summary>Takes in the same number of blocks in every lane.</summary>
    /// <param name="state"><see cref="StateSize"/> words.</param>
    /// <param name="blocks">For each lane where its next block lies; moved on by the blocks taken in.</param>
    /// <param name="strides">For each lane <see cref="BlockSize"/>, or 0 to read the same block again.</param>
    /// <param name="count">Number of blocks; every lane has so many, or the stride 0.</param>
    [SkipLocalsInit]
    public static void Compress(uint* state, byte** blocks, nint* strides, long count)
    {
        var words = stackalloc Vector512<uint>[Lanes];
        var all = (Vector512<uint>*)state;
        var (a, b, c, d, e, f, g, h) = (all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7]);
        fixed (uint* constants = Constants)
        {
            for (; count > 0; count--)
            {
                Gather(blocks, words);
                Advance(blocks, strides);
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

    /// <summary>Reads a block of each lane, turns big-endian words round, and transposes 16 × 16: lanes to words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gather(byte** blocks, Vector512<uint>* words)
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance(byte** blocks, nint* strides)
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
