using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Images;

/// <summary>BMP: the header, and all rows; run-length codes are walked to the end of the bitmap.</summary>
internal sealed class BmpImage(PlacedReader reader, ExaminationNotes notes, ExaminationLimits limits)
{
    private const int FileHeader = 14;
    private const double InchesInAMetre = 1 / 0.0254;

    /// <summary>Reads the file to its end.</summary>
    public void Read()
    {
        var (header, start) = (reader.Little32(FileHeader), reader.Little32(10));
        var isOld = header == 12;
        if (!isOld && header is < 16 or > 4096)
        {
            throw WalkStoppedException.Broken("header", FileHeader, "bad-header");
        }

        reader.Demand("header", FileHeader, header);
        var width = isOld ? reader.Little16(18) : unchecked((int)reader.Little32(18));
        var height = isOld ? reader.Little16(20) : Math.Abs((long)unchecked((int)reader.Little32(22)));
        var bits = reader.Little16(isOld ? 24 : 28);
        var kind = isOld || header < 20 ? 0 : reader.Little32(30);
        Describe(header, bits, kind);
        ImageFacts.Size(notes, limits, "header", width, height);
        if (bits is not (1 or 2 or 4 or 8 or 16 or 24 or 32) || start < FileHeader + header)
        {
            throw WalkStoppedException.Broken("header", FileHeader, "bad-header");
        }

        var end = kind switch
        {
            0 or 3 or 6 => start + ((((width * (long)bits) + 31) / 32) * 4 * height),
            1 or 2 => new BmpRuns(reader, start, width, height, isNarrow: kind == 2).Read(),
            _ => throw WalkStoppedException.NotCheckable("not-decoded"),
        };
        reader.Demand("pixels", start, end - start);
        notes.Readable();

        // A colour profile stands behind the pixels (BITMAPV5HEADER).
        var profile = header >= 124 ? reader.Little32(FileHeader + 112) + reader.Little32(FileHeader + 116) + FileHeader : 0;
        ImageFacts.Trailing(notes, reader.Length - Math.Max(Math.Max(end, profile), Math.Min(reader.Little32(2), reader.Length)));
    }

    private void Describe(long header, int bits, long kind)
    {
        notes.Set("bits-per-sample", bits is 24 or 32 ? 8 : bits == 16 ? 5 : bits);
        notes.Set("samples", bits <= 8 ? 1 : bits == 32 ? 4 : 3);
        notes.Set("colour-model", bits <= 8 ? "palette" : "RGB");
        notes.Set("compression", kind switch { 0 or 3 or 6 => "none", 1 => "rle8", 2 => "rle4", 4 => "jpeg", 5 => "png", _ => "unknown" });
        if (header >= 40)
        {
            ImageFacts.Resolution(notes, reader.Little32(38) / InchesInAMetre, reader.Little32(42) / InchesInAMetre);
        }

        if (header >= 124 && reader.Little32(FileHeader + 116) is > 0 and var length && FileHeader + reader.Little32(FileHeader + 112) is var at && at < reader.Length)
        {
            ImageFacts.Profile(notes, reader.Content, at, length);
        }
    }
}

/// <summary>The runs of a packed BMP: where the bitmap ends, and that no run leaves it.</summary>
internal sealed class BmpRuns(PlacedReader reader, long start, long width, long height, bool isNarrow)
{
    /// <summary>Walks the runs; returns the place after the end of the bitmap.</summary>
    public long Read()
    {
        var (at, x, y) = (start, 0L, 0L);
        while (true)
        {
            reader.Step();
            var pair = reader.At(at, 2);
            var (count, value) = (pair[0], pair[1]);
            at += 2;
            if (count > 0)
            {
                x += count;
            }
            else if (value == 0)
            {
                (x, y) = (0, y + 1);
            }
            else if (value == 1)
            {
                return at;
            }
            else if (value == 2)
            {
                (x, y) = (x + reader.U8(at), y + reader.U8(at + 1));
                at += 2;
            }
            else
            {
                x += value;
                at += (((isNarrow ? (value + 1) / 2 : value) + 1) / 2) * 2;
            }

            // Writers fill a row beyond its end up to a whole byte or word, and end the last row before the bitmap.
            if (x > width + 4 || y > height)
            {
                throw WalkStoppedException.Broken("pixels", at, "too-much");
            }
        }
    }
}
