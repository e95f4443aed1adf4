using System.Buffers.Binary;
using K4os.Compression.LZ4;

namespace Lantai.StoreFormat;

/// <summary>
/// The one door to the LZ4 library. Payloads are in the LZ4 frame format with independent blocks of 1 MiB, which the
/// <c>lz4</c> command decodes. This half decodes straight into memory that the caller lends: the few bytes around the blocks
/// are read here, a block goes through the library in one call. Bounded by the target, whatever the bytes say.
/// </summary>
/// <remarks>
/// spec/formats/frame.md, "Codecs". The checksums inside are not read: XXH3 was checked before and SHA-256 follows. Pure;
/// safe for concurrent use.
/// </remarks>
internal static partial class Lz4
{
    private const int HeadLength = 7;
    private const int History = 64 * 1024;

    /// <summary>Whether the bytes are exactly one LZ4 frame of exactly the target's length, which then holds its content.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> stored, Span<byte> target)
    {
        if (stored.Length < HeadLength || BinaryPrimitives.ReadUInt32LittleEndian(stored) != 0x184D2204 || !TryReadHead(stored[4], stored[5], out var most))
        {
            return false;
        }

        var flags = stored[4];
        var at = HeadLength + ((flags & 8) != 0 ? 8 : 0);
        var written = 0;
        while (stored.Length - at >= 4)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(stored[at..]);
            at += 4;
            if (size == 0)
            {
                return written == target.Length && stored.Length - at == ((flags & 4) != 0 ? 4 : 0);
            }

            var length = (int)(size & ~StoredRaw);
            var check = (flags & 16) != 0 ? 4 : 0;
            if (length > most || length > stored.Length - at - check)
            {
                return false;
            }

            var room = target[written..][..Math.Min(most, target.Length - written)];
            var history = (flags & 32) != 0 ? [] : target[Math.Max(0, written - History)..written];
            var count = Block(stored.Slice(at, length), (size & StoredRaw) != 0, room, history);
            if (count < 0)
            {
                return false;
            }

            written += count;
            at += length + check;
        }

        return false; // no end mark
    }

    private static int Block(ReadOnlySpan<byte> block, bool isRaw, Span<byte> room, ReadOnlySpan<byte> history)
    {
        if (isRaw)
        {
            return block.TryCopyTo(room) ? block.Length : -1;
        }

        return block.IsEmpty || room.IsEmpty ? -1 : history.IsEmpty ? LZ4Codec.Decode(block, room) : LZ4Codec.Decode(block, room, history);
    }

    // Version 1, no dictionary, nothing reserved; the size of blocks.
    private static bool TryReadHead(byte flags, byte blocks, out int most)
    {
        most = (blocks >> 4) is >= 4 and <= 7 ? 1 << (8 + (2 * (blocks >> 4))) : 0;
        return flags >> 6 == 1 && (flags & 3) == 0 && most > 0 && (blocks & 15) == 0;
    }
}
