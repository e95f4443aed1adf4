using System.Buffers.Binary;
using System.IO.Compression;

namespace Lantai.Cli.Demo;

/// <summary>Writes a picture as PNG: 8-bit RGB, not interlaced, every row without a filter, no time chunk.</summary>
internal static class DemoPng
{
    public static byte[] Write(DemoPicture picture)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), picture.Height);
        header[8] = 8; // bits a sample
        header[9] = 2; // red, green, blue
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Rows(picture));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Rows(DemoPicture picture)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var y = 0; y < picture.Height; y++)
            {
                deflate.WriteByte(0);
                deflate.Write(picture.Row(y));
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(kind);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, kind), content));
        file.Write(number);
    }

    /// <summary>The CRC-32 of ISO 3309, bit by bit: the demo writes a few MiB once.</summary>
    private static uint Crc(uint crc, ReadOnlySpan<byte> content)
    {
        foreach (var value in content)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
            }
        }

        return crc;
    }
}
