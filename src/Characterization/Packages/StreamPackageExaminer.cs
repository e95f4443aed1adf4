using Lantai.Characterization.Examination;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.Characterization.Packages;

/// <summary>Looks into tar, tar.gz and one file compressed by gzip, in one pass.</summary>
internal sealed class StreamPackageExaminer : IExaminer
{
    private const int MostParts = 100_000;

    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.Tar, FileFamily.Gzip];

    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        var bounds = new ContainerLimits { MaxEntries = MostParts, MaxTotalBytes = limits.MaxUnpacked, MaxTime = limits.MaxTime };
        var findings = new List<Finding>();
        try
        {
            var stream = content.OpenStream();
            var kind = ContainerDetection.Find(stream, notes.Subject, bounds);
            if (kind is not (ContainerKind.Tar or ContainerKind.TarGzip or ContainerKind.Gzip))
            {
                notes.Broken("tar", "bad-header");
                return;
            }

            using var pass = ContainerPass.Open(stream, kind, notes.Subject, bounds, findings);
            ReadAll(pass, notes, limits, cancellation);
        }
        catch (ContentException bad)
        {
            ContainerFaults.Note(bad.Finding, "gzip", notes);
            if (notes.Readability == Readability.NotExamined)
            {
                notes.Broken("gzip", "packed");
            }
        }

        foreach (var finding in findings)
        {
            ContainerFaults.Note(finding, "tar", notes);
        }

        // Links and odd paths stop nobody from reading the rest.
        notes.Readable();
    }

    private static void ReadAll(ContainerPass pass, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        using var nested = new NestedFiles(notes, limits, cancellation, looksIntoTexts: true);
        var (files, bytes) = (0L, 0L);
        while (pass.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            if (pass.IsFolder)
            {
                continue;
            }

            files++;
            using var part = new CountedStream(new WatchedStream(pass.OpenContent(), cancellation));
            nested.Look(part, pass.Length ?? 0, EntryName.OfBytes(pass.Name).Display);
            part.CopyTo(Stream.Null);
            bytes += part.Count;
            notes.Unpacked += part.Count;
        }

        notes.Set("entries", files);
        notes.Set("unpacked-bytes", bytes);
    }

    /// <summary>Counts what is read.</summary>
    private sealed class CountedStream(Stream content) : ForwardStream
    {
        public long Count { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            var got = content.Read(buffer);
            Count += got;
            return got;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                content.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
