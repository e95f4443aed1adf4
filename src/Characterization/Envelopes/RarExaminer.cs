using Lantai.Characterization.Examination;
using Lantai.Containers;

namespace Lantai.Characterization.Envelopes;

/// <summary>Looks into RAR 4 and 5: whether headers or single files are encrypted, and whether all can be read.</summary>
internal sealed class RarExaminer : IExaminer
{
    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.Rar];

    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        using var stream = content.OpenStream();
        var glance = RarGlance.Read(stream);
        notes.Set("format-version", glance.Version);
        if (glance.IsHeaderEncrypted)
        {
            notes.Encrypted("rar-header", "header");
        }

        foreach (var name in glance.Encrypted)
        {
            notes.Encrypted("rar", name);
        }

        if (glance.Fault is { } fault)
        {
            notes.Broken("header", fault);
        }
        else if (notes.IsEncrypted)
        {
            notes.NotCheckable("encrypted");
        }
        else if (glance.IsPart)
        {
            notes.NotCheckable("one-of-several");
        }
        else
        {
            PackedReading.Read(stream, glance.Memory, notes, limits, cancellation);
        }
    }
}
