using Lantai.Characterization.Compound;
using Lantai.Characterization.Envelopes;
using Lantai.Characterization.Images;
using Lantai.Characterization.Packages;
using Lantai.Characterization.Pdf;
using Lantai.Characterization.Sound;
using Lantai.Characterization.Text;
using Lantai.Characterization.Video;
using Lantai.Words;

namespace Lantai.Characterization.Examination;

/// <summary>Finds the examiner of a file and lets it look, within the limits.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public static class FileExaminers
{
    private static readonly IExaminer[] All =
    [
        new PdfExaminer(),
        new ZipExaminer(),
        new StreamPackageExaminer(),
        new OpenXmlExaminer(),
        new OpenDocumentExaminer(),
        new OfdExaminer(),
        new EpubExaminer(),
        new CompoundExaminer(),
        new SevenZipExaminer(),
        new RarExaminer(),
        new CmsExaminer(),
        new OpenPgpExaminer(),
        new ProgramExaminer(),
        new ImageExaminer(),
        new SoundExaminer(),
        new VideoExaminer(),
        new TextExaminer(),
    ];

    private static readonly Dictionary<FileFamily, IExaminer> ByFamily =
        All.SelectMany(e => e.Families.Select(f => (f, e))).ToDictionary(p => p.f, p => p.e);

    /// <summary>The examiner of a family; null when there is none.</summary>
    internal static IExaminer? Of(FileFamily family) => ByFamily.GetValueOrDefault(family);

    /// <summary>Looks into a file. A bad file is told in the result and never thrown.</summary>
    /// <param name="content">The file.</param>
    /// <param name="displayName">How findings call it.</param>
    /// <param name="limits">How much may be spent.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="IOException">The source failed: that says nothing about the file.</exception>
    /// <exception cref="OperationCanceledException">Stopped on request.</exception>
    public static FileExamination Examine(FileContent content, string displayName, ExaminationLimits limits, CancellationToken cancellation) =>
        Examine(content, displayName, limits, [], OutsideUse.Never, null, cancellation);

    /// <summary>
    /// Looks into a file, and lets outside programs look too. What they say is added: a file that one of them finds broken
    /// is broken, and one that failed changes nothing.
    /// </summary>
    /// <param name="content">The file.</param>
    /// <param name="displayName">How findings call it.</param>
    /// <param name="plan">How much may be spent here, and which programs are asked when; they have bounds of their own.</param>
    /// <param name="digest">The digest of the file, when it is known: programs read the same file once.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="IOException">The source failed: that says nothing about the file.</exception>
    /// <exception cref="OperationCanceledException">Stopped on request.</exception>
    public static FileExamination Examine(FileContent content, string displayName, CharacterizationPlan plan, Digest? digest, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Examine(content, displayName, plan.Limits, plan.Outside, plan.OutsideUse, digest, cancellation);
    }

    private static FileExamination Examine(
        FileContent content, string displayName, ExaminationLimits limits, IReadOnlyList<IOutsideReader> outside, OutsideUse use, Digest? digest, CancellationToken cancellation)
    {
        var family = FamilyDetection.Find(content);
        var notes = new ExaminationNotes(displayName, family);
        var examiner = ByFamily.GetValueOrDefault(family);
        if (examiner is not null)
        {
            ExamineHere(examiner, content, notes, limits, cancellation);
        }

        var isAsked = use == OutsideUse.Always || (use == OutsideUse.InDoubt && notes.Readability != Readability.Readable);
        var isReadOutside = isAsked && outside.Count > 0 && OutsideWords.Ask(outside, content, digest, notes, cancellation);
        if (examiner is null && isReadOutside)
        {
            notes.Readable();
        }
        else if (examiner is null)
        {
            notes.NotCheckable("no-reader");
        }

        return notes.ToExamination();
    }

    private static void ExamineHere(IExaminer examiner, FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (limits.MaxTime > TimeSpan.Zero)
        {
            time.CancelAfter(limits.MaxTime);
        }
        else
        {
            time.Cancel(); // not by a timer, which comes when it can
        }

        try
        {
            examiner.Examine(content, notes, limits, time.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            notes.NotCheckable("too-slow");
        }
        catch (Exception stumble) when (IsOurs(stumble, content))
        {
            // A reader that stumbles over an odd file says nothing about it, and must not stop what goes on around it.
            notes.NotCheckable("reader-failed");
        }
    }

    /// <summary>Whether an exception comes from a reader and not from the source; a content of another kind is trusted to mean what it throws.</summary>
    internal static bool IsOurs(Exception stumble, FileContent content) =>
        stumble is not OperationCanceledException && !content.HasFailed && (stumble is not IOException || content.IsWatched);
}
