using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.Characterization.TextLayers;

/// <summary>The names in a zip, a tar or a gzip, and the text layers of the files inside.</summary>
internal static class PackedTextLayer
{
    private const int MostParts = 100_000;

    /// <summary>Reads a zip.</summary>
    public static void ReadZip(FileContent content, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        var notes = new ExaminationNotes("", FileFamily.Zip);
        using var parts = PackageParts.TryOpen(content, notes, limits with { MaxUnpacked = Math.Max(0, limits.MaxUnpacked - sink.Unpacked) }, stop);
        var number = 0;
        foreach (var entry in parts?.Entries ?? [])
        {
            sink.Take(entry.Name.Display, TextRole.Name, "entry", ++number);
        }

        number = 0;
        foreach (var entry in parts?.Entries ?? [])
        {
            number++;
            _ = parts!.Read(entry, s => LayerReading.ReadInside(s, entry.Length, number, sink, limits, stop));
        }

        sink.Unpacked += notes.Unpacked;
        sink.Unread(notes);
    }

    /// <summary>Reads what people wrote beside a zip, whatever kind of file it is, and beside its entries.</summary>
    public static void ReadComments(FileContent content, TextSink sink)
    {
        foreach (var comment in ZipGlance.TryRead(content.OpenStream())?.Comments ?? [])
        {
            sink.Take(comment, TextRole.Body, "comment", 0);
        }
    }

    /// <summary>Reads a tar, compressed or not, or one compressed file.</summary>
    public static void ReadStreamed(FileContent content, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        var bounds = new ContainerLimits { MaxEntries = MostParts, MaxTotalBytes = Math.Max(1, limits.MaxUnpacked - sink.Unpacked), MaxTime = limits.MaxTime };
        var findings = new List<Finding>();
        try
        {
            var stream = content.OpenStream();
            using var pass = ContainerPass.Open(stream, ContainerDetection.Find(stream, "", bounds), "", bounds, findings);
            for (var number = 1; pass.MoveNext(); number++)
            {
                stop.ThrowIfCancellationRequested();
                sink.Take(EntryName.OfBytes(pass.Name).Display, TextRole.Name, "entry", number);
                if (!pass.IsFolder)
                {
                    using var part = new WatchedStream(pass.OpenContent(), stop);
                    LayerReading.ReadInside(part, pass.Length ?? 0, number, sink, limits, stop);
                    sink.Unpacked += pass.Length ?? 0;
                }
            }
        }
        catch (ContentException)
        {
            sink.Unread("broken");
        }

        if (findings.Any(f => f.Severity == Severity.Error))
        {
            sink.Unread("broken");
        }
    }
}
