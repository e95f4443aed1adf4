using System.Buffers;
using K4os.Compression.LZ4;
using K4os.Compression.LZ4.Encoders;
using K4os.Compression.LZ4.Streams;

namespace Lantai.StoreFormat;

/// <summary>
/// The one door to the LZ4 library. Payloads are in the LZ4 frame format with independent blocks of 1 MiB,
/// which the <c>lz4</c> command decodes.
/// </summary>
/// <remarks>spec/formats/frame.md, "Codecs".</remarks>
internal static class Lz4
{
    private const int ProbeLength = 64 * 1024;

    private static readonly LZ4EncoderSettings Settings = new()
    {
        CompressionLevel = LZ4Level.L00_FAST,
        ChainBlocks = false,
        BlockSize = 1024 * 1024,
    };

    /// <summary>Compresses, or gives null when it would save less than 5 %. The first 64 KiB are tried before the whole.</summary>
    public static byte[]? TryCompress(ReadOnlySpan<byte> original)
    {
        if (original.Length > ProbeLength && Compress(original[..ProbeLength]) is null)
        {
            return null;
        }

        return Compress(original);
    }

    /// <summary>Decodes to exactly <paramref name="originalLength"/> bytes; null when the bytes do not decode to that.</summary>
    public static byte[]? TryDecompress(ReadOnlySpan<byte> stored, int originalLength)
    {
        var output = new BoundedWriter(originalLength);
        try
        {
            LZ4Frame.Decode(stored, output);
            return output.Written == originalLength ? output.Buffer : null;
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or ArgumentException
            or InvalidOperationException or NotImplementedException or NotSupportedException or OverflowException)
        {
            return null; // not an LZ4 frame, cut short, or longer than the header says
        }
    }

    private static byte[]? Compress(ReadOnlySpan<byte> original)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(64, original.Length / 2));
        LZ4Frame.Encode(original, output, Settings);
        return output.WrittenCount <= original.Length - (original.Length / 20) - 1 ? output.WrittenSpan.ToArray() : null;
    }

    /// <summary>Takes at most the given number of bytes: a lying payload cannot make us hold more.</summary>
    private sealed class BoundedWriter(int limit) : IBufferWriter<byte>
    {
        private byte[]? _overflow;

        public byte[] Buffer { get; } = new byte[limit];

        public int Written { get; private set; }

        public void Advance(int count)
        {
            if (_overflow is not null)
            {
                if (count > limit - Written)
                {
                    throw new InvalidDataException("The payload decodes to more than its header says.");
                }

                _overflow.AsSpan(0, count).CopyTo(Buffer.AsSpan(Written));
                _overflow = null;
            }

            Written += count;
        }

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            if (limit - Written >= Math.Max(1, sizeHint))
            {
                return Buffer.AsMemory(Written);
            }

            // The decoder asks for a whole block although less may follow: lend a block and copy what fits.
            _overflow = new byte[Math.Max(1, Math.Min(sizeHint, 8 * 1024 * 1024))];
            return _overflow;
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
