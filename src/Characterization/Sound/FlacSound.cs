using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Sound;

/// <summary>FLAC (RFC 9639): all metadata blocks, then every frame with the check values of its header and of its whole.</summary>
internal sealed class FlacSound(PlacedReader reader, ExaminationNotes notes)
{
    private const int StreamLength = 34;

    private long _total;

    /// <summary>Reads the file to its end.</summary>
    public void Read()
    {
        var at = 4L;
        for (var isLast = false; !isLast;)
        {
            reader.Step();
            var (head, length) = (reader.U8(at), reader.Big32(at) & 0xFFFFFF);
            isLast = (head & 0x80) != 0;
            reader.Demand("block", at, length + 4);
            if (at == 4)
            {
                ReadStream(head & 0x7F, length);
            }

            at += 4 + length;
        }

        var end = reader.Length - (reader.Some(reader.Length - 128, 3).SequenceEqual("TAG"u8) ? 128 : 0);
        var samples = new FlacFrames(reader, at, end).Read();
        if (samples == 0 || (_total > 0 && samples != _total))
        {
            throw WalkStoppedException.Broken("frame", end, samples < _total || samples == 0 ? "cut-off" : "too-much");
        }
    }

    private void ReadStream(int kind, long length)
    {
        if (kind != 0 || length != StreamLength)
        {
            throw WalkStoppedException.Broken("STREAMINFO", 4, "missing-part");
        }

        var packed = reader.Big64(18);
        var rate = (packed >> 44) & 0xFFFFF;
        _total = packed & 0xF_FFFF_FFFF;
        SoundFacts.Shape(notes, rate, ((packed >> 41) & 7) + 1, ((packed >> 36) & 31) + 1);
        SoundFacts.Duration(notes, _total, rate);
        notes.Set("codecs", ["flac"]);
        notes.Set("md5", Convert.ToHexStringLower(reader.At(26, 16)) is var md5 && md5.AsSpan().IndexOfAnyExcept('0') >= 0 ? md5 : null);
    }
}

/// <summary>
/// The frames of a FLAC. A frame does not tell its length: where the next header stands, the check value of the one
/// before must come out, else it was no header.
/// </summary>
internal sealed class FlacFrames(PlacedReader reader, long start, long end)
{
    private const int MostHeader = 16;

    private static readonly ushort[] Table = MakeTable();

    /// <summary>Reads all frames; returns the samples of one channel.</summary>
    public long Read()
    {
        if (start == end)
        {
            return 0;
        }

        var samples = Header(start);
        var (frame, check, total) = (start, (ushort)0, 0L);
        if (samples == 0)
        {
            throw WalkStoppedException.Broken("frame", start, "bad-header");
        }

        for (var at = start; at < end;)
        {
            reader.Step();
            var some = reader.Some(at, (int)Math.Min(end - at, 1 << 14));

            // The sync code of the frame itself is no next one.
            var next = IndexOfSync(some, at == frame ? 2 : 0);
            if (next < 0)
            {
                var take = at + some.Length < end ? Math.Max(1, some.Length - 1) : some.Length;
                check = Append(check, some[..take]);
                at += take;
                continue;
            }

            check = Append(check, some[..next]);
            at += next;
            if (check == 0 && Header(at) is > 0 and var following)
            {
                (total, frame, samples) = (total + samples, at, following);
            }
            else
            {
                check = Append(check, reader.At(at, 1));
                at++;
            }
        }

        return check == 0 ? total + samples : throw WalkStoppedException.Broken("frame", frame, "check-value");
    }

    private static int IndexOfSync(ReadOnlySpan<byte> bytes, int from)
    {
        for (var at = from; at < bytes.Length - 1; at++)
        {
            var found = bytes[at..^1].IndexOf((byte)0xFF);
            if (found < 0)
            {
                return -1;
            }

            at += found;
            if ((bytes[at + 1] & 0xFE) == 0xF8)
            {
                return at;
            }
        }

        return -1;
    }

    // Samples that the header at this place tells; 0 when it is none.
    private int Header(long place)
    {
        var bytes = reader.Some(place, MostHeader);
        if (bytes.Length < 6 || bytes[0] != 0xFF || (bytes[1] & 0xFE) != 0xF8)
        {
            return 0;
        }

        // The frame or sample number is written as UTF-8 writes letters, up to 36 bits.
        var lead = bytes[4];
        var at = 4 + (lead < 0x80 ? 1 : lead < 0xC0 ? 99 : int.LeadingZeroCount((int)~((uint)lead << 24)));
        var (block, rate) = (bytes[2] >> 4, bytes[2] & 15);
        var blockBytes = block switch { 6 => 1, 7 => 2, _ => 0 };
        var rateBytes = rate switch { 12 => 1, 13 or 14 => 2, _ => 0 };
        if (at + blockBytes + rateBytes >= bytes.Length || rate == 15 || block == 0 || Crc8(bytes[..(at + blockBytes + rateBytes)]) != bytes[at + blockBytes + rateBytes])
        {
            return 0;
        }

        return block switch
        {
            1 => 192,
            <= 5 => 576 << (block - 2),
            6 => bytes[at] + 1,
            7 => ((bytes[at] << 8) | bytes[at + 1]) + 1,
            _ => 256 << (block - 8),
        };
    }

    private static byte Crc8(ReadOnlySpan<byte> bytes)
    {
        var crc = 0;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = ((crc << 1) ^ ((crc & 0x80) != 0 ? 0x07 : 0)) & 0xFF;
            }
        }

        return (byte)crc;
    }

    private static ushort Append(ushort crc, ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            foreach (var one in bytes)
            {
                crc = (ushort)((crc << 8) ^ Table[(crc >> 8) ^ one]);
            }
        }

        return crc;
    }

    private static ushort[] MakeTable()
    {
        var table = new ushort[256];
        for (var i = 0; i < 256; i++)
        {
            var crc = i << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = ((crc << 1) ^ ((crc & 0x8000) != 0 ? 0x8005 : 0)) & 0xFFFF;
            }

            table[i] = (ushort)crc;
        }

        return table;
    }
}
