using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Video;

/// <summary>Moving images: the container is walked to its end and holds what it declares. The pictures are not decoded, and <c>decoded</c> says so.</summary>
internal sealed class VideoExaminer : IExaminer
{
    private const int Window = 1 << 16;

    /// <inheritdoc/>
    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.Avi, FileFamily.Mp4, FileFamily.Mpeg, FileFamily.Mxf, FileFamily.Matroska];

    /// <inheritdoc/>
    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        // MPEG streams are packets without an index; of the others the headers alone are read.
        var reader = new PlacedReader(content, cancellation, notes.Family == FileFamily.Mpeg ? Window : 4096);
        notes.Set("decoded", false);
        try
        {
            switch (notes.Family)
            {
                case FileFamily.Avi: new AviVideo(reader, notes).Read(); break;
                case FileFamily.Mp4: new Mp4Video(reader, notes).Read(); break;
                case FileFamily.Mpeg: MpegVideo.Read(reader, notes); break;
                case FileFamily.Mxf: new MxfVideo(reader, notes).Read(); break;
                default: new MatroskaVideo(reader, notes).Read(); break;
            }

            if (notes.IsEncrypted)
            {
                // The boxes are in place; what they hold nobody reads without the key.
                notes.NotCheckable("encrypted");
            }
            else
            {
                notes.Readable();
            }
        }
        catch (WalkStoppedException stopped)
        {
            stopped.NoteIn(notes);
        }
    }
}
