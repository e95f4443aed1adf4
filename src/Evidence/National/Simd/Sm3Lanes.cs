using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Lantai.Evidence.National.Interop;
using Lantai.Words;

namespace Lantai.Evidence.National;

/// <summary>
/// The compression function of SM3 for sixteen independent messages at once: word j of all of them lies in one vector,
/// so that one instruction does the same step of all sixteen.
/// </summary>
/// <remarks>
/// Source: GB/T 32905, sections 4 (constants and functions) and 5.3 (expansion and compression). Four rounds stand in a
/// row because after four every word is in its place again. Pure; safe for concurrent use.
/// </remarks>
internal readonly unsafe struct Sm3Lanes : IDigestLanes<Sm3Digest>
{
    /// <summary>Rounds of a block.</summary>
    public const int Rounds = 64;

    /// <summary>Words that a block is expanded to.</summary>
    public const int Words = Rounds + 4;

    private static ReadOnlySpan<uint> Initial =>
        [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];

    /// <summary>T of each round, turned left by the number of the round.</summary>
    public static uint[] Constants { get; } =
        [.. Enumerable.Range(0, Rounds).Select(j => System.Numerics.BitOperations.RotateLeft(j < 16 ? 0x79cc4519u : 0x7a879d8au, j % 32))];

    /// <inheritdoc/>
    public static bool IsSupported => LaneBlocks.IsSupported;

    /// <inheritdoc/>
    public static int StepCost => 4;

    /// <summary>OpenSSL's where it is at hand, else BouncyCastle's.</summary>
    public static Sm3Digest One(ReadOnlySpan<byte> message) => One(message, Libcrypto.HasSm3);

    /// <summary>By OpenSSL or without, as asked: both must give the same.</summary>
    internal static Sm3Digest One(ReadOnlySpan<byte> message, bool native)
    {
        Span<byte> digest = stackalloc byte[Sm3Digest.Size];
        if (native)
        {
            Libcrypto.Sm3Of(message, digest);
        }
        else
        {
            Sm3.Hash(message, digest);
        }

        return new Sm3Digest(digest);
    }

    /// <inheritdoc/>
    public static void Reset(Span<uint> state, int lane) => LaneBlocks.Reset(state, lane, Initial);

    /// <inheritdoc/>
    public static Sm3Digest Finish(ReadOnlySpan<uint> state, int lane)
    {
        Span<byte> bytes = stackalloc byte[Sm3Digest.Size];
        LaneBlocks.Finish(state, lane, bytes);
        return new Sm3Digest(bytes);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public static void Compress(uint* state, byte** blocks, nint* strides, long count)
    {
        var words = stackalloc Vector512<uint>[Words];
        var all = (Vector512<uint>*)state;
        fixed (uint* constants = Constants)
        {
            for (; count > 0; count--)
            {
                LaneBlocks.Gather(blocks, words);
                LaneBlocks.Advance(blocks, strides);
                Expand(words);
                var (a, b, c, d, e, f, g, h) = (all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7]);
                for (var j = 0; j < 16; j += 4)
                {
                    var k = unchecked(constants + j);
                    var w = unchecked(words + j);
                    Early(a, ref b, c, ref d, e, ref f, g, ref h, k[0], w[0], w[4]);
                    Early(d, ref a, b, ref c, h, ref e, f, ref g, k[1], w[1], w[5]);
                    Early(c, ref d, a, ref b, g, ref h, e, ref f, k[2], w[2], w[6]);
                    Early(b, ref c, d, ref a, f, ref g, h, ref e, k[3], w[3], w[7]);
                }

                for (var j = 16; j < Rounds; j += 4)
                {
                    var k = unchecked(constants + j);
                    var w = unchecked(words + j);
                    Late(a, ref b, c, ref d, e, ref f, g, ref h, k[0], w[0], w[4]);
                    Late(d, ref a, b, ref c, h, ref e, f, ref g, k[1], w[1], w[5]);
                    Late(c, ref d, a, ref b, g, ref h, e, ref f, k[2], w[2], w[6]);
                    Late(b, ref c, d, ref a, f, ref g, h, ref e, k[3], w[3], w[7]);
                }

                (all[0], all[1], all[2], all[3]) = (all[0] ^ a, all[1] ^ b, all[2] ^ c, all[3] ^ d);
                (all[4], all[5], all[6], all[7]) = (all[4] ^ e, all[5] ^ f, all[6] ^ g, all[7] ^ h);
            }
        }
    }

    /// <summary>W16 to W67: W[j] = P1(W[j-16] ⊕ W[j-9] ⊕ (W[j-3] ⋘ 15)) ⊕ (W[j-13] ⋘ 7) ⊕ W[j-6].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Expand(Vector512<uint>* words)
    {
        for (var j = 16; j < Words; j++)
        {
            var w = unchecked(words + j);
            var x = Xor(w[-16], w[-9], Avx512F.RotateLeft(w[-3], 15));
            w[0] = Xor(Xor(x, Avx512F.RotateLeft(x, 15), Avx512F.RotateLeft(x, 23)), Avx512F.RotateLeft(w[-13], 7), w[-6]);
        }
    }

    /// <summary>A round of the first sixteen, in which FF and GG are ⊕. The new A stands in D, the new E in H.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Early(
        Vector512<uint> a, ref Vector512<uint> b, Vector512<uint> c, ref Vector512<uint> d,
        Vector512<uint> e, ref Vector512<uint> f, Vector512<uint> g, ref Vector512<uint> h, uint k, Vector512<uint> w, Vector512<uint> w4) =>
        Round(Xor(a, b, c), Xor(e, f, g), a, ref b, ref d, e, ref f, ref h, k, w, w4);

    /// <summary>A round of the others: FF is the majority, GG the choice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Late(
        Vector512<uint> a, ref Vector512<uint> b, Vector512<uint> c, ref Vector512<uint> d,
        Vector512<uint> e, ref Vector512<uint> f, Vector512<uint> g, ref Vector512<uint> h, uint k, Vector512<uint> w, Vector512<uint> w4) =>
        Round(Avx512F.TernaryLogic(a, b, c, 0xE8), Avx512F.TernaryLogic(e, f, g, 0xCA), a, ref b, ref d, e, ref f, ref h, k, w, w4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        Vector512<uint> ff, Vector512<uint> gg, Vector512<uint> a, ref Vector512<uint> b, ref Vector512<uint> d,
        Vector512<uint> e, ref Vector512<uint> f, ref Vector512<uint> h, uint k, Vector512<uint> w, Vector512<uint> w4)
    {
        var a12 = Avx512F.RotateLeft(a, 12);
        var ss1 = Avx512F.RotateLeft(a12 + e + Vector512.Create(k), 7);
        d = ff + d + (ss1 ^ a12) + (w ^ w4);
        var tt2 = gg + h + ss1 + w;
        b = Avx512F.RotateLeft(b, 9);
        f = Avx512F.RotateLeft(f, 19);
        h = Xor(tt2, Avx512F.RotateLeft(tt2, 9), Avx512F.RotateLeft(tt2, 17));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Xor(Vector512<uint> x, Vector512<uint> y, Vector512<uint> z) => Avx512F.TernaryLogic(x, y, z, 0x96);
}
