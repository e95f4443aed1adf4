using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Lantai.Tests.Containers;

/// <summary>One entry of a zip made by hand; every field may lie.</summary>
internal sealed record HandMadeEntry(byte[] Name, byte[] Content)
{
    public bool Deflate { get; init; }

    public ushort? Method { get; init; }

    public ushort Flags { get; init; }

    public uint Attributes { get; init; }

    public uint? Crc { get; init; }

    public uint? Length { get; init; }

    public uint? PackedLength { get; init; }

    public byte[] Extra { get; init; } = [];

    public byte[]? LocalName { get; init; }

    public uint? Offset { get; init; }

    public byte[]? Packed { get; init; }
}

/// <summary>Writes zip files byte by byte, so that tests can make the ones that no library writes.</summary>
internal static class HandMadeZip
{
    internal static byte[] Make(params HandMadeEntry[] entries) => Make(entries, null);

    internal static byte[] Make(HandMadeEntry[] entries, ushort? count, bool wide = false, byte[]? front = null)
    {
        using var file = new MemoryStream();
        file.Write(front ?? []);
        var directory = new MemoryStream();
        foreach (var entry in entries)
        {
            var packed = entry.Packed ?? (entry.Deflate ? Pack(entry.Content) : entry.Content);
            var offset = (uint)(file.Length - (front?.Length ?? 0));
            var facts = new byte[26];
            BinaryPrimitives.WriteUInt16LittleEndian(facts, 20);
            BinaryPrimitives.WriteUInt16LittleEndian(facts.AsSpan(2), entry.Flags);
            BinaryPrimitives.WriteUInt16LittleEndian(facts.AsSpan(4), entry.Method ?? (ushort)(entry.Deflate ? 8 : 0));
            BinaryPrimitives.WriteUInt32LittleEndian(facts.AsSpan(10), entry.Crc ?? Crc32.HashToUInt32(entry.Content));
            BinaryPrimitives.WriteUInt32LittleEndian(facts.AsSpan(14), entry.PackedLength ?? (uint)packed.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(facts.AsSpan(18), entry.Length ?? (uint)entry.Content.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(facts.AsSpan(24), (ushort)entry.Extra.Length);

            var localName = entry.LocalName ?? entry.Name;
            file.Write("PK\x03\x04"u8);
            BinaryPrimitives.WriteUInt16LittleEndian(facts.AsSpan(22), (ushort)localName.Length);
            file.Write(facts);
            file.Write(localName);
            file.Write(entry.Extra);
            file.Write(packed);

            directory.Write("PK\x01\x02"u8);
            directory.Write([20, 3]);
            BinaryPrimitives.WriteUInt16LittleEndian(facts.AsSpan(22), (ushort)entry.Name.Length);
            directory.Write(facts);
            var rest = new byte[14];
            BinaryPrimitives.WriteUInt32LittleEndian(rest.AsSpan(6), entry.Attributes);
            BinaryPrimitives.WriteUInt32LittleEndian(rest.AsSpan(10), entry.Offset ?? offset);
            directory.Write(rest);
            directory.Write(entry.Name);
            directory.Write(entry.Extra);
        }

        WriteEnd(file, directory, count ?? (ushort)entries.Length, wide, front?.Length ?? 0);
        return file.ToArray();
    }

    internal static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    private static void WriteEnd(MemoryStream file, MemoryStream directory, ushort count, bool wide, int front)
    {
        var start = file.Length - front;
        file.Write(directory.ToArray());
        if (wide)
        {
            var at = file.Length - front;
            var record = new byte[56];
            "PK\x06\x06"u8.CopyTo(record);
            BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(4), 44);
            BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(24), count);
            BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(32), count);
            BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(40), (ulong)directory.Length);
            BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(48), (ulong)start);
            file.Write(record);
            var locator = new byte[20];
            "PK\x06\x07"u8.CopyTo(locator);
            BinaryPrimitives.WriteUInt64LittleEndian(locator.AsSpan(8), (ulong)at);
            locator[16] = 1;
            file.Write(locator);
        }

        var end = new byte[22];
        "PK\x05\x06"u8.CopyTo(end);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), wide ? ushort.MaxValue : count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), wide ? ushort.MaxValue : count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), wide ? uint.MaxValue : (uint)directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), wide ? uint.MaxValue : (uint)start);
        file.Write(end);
    }
}
