using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Lantai.Words;

/// <summary>Keeps sixteen lanes busy: a lane whose message has ended takes the next one, until none is left.</summary>
/// <remarks>
/// Source: FIPS 180-4, section 5.1.1 (padding, that of SM3 too). A lane goes through the whole blocks of its message, then through the one or
/// two blocks that padding makes of its end. Lives on the stack, so that nothing of it moves while addresses are out.
/// </remarks>
internal unsafe ref struct DigestLanes<TLanes, TDigest>
    where TLanes : IDigestLanes<TDigest>
    where TDigest : struct
{
    private const int Lanes = LaneBlocks.Lanes;
    private const int BlockSize = LaneBlocks.BlockSize;
    private const int EndSize = 2 * BlockSize;
    private const int LengthField = 8;

    private readonly ReadOnlySpan<ReadOnlyMemory<byte>> _messages;
    private readonly Span<TDigest> _digests;
    private readonly ReadOnlySpan<ulong> _order;
    private Pins _pins;
    private int _next;
    private int _busy;

    // By lane: the state, the address of the next block, how far it moves, blocks to go, the message, whether that is its end.
    private fixed uint _state[LaneBlocks.StateSize];
    private fixed long _blocks[Lanes];
    private fixed long _strides[Lanes];
    private fixed long _left[Lanes];
    private fixed int _message[Lanes];
    private fixed bool _inEnd[Lanes];
    private fixed byte _ends[Lanes * EndSize];

    private DigestLanes(ReadOnlySpan<ReadOnlyMemory<byte>> messages, Span<TDigest> digests, ReadOnlySpan<ulong> order)
    {
        _messages = messages;
        _digests = digests;
        _order = order;
    }

    /// <summary>Computes the digests of the messages that <paramref name="order"/> names (<see cref="LaneOrder.Index"/>), begun in its order.</summary>
    public static void Compute(ReadOnlySpan<ReadOnlyMemory<byte>> messages, Span<TDigest> digests, ReadOnlySpan<ulong> order)
    {
        var lanes = new DigestLanes<TLanes, TDigest>(messages, digests, order);
        try
        {
            lanes.Run();
        }
        finally
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                lanes._pins[lane].Dispose(); // those of messages that were not ended, when a memory could not be pinned
            }
        }
    }

    private void Run()
    {
        fixed (long* blocks = _blocks, strides = _strides, left = _left)
        fixed (uint* state = _state)
        fixed (byte* ends = _ends)
        {
            _busy = Lanes;
            for (var lane = 0; lane < Lanes; lane++)
            {
                Begin(lane, ends);
            }

            while (_busy > 0)
            {
                var count = Shortest(left);
                TLanes.Compress(state, (byte**)blocks, (nint*)strides, count);
                for (var lane = 0; lane < Lanes; lane++)
                {
                    left[lane] -= count;
                    if (left[lane] == 0)
                    {
                        GoOn(lane, ends);
                    }
                }
            }
        }
    }

    private static long Shortest(long* left)
    {
        var least = long.MaxValue;
        for (var lane = 0; lane < Lanes; lane++)
        {
            least = Math.Min(least, left[lane]);
        }

        return least;
    }

    private void Begin(int lane, byte* ends)
    {
        if (_next == _order.Length)
        {
            _busy--;
            (_blocks[lane], _strides[lane], _left[lane]) = ((long)ends, 0, long.MaxValue); // reads any block; nobody asks for the result
            return;
        }

        _message[lane] = LaneOrder.Index(_order[_next++]);
        var message = _messages[_message[lane]];
        TLanes.Reset(MemoryOf(ref _state[0]), lane);
        _pins[lane] = message.Pin();
        _inEnd[lane] = false;
        (_blocks[lane], _strides[lane], _left[lane]) = ((long)_pins[lane].Pointer, BlockSize, message.Length / BlockSize);
        if (_left[lane] == 0)
        {
            GoOn(lane, ends);
        }
    }

    private void GoOn(int lane, byte* ends)
    {
        if (_inEnd[lane])
        {
            _digests[_message[lane]] = TLanes.Finish(MemoryOf(ref _state[0]), lane);
            Begin(lane, ends);
            return;
        }

        var message = _messages[_message[lane]].Span;
        var tail = message[(message.Length / BlockSize * BlockSize)..];
        var length = tail.Length < BlockSize - LengthField ? BlockSize : EndSize;
        var end = new Span<byte>(ends + (lane * EndSize), length);
        end.Clear();
        tail.CopyTo(end);
        end[tail.Length] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(end[^LengthField..], 8L * message.Length);
        _pins[lane].Dispose();
        _pins[lane] = default;
        _inEnd[lane] = true;
        (_blocks[lane], _left[lane]) = ((long)(ends + (lane * EndSize)), length / BlockSize);
    }

    private static Span<uint> MemoryOf(ref uint state) => System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref state, LaneBlocks.StateSize);

    [InlineArray(Lanes)]
    private struct Pins
    {
        private MemoryHandle _first;
    }
}
