using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Sound;

/// <summary>MPEG audio with ID3 or without: every frame follows the one before, to the tags at the end.</summary>
internal sealed class Mp3Sound(PlacedReader reader, ExaminationNotes notes)
{
    private long _frames;
    private long _samples;
    private long _declared = -1;

    /// <summary>Walks the frames.</summary>
    public void Read()
    {
        var (at, end) = (PastTags(0), BeforeTags());
        while (at < end && reader.U8(at) == 0)
        {
            at++;
            reader.Step();
        }

        if (IsOther(reader.Some(at, 4)))
        {
            throw WalkStoppedException.NotCheckable("no-reader");
        }

        MpegFrame? first = null;
        var isVariable = false;
        while (at < end)
        {
            reader.Step();
            if (MpegFrame.TryRead(reader.Some(at, 4)) is not { } frame || (first is { } one && (frame.Rate != one.Rate || frame.Layer != one.Layer)))
            {
                at = PastPadding(at, end);
                continue;
            }

            if (frame.Length > end - at)
            {
                throw WalkStoppedException.Broken("frame", at, "cut-off");
            }

            if (first is null)
            {
                first = frame;
                at += frame.Length;
                if (IsIndex(at - frame.Length, frame))
                {
                    continue;
                }
            }
            else
            {
                at += frame.Length;
            }

            isVariable |= frame.BitRate != first.Value.BitRate;
            _frames++;
            _samples += frame.Samples;
        }

        Finish(first, isVariable, end);
    }

    // Behind an ID3 tag there may be AAC or FLAC; and a free bit rate tells no lengths.
    private static bool IsOther(ReadOnlySpan<byte> start) =>
        start.Length == 4 && (start.StartsWith("fLaC"u8) || start.StartsWith("ADIF"u8)
            || (start[0] == 0xFF && ((start[1] & 0xF6) == 0xF0 || ((start[1] & 0xE0) == 0xE0 && start[2] >> 4 == 0))));

    private void Finish(MpegFrame? first, bool isVariable, long end)
    {
        if (first is not { } frame)
        {
            throw WalkStoppedException.Broken("frame", end, "missing-part");
        }

        SoundFacts.Shape(notes, frame.Rate, frame.Channels, 0);
        SoundFacts.Duration(notes, _samples, frame.Rate);
        notes.Set("codecs", ["mp" + frame.Layer.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        notes.Set("variable-bit-rate", isVariable);

        // Writers differ in whether the frame that holds the index counts itself.
        if (_declared >= 0 && _frames < _declared - 1)
        {
            throw WalkStoppedException.Broken("frame", end, "cut-off");
        }
    }

    // The first frame may be silent and hold the number of frames: Xing or Info behind the side information, or VBRI.
    private bool IsIndex(long at, MpegFrame frame)
    {
        var bytes = reader.Some(at, Math.Min(frame.Length, 64));
        var place = 4 + (frame.IsFirst ? (frame.Channels == 1 ? 17 : 32) : frame.Channels == 1 ? 9 : 17);
        if (bytes.Length >= place + 12 && (bytes[place..].StartsWith("Xing"u8) || bytes[place..].StartsWith("Info"u8)))
        {
            _declared = (reader.Big32(at + place + 4) & 1) != 0 ? reader.Big32(at + place + 8) : -1;
            return true;
        }

        if (bytes.Length >= 54 && bytes[36..].StartsWith("VBRI"u8))
        {
            _declared = reader.Big32(at + 36 + 14);
            return true;
        }

        return false;
    }

    private long PastTags(long at)
    {
        while (reader.Some(at, 10) is { Length: 10 } tag && tag.StartsWith("ID3"u8))
        {
            reader.Step();
            var length = ((tag[6] & 0x7F) << 21) | ((tag[7] & 0x7F) << 14) | ((tag[8] & 0x7F) << 7) | (tag[9] & 0x7F);
            var end = at + 10 + length + ((tag[5] & 0x10) != 0 ? 10 : 0);
            notes.Set("tags", "ID3v2." + tag[3].ToString(System.Globalization.CultureInfo.InvariantCulture));
            reader.Demand("ID3", at, end - at);
            at = end;
        }

        return at;
    }

    private long BeforeTags()
    {
        var end = reader.Length;
        if (reader.Some(end - 128, 3).SequenceEqual("TAG"u8))
        {
            end -= 128;
        }

        // An APE tag: its length counts the footer, and a header stands before it when bit 31 says so.
        if (reader.Some(end - 32, 8).SequenceEqual("APETAGEX"u8))
        {
            var length = reader.Little32(end - 20) + ((reader.Little32(end - 12) & 0x80000000) != 0 ? 32 : 0);
            end = length <= end ? end - length : throw WalkStoppedException.Broken("APE", end - 32, "bad-header");
        }

        return end;
    }

    // Zeros fill up to the end or to a tag; anything else is no sound.
    private long PastPadding(long at, long end)
    {
        var from = at;
        while (at < end && reader.U8(at) == 0)
        {
            at++;
        }

        return at == end ? end
            : reader.Some(at, 3).SequenceEqual("ID3"u8) ? PastTags(at)
            : at > from && _frames == 0 ? at
            : throw WalkStoppedException.Broken("frame", from, "lost-sync");
    }
}
