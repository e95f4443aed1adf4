using System.Buffers;
using System.Buffers.Binary;
using Lantai.Words;

namespace Lantai.Containers;

/// <summary>
/// Where the central directory lies, from the end record and, when there is one, its 64-bit twin
/// (APPNOTE 4.3.14 to 4.3.16).
/// </summary>
/// <param name="Count">The declared number of entries.</param>
/// <param name="DirectoryStart">The place of the first record in the stream.</param>
/// <param name="DirectoryLength">The length of all records in bytes.</param>
/// <param name="Shift">What to add to every offset: bytes were put in front of the container.</param>
internal sealed record EndRecord(long Count, long DirectoryStart, long DirectoryLength, long Shift)
{
    private const int Size = 22;
    private const int LocatorSize = 20;
    private const int WideSize = 56;
    private const int SignatureSize = 4;
    private const uint LocatorSignature = 0x07064b50;
    private const uint WideSignature = 0x06064b50;

    internal static EndRecord? Find(Stream stream, string subject, BoundedFindings findings)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Size + ushort.MaxValue);
        try
        {
            return Find(stream, rented.AsSpan(0, (int)Math.Min(stream.Length, Size + ushort.MaxValue)), subject, findings);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static EndRecord? Find(Stream stream, Span<byte> tail, string subject, BoundedFindings findings)
    {
        stream.Position = stream.Length - tail.Length;
        stream.ReadExactly(tail);
        if (Locate(tail, subject, findings) is not { } at)
        {
            return null;
        }

        var end = stream.Length - tail.Length + at;
        var record = tail[at..];
        var disk = BinaryPrimitives.ReadUInt16LittleEndian(record[4..]);
        var startDisk = BinaryPrimitives.ReadUInt16LittleEndian(record[6..]);
        var countHere = BinaryPrimitives.ReadUInt16LittleEndian(record[8..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        if (ReadWide(stream, end, subject, findings) is { } wide)
        {
            return wide.Broken ? null : Place(wide.Count, wide.Offset, wide.Length, wide.Start, subject, findings);
        }

        if (disk != 0 || startDisk != 0 || countHere != count)
        {
            findings.Add(Finding.Error("ZIP-003", subject));
            return null;
        }

        return Place(count, offset, length, end, subject, findings);
    }

    private static int? Locate(ReadOnlySpan<byte> tail, string subject, BoundedFindings findings)
    {
        int? exact = null;
        var loose = false;
        for (var before = tail.Length - Size + SignatureSize; before >= SignatureSize && tail[..before].LastIndexOf("PK\x05\x06"u8) is >= 0 and var i; before = i + SignatureSize - 1)
        {
            var comment = BinaryPrimitives.ReadUInt16LittleEndian(tail[(i + 20)..]);
            if (i + Size + comment != tail.Length)
            {
                loose = true;
            }
            else if (exact is null)
            {
                exact = i;
            }
            else
            {
                // Two records end exactly at the end: readers disagree about which one counts.
                findings.Add(Finding.Error("ZIP-002", subject));
                return null;
            }
        }

        if (exact is null)
        {
            findings.Add(Finding.Error(loose ? "ZIP-024" : "ZIP-001", subject));
        }

        return exact;
    }

    private static (bool Broken, long Count, long Offset, long Length, long Start)? ReadWide(
        Stream stream, long end, string subject, BoundedFindings findings)
    {
        if (end < LocatorSize)
        {
            return null;
        }

        Span<byte> locator = stackalloc byte[LocatorSize];
        stream.Position = end - LocatorSize;
        stream.ReadExactly(locator);
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != LocatorSignature)
        {
            return null;
        }

        // The record lies just before its locator; its declared offset is short by whatever was put in front.
        var declared = BinaryPrimitives.ReadUInt64LittleEndian(locator[8..]);
        var limit = end - LocatorSize - WideSize;
        var broken = (true, 0L, 0L, 0L, 0L);
        if (limit < 0 || declared > (ulong)limit || BinaryPrimitives.ReadUInt32LittleEndian(locator[4..]) != 0)
        {
            findings.Add(Finding.Error("ZIP-004", subject));
            return broken;
        }

        Span<byte> record = stackalloc byte[WideSize];
        foreach (var start in stackalloc[] { (long)declared, limit })
        {
            stream.Position = start;
            stream.ReadExactly(record);
            if (BinaryPrimitives.ReadUInt32LittleEndian(record) != WideSignature
                || BinaryPrimitives.ReadUInt64LittleEndian(record[4..]) != (ulong)(end - LocatorSize - start - 12))
            {
                continue;
            }

            return ReadFields(record, start, subject, findings) ?? broken;
        }

        findings.Add(Finding.Error("ZIP-004", subject));
        return broken;
    }

    private static (bool Broken, long Count, long Offset, long Length, long Start)? ReadFields(
        ReadOnlySpan<byte> record, long start, string subject, BoundedFindings findings)
    {
        var count = BinaryPrimitives.ReadUInt64LittleEndian(record[32..]);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(record[40..]);
        var offset = BinaryPrimitives.ReadUInt64LittleEndian(record[48..]);
        if (BinaryPrimitives.ReadUInt64LittleEndian(record[16..]) != 0 || BinaryPrimitives.ReadUInt64LittleEndian(record[24..]) != count)
        {
            findings.Add(Finding.Error("ZIP-003", subject));
            return null;
        }

        if (count > int.MaxValue || length > (ulong)start || offset > (ulong)start)
        {
            findings.Add(Finding.Error("ZIP-004", subject));
            return null;
        }

        return (false, (long)count, (long)offset, (long)length, start);
    }

    private static EndRecord? Place(long count, long offset, long length, long end, string subject, BoundedFindings findings)
    {
        var start = end - length;
        if (start < 0 || start < offset)
        {
            findings.Add(Finding.Error("ZIP-005", subject));
            return null;
        }

        return new EndRecord(count, start, length, start - offset);
    }
}
