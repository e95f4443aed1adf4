using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Images;

/// <summary>WebP (RFC 9649): the chunks are walked to the end of the file. There is no decoder here, and none is pretended.</summary>
internal static class WebPImage
{
    /// <summary>Walks the chunks.</summary>
    public static void Read(PlacedReader reader, ExaminationNotes notes)
    {
        var end = reader.Little32(4) + 8;
        reader.Demand("RIFF", 0, end);
        var (frames, hasPicture) = (0, false);
        for (var at = 12L; at < end;)
        {
            reader.Step();
            var (kind, length) = (reader.Letters(at, 4), reader.Little32(at + 4));
            reader.Demand(kind, at, length + 8);
            if (at + 8 + length > end)
            {
                throw WalkStoppedException.Broken(kind, at, "beyond-parent");
            }

            ReadChunk(reader, notes, kind, at + 8, length);
            frames += kind == "ANMF" ? 1 : 0;
            hasPicture |= kind is "VP8 " or "VP8L" or "ANMF";
            at += 8 + length + (length & 1);
        }

        if (!hasPicture)
        {
            throw WalkStoppedException.Broken("VP8", end, "missing-part");
        }

        if (frames > 0)
        {
            notes.Set("frames", frames);
        }

        notes.Set("decoded", false);
        notes.NotCheckable("not-decoded");
        ImageFacts.Trailing(notes, reader.Length - end - (end & 1));
    }

    private static void ReadChunk(PlacedReader reader, ExaminationNotes notes, string kind, long at, long length)
    {
        switch (kind)
        {
            case "VP8X" when length >= 10:
                notes.Set("width", 1 + (reader.Little32(at + 4) & 0xFFFFFF));
                notes.Set("height", 1 + (reader.Little32(at + 6) >> 8));
                break;
            case "VP8 " when length >= 10:
                if (reader.U8(at + 3) != 0x9D || reader.U8(at + 4) != 0x01 || reader.U8(at + 5) != 0x2A)
                {
                    throw WalkStoppedException.Broken(kind, at, "bad-header");
                }

                Describe(notes, reader.Little16(at + 6) & 0x3FFF, reader.Little16(at + 8) & 0x3FFF, "vp8");
                break;
            case "VP8L" when length >= 5:
                if (reader.U8(at) != 0x2F)
                {
                    throw WalkStoppedException.Broken(kind, at, "bad-header");
                }

                var bits = reader.Little32(at + 1);
                Describe(notes, 1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF), "vp8-lossless");
                break;
            case "ICCP":
                ImageFacts.Profile(notes, reader.Content, at, length);
                break;
            case "EXIF":
                Exif.Read(reader.Content.ReadBytes(at, (int)Math.Min(length, 1 << 20)), notes, reader.Cancellation);
                break;
        }
    }

    private static void Describe(ExaminationNotes notes, long width, long height, string compression)
    {
        notes.Set("width", width);
        notes.Set("height", height);
        notes.Set("bits-per-sample", 8);
        notes.Set("compression", compression);
        notes.Set("colour-model", compression == "vp8" ? "YCbCr" : "RGBA");
    }
}
