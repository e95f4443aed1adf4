using System.Buffers.Binary;
using Lantai.Characterization.Examination;
using Lantai.Containers;

namespace Lantai.Characterization.Compound;

/// <summary>Tells how a compound file is encrypted (MS-OFFCRYPTO, MS-DOC, MS-XLS, MS-PPT).</summary>
internal static class CompoundEncryption
{
    private const uint EncryptedPresentation = 0xF3D1C4DF;

    /// <summary>Notes every encryption of the document itself.</summary>
    public static void Note(CompoundFile file, ExaminationNotes notes)
    {
        var rights = file.Entries.FirstOrDefault(IsRights);
        if (rights is not null)
        {
            notes.Encrypted("drm", CompoundExaminer.Shown(rights));
        }
        else if (AtRoot(file, "EncryptedPackage") is { } package)
        {
            notes.Encrypted("ooxml", package.Name);
        }

        if (AtRoot(file, "WordDocument") is { } word && IsEncryptedWord(file.ReadStart(word, 32)))
        {
            notes.Encrypted("ole2-word", word.Name);
        }

        if ((AtRoot(file, "Workbook") ?? AtRoot(file, "Book")) is { } book && ExcelGlobals.Read(file, book).IsEncrypted)
        {
            notes.Encrypted("ole2-excel", book.Name);
        }

        if (AtRoot(file, "PowerPoint Document") is { } slides && IsEncryptedPresentation(file))
        {
            notes.Encrypted("ole2-powerpoint", slides.Name);
        }
    }

    /// <summary>The stream of this name in the root; null when there is none.</summary>
    internal static CompoundEntry? AtRoot(CompoundFile file, string name) =>
        file.Entries.FirstOrDefault(e => !e.IsStorage && e.Path.Equals(name, StringComparison.OrdinalIgnoreCase));

    // Rights management keeps the true document in a stream of its own, or names its transform (MS-OFFCRYPTO §2.2, §1.3.2).
    private static bool IsRights(CompoundEntry entry) =>
        entry.Path is "\tDRMContent" or "\tDRMViewerContent"
        || (entry.Path.StartsWith("\x06" + "DataSpaces/TransformInfo/", StringComparison.Ordinal) && entry.Name.Contains("DRM", StringComparison.Ordinal) && entry.IsStorage);

    // FibBase: wIdent, then at byte 10 flags, of which fEncrypted is bit 8 (MS-DOC §2.5.2).
    private static bool IsEncryptedWord(byte[] fib) =>
        fib.Length >= 12 && (BinaryPrimitives.ReadUInt16LittleEndian(fib) is 0xA5EC or 0xA5DC) && (BinaryPrimitives.ReadUInt16LittleEndian(fib.AsSpan(10)) & 0x0100) != 0;

    // CurrentUserAtom: a header of eight bytes, a size, then the token (MS-PPT §2.3.2).
    private static bool IsEncryptedPresentation(CompoundFile file) =>
        AtRoot(file, "EncryptedSummary") is not null
        || (AtRoot(file, "Current User") is { } user && file.ReadStart(user, 16) is { Length: 16 } atom
            && BinaryPrimitives.ReadUInt32LittleEndian(atom.AsSpan(12)) == EncryptedPresentation);
}
