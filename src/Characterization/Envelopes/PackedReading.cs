using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;
using Lantai.Containers;

namespace Lantai.Characterization.Envelopes;

/// <summary>Reads a 7z or a RAR to its end and looks into the files inside.</summary>
internal static class PackedReading
{
    /// <summary>Reads, when the memory that it takes is allowed.</summary>
    public static void Read(Stream stream, long memory, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        if (memory > limits.MaxWhole)
        {
            notes.NotCheckable("too-large");
            return;
        }

        using var nested = new NestedFiles(notes, limits, cancellation, looksIntoTexts: true);
        var entries = 0L;
        var end = PackedContents.Read(
            stream, Math.Max(0, limits.MaxUnpacked - notes.Unpacked), (name, content, length) =>
            {
                entries++;
                nested.Look(content, length, name);
            },
            out var bytes, cancellation);
        notes.Unpacked += bytes;
        switch (end)
        {
            case PackedEnd.Whole:
                notes.Set("entries", entries);
                notes.Set("unpacked-bytes", bytes);
                notes.Readable();
                break;
            case PackedEnd.Broken:
                notes.Broken("content", "packed");
                break;
            case PackedEnd.TooLarge:
                notes.NotCheckable("too-large");
                break;
            default:
                notes.NotCheckable("packed-otherwise");
                break;
        }
    }
}
