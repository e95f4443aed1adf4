using System.Buffers.Binary;
using System.Text;
using Lantai.Words;

namespace Lantai.Containers;

/// <summary>Reads the central directory record by record and judges each (APPNOTE 4.3.12).</summary>
internal sealed class CentralDirectory(string subject, ContainerLimits limits, BoundedFindings findings, Encoding? declaredNames)
{
    private const int RecordSize = 46;
    private const uint Signature = 0x02014b50;

    private long _total;

    /// <summary>The entries in order, or null when the records do not fill the directory as declared.</summary>
    internal List<ZipEntry>? Read(Stream stream, EndRecord end)
    {
        if (end.Count > limits.MaxEntries)
        {
            findings.Add(Finding.Error("ZIP-007", subject, ("count", end.Count), ("limit", limits.MaxEntries)));
            return null;
        }

        if (end.DirectoryLength > limits.MaxDirectoryBytes || end.Count * RecordSize > end.DirectoryLength)
        {
            findings.Add(Finding.Error("ZIP-006", subject, ("declared", end.Count), ("bytes", end.DirectoryLength)));
            return null;
        }

        using var records = new BufferedStream(new SliceStream(stream, new Lock(), end.DirectoryStart, end.DirectoryLength), (int)Math.Clamp(end.DirectoryLength, 1, 1 << 16));
        var entries = new List<ZipEntry>((int)end.Count);
        var record = new byte[Math.Min(end.DirectoryLength, RecordSize + (3 * ushort.MaxValue))]; // no record is longer than all of them
        for (var left = end.DirectoryLength; left > 0;)
        {
            if (ReadRecord(records, record, left) is not { } length || entries.Count == end.Count)
            {
                findings.Add(Finding.Error("ZIP-006", subject, ("declared", end.Count), ("bytes", end.DirectoryLength)));
                return null;
            }

            left -= length;
            if (Interpret(record.AsSpan(0, length), entries.Count, end.Shift) is { } entry)
            {
                entries.Add(entry);
            }
            else
            {
                return null;
            }
        }

        if (entries.Count != end.Count)
        {
            findings.Add(Finding.Error("ZIP-006", subject, ("declared", end.Count), ("bytes", end.DirectoryLength)));
            return null;
        }

        return entries;
    }

    private static int? ReadRecord(Stream records, byte[] record, long left)
    {
        if (left < RecordSize)
        {
            return null;
        }

        records.ReadExactly(record, 0, RecordSize);
        if (BinaryPrimitives.ReadUInt32LittleEndian(record) != Signature)
        {
            return null;
        }

        var length = RecordSize + ReadWord(record, 28) + ReadWord(record, 30) + ReadWord(record, 32);
        if (length > left)
        {
            return null;
        }

        records.ReadExactly(record, RecordSize, length - RecordSize);
        return length;
    }

    private static ushort ReadWord(ReadOnlySpan<byte> record, int at) => BinaryPrimitives.ReadUInt16LittleEndian(record[at..]);

    private static uint ReadLong(ReadOnlySpan<byte> record, int at) => BinaryPrimitives.ReadUInt32LittleEndian(record[at..]);

    private ZipEntry? Interpret(ReadOnlySpan<byte> record, int order, long shift)
    {
        var raw = record.Slice(RecordSize, ReadWord(record, 28));
        var extra = record.Slice(RecordSize + raw.Length, ReadWord(record, 30));
        if (raw.Length > limits.MaxNameBytes)
        {
            findings.Add(Finding.Error("ZIP-008", subject, ("order", order), ("length", raw.Length), ("limit", limits.MaxNameBytes)));
            return null;
        }

        long packed = ReadLong(record, 20), length = ReadLong(record, 24), offset = ReadLong(record, 42);
        var isFolder = raw is [.., (byte)'/'];
        var name = NameEntry(isFolder ? raw[..^1] : raw, raw, extra, ReadWord(record, 8));
        if (!ExtraFields.TryWiden(extra, ref length, ref packed, ref offset))
        {
            findings.Add(Finding.Error("ZIP-025", subject, ("entry", name.Display)));
            return null;
        }

        if (ReadWord(record, 34) is not (0 or ushort.MaxValue))
        {
            findings.Add(Finding.Error("ZIP-003", subject));
            return null;
        }

        var header = new ZipHeader(ReadWord(record, 8), ReadWord(record, 10), ReadLong(record, 16), packed, length, offset + shift);
        var type = (ReadLong(record, 38) >> 28) & 0xF;
        isFolder |= type == 4 && length == 0;
        Judge(name, header, isFolder, type, ExtraFields.TryFind(extra, ExtraFields.Aes, out _));
        return new ZipEntry(name, isFolder, order, header, ExtraFields.ReadModified(extra));
    }

