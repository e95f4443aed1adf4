using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Exceptions;

namespace Lantai.Characterization.Pdf;

/// <summary>Opens a PDF by PdfPig and reads all of it: its pages to their end, then every object.</summary>
/// <remarks>
/// PdfPig finds the objects, decrypts and unpacks them. Its pages are not used: they make letters and paths of every page,
/// which costs ten times as much, fails over fonts that are no concern here, and takes no bound.
/// </remarks>
internal static class PdfReading
{
    private const int MostNested = 128;

    /// <summary>Reads a file. What is wrong with it is noted and not thrown.</summary>
    /// <exception cref="OperationCanceledException">The work is to stop.</exception>
    /// <exception cref="IOException">The source failed.</exception>
    public static void Read(PdfSource source, ExaminationNotes notes, bool isEncrypted, ExaminationLimits limits, CancellationToken cancellation)
    {
        var budget = new PdfBudget(limits.MaxUnpacked, cancellation);
        var filters = new PdfFilters(budget);
        try
        {
            using var document = Open(source, filters);
            using var nested = new NestedFiles(notes, limits, cancellation, looksIntoTexts: true);
            ReadOpened(new PdfObjects(document.Structure, filters, budget), new PdfMarks(notes), budget, nested, isEncrypted || document.IsEncrypted);
        }
        catch (PdfDocumentEncryptedException)
        {
            notes.NotCheckable("encrypted");
        }
        catch (Exception fault) when (fault is PdfOverspentException || PdfObjects.IsAboutContent(fault))
        {
            // A library that swallowed the demand to stop, or a failing source, stumbles over something else later.
            cancellation.ThrowIfCancellationRequested();
            source.ThrowFailure();
            NoteFailure(fault, notes, isEncrypted, budget.IsSpent);
        }
        catch (SourceFailedException)
        {
            source.ThrowFailure();
        }
    }

    private static PdfDocument Open(PdfSource source, PdfFilters filters) =>
        PdfDocument.Open(source, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true, MaxStackDepth = MostNested, FilterProvider = filters });

    // Only what the library says about the file is held against the file; where it stumbled itself, nothing is known.
    private static void NoteFailure(Exception fault, ExaminationNotes notes, bool isEncrypted, bool isOverspent)
    {
        if (isEncrypted)
        {
            notes.NotCheckable("encrypted");
        }
        else if (isOverspent)
        {
            notes.NotCheckable("too-much");
        }
        else if (fault is PdfDocumentStackDepthException or InsufficientExecutionStackException)
        {
            notes.NotCheckable("too-deep");
        }
        else if (fault is PdfDocumentFormatException)
        {
            notes.Broken("/Root", "pdf-not-opened");
        }
        else
        {
            notes.NotCheckable("reader-failed");
        }
    }

    private static void ReadOpened(PdfObjects objects, PdfMarks marks, PdfBudget budget, NestedFiles nested, bool isEncrypted)
    {
        if (objects.Name(objects.Catalog, "Type") != "Catalog")
        {
            marks.Odd("/Root", "pdf-catalog");
        }

        marks.Set("pdf-catalog-version", objects.Name(objects.Catalog, "Version"));
        try
        {
            new PdfClaims(objects, marks, isEncrypted).Tell();
            var pages = new PdfPages(objects, marks, budget);
            pages.ReadAll();
            new PdfWalk(objects, marks, budget, nested).LookAtAll(pages.Read);
        }
        catch (PdfOverspentException)
        {
            marks.TooMuch();
        }

        if (objects.IsCheckWrong)
        {
            marks.Odd("/FlateDecode", "pdf-check-value");
        }

        marks.Close(objects.HasStumbled);
    }
}
