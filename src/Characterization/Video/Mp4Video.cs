using Lantai.Characterization.Examination;
using Lantai.Characterization.Sound;

namespace Lantai.Characterization.Video;

/// <summary>MP4, QuickTime and kin (ISO/IEC 14496-12): the boxes within their bounds, and chunks of media that lie in the file.</summary>
internal sealed class Mp4Video(PlacedReader reader, ExaminationNotes notes)
{
    private const int MostDepth = 12;
    private const int MostChunks = 4_000_000;

    private readonly VideoFacts _facts = new();
    private string _handler = "";
    private bool _hasMovie;
    private bool _hasMeta;
    private bool _hasMedia;
    private long _scale;

    /// <summary>Walks the boxes.</summary>
    public void Read()
    {
        Walk(0, reader.Length, 0);
        _facts.NoteIn(notes);

        // HEIF keeps pictures in a meta box of its own, without a movie.
        if (!_hasMovie && !_hasMeta)
        {
            throw WalkStoppedException.Broken("moov", reader.Length, "missing-part");
        }

        if (!_hasMedia)
        {
            throw WalkStoppedException.Broken("mdat", reader.Length, "missing-part");
        }
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
            var (length, kind, body) = (reader.Big32(at), VideoFacts.Letters(reader.At(at + 4, 4)), at + 8);
            if (length == 1)
            {
                (length, body) = (reader.Big64(at + 8), at + 16);
            }
            else if (length == 0)
            {
                // At the top it says to the end of the file; in user data of QuickTime four zeros end the list.
                length = depth == 0 || kind == "mdat" ? end - at : 0;
                if (length == 0)
                {
                    return;
                }
            }

            if (length < body - at)
            {
                throw WalkStoppedException.Broken(kind, at, "bad-header");
            }

            if (length > end - at)
            {
                throw WalkStoppedException.Broken(kind, at, depth == 0 ? "cut-off" : "beyond-parent");
            }

            ReadBox(kind, body, at + length, depth);
            at += length;
        }

        if (depth == 0 && at < end)
        {
            throw WalkStoppedException.Broken("box", at, "cut-off");
        }
    }

    private void ReadBox(string kind, long at, long end, int depth)
    {
        switch (kind)
        {
            case "moov":
                _hasMovie = true;
                Walk(at, end, depth + 1);
                break;
            case "meta" when depth == 0:
                _hasMeta = true;
                break;
            case "mdat" or "idat":
                _hasMedia = true;
                break;
            case "trak":
                _handler = "";
                Walk(at, end, depth + 1);
                break;
            case "mdia" or "minf" or "stbl" or "moof" or "traf":
                Walk(at, end, depth + 1);
                break;
            case "mvhd":
                ReadMovie(at, end);
                break;
            case "tkhd" when end - at >= 84:
                VideoFacts.Size(notes, reader.Big32(end - 8) >> 16, reader.Big32(end - 4) >> 16);
                break;
            case "hdlr" when end - at >= 12 && _handler.Length == 0:
                _handler = reader.Letters(at + 8, 4);
                break;
            case "stsd" when end - at >= 16:
                ReadSample(at + 8, end);
                break;
            case "stco":
                CheckChunks(at, end, 4);
                break;
            case "co64":
                CheckChunks(at, end, 8);
                break;
            case "ftyp" when end - at >= 4:
                notes.Set("brand", VideoFacts.Letters(reader.At(at, 4)));
                break;
        }
    }

    private void ReadMovie(long at, long end)
    {
        var isWide = end - at >= 28 && reader.U8(at) == 1;
        if (end - at < 20)
        {
            throw WalkStoppedException.Broken("mvhd", at, "bad-header");
        }

        _scale = reader.Big32(at + (isWide ? 20 : 12));
        notes.Set("timescale", _scale);
        SoundFacts.Duration(notes, isWide ? reader.Big64(at + 24) : reader.Big32(at + 16), _scale);
    }

    private void ReadSample(long at, long end)
    {
        var (length, codec) = (reader.Big32(at), VideoFacts.Letters(reader.At(at + 4, 4)));
        if (length > end - at)
        {
            throw WalkStoppedException.Broken("stsd", at, "beyond-parent");
        }

        _facts.Track(_handler switch { "vide" => "video", "soun" => "audio", "text" or "sbtl" or "subt" => "text", _ => "other" }, codec);
        if (codec is "encv" or "enca" or "enct" or "encs" or "drmi" or "drms")
        {
            notes.Encrypted("drm", WalkStoppedException.Place(codec, at));
        }

        if (_handler == "vide" && length >= 36)
        {
            VideoFacts.Size(notes, reader.Big16(at + 32), reader.Big16(at + 34));
        }
        else if (_handler == "soun" && length >= 36)
        {
            SoundFacts.Shape(notes, reader.Big32(at + 32) >> 16, reader.Big16(at + 24), reader.Big16(at + 26));
        }
    }

    private void CheckChunks(long at, long end, int size)
    {
        var count = reader.Big32(at + 4);
        if (count > (end - at - 8) / size)
        {
            throw WalkStoppedException.Broken("stco", at, "beyond-parent");
        }

        if (count > MostChunks)
        {
            throw WalkStoppedException.NotCheckable("too-many-parts");
        }

        for (var i = 0; i < count; i++)
        {
            var place = at + 8 + ((long)i * size);
            if ((size == 4 ? reader.Big32(place) : reader.Big64(place)) >= reader.Length)
            {
                throw WalkStoppedException.Broken("stco", place, "cut-off");
            }
        }
    }
}
