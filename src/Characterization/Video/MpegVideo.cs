using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Video;

/// <summary>MPEG programme and transport streams (ISO/IEC 13818-1): packet follows packet to the end of the file.</summary>
internal static class MpegVideo
{
    private const int PacketLength = 188;

    private static readonly double[] FrameRates = [0, 24000 / 1001.0, 24, 25, 30000 / 1001.0, 30, 50, 60000 / 1001.0, 60];

    /// <summary>Walks the packets.</summary>
    public static void Read(PlacedReader reader, ExaminationNotes notes)
    {
        if (reader.U8(0) == 0x47)
        {
            ReadTransport(reader, notes);
            return;
        }

        if (reader.Big32(0) == 0x1B3)
        {
            // A bare stream of pictures has no packets that could be missing: it is not said to be readable.
            ReadSequence(reader, notes, 4);
            throw WalkStoppedException.NotCheckable("not-decoded");
        }

        ReadProgramme(reader, notes);
    }

    private static void ReadTransport(PlacedReader reader, ExaminationNotes notes)
    {
        var tables = new TransportTables();
        for (long at = 0; at < reader.Length; at += PacketLength)
        {
            reader.Step();
            var packet = reader.Some(at, PacketLength);
            if (packet.Length < PacketLength)
            {
                throw WalkStoppedException.Broken("packet", at, "cut-off");
            }

            if (packet[0] != 0x47)
            {
                throw WalkStoppedException.Broken("packet", at, "lost-sync");
            }

            tables.Read(packet);
        }

        var facts = new VideoFacts();
        foreach (var kind in tables.Kinds)
        {
            var (track, codec) = Name(kind);
            facts.Track(track, codec);
        }

        notes.Set("container", "mpeg-ts");
        facts.NoteIn(notes);
    }

    private static (string Track, string Codec) Name(int kind) => kind switch
    {
        0x01 => ("video", "mpeg1"),
        0x02 => ("video", "mpeg2"),
        0x10 => ("video", "mpeg4"),
        0x1B => ("video", "h264"),
        0x24 => ("video", "h265"),
        0x42 => ("video", "avs"),
        0xD2 => ("video", "avs2"),
        0x03 or 0x04 => ("audio", "mpa"),
        0x0F or 0x11 => ("audio", "aac"),
        0x81 => ("audio", "ac3"),
        _ => ("other", ""),
    };

    private static void ReadProgramme(PlacedReader reader, ExaminationNotes notes)
    {
        var (facts, seen, at, hasSize) = (new VideoFacts(), new HashSet<int>(), 0L, false);
        while (at < reader.Length)
        {
            reader.Step();
            var start = reader.Big32(at);
            if (start >> 8 != 1)
            {
                at = PastZeros(reader, at);
                continue;
            }

            var id = (int)(start & 0xFF);
            if (id == 0xB9)
            {
                at += 4;
                continue;
            }

            var length = id == 0xBA ? PackLength(reader, at) : 6L + reader.Big16(at + 4);
            if (id < 0xBA)
            {
                throw WalkStoppedException.Broken("packet", at, "lost-sync");
            }

            reader.Demand("packet", at, length);
            if (id is >= 0xC0 and <= 0xEF && seen.Add(id))
            {
                facts.Track(id < 0xE0 ? "audio" : "video", id < 0xE0 ? "mpa" : "mpeg2");
            }

            if (id >= 0xE0 && !hasSize)
            {
                hasSize = FindSequence(reader, notes, at, length);
            }

            at += length;
        }

        notes.Set("container", "mpeg-ps");
        facts.NoteIn(notes);
    }

    private static long PackLength(PlacedReader reader, long at) => (reader.U8(at + 4) & 0xC0) == 0x40 ? 14 + (reader.U8(at + 13) & 7) : 12;

    private static long PastZeros(PlacedReader reader, long at)
    {
        var from = at;
        while (at < reader.Length && reader.U8(at) == 0 && !(at > from && reader.Some(at, 3).SequenceEqual("\0\0\u0001"u8)))
        {
            at++;
        }

        return at > from ? at : throw WalkStoppedException.Broken("packet", at, "lost-sync");
    }

    private static bool FindSequence(PlacedReader reader, ExaminationNotes notes, long at, long length)
    {
        var found = reader.Some(at, (int)Math.Min(length, 4096)).IndexOf((ReadOnlySpan<byte>)[0, 0, 1, 0xB3]);
        if (found < 0)
        {
            return false;
        }

        ReadSequence(reader, notes, at + found + 4);
        return true;
    }

    private static void ReadSequence(PlacedReader reader, ExaminationNotes notes, long at)
    {
        var packed = reader.Big32(at);
        VideoFacts.Size(notes, packed >> 20, (packed >> 8) & 0xFFF);
        VideoFacts.FrameRate(notes, (packed & 15) is > 0 and < 9 and var rate ? FrameRates[rate] : 0);
        notes.Set("codecs", ["mpeg2"]);
    }
}

/// <summary>The tables of a transport stream: which packets hold the map, and which kinds of streams the map tells.</summary>
internal sealed class TransportTables
{
    private readonly HashSet<int> _maps = [];

    /// <summary>Kinds of streams, in the order of the first map.</summary>
    public List<int> Kinds { get; } = [];

    /// <summary>Reads a packet; all but the tables is passed over.</summary>
    public void Read(ReadOnlySpan<byte> packet)
    {
        var id = ((packet[1] & 0x1F) << 8) | packet[2];
        var isTable = id == 0 || _maps.Contains(id);
        if (!isTable || Kinds.Count > 0 || (packet[1] & 0x40) == 0 || (packet[3] & 0x10) == 0)
        {
            return;
        }

        var at = 4 + ((packet[3] & 0x20) != 0 ? 1 + packet[4] : 0);
        if (at >= packet.Length - 12)
        {
            return;
        }

        at += 1 + packet[at];
        if (at <= packet.Length - 12)
        {
            var section = packet[at..];
            var end = Math.Min(section.Length, 3 + (((section[1] & 0x0F) << 8) | section[2]) - 4);
            ReadSection(section[..Math.Max(0, end)], id == 0);
        }
    }

    private void ReadSection(ReadOnlySpan<byte> section, bool isAssociation)
    {
        if (isAssociation)
        {
            for (var at = 8; at + 4 <= section.Length && _maps.Count < 64; at += 4)
            {
                _ = (section[at] | section[at + 1]) != 0 && _maps.Add(((section[at + 2] & 0x1F) << 8) | section[at + 3]);
            }

            return;
        }

        var place = section.Length < 12 ? section.Length : 12 + (((section[10] & 0x0F) << 8) | section[11]);
        while (place + 5 <= section.Length)
        {
            Kinds.Add(section[place]);
            place += 5 + (((section[place + 3] & 0x0F) << 8) | section[place + 4]);
        }
    }
}
