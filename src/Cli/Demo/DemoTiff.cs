using System.Buffers.Binary;

namespace Lantai.Cli.Demo;

/// <summary>Writes a picture as baseline TIFF: little-endian, 8-bit RGB, not compressed, strips of 16 rows, 300 dpi.</summary>
internal static class DemoTiff
{
    private const int RowsPerStrip = 16;
    private const int EntryCount = 12;

    public static byte[] Write(DemoPicture picture)
    {
        var strips = (picture.Height + RowsPerStrip - 1) / RowsPerStrip;
        var bitsAt = 8 + 2 + (EntryCount * 12) + 4;
        var resolutionAt = bitsAt + 8;
        var offsetsAt = resolutionAt + 16;
        var lengthsAt = offsetsAt + (strips * 4);
        var pixelsAt = lengthsAt + (strips * 4);
        var rowLength = picture.Width * 3;
        var file = new byte[pixelsAt + (picture.Height * rowLength)];

        "II*\0"u8.CopyTo(file);
        Number(file, 4, 8);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), EntryCount);
        (int Tag, int Type, int Count, int Value)[] entries =
        [
            (256, 4, 1, picture.Width),
            (257, 4, 1, picture.Height),
            (258, 3, 3, bitsAt),
            (259, 3, 1, 1), // not compressed
            (262, 3, 1, 2), // RGB
            (273, 4, strips, offsetsAt),
            (277, 3, 1, 3),
            (278, 4, 1, RowsPerStrip),
            (279, 4, strips, lengthsAt),
            (282, 5, 1, resolutionAt),
            (283, 5, 1, resolutionAt + 8),
            (296, 3, 1, 2), // per inch
        ];
        for (var i = 0; i < entries.Length; i++)
        {
            var at = 10 + (i * 12);
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), (ushort)entries[i].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at + 2), (ushort)entries[i].Type);
            Number(file, at + 4, entries[i].Count);
            Number(file, at + 8, entries[i].Value);
        }

        file[bitsAt] = file[bitsAt + 2] = file[bitsAt + 4] = 8;
        for (var i = 0; i < 2; i++)
        {
            Number(file, resolutionAt + (i * 8), 300);
            Number(file, resolutionAt + (i * 8) + 4, 1);
        }

        for (var i = 0; i < strips; i++)
        {
            Number(file, offsetsAt + (i * 4), pixelsAt + (i * RowsPerStrip * rowLength));
            Number(file, lengthsAt + (i * 4), Math.Min(RowsPerStrip, picture.Height - (i * RowsPerStrip)) * rowLength);
        }

        for (var y = 0; y < picture.Height; y++)
        {
            picture.Row(y).CopyTo(file.AsSpan(pixelsAt + (y * rowLength)));
        }

        return file;
    }

    private static void Number(byte[] file, int at, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
}
