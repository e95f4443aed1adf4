using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Images;

/// <summary>Still images: each is decoded to its end where there is a decoder, and told as not decoded where there is none.</summary>
internal sealed class ImageExaminer : IExaminer
{
    private const int Window = 1 << 16;

    /// <inheritdoc/>
    public IReadOnlyCollection<FileFamily> Families { get; } =
        [FileFamily.Tiff, FileFamily.Jpeg, FileFamily.Jpeg2000, FileFamily.Png, FileFamily.Gif, FileFamily.Bmp, FileFamily.WebP];

    /// <inheritdoc/>
    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        var reader = new PlacedReader(content, cancellation, Window);
        try
        {
            switch (notes.Family)
            {
                case FileFamily.Tiff: new TiffImage(reader, notes, limits).Read(); break;
                case FileFamily.Jpeg: new JpegImage(reader, notes, limits).Read(); break;
                case FileFamily.Jpeg2000: Jpeg2000Image.Read(reader, notes); break;
                case FileFamily.Png: new PngImage(reader, notes, limits).Read(); break;
                case FileFamily.Gif: new GifImage(reader, notes, limits).Read(); break;
                case FileFamily.Bmp: new BmpImage(reader, notes, limits).Read(); break;
                default: WebPImage.Read(reader, notes); break;
            }
        }
        catch (WalkStoppedException stopped)
        {
            stopped.NoteIn(notes);
        }
    }
}
