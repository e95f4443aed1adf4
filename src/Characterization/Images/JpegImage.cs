using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Images;

/// <summary>JPEG (ITU-T T.81): the markers are walked to the end of the image, then the image is decoded.</summary>
internal sealed class JpegImage(PlacedReader reader, ExaminationNotes notes, ExaminationLimits limits)
{
    private const int MostScans = 1000;
    private const int MostProfile = 4 << 20;

    // Much less than the window: else every mark in a scan would fill the window anew.
    private const int Ahead = 1 << 12;

    private readonly List<byte> _profile = [];
    private int _frame = -1;
    private int _scans;
    private int _adobe = -1;
    private bool _hasExif;
    private bool _isInParts;
    private JpegFrame _shape;

    /// <summary>Reads the file to its end.</summary>
    public void Read()
    {
        var end = Walk(2);
        if (_frame < 0 || _scans == 0)
        {
            throw WalkStoppedException.Broken("SOF", end, "missing-part");
        }

        Describe();
        if (_shape.Height > 0)
        {
            ImageFacts.Size(notes, limits, "SOF", _shape.Width, _shape.Height);
        }

        // Rows may be told after the first scan (T.81 B.2.5): nobody does, and the library cannot.
        if (!_shape.IsDecodable || _shape.Height == 0)
        {
            notes.NotCheckable("not-decoded");
        }
        else if (_shape.CoefficientBytes(_isInParts) > limits.MaxUnpacked)
        {
            throw WalkStoppedException.NotCheckable("too-many-pixels");
        }
        else
        {
            JpegDecoding.Read(reader);
            notes.Readable();
        }

        ImageFacts.Trailing(notes, reader.Length - end);
    }

    private long Walk(long at)
    {
        while (true)
        {
            reader.Step();
            if (reader.U8(at) != 0xFF)
            {
                throw WalkStoppedException.Broken("marker", at, "bad-header");
            }

            var marker = reader.U8(at + 1);
            if (marker == 0xD9)
            {
                return at + 2;
            }

            // Fill bytes, and markers that stand alone.
            if (marker is 0xFF or 0x01 or (>= 0xD0 and <= 0xD7))
            {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }

            var length = reader.Big16(at + 2);
            reader.Demand("marker", at, length + 2);
            if (length < 2 || marker is 0x00 or 0xD8)
            {
                throw WalkStoppedException.Broken("marker", at, "bad-header");
            }

            ReadSegment(marker, at + 4, length - 2);
            at += 2 + length;
            if (marker == 0xDA)
            {
                at = PastScan(at);
            }
        }
    }

    private long PastScan(long at)
    {
        if (++_scans > MostScans)
        {
            throw WalkStoppedException.NotCheckable("too-many-parts");
        }

        // In a scan a byte FF is data when 00 follows, and a restart when D0 to D7 follows.
        while (true)
        {
            var some = reader.Some(at, Ahead);
            if (some.Length < 2)
            {
                throw WalkStoppedException.Broken("SOS", at, "cut-off");
            }

            var mark = some[..^1].IndexOf((byte)0xFF);
            if (mark < 0)
            {
                at += some.Length - 1;
            }
            else if (some[mark + 1] is not 0x00 and not (>= 0xD0 and <= 0xD7) and not 0xFF)
            {
                return at + mark;
            }
            else
            {
                at += mark + (some[mark + 1] == 0xFF ? 1 : 2);
            }
        }
    }

    private void ReadSegment(int marker, long at, int length)
    {
        switch (marker)
        {
            case >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC when _frame < 0:
                _frame = marker - 0xC0;
                _shape = JpegFrame.Read(reader, _frame, at, length);
                break;
            case 0xDA when length >= 1:
                _isInParts |= reader.U8(at) < _shape.Components;
                break;
            case 0xE0 when length >= 12 && reader.At(at, 5).SequenceEqual("JFIF\0"u8) && reader.U8(at + 7) is 1 or 2:
                ImageFacts.Resolution(notes, reader.Big16(at + 8), reader.Big16(at + 10), reader.U8(at + 7) == 2);
                break;
            case 0xE1 when length > 6 && !_hasExif && reader.At(at, 6).SequenceEqual("Exif\0\0"u8):
                _hasExif = true;
                Exif.Read(reader.Content.ReadBytes(at + 6, length - 6), notes, reader.Cancellation);
                break;
            case 0xE2 when length > 14 && reader.At(at, 12).SequenceEqual("ICC_PROFILE\0"u8) && _profile.Count < MostProfile:
                _profile.AddRange(reader.Content.ReadBytes(at + 14, length - 14));
                break;
            case 0xEE when length >= 12 && reader.At(at, 5).SequenceEqual("Adobe"u8):
                _adobe = reader.U8(at + 11);
                break;
        }
    }

    private void Describe()
    {
        notes.Set("bits-per-sample", _shape.Bits);
        notes.Set("samples", _shape.Components);
        notes.Set("compression", "jpeg");
        notes.Set("jpeg-process", _shape.Process);
        notes.Set("colour-model", _shape.Components switch
        {
            1 => "grey",
            3 => _adobe == 0 ? "RGB" : "YCbCr",
            4 => _adobe == 2 ? "YCCK" : "CMYK",
            _ => null,
        });
        if (_profile.Count > 0)
        {
            ImageFacts.Profile(notes, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_profile));
        }
    }
}

/// <summary>The frame of a JPEG: its size and how it is coded.</summary>
/// <param name="Kind">Number of the frame marker, from 0.</param>
/// <param name="Bits">Bits of a sample.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows; 0 when they are told after the first scan.</param>
/// <param name="Components">Samples of a pixel.</param>
internal readonly record struct JpegFrame(int Kind, int Bits, int Width, int Height, int Components)
{
    /// <summary>Whether the library decodes it: sequential and progressive with Huffman codes and 8 bits.</summary>
    public bool IsDecodable => Kind <= 2 && Bits == 8 && Components is 1 or 3 or 4;

    /// <summary>Bytes that decoding holds at once: an image is kept as a whole until its last scan when it is progressive or a scan holds only some components.</summary>
    public long CoefficientBytes(bool isInParts) => Kind == 2 || isInParts ? (long)Width * Height * Components * 2 : (long)Width * Components * 64;

    /// <summary>How it is coded.</summary>
    public string Process => Kind switch { 0 => "baseline", 1 or 9 => "sequential", 2 or 10 => "progressive", 3 or 11 => "lossless", _ => "hierarchical" };

    /// <summary>Reads the segment of a frame.</summary>
    public static JpegFrame Read(PlacedReader reader, int kind, long at, int length)
    {
        if (length < 6)
        {
            throw WalkStoppedException.Broken("SOF", at, "bad-header");
        }

        return new JpegFrame(kind, reader.U8(at), reader.Big16(at + 3), reader.Big16(at + 1), reader.U8(at + 5));
    }
}
