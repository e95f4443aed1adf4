using System.Buffers.Binary;
using System.Text;
using Lantai.Characterization.Examination;
using Lantai.Containers;

namespace Lantai.Characterization.Compound;

/// <summary>Finds macros in a compound file: VBA projects, sheets of Excel 4.0 macros, the project of a presentation.</summary>
internal static class CompoundMacros
{
    private const int MostSlides = 64 << 20;
    private const int MostProject = 1 << 20;
    private const int ProjectAtom = 0x0400;

    /// <summary>Notes them.</summary>
    public static void Note(CompoundFile file, ExaminationNotes notes)
    {
        // The storage VBA with its stream dir makes a project, whatever holds it (MS-OVBA §2.2.1).
        foreach (var project in file.Entries.Where(e => !e.IsStorage && e.Name.Equals("dir", StringComparison.OrdinalIgnoreCase) && IsIn(e.Path, "VBA")))
        {
            notes.Active("macro", CompoundExaminer.Shown(project));
        }

        // What the project says of itself stands beside that storage; in whatever place, only macros have one of this name.
        foreach (var project in file.Entries.Where(e => !e.IsStorage && e.Name.Equals("PROJECT", StringComparison.OrdinalIgnoreCase)))
        {
            switch (VbaProtection.Is(Encoding.Latin1.GetString(file.ReadStart(project, MostProject))))
            {
                case true:
                    notes.Encrypted("vba", CompoundExaminer.Shown(project));
                    break;
                case null:
                    notes.NotCheckable("macro-project");
                    break;
            }
        }

        if ((CompoundEncryption.AtRoot(file, "Workbook") ?? CompoundEncryption.AtRoot(file, "Book")) is { } book)
        {
            var globals = ExcelGlobals.Read(file, book);
            if (globals.Sheets > 0)
            {
                notes.Set("sheets", globals.Sheets);
            }

            if (globals.HasMacroSheet)
            {
                notes.Active("macro", book.Name);
            }
        }

        if (CompoundEncryption.AtRoot(file, "PowerPoint Document") is { } slides && HasProject(file.ReadStart(slides, MostSlides)))
        {
            notes.Active("macro", slides.Name);
        }
    }

    private static bool IsIn(string path, string storage)
    {
        var segments = path.Split('/');
        return segments.Length >= 2 && segments[^2].Equals(storage, StringComparison.OrdinalIgnoreCase);
    }

    // Records one after the other; those of version 15 hold others, so stepping into them is stepping over their header.
    private static bool HasProject(byte[] records)
    {
        for (var at = 0L; at + 8 <= records.Length;)
        {
            var header = records.AsSpan((int)at, 8);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            if (BinaryPrimitives.ReadUInt16LittleEndian(header[2..]) == ProjectAtom && length >= 8 && at + 16 <= records.Length)
            {
                // persistIdRef, fHasMacros (MS-PPT §2.4.11).
                return BinaryPrimitives.ReadUInt32LittleEndian(records.AsSpan((int)at + 12)) != 0;
            }

            at += (header[0] & 0x0F) == 0x0F ? 8 : 8 + length;
        }

        return false;
    }
}
