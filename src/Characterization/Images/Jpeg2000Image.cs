using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Images;

/// <summary>
/// JPEG 2000 (ISO/IEC 15444-1): the boxes, and in the codestream all tile-parts to the end mark. There is no managed
/// decoder that is looked after, so it is told as not decoded.
/// </summary>
internal static class Jpeg2000Image
{
    /// <summary>Walks the file.</summary>
    public static void Read(PlacedReader reader, ExaminationNotes notes)
    {
        notes.Set("compression", "jpeg2000");
        notes.Set("decoded", false);
        if (reader.Big16(0) == 0xFF4F)
        {
            ImageFacts.Trailing(notes, reader.Length - ReadCodestream(reader, notes, 0, reader.Length));
        }
        else
        {
            ReadBoxes(reader, notes);
        }

        notes.NotCheckable("not-decoded");
    }

    private static void ReadBoxes(PlacedReader reader, ExaminationNotes notes)
    {
        var (hasHeader, hasCode) = (false, false);
        for (long at = 0; at < reader.Length;)
        {
            var (kind, body, end) = Box(reader, at, reader.Length);
            if (kind == "jp2h")
            {
                hasHeader = true;
                ReadHeader(reader, notes, body, end);
            }
            else if (kind == "jp2c")
            {
                hasCode = true;
                _ = ReadCodestream(reader, notes, body, end);
            }

            at = end;
        }

        if (!hasHeader || !hasCode)
        {
            throw WalkStoppedException.Broken(hasHeader ? "jp2c" : "jp2h", reader.Length, "missing-part");
        }
    }

    private static (string Kind, long Body, long End) Box(PlacedReader reader, long at, long limit)
    {
        reader.Step();
        var (length, kind, body) = (reader.Big32(at), reader.Letters(at + 4, 4), at + 8);
        if (length == 1)
        {
            (length, body) = (reader.Big64(at + 8), at + 16);
        }
        else if (length == 0)
        {
            length = limit - at;
        }

        if (length < body - at)
        {
            throw WalkStoppedException.Broken(kind, at, "bad-header");
        }

        if (length > limit - at)
        {
            throw WalkStoppedException.Broken(kind, at, limit == reader.Length ? "cut-off" : "beyond-parent");
        }

        return (kind, body, at + length);
    }

    private static void ReadHeader(PlacedReader reader, ExaminationNotes notes, long at, long end)
    {
        while (at < end)
        {
            var (kind, body, next) = Box(reader, at, end);
            switch (kind)
            {
                case "ihdr" when next - body >= 14:
                    notes.Set("samples", reader.Big16(body + 8));
                    break;
                case "pclr":
                    notes.Set("colour-model", "palette");
                    break;
                case "colr" when next - body >= 7 && reader.U8(body) == 1:
                    notes.Set("colour-model", reader.Big32(body + 3) switch { 12 => "CMYK", 14 => "Lab", 16 => "sRGB", 17 => "grey", 18 => "YCbCr", _ => null });
                    break;
                case "colr" when next - body > 3:
                    ImageFacts.Profile(notes, reader.Content, body + 3, next - body - 3);
                    break;
                case "res ":
                    ReadResolution(reader, notes, body, next);
                    break;
            }

            at = next;
        }
    }

    private static void ReadResolution(PlacedReader reader, ExaminationNotes notes, long at, long end)
    {
        while (at < end)
        {
            var (kind, body, next) = Box(reader, at, end);
            if (kind is "resc" or "resd" && next - body >= 10)
            {
                // Points in a metre, as a fraction and a power of ten; rows first.
                ImageFacts.Resolution(notes, InAMetre(reader, body + 4, body + 9) / 100, InAMetre(reader, body, body + 8) / 100, isByCentimetre: true);
            }

            at = next;
        }
    }

    private static double InAMetre(PlacedReader reader, long fraction, long power) =>
        reader.Big16(fraction) / (double)reader.Big16(fraction + 2) * Math.Pow(10, unchecked((sbyte)reader.U8(power)));

    private static long ReadCodestream(PlacedReader reader, ExaminationNotes notes, long start, long end)
    {
        if (reader.Big16(start) != 0xFF4F || reader.Big16(start + 2) != 0xFF51)
        {
            throw WalkStoppedException.Broken("SIZ", start, "missing-part");
        }

        ReadSize(reader, notes, start + 4);
        for (var at = start + 2; ;)
        {
            reader.Step();
            var marker = reader.Big16(at);
            if (marker == 0xFFD9)
            {
                return at + 2;
            }

            var length = (long)reader.Big16(at + 2);
            if (marker < 0xFF00 || length < 2)
            {
                throw WalkStoppedException.Broken("marker", at, "bad-header");
            }

            if (marker == 0xFF90)
            {
                // The length of a tile-part counts from its first mark; 0 says to the end of the codestream.
                var part = reader.Big32(at + 6);
                if (part is > 0 and < 14)
                {
                    throw WalkStoppedException.Broken("SOT", at, "bad-header");
                }

                length = part == 0 ? end - at - 4 : part - 2;
            }

            if (at + 2 + length > end)
            {
                throw WalkStoppedException.Broken("marker", at, "cut-off");
            }

            at += 2 + length;
        }
    }

    private static void ReadSize(PlacedReader reader, ExaminationNotes notes, long at)
    {
        var (width, height) = (reader.Big32(at + 4) - reader.Big32(at + 12), reader.Big32(at + 8) - reader.Big32(at + 16));
        if (width <= 0 || height <= 0)
        {
            throw WalkStoppedException.Broken("SIZ", at, "no-pixels");
        }

        notes.Set("width", width);
        notes.Set("height", height);
        notes.Set("samples", reader.Big16(at + 36));
        notes.Set("bits-per-sample", (reader.U8(at + 38) & 0x7F) + 1);
    }
}
