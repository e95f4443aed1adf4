using System.Buffers.Binary;
using Lantai.Words;

namespace Lantai.Containers;

/// <summary>
/// Compares every local header with the central directory and sees that no two entries share bytes: readers that
/// trust the one or the other must unpack the same (APPNOTE 4.3.7).
/// </summary>
internal sealed class LocalHeaders(Stream stream, string subject, BoundedFindings findings)
{
    private const int HeaderSize = 30;
    private const int DescriptorMost = 24;
    private const uint Signature = 0x04034b50;

    private readonly byte[] _fixed = new byte[HeaderSize];
    private byte[] _rest = new byte[512]; // grows to the longest name and extra fields

    internal void Check(List<ZipEntry> entries, EndRecord end)
    {
        var order = entries.ToArray();
        Array.Sort(order, static (a, b) => a.Header.Offset.CompareTo(b.Header.Offset));
        var (uncovered, reach, slack) = (0L, 0L, 0L);
        foreach (var entry in order)
        {
            var start = entry.Header.Offset;
            if (start < reach)
            {
                findings.Add(Finding.Error("ZIP-012", subject, ("entry", entry.Name.Display)));
                return;
            }

            if (start - reach > slack)
            {
                uncovered += start - reach - slack;
            }

            if (CheckOne(entry, end.DirectoryStart) is not { } contentEnd)
            {
                return;
            }

            reach = contentEnd;
            slack = entry.Header.HasDescriptor ? DescriptorMost : 0;
        }

        uncovered += Math.Max(0, end.DirectoryStart - reach - slack);
        if (uncovered > 0)
        {
            findings.Add(Finding.Warning("ZIP-018", subject, ("count", uncovered)));
        }
    }

    private long? CheckOne(ZipEntry entry, long limit)
    {
        var header = entry.Header;
        if (header.Offset > limit - HeaderSize)
        {
            return Refuse(entry, "offset");
        }

        stream.Position = header.Offset;
        var fixedPart = _fixed.AsSpan();
        stream.ReadExactly(fixedPart);
        if (BinaryPrimitives.ReadUInt32LittleEndian(fixedPart) != Signature)
        {
            return Refuse(entry, "signature");
        }

        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[26..]);
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[28..]);
        entry.ContentStart = header.Offset + HeaderSize + nameLength + extraLength;
        if (entry.ContentStart > limit || header.PackedLength > limit - entry.ContentStart)
        {
            return Refuse(entry, "length");
        }

        if (_rest.Length < nameLength + extraLength)
        {
            _rest = new byte[nameLength + extraLength];
        }

        var rest = _rest.AsSpan(0, nameLength + extraLength);
        stream.ReadExactly(rest);
        if (FindDifference(entry, fixedPart, rest[..nameLength], rest[nameLength..]) is { } field)
        {
            return Refuse(entry, field);
        }

        return entry.ContentStart + header.PackedLength;
    }

    private static string? FindDifference(ZipEntry entry, ReadOnlySpan<byte> local, ReadOnlySpan<byte> name, ReadOnlySpan<byte> extra)
    {
        var header = entry.Header;
        var bare = entry.IsFolder && name is [.., (byte)'/'] ? name[..^1] : name;
        if (!bare.SequenceEqual(entry.Name.Bytes.Span))
        {
            return "name";
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(local[8..]) != header.Method)
        {
            return "method";
        }

        const int Mattering = ZipHeader.EncryptedFlag | ZipHeader.DescriptorFlag;
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(local[6..]);
        if ((flags & Mattering) != (header.Flags & Mattering))
        {
            return "flags";
        }

        if (header.HasDescriptor)
        {
            return null;
        }

        long packed = BinaryPrimitives.ReadUInt32LittleEndian(local[18..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(local[22..]);
        long none = 0;
        if (!ExtraFields.TryWiden(extra, ref length, ref packed, ref none) || packed != header.PackedLength || length != header.Length)
        {
            return "length";
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(local[14..]) == header.Crc ? null : "crc";
    }

    private long? Refuse(ZipEntry entry, string field)
    {
        findings.Add(Finding.Error("ZIP-011", subject, ("entry", entry.Name.Display), ("field", field)));
        return null;
    }
}
