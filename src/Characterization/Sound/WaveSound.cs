using System.Globalization;
using System.Text;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Images;

namespace Lantai.Characterization.Sound;

/// <summary>WAVE in RIFF, RF64 and BW64 (EBU Tech 3306, ITU-R BS.2088), BWF (EBU Tech 3285).</summary>
internal sealed class WaveSound(PlacedReader reader, ExaminationNotes notes)
{
    private const long Unknown = uint.MaxValue;

    private long _wideData = -1;
    private long _wideFile = -1;
    private long _bytesOfASecond;
    private long _blockLength;
    private long _data = -1;

    /// <summary>Walks the chunks.</summary>
    public void Read()
    {
        var isWide = reader.Letters(0, 4) is "RF64" or "BW64";
        var end = reader.Little32(4) + 8;
        if (isWide && reader.Some(12, 4).SequenceEqual("ds64"u8))
        {
            (_wideFile, _wideData) = (reader.Little64(20), reader.Little64(28));
            end = _wideFile < long.MaxValue - 8 ? _wideFile + 8 : long.MaxValue;
        }

        reader.Demand("RIFF", 0, end);
        for (var at = 12L; at < end && end - at >= 8;)
        {
            reader.Step();
            var (kind, length) = (reader.Letters(at, 4), reader.Little32(at + 4));
            length = kind == "data" && length == Unknown && isWide ? _wideData : length;
            if (length < 0 || length > end - at - 8)
            {
                throw WalkStoppedException.Broken(kind, at, end >= reader.Length ? "cut-off" : "beyond-parent");
            }

            ReadChunk(kind, at + 8, length);
            at += 8 + length + (length & 1);
        }

        Finish(end);
    }

    private void Finish(long end)
    {
        if (_blockLength == 0 || _data < 0)
        {
            throw WalkStoppedException.Broken(_data < 0 ? "data" : "fmt ", end, "missing-part");
        }

        SoundFacts.Duration(notes, _data, _bytesOfASecond);
        ImageFacts.Trailing(notes, reader.Length - end - (end & 1));
    }

    private void ReadChunk(string kind, long at, long length)
    {
        switch (kind)
        {
            case "fmt ":
                ReadFormat(at, length);
                break;
            case "data" when _data < 0:
                _data = length;
                break;
            case "bext" when length >= 348:
                notes.Set("bext", true);
                notes.Set("created", (Text(at + 320, 10) + " " + Text(at + 330, 8)).Trim());
                notes.Set("creating-program", Text(at + 256, 32));
                break;
            case "LIST" when length >= 4 && length <= 1 << 20 && reader.At(at, 4).SequenceEqual("INFO"u8):
                ReadList(at + 4, at + length);
                break;
        }
    }

    private void ReadFormat(long at, long length)
    {
        if (length < 16)
        {
            throw WalkStoppedException.Broken("fmt ", at, "bad-header");
        }

        var codec = reader.Little16(at);
        codec = codec == 0xFFFE && length >= 40 ? reader.Little16(at + 24) : codec;
        (_bytesOfASecond, _blockLength) = (reader.Little32(at + 8), reader.Little16(at + 12));
        SoundFacts.Shape(notes, reader.Little32(at + 4), reader.Little16(at + 2), reader.Little16(at + 14));
        notes.Set("codecs", [codec switch
        {
            1 => "pcm",
            2 => "adpcm",
            3 => "pcm-float",
            6 => "a-law",
            7 => "mu-law",
            0x11 => "ima-adpcm",
            0x50 => "mp2",
            0x55 => "mp3",
            _ => codec.ToString("X4", CultureInfo.InvariantCulture),
        }]);
        if (_blockLength == 0 || _bytesOfASecond == 0 || reader.Little16(at + 2) == 0)
        {
            throw WalkStoppedException.Broken("fmt ", at, "bad-header");
        }
    }

    private void ReadList(long at, long end)
    {
        while (end - at >= 8)
        {
            reader.Step();
            var (kind, length) = (reader.Letters(at, 4), reader.Little32(at + 4));
            if (length > end - at - 8)
            {
                throw WalkStoppedException.Broken(kind, at, "beyond-parent");
            }

            notes.Set("creating-program", kind == "ISFT" ? Text(at + 8, (int)Math.Min(length, 200)) : null);
            at += 8 + length + (length & 1);
        }
    }

    private string Text(long at, int most)
    {
        var bytes = reader.At(at, most);
        var end = bytes.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]).Trim();
    }
}
