using System.Buffers;
using System.Buffers.Binary;

namespace Lantai.StoreFormat;

/// <summary>The encoding half: blocks and the few bytes around them, straight into one pooled buffer.</summary>
/// <remarks>spec/formats/frame.md, "Codecs". Pure but for the pool; safe for concurrent use.</remarks>
internal static partial class Lz4
{
    private const int BlockSize = 1024 * 1024;
    private const int EndMark = 4;
    private const int LengthField = 4;
    private const uint StoredRaw = 0x8000_0000;

    /// <summary>Magic, version 1 with independent blocks and no checksums, blocks of 1 MiB, and the check of these two bytes.</summary>
    private static ReadOnlySpan<byte> FrameStart => [0x04, 0x22, 0x4D, 0x18, 0x60, 0x60, 0x51];

    /// <summary>
    /// Compresses, or gives null when that saves less than 5 % of the whole or of the first block: what starts incompressible
    /// (pictures, PDF) is given up after at most 1 MiB, which the encoder runs over at many GB/s.
    /// </summary>
    /// <param name="original">The bytes; unchanged.</param>
    /// <param name="pool">Lends the result's array; the caller returns it.</param>
    /// <param name="length">How much of the array is the result.</param>
    public static byte[]? TryCompress(ReadOnlySpan<byte> original, ArrayPool<byte> pool, out int length)
    {
        var limit = Limit(original.Length);
        length = 0;
        if (limit <= FrameStart.Length + LengthField + EndMark)
        {
            return null;
        }

        var output = pool.Rent(limit);
        length = Compress(original, output.AsSpan(0, limit));
        if (length == 0)
        {
            pool.Return(output);
            return null;
        }

        return Fit(output, length, pool);
    }

    private static int Limit(int length) => length - (length / 20) - 1;

    /// <summary>Writes the frame and gives its length, or 0 when it would not fit.</summary>
    private static int Compress(ReadOnlySpan<byte> original, Span<byte> output)
    {
        FrameStart.CopyTo(output);
        var written = FrameStart.Length;
        for (var done = 0; done < original.Length; done += BlockSize)
        {
            var block = original.Slice(done, Math.Min(BlockSize, original.Length - done));
            var added = CompressBlock(block, output[written..^EndMark], isFirst: done == 0);
            if (added == 0)
            {
                return 0;
            }

            written += added;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(output[written..], 0);
        return written + EndMark;
    }

    private static int CompressBlock(ReadOnlySpan<byte> block, Span<byte> output, bool isFirst)
    {
        if (output.Length <= LengthField)
        {
            return 0;
        }

        var room = output[LengthField..];
        var length = Lz4Block.Encode(block, room[..Math.Min(room.Length, isFirst ? Limit(block.Length) : block.Length - 1)]);
        if (length > 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(output, (uint)length);
            return LengthField + length;
        }

        if (isFirst || room.Length < block.Length)
        {
            return 0;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(output, StoredRaw | (uint)block.Length);
        block.CopyTo(room);
        return LengthField + block.Length;
    }

    /// <summary>What waits for its pack should not hold twice its size: a result that fits a smaller array of the pool moves there.</summary>
    private static byte[] Fit(byte[] output, int length, ArrayPool<byte> pool)
    {
        if (length > output.Length / 2)
        {
            return output;
        }

        var smaller = pool.Rent(length);
        output.AsSpan(0, length).CopyTo(smaller);
        pool.Return(output);
        return smaller;
    }
}
