using Lantai.Characterization.Pdf;

namespace Lantai.Characterization.Examination;

/// <summary>Finds the examiner of a file and lets it look, within the limits.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public static class FileExaminers
{
    private static readonly IExaminer[] All =
    [
        new PdfExaminer(),
    ];

    private static readonly Dictionary<FileFamily, IExaminer> ByFamily =
        All.SelectMany(e => e.Families.Select(f => (f, e))).ToDictionary(p => p.f, p => p.e);

    /// <summary>Looks into a file. A bad file is told in the result and never thrown.</summary>
    /// <param name="content">The file.</param>
    /// <param name="displayName">How findings call it.</param>
    /// <param name="limits">How much may be spent.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="IOException">The source failed: that says nothing about the file.</exception>
    /// <exception cref="OperationCanceledException">Stopped on request.</exception>
    public static FileExamination Examine(FileContent content, string displayName, ExaminationLimits limits, CancellationToken cancellation)
    {
        var family = FamilyDetection.Find(content);
        var notes = new ExaminationNotes(displayName, family);
        if (!ByFamily.TryGetValue(family, out var examiner))
        {
            notes.NotCheckable("no-reader");
            return notes.ToExamination();
        }

        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(limits.MaxTime);
        try
        {
            examiner.Examine(content, notes, limits, time.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            notes.NotCheckable("too-slow");
        }

        return notes.ToExamination();
    }
}
