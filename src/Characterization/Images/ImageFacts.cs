using System.Globalization;
using System.Text;
using Lantai.Characterization.Examination;
using Lantai.Words;

namespace Lantai.Characterization.Images;

/// <summary>What is said of all images in the same words.</summary>
internal static class ImageFacts
{
    private const double CentimetresInAnInch = 2.54;
    private const int MostProfile = 1 << 20;

    /// <summary>Notes width and height in pixels; nothing is decoded that has more of them than is allowed.</summary>
    public static void Size(ExaminationNotes notes, ExaminationLimits limits, string part, long width, long height)
    {
        notes.Set("width", width);
        notes.Set("height", height);
        if (width <= 0 || height <= 0)
        {
            throw WalkStoppedException.Broken(part, "no-pixels");
        }

        if (width > limits.MaxPixels || height > limits.MaxPixels / width)
        {
            throw WalkStoppedException.NotCheckable("too-many-pixels");
        }
    }

    /// <summary>Notes a resolution in dots per inch.</summary>
    public static void Resolution(ExaminationNotes notes, double x, double y, bool isByCentimetre = false)
    {
        var factor = isByCentimetre ? CentimetresInAnInch : 1;
        if (double.IsFinite(x) && double.IsFinite(y) && x is > 0 and < 1e6 && y is > 0 and < 1e6)
        {
            notes.Set("dpi-x", Number(x * factor));
            notes.Set("dpi-y", Number(y * factor));
        }
    }

    /// <summary>Notes bytes after the end of an image (FMT-160): they are no part of what anybody sees.</summary>
    public static void Trailing(ExaminationNotes notes, long count)
    {
        if (count > 0)
        {
            notes.Set("trailing-bytes", count);
            notes.Tell(Finding.Information("FMT-160", notes.Subject, ("count", count.ToString(CultureInfo.InvariantCulture))));
        }
    }

    /// <summary>Notes a colour profile: its description (ICC.1 §9.2.41), or that there is one.</summary>
    public static void Profile(ExaminationNotes notes, ReadOnlySpan<byte> profile) => notes.Set("colour-profile", NameOf(profile) ?? "icc");

    /// <summary>Notes a colour profile that lies in the file.</summary>
    public static void Profile(ExaminationNotes notes, FileContent content, long offset, long length) =>
        Profile(notes, content.ReadBytes(offset, (int)Math.Clamp(length, 0, MostProfile)));

    private static string? NameOf(ReadOnlySpan<byte> profile)
    {
        if (profile.Length < 132)
        {
            return null;
        }

        var count = Math.Min(Big(profile, 128), 100);
        for (var i = 0; i < count && 144 + (12 * i) <= profile.Length; i++)
        {
            var entry = profile[(132 + (12 * i))..];
            var (offset, length) = (Big(entry, 4), Big(entry, 8));
            if (entry.StartsWith("desc"u8) && offset <= profile.Length && length <= profile.Length - offset)
            {
                return Description(profile.Slice((int)offset, (int)length));
            }
        }

        return null;
    }

    private static string? Description(ReadOnlySpan<byte> tag)
    {
        if (tag.Length >= 12 && tag.StartsWith("desc"u8))
        {
            return Encoding.Latin1.GetString(tag.Slice(12, (int)Math.Min(Big(tag, 8), tag.Length - 12))).TrimEnd('\0');
        }

        if (tag.Length >= 28 && tag.StartsWith("mluc"u8) && Big(tag, 24) is var offset && Big(tag, 20) is var length && offset <= tag.Length && length <= tag.Length - offset)
        {
            return Encoding.BigEndianUnicode.GetString(tag.Slice((int)offset, (int)length)).TrimEnd('\0');
        }

        return null;
    }

    private static long Big(ReadOnlySpan<byte> bytes, int offset) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..]);

    private static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
