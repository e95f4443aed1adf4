using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Lantai.Tests.Containers;

/// <summary>Writes RAR files of both versions that hold one stored file.</summary>
internal static class HandMadeRar
{
    /// <summary>Version 4, with flags of the main header and of the file; flag 0x100 needs the upper half of the packed length.</summary>
    public static byte[] Make4(string name, byte[] content, ushort mainFlags = 0, ushort fileFlags = 0, uint? length = null, uint? high = null)
    {
        var text = Encoding.ASCII.GetBytes(name);
        byte[] facts =
        [
            .. BitConverter.GetBytes(content.Length), .. BitConverter.GetBytes(content.Length), 0, .. BitConverter.GetBytes(Crc32.HashToUInt32(content)),
            0, 0, 0x21, 0x50, 20, 0x30, (byte)text.Length, 0, 0x20, 0, 0, 0, .. high is { } upper ? [.. BitConverter.GetBytes(upper), 0, 0, 0, 0] : (byte[])[], .. text,
        ];
        BinaryPrimitives.WriteUInt32LittleEndian(facts, length ?? (uint)content.Length);
        return
        [
            0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x00, .. Block4(0x73, mainFlags, [0, 0, 0, 0, 0, 0]),
            .. Block4(0x74, (ushort)(0x8000 | fileFlags), facts), .. content, .. Block4(0x7B, 0x4000, []),
        ];
    }

    /// <summary>Version 5, with an extra area of the file.</summary>
    public static byte[] Make5(string name, byte[] content, byte[]? extra = null, bool isHeaderEncrypted = false)
    {
        var text = Encoding.UTF8.GetBytes(name);
        byte[] file =
        [
            2, (byte)(extra is null ? 2 : 3), .. extra is null ? [] : (byte[])[(byte)extra.Length], (byte)content.Length, 4, (byte)content.Length, 0x20,
            .. BitConverter.GetBytes(Crc32.HashToUInt32(content)), 0, 1, (byte)text.Length, .. text, .. extra ?? [],
        ];
        return
        [
            0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x01, 0x00, .. isHeaderEncrypted ? Block5([4, 0, 0, 0, 15, .. new byte[16]]) : [],
            .. Block5([1, 0, 0]), .. Block5(file), .. content, .. Block5([5, 0, 0]),
        ];
    }

    private static byte[] Block4(byte kind, ushort flags, byte[] rest)
    {
        byte[] block = [kind, (byte)flags, (byte)(flags >> 8), (byte)(rest.Length + 7), 0, .. rest];
        var check = Crc32.HashToUInt32(block);
        return [(byte)check, (byte)(check >> 8), .. block];
    }

    private static byte[] Block5(byte[] header)
    {
        byte[] counted = [(byte)header.Length, .. header];
        return [.. BitConverter.GetBytes(Crc32.HashToUInt32(counted)), .. counted];
    }
}
