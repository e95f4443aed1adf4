using System.Buffers.Binary;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Sound;

/// <summary>Ogg (RFC 3533): every page with its check value; every stream begins and ends.</summary>
internal sealed class OggSound(PlacedReader reader, ExaminationNotes notes)
{
    private const int PageHeader = 27;
    private const int MostStreams = 64;

    private static readonly uint[] Table = MakeTable();

    private readonly Dictionary<long, OggStream> _open = [];
    private readonly SortedSet<string> _codecs = new(StringComparer.Ordinal);
    private long _duration;

    /// <summary>Walks the pages.</summary>
    public void Read()
    {
        for (long at = 0; at < reader.Length;)
        {
            reader.Step();
            if (!reader.Some(at, 4).SequenceEqual("OggS"u8))
            {
                throw WalkStoppedException.Broken("page", at, reader.Length - at < 4 ? "cut-off" : "lost-sync");
            }

            var segments = reader.U8(at + 26);
            var length = PageHeader + segments;
            foreach (var one in reader.At(at + PageHeader, segments))
            {
                length += one;
            }

            Check(reader.At(at, length), at);
            ReadPage(at, reader.U8(at + 5), reader.Little64(at + 6), reader.Little32(at + 14), at + PageHeader + segments);
            at += length;
        }

        notes.Set("codecs", _codecs);
        if (_duration > 0)
        {
            notes.Set("duration-ms", _duration);
        }

        if (_open.Count > 0)
        {
            throw WalkStoppedException.Broken("page", reader.Length, "cut-off");
        }
    }

    private void ReadPage(long at, int flags, long granule, long serial, long body)
    {
        if ((flags & 2) != 0 && _open.Count < MostStreams)
        {
            var stream = OggStream.Begin(reader, body, notes);
            _open[serial] = stream;
            _ = _codecs.Add(stream.Codec);
        }

        if (!_open.TryGetValue(serial, out var current))
        {
            throw WalkStoppedException.Broken("page", at, "missing-part");
        }

        _duration = Math.Max(_duration, current.MillisecondsAt(granule));
        if ((flags & 4) != 0)
        {
            _ = _open.Remove(serial);
        }
    }

    private static void Check(ReadOnlySpan<byte> page, long at)
    {
        var crc = 0u;
        for (var i = 0; i < page.Length; i++)
        {
            // The check value counts as zeros where it stands itself.
            var one = i is >= 22 and < 26 ? (byte)0 : page[i];
            crc = unchecked((crc << 8) ^ Table[(crc >> 24) ^ one]);
        }

        if (crc != BinaryPrimitives.ReadUInt32LittleEndian(page[22..]))
        {
            throw WalkStoppedException.Broken("page", at, "check-value");
        }
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i << 24;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = unchecked((crc << 1) ^ ((crc & 0x80000000) != 0 ? 0x04C11DB7u : 0));
            }

            table[i] = crc;
        }

        return table;
    }
}

/// <summary>A stream in an Ogg, as its first packet tells it.</summary>
/// <param name="Codec">What packs it.</param>
/// <param name="Rate">Units of a granule in a second; 0 when a granule counts no samples.</param>
/// <param name="Skip">Units before the sound begins.</param>
internal sealed record OggStream(string Codec, long Rate, long Skip)
{
    private const long Never = -1;

    /// <summary>How long the stream has sounded at a granule.</summary>
    public long MillisecondsAt(long granule) => Rate > 0 && granule is not (Never or long.MaxValue) && granule > Skip && granule < long.MaxValue / 2000 ? (granule - Skip) * 1000 / Rate : 0;

    /// <summary>Reads the first packet.</summary>
    public static OggStream Begin(PlacedReader reader, long at, ExaminationNotes notes)
    {
        var head = reader.Some(at, 64);
        if (head.StartsWith("\u0001vorbis"u8))
        {
            var rate = reader.Little32(at + 12);
            SoundFacts.Shape(notes, rate, reader.U8(at + 11), 0);
            return new OggStream("vorbis", rate, 0);
        }

        if (head.StartsWith("OpusHead"u8))
        {
            SoundFacts.Shape(notes, 48000, reader.U8(at + 9), 0);
            return new OggStream("opus", 48000, reader.Little16(at + 10));
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x7F, 0x46, 0x4C, 0x41, 0x43]))
        {
            var packed = reader.Big64(at + 27);
            SoundFacts.Shape(notes, packed >> 44, ((packed >> 41) & 7) + 1, ((packed >> 36) & 31) + 1);
            return new OggStream("flac", packed >> 44, 0);
        }

        if (head.StartsWith("Speex   "u8))
        {
            var rate = reader.Little32(at + 36);
            SoundFacts.Shape(notes, rate, reader.Little32(at + 48), 0);
            return new OggStream("speex", rate, 0);
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x80, 0x74, 0x68, 0x65, 0x6F, 0x72, 0x61]))
        {
            notes.Set("width", reader.Big16(at + 10) * 16L);
            notes.Set("height", reader.Big16(at + 12) * 16L);
            return new OggStream("theora", 0, 0);
        }

        return new OggStream("unknown", 0, 0);
    }
}
