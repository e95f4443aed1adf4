using System.Buffers.Binary;
using Lantai.Words;

namespace Lantai.Containers;

/// <summary>The extra fields of a record that mean something here; others are passed over (APPNOTE 4.5).</summary>
internal static class ExtraFields
{
    internal const ushort Wide = 0x0001;
    internal const ushort Timestamp = 0x5455;
    internal const ushort UnicodePath = 0x7075;
    internal const ushort Aes = 0x9901;

    /// <summary>The bytes of the first field with an id; false when there is none or the list breaks off before it.</summary>
    internal static bool TryFind(ReadOnlySpan<byte> extra, ushort id, out ReadOnlySpan<byte> field)
    {
        while (extra.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
            {
                break;
            }

            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == id)
            {
                field = extra.Slice(4, length);
                return true;
            }

            extra = extra[(4 + length)..];
        }

        field = default;
        return false;
    }

    /// <summary>
    /// Replaces each value that says "see the 64-bit field" by the next one of that field, in the fixed order
    /// length, packed length, offset. False when the field is missing, short or out of range.
    /// </summary>
    internal static bool TryWiden(ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long offset)
    {
        if (length != uint.MaxValue && packed != uint.MaxValue && offset != uint.MaxValue)
        {
            return true;
        }

        return TryFind(extra, Wide, out var field)
            && TryTake(ref field, ref length) && TryTake(ref field, ref packed) && TryTake(ref field, ref offset);
    }

    /// <summary>The time of change in universal time, if it is there.</summary>
    internal static DateTimeOffset? ReadModified(ReadOnlySpan<byte> extra) =>
        TryFind(extra, Timestamp, out var field) && field.Length >= 5 && (field[0] & 1) != 0
            ? DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt32LittleEndian(field[1..]))
            : null;

    /// <summary>The name in Unicode, if one is there and was written for these very name bytes.</summary>
    internal static string? ReadUnicodePath(ReadOnlySpan<byte> extra, ReadOnlySpan<byte> rawName)
    {
        if (!TryFind(extra, UnicodePath, out var field) || field.Length < 5 || field[0] != 1
            || BinaryPrimitives.ReadUInt32LittleEndian(field[1..]) != Crc32.Of(rawName))
        {
            return null;
        }

        var name = EntryName.OfBytes(field[5..]);
        return name.IsUtf8 ? name.Display : null;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value != uint.MaxValue)
        {
            return true;
        }

        if (field.Length < 8 || BinaryPrimitives.ReadUInt64LittleEndian(field) > 1UL << 60)
        {
            return false;
        }

        value = BinaryPrimitives.ReadInt64LittleEndian(field);
        field = field[8..];
        return true;
    }
}
