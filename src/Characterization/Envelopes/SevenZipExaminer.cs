using Lantai.Characterization.Examination;
using Lantai.Containers;

namespace Lantai.Characterization.Envelopes;

/// <summary>Looks into 7z: whether names or contents are encrypted, and whether all can be read.</summary>
internal sealed class SevenZipExaminer : IExaminer
{
    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.SevenZip];

    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        using var stream = content.OpenStream();
        var glance = SevenZipGlance.Read(stream);
        if (glance.Fault == "too-large")
        {
            notes.NotCheckable(glance.Fault);
        }
        else if (glance.Fault is { } fault)
        {
            notes.Broken("header", fault);
        }
        else if (glance.IsHeaderEncrypted)
        {
            notes.Encrypted("7z-header", "header");
            notes.NotCheckable("encrypted");
        }
        else if (glance.IsContentEncrypted)
        {
            notes.Encrypted("7z", "content");
            notes.NotCheckable("encrypted");
        }
        else
        {
            PackedReading.Read(stream, glance.Memory, notes, limits, cancellation);
        }
    }
}
