using System.Buffers.Binary;

namespace Lantai.Containers;

/// <summary>Walks the headers of RAR 5: check value, length, kind, flags, and an extra area where a file says that it is encrypted.</summary>
internal sealed class Rar5Headers(Stream stream)
{
    private const int MarkSize = 8;
    private const int MostHeader = 2 << 20;
    private const long Main = 1;
    private const long File = 2;
    private const long Service = 3;
    private const long EncryptionHeader = 4;
    private const long End = 5;

    private readonly RarWalk _walk = new(stream, 5);

    public RarGlance Read()
    {
        var at = (long)MarkSize;
        while (_walk.MayGoOn() && at < _walk.Length)
        {
            var numbers = new RarNumbers(_walk.Read(at + 4, 3));
            var length = numbers.Take();
            var sizeBytes = numbers.Used;
            var header = length is > 0 and <= MostHeader ? _walk.Read(at, (int)(4 + sizeBytes + length)) : [];
            if (header.Length < 4 + sizeBytes + length || header.Length == 0)
            {
                _walk.Fault = "cut-off";
                break;
            }

            if (Crc32.Of(header.AsSpan(4)) != BinaryPrimitives.ReadUInt32LittleEndian(header))
            {
                _walk.Fault = "bad-header";
                break;
            }

            if (Note(header.AsSpan(4 + sizeBytes)) is not { } following)
            {
                break;
            }

            at = following > _walk.Length - at ? long.MaxValue : at + header.Length + following;
            if (at > _walk.Length)
            {
                _walk.Fault = "cut-off";
            }
        }

        return _walk.ToGlance();
    }

    // The length of what follows the header; null at the end, and where nothing more can be read.
    private long? Note(ReadOnlySpan<byte> header)
    {
        var numbers = new RarNumbers(header);
        var (kind, flags) = (numbers.Take(), numbers.Take());
        var extra = (flags & 1) != 0 ? numbers.Take() : 0;
        var following = (flags & 2) != 0 ? numbers.Take() : 0;
        if (kind == EncryptionHeader)
        {
            _walk.IsHeaderEncrypted = true;
        }
        else if (kind == Main)
        {
            _walk.IsPart = (numbers.Take() & 1) != 0;
        }
        else if (kind is File or Service)
        {
            NoteEntry(ref numbers, kind, header[(int)Math.Max(0, header.Length - Math.Min(extra, header.Length))..]);
        }

        return kind is EncryptionHeader or End ? null : following;
    }

    private void NoteEntry(ref RarNumbers numbers, long kind, ReadOnlySpan<byte> extra)
    {
        var flags = numbers.Take();
        _ = numbers.Take();
        _ = numbers.Take();
        numbers.Skip(((flags & 2) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 4 : 0));
        var packing = numbers.Take();
        _ = numbers.Take();
        var name = numbers.Bytes(numbers.Take());
        if (kind == File)
        {
            _walk.Entries++;

            // Bits 10 to 14: 128 KiB and its doubles, none of which counts for a file that is only stored.
            _walk.Memory = Math.Max(_walk.Memory, ((packing >> 7) & 7) == 0 ? 0 : 0x20000L << (int)((packing >> 10) & 31));
        }

        if (IsEncrypted(extra))
        {
            _walk.AddEncrypted(name);
        }
    }

    // Records of the extra area: length, kind; kind 1 is the encryption of the file.
    private static bool IsEncrypted(ReadOnlySpan<byte> extra)
    {
        while (!extra.IsEmpty)
        {
            var numbers = new RarNumbers(extra);
            var length = numbers.Take();
            var start = numbers.Used;
            if (numbers.Take() == 1)
            {
                return true;
            }

            extra = length <= 0 || length > extra.Length - start ? [] : extra[(int)(start + length)..];
        }

        return false;
    }
}

/// <summary>Takes the numbers of RAR 5, seven bits a byte with the lowest first; after the end, all are zero.</summary>
internal ref struct RarNumbers(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How many bytes were taken.</summary>
    public int Used { get; private set; }

    public long Take()
    {
        var value = 0UL;
        for (var shift = 0; shift < 63 && Used < _bytes.Length; shift += 7)
        {
            var next = _bytes[Used++];
            value |= (ulong)(next & 0x7F) << shift;
            if ((next & 0x80) == 0)
            {
                break;
            }
        }

        return (long)Math.Min(value, long.MaxValue / 4);
    }

    public void Skip(int count) => Used = Math.Min(_bytes.Length, Used + count);

    public ReadOnlySpan<byte> Bytes(long count)
    {
        var taken = _bytes[Used..][..(int)Math.Min(count, _bytes.Length - Used)];
        Used += taken.Length;
        return taken;
    }
}
