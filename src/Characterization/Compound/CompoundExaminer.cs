using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;
using Lantai.Containers;

namespace Lantai.Characterization.Compound;

/// <summary>
/// Looks into compound files: Office 97 to 2003, encrypted Office Open XML, protected by rights management, messages. Every stream
/// is read to its end.
/// </summary>
internal sealed class CompoundExaminer : IExaminer
{
    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.Compound];

    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        if (CompoundFile.TryOpen(content.OpenStream()) is not { } file)
        {
            notes.Broken("header", "bad-header");
            return;
        }

        if (file.IsTooLarge)
        {
            notes.NotCheckable("too-large");
        }
        else if (!file.IsWhole)
        {
            notes.Broken("directory", "no-directory");
        }

        CompoundEncryption.Note(file, notes);
        CompoundMacros.Note(file, notes);
        PropertySets.Note(file, notes);
        using var nested = new NestedFiles(notes, limits, cancellation);
        new EmbeddedObjects(file, notes, limits, nested, cancellation).Note();
        ReadAll(file, notes, limits, cancellation);
        if (notes.IsEncrypted)
        {
            notes.NotCheckable("encrypted");
        }

        notes.Readable();
    }

    // Many entries may name the same sectors: the limits count what is read, not what the file is long.
    private static void ReadAll(CompoundFile file, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        notes.Set("entries", file.Entries.Count(e => !e.IsStorage));
        foreach (var entry in file.Entries.Where(e => !e.IsStorage))
        {
            using var stream = file.Open(entry);
            if (stream.Length < entry.Length)
            {
                notes.Broken(Shown(entry), "cut-off");
            }

            if (notes.Unpacked + stream.Length > limits.MaxUnpacked)
            {
                notes.NotCheckable("too-large");
                return;
            }

            notes.Unpacked += stream.Length;
            while (stream.Read(buffer) > 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>The path of an entry without the control characters in front of names.</summary>
    internal static string Shown(CompoundEntry entry) => string.Concat(entry.Path.Where(c => !char.IsControl(c)));
}
