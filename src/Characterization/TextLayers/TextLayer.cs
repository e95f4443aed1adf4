using Lantai.Characterization.Examination;
using Lantai.Characterization.TextLayers;

namespace Lantai.Characterization;

/// <summary>Reads the text layer of a file, piece by piece: what a program can read in it without looking at pictures.</summary>
/// <remarks>Safe for concurrent use. Time, memory and depth per file are bounded by the limits. Nothing is written anywhere.</remarks>
public static class TextLayer
{
    /// <summary>Reads a file to its end, or until no more is wanted.</summary>
    /// <param name="content">The file.</param>
    /// <param name="limits">How much may be spent.</param>
    /// <param name="take">Gets the pieces; never two at a time, on whatever thread reads.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>
    /// Why something of it could not be read, each reason once; none when all of it was: <c>image</c>, <c>sound</c>, <c>film</c>, <c>program</c>,
    /// <c>encrypted</c>, <c>envelope</c>, <c>broken</c>, <c>packed-otherwise</c>, <c>old-office</c>, <c>no-text</c> (pages that are pictures), <c>no-letters</c>
    /// (fonts that do not say their letters), <c>old-revision</c> (what a PDF was before it was changed), <c>unknown</c>, <c>unknown-encoding</c>, <c>too-much</c>, <c>too-deep</c>, <c>too-slow</c>, <c>reader-failed</c>.
    /// </returns>
    /// <exception cref="IOException">The source failed: that says nothing about the file.</exception>
    /// <exception cref="OperationCanceledException">Stopped on request.</exception>
    public static IReadOnlyList<string> Read(FileContent content, ExaminationLimits limits, TextTaker take, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(take);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sink = new TextSink(take, stop);
        try
        {
            if (limits.MaxTime <= TimeSpan.Zero)
            {
                stop.Cancel(); // not by a timer, which comes when it can
            }
            else
            {
                stop.CancelAfter(limits.MaxTime);
            }

            LayerReading.Read(content, sink, limits, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            if (!sink.IsOver)
            {
                sink.Unread("too-slow");
            }
        }
        finally
        {
            sink.Seal();
        }

        cancellation.ThrowIfCancellationRequested();
        return sink.NotRead;
    }
}
