using System.Buffers;

namespace Lantai.ArchivalStorage;

/// <summary>Memory for one frame at a time, lent by the pool and grown as needed: its bytes as they are stored, and decoded.</summary>
/// <remarks>Not safe for concurrent use. What was read lies here until the next frame is.</remarks>
internal sealed class FrameBuffer : IDisposable
{
    private byte[] _stored = [];
    private byte[] _decoded = [];

    public Memory<byte> Stored(int length) => Lend(ref _stored, length);

    public Memory<byte> Decoded(int length) => Lend(ref _decoded, length);

    public void Dispose()
    {
        Give(ref _stored);
        Give(ref _decoded);
    }

    private static Memory<byte> Lend(ref byte[] bytes, int length)
    {
        if (bytes.Length < length)
        {
            Give(ref bytes);
            bytes = ArrayPool<byte>.Shared.Rent(length);
        }

        return bytes.AsMemory(0, length);
    }

    private static void Give(ref byte[] bytes)
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = [];
        }
    }
}
