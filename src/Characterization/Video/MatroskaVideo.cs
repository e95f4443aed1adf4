using System.Buffers.Binary;
using System.Text;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Sound;

namespace Lantai.Characterization.Video;

/// <summary>Matroska and WebM (RFC 9559) in EBML (RFC 8794): the elements within their bounds to the end of the file.</summary>
internal sealed class MatroskaVideo(PlacedReader reader, ExaminationNotes notes)
{
    private const int MostDepth = 10;
    private const long Open = -1;

    private const long Head = 0x1A45DFA3;
    private const long Segment = 0x18538067;
    private const long Cluster = 0x1F43B675;
    private const long Facts = 0x1549A966;
    private const long Tracks = 0x1654AE6B;
    private const long Track = 0xAE;
    private const long Sound = 0xE1;
    private const long Picture = 0xE0;
    private const long Codings = 0x6D80;
    private const long Coding = 0x6240;
    private const long Encryption = 0x5035;

    private readonly VideoFacts _facts = new();
    private long _scale = 1_000_000;
    private double _duration;
    private string _kind = "other";
    private string _codec = "";
    private bool _hasSegment;
    private bool _hasTracks;

    /// <summary>Walks the elements.</summary>
    public void Read()
    {
        Walk(0, reader.Length, 0);
        _facts.NoteIn(notes);
        if (_duration * _scale / 1e6 is > 0 and < 1e15 and var milliseconds)
        {
            notes.Set("duration-ms", (long)Math.Round(milliseconds));
        }

        if (!_hasSegment || !_hasTracks)
        {
            throw WalkStoppedException.Broken(_hasSegment ? "Tracks" : "Segment", reader.Length, "missing-part");
        }
    }

    private void Walk(long at, long end, int depth)
    {
        if (depth > MostDepth)
        {
            throw WalkStoppedException.NotCheckable("too-deep");
        }

        while (at < end)
        {
            reader.Step();
            var (id, afterId) = Number(at, keepsMark: true);
            var (length, body) = Number(afterId, keepsMark: false);
            if (length == Open)
            {
                // Live writers know no length: what follows is read as if it stood beside.
                if (id is not (Segment or Cluster))
                {
                    throw WalkStoppedException.Broken(Name(id), at, "bad-header");
                }

                _hasSegment |= id == Segment;
                at = body;
                continue;
            }

            if (length > end - body)
            {
                throw WalkStoppedException.Broken(Name(id), at, end == reader.Length ? "cut-off" : "beyond-parent");
            }

            ReadElement(id, body, body + length, depth);
            at = body + length;
        }
    }

    private void ReadElement(long id, long at, long end, int depth)
    {
        switch (id)
        {
            case Track:
                (_kind, _codec) = ("other", "");
                Walk(at, end, depth + 1);
                _facts.Track(_kind, _codec);
                break;
            case Head or Segment or Facts or Tracks or Sound or Picture or Codings or Coding:
                _hasSegment |= id == Segment;
                _hasTracks |= id == Tracks;
                Walk(at, end, depth + 1);
                break;
            case Encryption:
                notes.Encrypted("drm", WalkStoppedException.Place("ContentEncryption", at));
                break;
            default:
                ReadValue(id, at, end - at);
                break;
        }
    }

    private void ReadValue(long id, long at, long length)
    {
        switch (id)
        {
            case 0x2AD7B1:
                _scale = Whole(at, length);
                break;
            case 0x4489:
                _duration = Fraction(at, length);
                break;
            case 0x83:
                _kind = Whole(at, length) switch { 1 => "video", 2 => "audio", 17 => "text", _ => "other" };
                break;
            case 0x86:
                _codec = Letters(at, length);
                break;
            case 0xB0:
                notes.Set("width", Whole(at, length));
                break;
            case 0xBA:
                notes.Set("height", Whole(at, length));
                break;
            case 0xB5:
                SoundFacts.Shape(notes, Fraction(at, length) is > 0 and < 1e7 and var rate ? (long)rate : 0, 0, 0);
                break;
            case 0x9F:
                SoundFacts.Shape(notes, 0, Whole(at, length), 0);
                break;
            case 0x6264:
                SoundFacts.Shape(notes, 0, 0, Whole(at, length));
                break;
            case 0x4282:
                notes.Set("container", Letters(at, length));
                break;
            case 0x5741:
                notes.Set("creating-program", Letters(at, length));
                break;
        }
    }

    // A number whose first set bit tells its length; all other bits set say that the length is not known.
    private (long Value, long After) Number(long at, bool keepsMark)
    {
        var first = reader.U8(at);
        var length = first == 0 ? 9 : int.LeadingZeroCount(first) - 23;
        if (length > (keepsMark ? 4 : 8))
        {
            throw WalkStoppedException.Broken("element", at, "lost-sync");
        }

        long value = keepsMark ? first : first & ((1 << (8 - length)) - 1);
        foreach (var one in reader.At(at, length)[1..])
        {
            value = (value << 8) | one;
        }

        return (!keepsMark && value == (1L << (7 * length)) - 1 ? Open : value, at + length);
    }

    private long Whole(long at, long length)
    {
        var value = 0L;
        foreach (var one in reader.At(at, (int)Math.Min(length, 7)))
        {
            value = (value << 8) | one;
        }

        return value;
    }

    private double Fraction(long at, long length) => length switch
    {
        4 => BinaryPrimitives.ReadSingleBigEndian(reader.At(at, 4)),
        8 => BinaryPrimitives.ReadDoubleBigEndian(reader.At(at, 8)),
        _ => 0,
    };

    private string Letters(long at, long length) => Encoding.UTF8.GetString(reader.At(at, (int)Math.Min(length, 200))).TrimEnd('\0');

    private static string Name(long id) => id.ToString("X", System.Globalization.CultureInfo.InvariantCulture);
}
