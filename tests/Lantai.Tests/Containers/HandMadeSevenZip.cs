using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Lantai.Tests.Containers;

/// <summary>Writes a 7z that holds one stored file, so that tests can name any coder and lie about any length.</summary>
internal static class HandMadeSevenZip
{
    public static readonly byte[] Aes = [0x06, 0xF1, 0x07, 0x01];

    /// <param name="content">The file.</param>
    /// <param name="name">Its name.</param>
    /// <param name="coder">The coder of the file; null is the one that copies.</param>
    /// <param name="headerCoder">The coder of the header; without it the header is not coded.</param>
    /// <param name="properties">Properties of the coder of the file.</param>
    /// <param name="files">The number of files as it is declared; null is the true one.</param>
    public static byte[] Make(byte[] content, string name = "a.txt", byte[]? coder = null, byte[]? headerCoder = null, byte[]? properties = null, byte[]? files = null)
    {
        byte[] names = [0, .. Encoding.Unicode.GetBytes(name), 0, 0];
        byte[] header =
        [
            0x01, 0x04, .. Streams(0, content.Length, coder ?? [0x00], properties), 0x08, 0x0A, 1, .. BitConverter.GetBytes(Crc32.HashToUInt32(content)), 0, 0,
            0x05, .. files ?? [1], 0x11, (byte)names.Length, .. names, 0, 0,
        ];
        byte[] packed = headerCoder is null ? content : [.. content, .. header];
        byte[] last = headerCoder is null ? header : [0x17, .. Streams(content.Length, header.Length, headerCoder, null), 0];
        return Finish(packed, last);
    }

    /// <summary>A file that is nothing but this header.</summary>
    public static byte[] OfHeader(byte[] header) => Finish([], header);

    private static byte[] Finish(byte[] packed, byte[] last)
    {
        var start = new byte[20];
        BinaryPrimitives.WriteInt64LittleEndian(start, packed.Length);
        BinaryPrimitives.WriteInt64LittleEndian(start.AsSpan(8), last.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(start.AsSpan(16), Crc32.HashToUInt32(last));
        return [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4, .. BitConverter.GetBytes(Crc32.HashToUInt32(start)), .. start, .. packed, .. last];
    }

    private static byte[] Streams(int place, int length, byte[] coder, byte[]? properties) =>
    [
        0x06, .. Number(place), 1, 0x09, .. Number(length), 0,
        0x07, 0x0B, 1, 0, 1, (byte)(coder.Length | (properties is null ? 0 : 0x20)), .. coder, .. properties is null ? [] : (byte[])[(byte)properties.Length, .. properties],
        0x0C, .. Number(length), 0,
    ];

    private static byte[] Number(int value) => value < 0x80 ? [(byte)value] : [(byte)(0x80 | (value >> 8)), (byte)value];
}
