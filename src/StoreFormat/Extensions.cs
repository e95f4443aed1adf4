using System.Buffers.Binary;

namespace Lantai.StoreFormat;

/// <summary>The TLV area that pack, large object and frame headers leave room for (spec/formats/frame.md).</summary>
internal static class Extensions
{
    private const ushort Critical = 0x8000;

    /// <summary>Whether the area is well-formed and holds no critical extension: none is defined yet.</summary>
    public static bool AreKnown(ReadOnlySpan<byte> area)
    {
        while (area.Length >= 4)
        {
            var type = BinaryPrimitives.ReadUInt16LittleEndian(area);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(area[2..]);
            if (type == 0)
            {
                break;
            }

            if ((type & Critical) != 0 || length > area.Length - 4)
            {
                return false;
            }

            area = area[(4 + length)..];
        }

        return !area.ContainsAnyExcept((byte)0);
    }
}
