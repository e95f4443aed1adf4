using System.Buffers;
using K4os.Compression.LZ4.Streams;

namespace Lantai.StoreFormat;

/// <summary>
/// The one door to the LZ4 library. Payloads are in the LZ4 frame format with independent blocks of 1 MiB,
/// which the <c>lz4</c> command decodes.
/// </summary>
/// <remarks>spec/formats/frame.md, "Codecs".</remarks>
internal static partial class Lz4
{
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
