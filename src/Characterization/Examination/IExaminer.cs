namespace Lantai.Characterization.Examination;

/// <summary>Looks into the files of some families: encryption, active content, readability, technical metadata.</summary>
/// <remarks>
/// Implementations hold no state and are safe for concurrent use. A bad file is noted, never thrown; what a library throws
/// over a bad file is caught where it is called. Memory and time per file are bounded by <see cref="ExaminationLimits"/>.
/// </remarks>
internal interface IExaminer
{
    /// <summary>The families that it looks into.</summary>
    IReadOnlyCollection<FileFamily> Families { get; }

    /// <summary>Looks into a file of one of its families.</summary>
    /// <param name="content">The file.</param>
    /// <param name="notes">Takes what is found.</param>
    /// <param name="limits">How much may be spent.</param>
    /// <param name="cancellation">Stops; also raised when the time is spent.</param>
    void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation);
}
