using Lantai.Characterization.Examination;
using Lantai.Characterization.Text;

namespace Lantai.Characterization.TextLayers;

/// <summary>Finds the reader of a file's text layer by its family, for a file and for files inside it.</summary>
internal static class LayerReading
{
    /// <summary>Reads the text layer of a file; what cannot be read is told to the sink.</summary>
    /// <exception cref="IOException">The source failed.</exception>
    /// <exception cref="OperationCanceledException">Stopped, or no more is wanted.</exception>
    public static void Read(FileContent content, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (content.Length == 0)
        {
            return;
        }

        try
        {
            ReadFamily(FamilyDetection.Find(content), content, sink, limits, stop);
        }
        catch (WalkStoppedException)
        {
            sink.Unread("broken");
        }
        catch (Exception stumble) when (FileExaminers.IsOurs(stumble, content))
        {
            // A reader that stumbles over an odd file must not stop what goes on around it; that it did is told.
            sink.Unread("reader-failed");
        }
    }

    /// <summary>Reads a file that lies inside another one, within what is left of depth and length.</summary>
    /// <param name="content">The file, at its start.</param>
    /// <param name="length">Its length in bytes, as far as it is known.</param>
    /// <param name="entry">Its number in the outer file, from 1.</param>
    /// <param name="sink">The sink of the outer file.</param>
    /// <param name="limits">How much may be spent.</param>
    /// <param name="stop">Stops the work.</param>
    public static void ReadInside(Stream content, long length, int entry, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        using var held = new MemoryStream((int)Math.Clamp(length, 0, Math.Min(limits.MaxWhole, 1 << 20)));
        var buffer = new byte[1 << 16];
        for (int got; (got = content.Read(buffer)) > 0;)
        {
            stop.ThrowIfCancellationRequested();
            if (held.Length + got > limits.MaxWhole)
            {
                sink.Unread("too-much");
                return;
            }

            held.Write(buffer, 0, got);
        }

        ReadEntry(FileContent.Of(held.GetBuffer().AsMemory(0, (int)held.Length)), entry, sink, limits, stop);
    }

    /// <summary>Reads a file that lies in base64 in a text, or as a value in a structure without names.</summary>
    /// <param name="content">The file.</param>
    /// <param name="isSure">Whether it surely is one; else nothing is told of what can be read as nothing, as a number or a digest may look like base64.</param>
    /// <param name="entry">Its number in the outer file, from 1.</param>
    /// <param name="sink">The sink of the outer file.</param>
    /// <param name="limits">How much may be spent.</param>
    /// <param name="stop">Stops the work.</param>
    public static void ReadPacked(FileContent content, bool isSure, int entry, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        if (isSure || IsRecognised(content, stop))
        {
            ReadEntry(content, entry, sink, limits, stop);
        }
    }

    // What holds nothing else is read wherever it lies; only what must be opened counts for the depth.
    private static void ReadEntry(FileContent content, int entry, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        if (sink.Depth + 1 >= limits.MaxDepth && content.Length > 0 && IsOpened(FamilyDetection.Find(content)))
        {
            sink.Unread("too-deep");
            return;
        }

        Read(content, sink.Enter(entry), limits, stop);
    }

    private static bool IsOpened(FileFamily family) =>
        family is FileFamily.Pdf or FileFamily.Ofd or FileFamily.OpenXml or FileFamily.OpenDocument or FileFamily.Epub or FileFamily.Zip or FileFamily.Tar or FileFamily.Gzip;

    private static bool IsRecognised(FileContent content, CancellationToken stop) => FamilyDetection.Find(content) switch
    {
        FileFamily.Text => TextPass.Read(content, stop) is { Encoding: not TextShape.Unknown, Fault: null },
        FileFamily.Pdf or FileFamily.Ofd or FileFamily.OpenXml or FileFamily.OpenDocument or FileFamily.Epub or FileFamily.Zip or FileFamily.Tar or FileFamily.Gzip => true,
        FileFamily.Xml or FileFamily.Compound or FileFamily.Cms or FileFamily.SevenZip or FileFamily.Rar => true,
        FileFamily.Png or FileFamily.Jpeg or FileFamily.Gif or FileFamily.Bmp or FileFamily.Tiff => true,
        _ => false,
    };

    private static void ReadFamily(FileFamily family, FileContent content, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        if (family is FileFamily.OpenXml or FileFamily.OpenDocument or FileFamily.Epub or FileFamily.Ofd or FileFamily.Zip)
        {
            PackedTextLayer.ReadComments(content, sink);
        }

        switch (family)
        {
            case FileFamily.Pdf:
                PdfTextLayer.Read(content, sink, limits, stop);
                break;
            case FileFamily.OpenXml or FileFamily.OpenDocument or FileFamily.Epub:
                OfficeTextLayer.Read(content, sink, limits, stop);
                break;
            case FileFamily.Ofd:
                OfdTextLayer.Read(content, sink, limits, stop);
                break;
            case FileFamily.Zip:
                PackedTextLayer.ReadZip(content, sink, limits, stop);
                break;
            case FileFamily.Tar or FileFamily.Gzip:
                PackedTextLayer.ReadStreamed(content, sink, limits, stop);
                break;
            case FileFamily.Xml or FileFamily.Text:
                PlainTextLayer.Read(content, family == FileFamily.Xml, sink, limits, stop);
                break;
            case FileFamily.Compound:
                CompoundLetters.Read(content, sink, limits, stop);
                break;
            case FileFamily.Cms when !DerLetters.TryRead(content, sink, limits, stop):
                sink.Unread("envelope");
                break;
            case FileFamily.Cms:
                break;
            case FileFamily.Other:
                BinaryParts.Read(content, sink, limits, stop);
                break;
            default:
                sink.Unread(ReasonOf(family));
                break;
        }
    }

    private static string ReasonOf(FileFamily family) => family switch
    {
        FileFamily.Tiff or FileFamily.Jpeg or FileFamily.Jpeg2000 or FileFamily.Png or FileFamily.Gif or FileFamily.Bmp or FileFamily.WebP => "image",
        FileFamily.Wave or FileFamily.Mp3 or FileFamily.Flac or FileFamily.Ogg => "sound",
        FileFamily.Mp4 or FileFamily.Matroska or FileFamily.Avi or FileFamily.Mxf or FileFamily.Mpeg => "film",
        FileFamily.SevenZip or FileFamily.Rar => "packed-otherwise",
        FileFamily.OpenPgp => "envelope",
        FileFamily.Executable => "program",
        _ => "unknown",
    };
}
