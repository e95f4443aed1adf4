using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Images;

/// <summary>What a camera or program wrote of itself (CIPA DC-008, Exif): program, camera, time, resolution, orientation.</summary>
internal static class Exif
{
    private const int Orientation = 274;
    private const int ResolutionX = 282;
    private const int ResolutionY = 283;
    private const int ResolutionUnit = 296;
    private const int Maker = 271;
    private const int Model = 272;
    private const int Program = 305;
    private const int Time = 306;
    private const int ExifDirectory = 34665;
    private const int OriginalTime = 36867;

    /// <summary>Reads a block of its own, which begins with a TIFF header. A bad block leaves the picture readable and is passed over.</summary>
    public static void Read(ReadOnlyMemory<byte> block, ExaminationNotes notes, CancellationToken cancellation)
    {
        var reader = new PlacedReader(FileContent.Of(block), cancellation);
        var mark = reader.Some(0, 4);
        var isLittle = mark.StartsWith("II"u8);
        if (mark.Length < 4 || !(isLittle || mark.StartsWith("MM"u8)))
        {
            return;
        }

        try
        {
            Read(reader, TiffDirectory.Read(reader, isLittle ? reader.Little32(4) : reader.Big32(4), isLittle, isBig: false), isLittle, isBig: false, notes);
        }
        catch (WalkStoppedException)
        {
            // Programs that know nothing of Exif cut such blocks when they edit: it says nothing of the picture.
            notes.Set("exif-damaged", true);
        }
    }

    /// <summary>Notes what a directory says.</summary>
    public static void Read(PlacedReader reader, TiffDirectory directory, bool isLittle, bool isBig, ExaminationNotes notes)
    {
        var unit = directory.Number(ResolutionUnit, 2);
        if (unit is 2 or 3)
        {
            ImageFacts.Resolution(notes, directory.Fraction(ResolutionX), directory.Fraction(ResolutionY), unit == 3);
        }

        if (directory.Number(Orientation, 0) is > 0 and < 9 and var orientation)
        {
            notes.Set("orientation", orientation);
        }

        notes.Set("creating-program", directory.Text(Program));
        notes.Set("camera", $"{directory.Text(Maker)} {directory.Text(Model)}".Trim());
        notes.Set("created", directory.Text(Time));
        if (directory.Number(ExifDirectory, 0) is > 0 and var place)
        {
            notes.Set("created", TiffDirectory.Read(reader, place, isLittle, isBig).Text(OriginalTime));
        }
    }
}
