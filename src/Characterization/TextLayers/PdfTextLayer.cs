using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;
using Lantai.Characterization.Pdf;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Exceptions;

namespace Lantai.Characterization.TextLayers;

/// <summary>The text of PDF: pages with the forms they draw, then what else the objects say.</summary>
/// <remarks>Behind the same guards as <see cref="PdfExaminer"/>. Holds no state but a count of the readings that were abandoned.</remarks>
internal static class PdfTextLayer
{
    private const int MostAbandoned = 4;
    private const int MostTimesWhole = 16;
    private const int MostNested = 128;

    private static readonly AbandonableWork Work = new(MostAbandoned, TimeSpan.FromMilliseconds(250));

    /// <summary>Reads a document.</summary>
    public static void Read(FileContent content, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        var isEncrypted = PdfScan.Of(content, limits, stop).Encrypted is not null;
        if (content.Length > limits.MaxWhole * MostTimesWhole)
        {
            sink.Unread("too-much");
            return;
        }

        if (PdfGuard.IsDangerous(new PdfBytes(content, limits.MaxWhole), isEncrypted, stop))
        {
            sink.Unread(isEncrypted ? "encrypted" : "too-deep");
            return;
        }

        using var source = new PdfSource(content, stop);
        try
        {
            // What is in memory can be read whenever; else only through the source, which can be sealed.
            var bytes = content.Memory is null ? FileContent.Of(source) : content;
            if (!Work.TryRun(() => ReadOpened(source, bytes, sink, isEncrypted, limits, stop), stop))
            {
                sink.Unread("reader-failed"); // not searched at all: so many readings of other files still run
            }
        }
        finally
        {
            source.Seal();
        }
    }

    private static void ReadOpened(PdfSource source, FileContent bytes, TextSink sink, bool isEncrypted, ExaminationLimits limits, CancellationToken stop)
    {
        var budget = new PdfBudget(Math.Max(0, limits.MaxUnpacked - sink.Unpacked), stop);
        var filters = new PdfFilters(budget);
        try
        {
            using var document = PdfDocument.Open(source, Options(filters));
            var objects = new PdfObjects(document.Structure, filters, budget);
            var letters = new PdfLetters(objects, new PdfPageLetters(objects, budget), budget, sink, limits, stop);
            letters.ReadAll();
            if (!isEncrypted && !new PdfRevisions(bytes, limits, stop).ReadAll(document.Structure, objects, (state, differing) => ReadState(state, differing, document.Structure, letters, budget, sink, limits, stop)))
            {
                sink.Unread("old-revision");
            }

            letters.ReadRest();
        }
        catch (PdfDocumentEncryptedException)
        {
            sink.Unread("encrypted");
        }
        catch (PdfOverspentException)
        {
            sink.Unread("too-much");
        }
        catch (Exception fault) when (PdfObjects.IsAboutContent(fault))
        {
            // A library that swallowed the demand to stop, or a failing source, stumbles over something else later.
            stop.ThrowIfCancellationRequested();
            source.ThrowFailure();
            sink.Unread(isEncrypted ? "encrypted" : budget.IsSpent ? "too-much" : "broken");
        }
        catch (SourceFailedException)
        {
            source.ThrowFailure();
        }
    }

    // An earlier state of the file. False when it cannot be opened.
    private static bool ReadState(FileContent state, Func<Structure, IReadOnlyList<IndirectReference>> differing, Structure newest, PdfLetters newestLetters, PdfBudget budget, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        using var source = new PdfSource(state, stop);
        var filters = new PdfFilters(budget);
        try
        {
            using var document = PdfDocument.Open(source, Options(filters));
            var objects = new PdfObjects(document.Structure, filters, budget);
            var pages = new PdfPageLetters(objects, budget);
            var letters = new PdfLetters(objects, pages, budget, sink, limits, stop);
            letters.ReadSome(differing(document.Structure));
            letters.TellUnread();
            newestLetters.NoteDrawn(pages.Read.Where(r => IsSame(r, document.Structure, newest)));
            return true;
        }
        catch (Exception fault) when (PdfObjects.IsAboutContent(fault))
        {
            stop.ThrowIfCancellationRequested();
            return false;
        }
        finally
        {
            source.Seal();
            source.ThrowFailure();
        }
    }

    private static bool IsSame(IndirectReference reference, Structure one, Structure other) =>
        one.CrossReferenceTable.ObjectOffsets.TryGetValue(reference, out var place) && other.CrossReferenceTable.ObjectOffsets.TryGetValue(reference, out var there)
            && (place.Type, place.Value1, place.Value2) == (there.Type, there.Value1, there.Value2);

    private static ParsingOptions Options(PdfFilters filters) =>
        new() { UseLenientParsing = true, SkipMissingFonts = true, MaxStackDepth = MostNested, FilterProvider = filters };
}
