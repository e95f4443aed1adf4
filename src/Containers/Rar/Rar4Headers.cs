using System.Buffers.Binary;

namespace Lantai.Containers;

/// <summary>Walks the headers of RAR 1.5 to 4: check value, kind, flags, length, and for files the length of what follows.</summary>
internal sealed class Rar4Headers(Stream stream)
{
    private const int MarkSize = 7;
    private const byte Main = 0x73;
    private const byte File = 0x74;
    private const byte Service = 0x7A;
    private const byte End = 0x7B;
    private const int HeadersEncrypted = 0x0080;
    private const int Volume = 0x0001;
    private const int Encrypted = 0x0004;
    private const int Wide = 0x0100;
    private const int MoreFollows = 0x8000;

    private readonly RarWalk _walk = new(stream, 4);

    public RarGlance Read()
    {
        var at = (long)MarkSize;
        while (_walk.MayGoOn() && at < _walk.Length)
        {
            var head = _walk.Read(at, 7);
            var length = head.Length == 7 ? BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(5)) : 0;
            var header = length >= 7 ? _walk.Read(at, length) : [];
            if (header.Length < 7 || header.Length < length)
            {
                _walk.Fault = "cut-off";
                break;
            }

            if (Note(header) is not { } following)
            {
                break;
            }

            at = following > _walk.Length - at ? long.MaxValue : at + length + following;
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
        var kind = header[2];
        int flags = BinaryPrimitives.ReadUInt16LittleEndian(header[3..]);
        if (kind is not (>= 0x72 and <= End) || (Crc32.Of(CheckedPart(header, kind)) & 0xFFFF) != BinaryPrimitives.ReadUInt16LittleEndian(header))
        {
            _walk.Fault = "bad-header";
            return null;
        }

        if (kind == Main)
        {
            _walk.IsHeaderEncrypted = (flags & HeadersEncrypted) != 0;
            _walk.IsPart = (flags & Volume) != 0;
            return 0;
        }

        if (kind == End)
        {
            return null;
        }

        var following = (flags & MoreFollows) != 0 && header.Length >= 11 ? BinaryPrimitives.ReadUInt32LittleEndian(header[7..]) : 0L;
        return kind is File or Service && header.Length >= 32 ? NoteEntry(header, kind, flags, following) : following;
    }

    // The header of a comment covers its first fields only; other kinds are covered whole.
    private static ReadOnlySpan<byte> CheckedPart(ReadOnlySpan<byte> header, byte kind) => kind == 0x75 ? header[2..Math.Min(13, header.Length)] : header[2..];

    private long NoteEntry(ReadOnlySpan<byte> header, byte kind, int flags, long following)
    {
        var nameAt = (flags & Wide) != 0 ? 40 : 32;
        if ((flags & Wide) != 0 && header.Length >= 40)
        {
            following |= (long)BinaryPrimitives.ReadUInt32LittleEndian(header[32..]) << 32;
        }

        if (kind == File)
        {
            _walk.Entries++;

            // Bits 5 to 7 of the flags: 64 KiB and its doubles; 7 marks a folder.
            var step = (flags >> 5) & 7;
            _walk.Memory = Math.Max(_walk.Memory, step == 7 ? 0 : 0x10000L << step);
        }

        if ((flags & Encrypted) != 0)
        {
            var name = header[Math.Min(nameAt, header.Length)..];
            var length = Math.Min(name.Length, BinaryPrimitives.ReadUInt16LittleEndian(header[26..]));
            var plain = name[..length].IndexOf((byte)0) is >= 0 and var zero ? name[..zero] : name[..length];
            _walk.AddEncrypted(plain);
        }

        return Math.Max(0, following);
    }
}
