using Lantai.Characterization.Examination;
using Lantai.Words;

namespace Lantai.Characterization.Packages;

/// <summary>
/// Looks into the files inside a file: programs are noted, and those that may be encrypted or act are looked into in turn,
/// down to the depth of the limits. Their faults are told and do not make the outer file a broken one. One that was not looked
/// into, or not to its end, makes the outer file one that could not be checked: who knows what is encrypted there.
/// </summary>
/// <param name="notes">Takes what is found.</param>
/// <param name="limits">How much may be spent.</param>
/// <param name="cancellation">Stops the work.</param>
/// <param name="looksIntoTexts">Whether texts are searched for encrypted messages: in what people pack or send, not among the parts of one document.</param>
/// <remarks>For one examination. All files inside share half of the time, so that they never cost the verdict on the outer one.</remarks>
internal sealed class NestedFiles(ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation, bool looksIntoTexts = false) : IDisposable
{
    private const int Start = 4096;

    private static readonly HashSet<FileFamily> Looked =
    [
        FileFamily.Pdf, FileFamily.OpenXml, FileFamily.OpenDocument, FileFamily.Ofd, FileFamily.Epub, FileFamily.Zip, FileFamily.Compound, FileFamily.Tar,
        FileFamily.Gzip, FileFamily.SevenZip, FileFamily.Rar, FileFamily.OpenPgp, FileFamily.Cms,
    ];

    // What holds others only now and then: it is still looked into where a container would lie too deep.
    private static readonly HashSet<FileFamily> Leaves = [FileFamily.OpenPgp, FileFamily.Cms, FileFamily.Text, FileFamily.Xml];

    private CancellationTokenSource? _time;
    private bool _isLate;

    /// <summary>Looks at a file inside; reads as much of it as is needed.</summary>
    /// <param name="content">The file, at its start.</param>
    /// <param name="length">Its length in bytes, as far as it is known.</param>
    /// <param name="place">Where it lies in the outer file.</param>
    /// <param name="kind">Under which kind of active content the file is noted whatever it is; null for none.</param>
    public void Look(Stream content, long length, string place, string? kind = null)
    {
        var start = new byte[Start];
        var count = content.ReadAtLeast(start, Start, throwOnEndOfStream: false);
        if (count < Start)
        {
            Array.Resize(ref start, count);
        }

        var family = count == 0 ? FileFamily.Other : FamilyDetection.Find(FileContent.Of(start));
        var isProgram = family == FileFamily.Executable || ProgramNames.IsProgram(place);

        // A name may be as long as the file inside; its ending counts above, but findings need no more than its beginning.
        place = ExaminationNotes.Cut(place);
        if (isProgram)
        {
            notes.Active("embedded-executable", place);
        }
        else if (kind is not null)
        {
            notes.Active(kind, place);
        }

        if (!Looked.Contains(family) && !(looksIntoTexts && IsText(family)))
        {
            return;
        }

        if (_isLate || limits.MaxDepth < (Leaves.Contains(family) ? 1 : 2))
        {
            notes.Unseen(place, _isLate ? "too-slow" : "too-deep");
        }
        else
        {
            LookInto(content, start, length, place);
        }
    }

    public void Dispose() => _time?.Dispose();

    private void LookInto(Stream content, byte[] start, long length, string place)
    {
        if (length > limits.MaxWhole)
        {
            notes.Unseen(place, "too-long");
            return;
        }

        using var held = new MemoryStream((int)Math.Max(length, start.Length));
        held.Write(start);
        var buffer = new byte[1 << 16];
        for (var got = content.Read(buffer); got > 0; got = content.Read(buffer))
        {
            cancellation.ThrowIfCancellationRequested();
            if (held.Length + got > limits.MaxWhole)
            {
                notes.Unseen(place, "too-long");
                return;
            }

            held.Write(buffer, 0, got);
        }

        var file = FileContent.Of(held.GetBuffer().AsMemory(0, (int)held.Length));
        var family = FamilyDetection.Find(file);
        if (FileExaminers.Of(family) is not { } examiner)
        {
            return;
        }

        if (_time is null)
        {
            _time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            _time.CancelAfter(limits.MaxTime / 2);
        }

        var inside = new ExaminationNotes(notes.Subject + "/" + place, family);
        try
        {
            examiner.Examine(file, inside, limits with { MaxDepth = limits.MaxDepth - 1, MaxUnpacked = Math.Max(0, limits.MaxUnpacked - notes.Unpacked), MaxTime = limits.MaxTime / 2 }, _time.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            _isLate = true;
            notes.Unseen(place, "too-slow");
        }

        Take(inside, place);
    }

    private void Take(ExaminationNotes inside, string place)
    {
        notes.Unpacked += inside.Unpacked;
        var found = inside.ToExamination();
        foreach (var mark in found.Encryption)
        {
            notes.Encrypted(mark.Kind, Join(place, mark.Place));
        }

        var isText = IsText(inside.Family);
        if (inside.HasUnseen || (!isText && found.Readability == Readability.NotCheckable && found.Encryption.Count == 0))
        {
            notes.Unseen(place, found.Findings.Where(f => f.Code == "FMT-041").SelectMany(f => f.Arguments).FirstOrDefault(a => a.Key == "why").Value ?? "reader-failed");
        }

        // Scripts and faults of a text are told where it stands by itself.
        foreach (var mark in found.Active.Where(m => isText ? m.Kind == "embedded-executable" : m.Kind != "hyperlink"))
        {
            notes.Active(mark.Kind, Join(place, mark.Place));
        }

        foreach (var finding in found.Findings.Where(f => !isText && f.Severity != Severity.Information))
        {
            notes.Tell(finding);
        }
    }

    private static bool IsText(FileFamily family) => family is FileFamily.Text or FileFamily.Xml;

    private static string Join(string place, string inner) => inner.Length == 0 ? place : place + "/" + inner;
}
