using Lantai.Characterization.Examination;
using Lantai.Characterization.Images;
using Lantai.Characterization.Sound;

namespace Lantai.Characterization.Video;

/// <summary>AVI in RIFF, OpenDML parts included: the tree within its bounds, and an index that stays in the file.</summary>
internal sealed class AviVideo(PlacedReader reader, ExaminationNotes notes)
{
    private const int MostDepth = 8;

    private readonly VideoFacts _facts = new();
    private long _movie = -1;
    private long _movieEnd;
    private bool _hasHeader;
    private string _kind = "";

    /// <summary>Walks the tree.</summary>
    public void Read()
    {
        var at = 0L;
        while (reader.Length - at >= 12 && reader.Letters(at, 4) == "RIFF" && reader.Letters(at + 8, 4) is "AVI " or "AVIX")
        {
            reader.Step();
            var end = at + 8 + reader.Little32(at + 4);
            reader.Demand("RIFF", at, end - at);
            Walk(at + 12, end, 1);
            at = end + (end & 1);
        }

        if (!_hasHeader || _movie < 0)
        {
            throw WalkStoppedException.Broken(_hasHeader ? "movi" : "avih", reader.Length, "missing-part");
        }

        _facts.NoteIn(notes);
        ImageFacts.Trailing(notes, reader.Length - at);
    }

    private void Walk(long at, long end, int depth)
    {
        if (depth > MostDepth)
        {
            throw WalkStoppedException.NotCheckable("too-deep");
        }

        while (end - at >= 8)
        {
            reader.Step();
            var (kind, length) = (reader.Letters(at, 4), reader.Little32(at + 4));
            if (length > end - at - 8)
            {
                throw WalkStoppedException.Broken(kind, at, "beyond-parent");
            }

            if (kind == "LIST" && length >= 4)
            {
                ReadList(reader.Letters(at + 8, 4), at + 12, at + 8 + length, depth);
            }
            else
            {
                ReadChunk(kind, at + 8, length);
            }

            at += 8 + length + (length & 1);
        }
    }

    private void ReadList(string kind, long at, long end, int depth)
    {
        if (kind == "movi")
        {
            // The pictures follow one another here: their index is looked at instead.
            (_movie, _movieEnd) = _movie < 0 ? (at, end) : (_movie, _movieEnd);
        }
        else
        {
            Walk(at, end, depth + 1);
        }
    }

    private void ReadChunk(string kind, long at, long length)
    {
        switch (kind)
        {
            case "avih" when length >= 40:
                _hasHeader = true;
                var (interval, frames) = (reader.Little32(at), reader.Little32(at + 16));
                VideoFacts.Size(notes, reader.Little32(at + 32), reader.Little32(at + 36));

                // Two numbers of 32 bits: a product that a long does not hold is no duration.
                SoundFacts.Duration(notes, interval > 0 && frames <= long.MaxValue / interval ? frames * interval : 0, 1_000_000);
                VideoFacts.FrameRate(notes, interval > 0 ? 1e6 / interval : 0);
                break;
            case "strh" when length >= 48:
                _kind = reader.Letters(at, 4);
                break;
            case "strf" when length >= 16:
                ReadFormat(at, length);
                break;
            case "idx1":
                ReadIndex(at, length);
                break;
            case "ISFT":
                notes.Set("creating-program", reader.Letters(at, (int)Math.Min(length, 200)).TrimEnd('\0'));
                break;
        }
    }

    private void ReadFormat(long at, long length)
    {
        if (_kind == "vids" && length >= 20)
        {
            _facts.Track("video", reader.Little32(at + 16) == 0 ? "rgb" : VideoFacts.Letters(reader.At(at + 16, 4)));
        }
        else if (_kind == "auds")
        {
            _facts.Track("audio", reader.Little16(at) switch { 1 => "pcm", 0x50 => "mp2", 0x55 => "mp3", 0xFF => "aac", 0x2000 => "ac3", var other => other.ToString("X4", System.Globalization.CultureInfo.InvariantCulture) });
            SoundFacts.Shape(notes, reader.Little32(at + 4), reader.Little16(at + 2), reader.Little16(at + 14));
        }
        else
        {
            _facts.Track(_kind == "txts" ? "text" : "other", "");
        }
    }

    // Places count from the list or from the start of the file, as writers pleased.
    private void ReadIndex(long at, long length)
    {
        if (length < 16 || _movie < 0)
        {
            return;
        }

        var last = at + (((length / 16) - 1) * 16);
        var (place, size) = (reader.Little32(last + 8), reader.Little32(last + 12));
        if (place + size > Math.Max(_movieEnd, _movieEnd - _movie + 16))
        {
            throw WalkStoppedException.Broken("idx1", last, "beyond-parent");
        }
    }
}