    private EntryName NameEntry(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> raw, ReadOnlySpan<byte> extra, ushort flags)
    {
        var name = EntryName.OfBytes(bytes, declaredNames);
        if (!name.IsUtf8 && (flags & ZipHeader.Utf8Flag) != 0)
        {
            findings.Add(Finding.Warning("ZIP-023", subject, ("entry", name.Display)));
        }

        if (!name.IsUtf8 && ExtraFields.ReadUnicodePath(extra, raw) is { } text)
        {
            name = EntryName.OfStored(bytes, text.TrimEnd('/'), NameBasis.Declared);
            if (EntryPath.FindReason(EntryName.OfText(name.Display).Bytes.Span) is { } reason)
            {
                findings.Add(Finding.Error("ZIP-016", name.Display, ("reason", reason)));
            }
        }

        if (bytes.Count((byte)'/') >= limits.MaxLevels)
        {
            findings.Add(Finding.Error("CON-015", subject, ("entry", name.Display[..Math.Min(name.Display.Length, 200)]), ("limit", limits.MaxLevels)));
        }

        if (EntryPath.Check(name) is { } finding)
        {
            findings.Add(finding);
        }

        return name;
    }

    private void Judge(EntryName name, ZipHeader header, bool isFolder, uint type, bool hasAes)
    {
        if (header.IsEncrypted || hasAes)
        {
            findings.Add(Finding.Error("ZIP-013", subject, ("entry", name.Display)));
        }
        else if (header.Method is not (ZipHeader.Stored or ZipHeader.Deflated))
        {
            findings.Add(Finding.Error("ZIP-014", subject, ("entry", name.Display), ("method", header.Method), ("name", ZipHeader.NameMethod(header.Method))));
        }

        if (NameSpecialType(type) is { } special)
        {
            findings.Add(Finding.Error("ZIP-015", subject, ("entry", name.Display), ("type", special)));
        }

        if ((isFolder && header.Length != 0) || (header.Method == ZipHeader.Stored && header.PackedLength != header.Length))
        {
            findings.Add(Finding.Error("ZIP-017", subject, ("entry", name.Display), ("packed", header.PackedLength), ("length", header.Length)));
        }

        if (!limits.AllowsRatio(header.PackedLength, header.Length))
        {
            findings.Add(Finding.Error("ZIP-010", subject, ("entry", name.Display), ("packed", header.PackedLength), ("length", header.Length), ("limit", limits.MaxRatio)));
        }

        var before = _total;
        _total = header.Length > long.MaxValue - _total ? long.MaxValue : _total + header.Length;
        if (_total > limits.MaxTotalBytes && before <= limits.MaxTotalBytes)
        {
            findings.Add(Finding.Error("ZIP-009", subject, ("limit", limits.MaxTotalBytes)));
        }
    }

    // The file type of a Unix mode, kept in the upper half of the external attributes. Systems that write no mode
    // leave it zero, so it is asked whatever system the record names.
    private static string? NameSpecialType(uint type) => type switch
    {
        0x1 => "fifo",
        0x2 => "character-device",
        0x6 => "block-device",
        0xA => "symbolic-link",
        0xC => "socket",
        _ => null,
    };
}
