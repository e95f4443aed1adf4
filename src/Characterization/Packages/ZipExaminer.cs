using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Packages;

/// <summary>Looks into a plain zip: what is encrypted, programs, and the files inside.</summary>
internal sealed class ZipExaminer : IExaminer
{
    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.Zip];

    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        using var parts = PackageParts.TryOpen(content, notes, limits, cancellation);
        if (parts is null)
        {
            return;
        }

        using var nested = new NestedFiles(notes, limits, cancellation, looksIntoTexts: true);
        foreach (var entry in parts.Entries)
        {
            _ = parts.Read(entry, s => nested.Look(s, entry.Length, entry.Name.Display));
        }

        notes.Set("unpacked-bytes", parts.Entries.Aggregate(0L, (sum, e) => long.MaxValue - sum < e.Length ? long.MaxValue : sum + e.Length));
        if (parts.Entries.Any(e => e.Encryption != Containers.ZipEncryption.None))
        {
            notes.NotCheckable("encrypted");
        }

        notes.Readable();
    }
}
