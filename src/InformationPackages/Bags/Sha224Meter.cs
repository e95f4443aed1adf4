using System.Buffers.Binary;
using System.Numerics;

namespace Lantai.InformationPackages;

/// <summary>SHA-224, which the platform lacks and old bags use: SHA-256 from other start values, cut to 28 bytes (FIPS 180-4 §5.3.2, §6.3).</summary>
internal sealed class Sha224Meter : DigestMeter
{
    private const int BlockSize = 64;

    // The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4 §4.2.2).
    private static readonly uint[] Constants = MakeConstants();

    private readonly uint[] _state =
    [
        0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4,
    ];

    private readonly byte[] _block = new byte[BlockSize];
    private int _held;
    private ulong _length;

    public override void Append(ReadOnlySpan<byte> bytes)
    {
        _length += (ulong)bytes.Length;
        while (!bytes.IsEmpty)
        {
            var taken = Math.Min(bytes.Length, BlockSize - _held);
            bytes[..taken].CopyTo(_block.AsSpan(_held));
            bytes = bytes[taken..];
            _held += taken;
            if (_held == BlockSize)
            {
                Compress();
                _held = 0;
            }
        }
    }

    public override byte[] Finish()
    {
        var bits = _length * 8;
        Append([0x80]);
        while (_held != BlockSize - 8)
        {
            Append([0]);
        }

        Span<byte> end = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(end, bits);
        Append(end);
        var digest = new byte[28];
        for (var i = 0; i < 7; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest.AsSpan(i * 4), _state[i]);
        }

        return digest;
    }

    public override void Dispose()
    {
    }

    private void Compress()
    {
        Span<uint> w = stackalloc uint[64];
        unchecked
        {
            for (var i = 0; i < 64; i++)
            {
                w[i] = i < 16
                    ? BinaryPrimitives.ReadUInt32BigEndian(_block.AsSpan(i * 4))
                    : Mix(w[i - 2], 17, 19, 10) + w[i - 7] + Mix(w[i - 15], 7, 18, 3) + w[i - 16];
            }

            uint a = _state[0], b = _state[1], c = _state[2], d = _state[3];
            uint e = _state[4], f = _state[5], g = _state[6], h = _state[7];
            for (var i = 0; i < 64; i++)
            {
                var first = h + Turn(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + Constants[i] + w[i];
                var second = Turn(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c));
                (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
            }

            _state[0] += a;
            _state[1] += b;
            _state[2] += c;
            _state[3] += d;
            _state[4] += e;
            _state[5] += f;
            _state[6] += g;
            _state[7] += h;
        }
    }

    private static uint Mix(uint x, int first, int second, int shift) =>
        BitOperations.RotateRight(x, first) ^ BitOperations.RotateRight(x, second) ^ (x >> shift);

    private static uint Turn(uint x, int first, int second, int third) =>
        BitOperations.RotateRight(x, first) ^ BitOperations.RotateRight(x, second) ^ BitOperations.RotateRight(x, third);

    private static uint[] MakeConstants()
    {
        var constants = new uint[64];
        var count = 0;
        for (var number = 2; count < constants.Length; number++)
        {
            if (Enumerable.Range(2, Math.Max(0, (int)Math.Sqrt(number) - 1)).All(d => number % d != 0))
            {
                // The cube root times 2^32 is the integer cube root of the number times 2^96.
                constants[count++] = (uint)(RootOf(new BigInteger(number) << 96) & uint.MaxValue);
            }
        }

        return constants;
    }

    private static BigInteger RootOf(BigInteger cube)
    {
        var root = BigInteger.Zero;
        for (var bit = 36; bit >= 0; bit--)
        {
            var tried = root + (BigInteger.One << bit);
            root = tried * tried * tried <= cube ? tried : root;
        }

        return root;
    }
}
