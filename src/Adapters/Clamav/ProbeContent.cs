using System.Buffers.Binary;
using System.Text;
using Lantai.Containers;

namespace Lantai.Adapters.Clamav;

/// <summary>
/// A content of any length in which every engine finds something once it looks into it: a zip with the test file of EICAR as its one
/// entry, and nothing but zeros between the entry and the list of entries. An engine that takes no file of this length, scans only
/// its beginning, or opens no archives finds nothing.
/// </summary>
/// <remarks>The test file is put together here: whole, it lies in no file of the product. Source: the text of EICAR; PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16.</remarks>
internal sealed class ProbeContent : ForwardStream
{
    private const uint CheckValue = 0x6851CF3C; // CRC-32 of the test file
    private const string Name = "eicar.com";

    private readonly byte[] _head;
    private readonly byte[] _tail;
    private readonly long _length;
    private long _at;

    /// <summary>Makes one.</summary>
    /// <param name="length">Its length in bytes; at least that of the zip without zeros, and at most what a zip may have.</param>
    internal ProbeContent(long length)
    {
        var test = Encoding.ASCII.GetBytes(string.Concat(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$", string.Join('-', "EICAR", "STANDARD", "ANTIVIRUS", "TEST", "FILE!"), "$H+H*"));
        _head = [.. Header(0x04034B50, 30, 4, test.Length), .. Encoding.ASCII.GetBytes(Name), .. test];
        byte[] entry = [.. Header(0x02014B50, 46, 6, test.Length), .. Encoding.ASCII.GetBytes(Name)];
        _length = Math.Clamp(length, _head.Length + entry.Length + 22, uint.MaxValue - 1L);
        _tail = [.. entry, .. new byte[22]];
        var end = _tail.AsSpan(entry.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], 1);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)entry.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)(_length - _tail.Length));
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var tail = _length - _tail.Length;
        var (part, from) = _at < _head.Length ? (_head, 0L) : _at < tail ? ([], _head.Length) : (_tail, tail);
        var left = (part.Length > 0 ? from + part.Length : tail) - _at;
        var count = (int)Math.Min(buffer.Length, left);
        if (part.Length > 0)
        {
            part.AsSpan((int)(_at - from), count).CopyTo(buffer);
        }
        else
        {
            buffer[..count].Clear();
        }

        _at += count;
        return count;
    }

    // What both headers of an entry have in common lies two bytes further in that of the list.
    private static byte[] Header(uint mark, int length, int first, int size)
    {
        var header = new byte[length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, mark);
        header[4] = 10;
        header[first] = 10;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(first + 8), 0x21); // the first day that there is: 1980-01-01
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(first + 10), CheckValue);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(first + 14), (uint)size);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(first + 18), (uint)size);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(first + 22), (ushort)Name.Length);
        return header;
    }
}
