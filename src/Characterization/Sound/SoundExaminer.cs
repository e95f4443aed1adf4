using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Sound;

/// <summary>Sound: the container is walked to its end and holds what it declares. The sound itself is not decoded, and <c>decoded</c> says so.</summary>
internal sealed class SoundExaminer : IExaminer
{
    private const int Window = 1 << 16;

    /// <inheritdoc/>
    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.Wave, FileFamily.Mp3, FileFamily.Flac, FileFamily.Ogg];

    /// <inheritdoc/>
    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        // WAVE is a few headers wherever they lie; the others are read from end to end.
        var reader = new PlacedReader(content, cancellation, notes.Family == FileFamily.Wave ? 4096 : Window);
        notes.Set("decoded", false);
        try
        {
            switch (notes.Family)
            {
                case FileFamily.Wave: new WaveSound(reader, notes).Read(); break;
                case FileFamily.Mp3: new Mp3Sound(reader, notes).Read(); break;
                case FileFamily.Flac: new FlacSound(reader, notes).Read(); break;
                default: new OggSound(reader, notes).Read(); break;
            }

            notes.Readable();
        }
        catch (WalkStoppedException stopped)
        {
            stopped.NoteIn(notes);
        }
    }
}
