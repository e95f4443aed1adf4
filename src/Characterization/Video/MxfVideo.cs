using Lantai.Characterization.Examination;
using Lantai.Characterization.Sound;

namespace Lantai.Characterization.Video;

/// <summary>MXF (SMPTE ST 377-1): key, length and value follow one another to the end; the header has a footer.</summary>
internal sealed class MxfVideo(PlacedReader reader, ExaminationNotes notes)
{
    private const int KeyLength = 16;
    private const int MostSets = 1 << 20;
    private const int MostStart = 1 << 16;

    private readonly VideoFacts _facts = new();
    private bool _hasHeader;
    private bool _hasFooter;
    private bool _isClosed;
    private bool _hasEssence;

    /// <summary>Walks the file.</summary>
    public void Read()
    {
        for (var at = Start(); at < reader.Length;)
        {
            reader.Step();
            var key = reader.At(at, KeyLength);
            if (!key.StartsWith((ReadOnlySpan<byte>)[0x06, 0x0E, 0x2B, 0x34]))
            {
                throw WalkStoppedException.Broken("key", at, "lost-sync");
            }

            var isPartition = key[4..12].SequenceEqual((ReadOnlySpan<byte>)[0x02, 0x05, 0x01, 0x01, 0x0D, 0x01, 0x02, 0x01]) && key[12] == 1;
            var isSet = key[4] == 0x02 && key[5] == 0x53;
            var isEssence = key[4] == 0x01 && key[5] == 0x02 && key[8] == 0x0D && key[9] == 0x01 && key[10] == 0x03;
            var (part, status, essence) = (key[13], key[14], key[12]);
            var (length, body) = Length(at + KeyLength);
            reader.Demand("value", at, body - at);
            reader.Demand("value", at, body - at + length);
            if (isPartition && part is >= 2 and <= 4)
            {
                ReadPartition(part, status, body, length);
            }
            else if (isSet && length <= MostSets)
            {
                ReadSet(body, body + length);
            }
            else if (isEssence && !_hasEssence)
            {
                _hasEssence = true;
                _facts.Track(essence is 0x15 or 0x05 ? "video" : essence is 0x16 or 0x06 ? "audio" : "other", "");
            }

            at = body + length;
        }

        _facts.NoteIn(notes);
        if (!_hasHeader || !(_hasFooter || _isClosed))
        {
            throw WalkStoppedException.Broken(_hasHeader ? "footer" : "header", reader.Length, "cut-off");
        }
    }

    // A run-in of at most 65,535 bytes may stand before the first key.
    private long Start()
    {
        var found = reader.Some(0, MostStart).IndexOf((ReadOnlySpan<byte>)[0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0D, 0x01, 0x02]);
        return found < 0 ? throw WalkStoppedException.Broken("header", "missing-part") : found;
    }

    private (long Length, long Body) Length(long at)
    {
        var first = reader.U8(at);
        if (first < 0x80)
        {
            return (first, at + 1);
        }

        var count = first & 0x7F;
        if (count is 0 or > 8)
        {
            throw WalkStoppedException.Broken("length", at, "bad-header");
        }

        var length = 0L;
        foreach (var one in reader.At(at + 1, count))
        {
            length = length > long.MaxValue >> 9 ? throw WalkStoppedException.Broken("length", at, "cut-off") : (length << 8) | one;
        }

        return (length, at + 1 + count);
    }

    private void ReadPartition(int part, int status, long at, long length)
    {
        if (length < 88)
        {
            throw WalkStoppedException.Broken("partition", at, "bad-header");
        }

        var footer = reader.Big64(at + 24);
        if (footer > reader.Length)
        {
            throw WalkStoppedException.Broken("footer", at, "cut-off");
        }

        if (part == 2)
        {
            _hasHeader = true;
            notes.Set("operational-pattern", Convert.ToHexStringLower(reader.At(at + 64, 16)));
        }

        // A header that is closed and complete says that it needs no footer, and names none.
        _isClosed |= part == 2 && status == 4 && footer == 0;
        _hasFooter |= part == 4;
    }

    private void ReadSet(long at, long end)
    {
        while (end - at >= 4)
        {
            reader.Step();
            var (tag, length) = (reader.Big16(at), reader.Big16(at + 2));
            if (length > end - at - 4)
            {
                // Not every set has tags of two bytes: this one is passed over.
                return;
            }

            ReadItem(tag, at + 4, length);
            at += 4 + length;
        }
    }

    private void ReadItem(int tag, long at, int length)
    {
        switch (tag)
        {
            case 0x3203 when length == 4:
                notes.Set("width", reader.Big32(at));
                break;
            case 0x3202 when length == 4:
                notes.Set("height", reader.Big32(at));
                break;
            case 0x3001 when length == 8 && reader.Big32(at + 4) > 0 && reader.Big32(at) / (double)reader.Big32(at + 4) is < 1000 and var rate:
                VideoFacts.FrameRate(notes, rate);
                break;
            case 0x3D03 when length == 8 && reader.Big32(at + 4) > 0:
                SoundFacts.Shape(notes, reader.Big32(at) / reader.Big32(at + 4), 0, 0);
                break;
            case 0x3D07 when length == 4:
                SoundFacts.Shape(notes, 0, reader.Big32(at), 0);
                break;
            case 0x3D01 when length == 4:
                SoundFacts.Shape(notes, 0, 0, reader.Big32(at));
                break;
        }
    }
}
