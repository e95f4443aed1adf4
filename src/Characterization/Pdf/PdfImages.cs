using System.Buffers.Binary;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.Pdf;

/// <summary>Counts images, notes their codecs and colour spaces, and whether their content is as large as they say.</summary>
internal sealed class PdfImages(PdfObjects objects, PdfMarks marks)
{
    private readonly SortedSet<string> _codecs = new(StringComparer.Ordinal);
    private long _count;

    /// <summary>Looks at an image.</summary>
    public void LookAt(DictionaryToken image, UnpackedPart content, string place)
    {
        _count++;
        var space = ColourSpace(image);
        marks.Colour(space.Name);
        if (content.Codec is { } codec && _codecs.Count < 64)
        {
            _ = _codecs.Add(codec);
        }

        if (objects.Number(image, "Width") is not (>= 1 and < int.MaxValue and var width) || objects.Number(image, "Height") is not (>= 1 and < int.MaxValue and var height))
        {
            marks.Odd(place, "pdf-image-size");
            return;
        }

        var isAsSaid = content.Codec switch
        {
            null => HasBytes(image, content, space.Components, (long)width, (long)height),
            "DCTDecode" or "DCT" => JpegSize(content.Bytes.Span) is not { } size || size == ((int)width, (int)height),
            _ => true,
        };
        if (!isAsSaid)
        {
            marks.Odd(place, "pdf-image-size");
        }
    }

    /// <summary>Sets the properties.</summary>
    public void Tell()
    {
        marks.Set("images", _count);
        marks.Set("image-codecs", _codecs);
    }

    private bool HasBytes(DictionaryToken image, UnpackedPart content, int components, long width, long height)
    {
        var isMask = objects.Get(image, "ImageMask") is BooleanToken { Data: true };
        var bits = isMask ? 1 : objects.Number(image, "BitsPerComponent") is >= 1 and <= 16 and var said ? (long)said : 0;
        var samples = isMask ? 1 : components;
        return content.IsDamaged || bits * samples == 0 || content.Bytes.Length >= (((width * samples * bits) + 7) / 8) * (double)height;
    }

    private (string? Name, int Components) ColourSpace(DictionaryToken image)
    {
        var given = objects.Get(image, "ColorSpace");
        var parts = given as ArrayToken;
        var name = ((parts is { Length: > 0 } ? objects.Resolve(parts[0]) : given) as NameToken)?.Data;
        return (name, name switch
        {
            "DeviceGray" or "CalGray" or "Indexed" or "Separation" => 1,
            "DeviceRGB" or "CalRGB" or "Lab" => 3,
            "DeviceCMYK" => 4,
            "ICCBased" when parts!.Length > 1 => (int)Math.Clamp(objects.Number(objects.Dictionary(parts[1]), "N") ?? 0, 0, 4),
            "DeviceN" when parts!.Length > 1 && objects.Resolve(parts[1]) is ArrayToken { Length: <= 64 } inks => inks.Length,
            _ => 0,
        });
    }

    // The frame header of a JPEG: FF C0 to FF CF but for C4, C8 and CC (ITU-T T.81, B.2.2).
    private static (int Width, int Height)? JpegSize(ReadOnlySpan<byte> bytes)
    {
        for (var at = 2; at + 9 <= bytes.Length && bytes[at] == 0xFF;)
        {
            var mark = bytes[at + 1];
            if (mark is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            }

            at += mark == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }

        return null;
    }
}
