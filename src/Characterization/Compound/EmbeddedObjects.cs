using System.Buffers.Binary;
using System.Text;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;
using Lantai.Containers;

namespace Lantai.Characterization.Compound;

/// <summary>Finds what lies inside a compound file as a file of its own: OLE objects, packages, attachments of a message.</summary>
internal sealed class EmbeddedObjects(CompoundFile file, ExaminationNotes notes, NestedFiles nested)
{
    private const string Native = "\x01" + "Ole10Native";
    private const string Attachment = "__attach_version1.0_";
    private const string AttachedBytes = "__substg1.0_37010102";
    private const int MostNative = 64 << 20;

    private static readonly string[] LongNames = ["__substg1.0_3707001F", "__substg1.0_3704001F", "__substg1.0_3001001F"];

    /// <summary>Notes them and looks into those that are files.</summary>
    public void Note()
    {
        var attachments = 0;
        foreach (var entry in file.Entries)
        {
            if (entry.IsStorage)
            {
                attachments += entry.Path.StartsWith(Attachment, StringComparison.OrdinalIgnoreCase) && !entry.Path.Contains('/', StringComparison.Ordinal) ? 1 : 0;
                NoteStorage(entry);
            }
            else if (entry.Name == Native)
            {
                LookAtNative(entry);
            }
            else if (entry.Name == "Package")
            {
                Look(entry, CompoundExaminer.Shown(entry), "embedded-file");
            }
            else if (entry.Name.Equals(AttachedBytes, StringComparison.OrdinalIgnoreCase))
            {
                Look(entry, NameOfAttachment(entry), "embedded-file");
            }
        }

        if (file.Find("__properties_version1.0") is not null)
        {
            notes.Set("attachments", attachments);
        }
    }

    // Word keeps objects in a pool; Excel in storages with numbers in their names.
    private void NoteStorage(CompoundEntry entry)
    {
        if (entry.Path.StartsWith("ObjectPool/", StringComparison.OrdinalIgnoreCase) && entry.Path.AsSpan().Count('/') == 1
            || (entry.Path == entry.Name && entry.Name.StartsWith("MBD", StringComparison.Ordinal) && entry.Name.Length == 11))
        {
            notes.Active("embedded-file", CompoundExaminer.Shown(entry));
        }
    }

    private void Look(CompoundEntry entry, string place, string? kind)
    {
        using var stream = file.Open(entry);
        nested.Look(stream, stream.Length, place, kind);
    }

    // A size, a type, label and path that end in zero, four bytes, the path it was copied from, then the file (MS-OLEDS §2.3.6 and practice).
    private void LookAtNative(CompoundEntry entry)
    {
        var place = CompoundExaminer.Shown(entry);
        var bytes = file.ReadStart(entry, MostNative);
        ReadOnlySpan<byte> rest = bytes.AsSpan(Math.Min(bytes.Length, 6));
        var label = TakeText(ref rest);
        var path = TakeText(ref rest);
        rest = rest[Math.Min(4, rest.Length)..];
        var copied = TakeCounted(ref rest);
        var inner = TakeCounted(ref rest);
        var name = label.Length > 0 ? label : path;
        if (ProgramNames.IsProgram(path) || ProgramNames.IsProgram(Encoding.Latin1.GetString(copied).TrimEnd('\0')))
        {
            notes.Active("embedded-executable", place + "/" + name);
        }

        if (inner.Length > 0)
        {
            using var stream = new MemoryStream(inner.ToArray(), writable: false);
            nested.Look(stream, inner.Length, place + "/" + name, "embedded-file");
        }
    }

    private static string TakeText(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)0);
        var text = end < 0 ? [] : rest[..Math.Min(end, 500)];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return EntryNameOf(text);
    }

    private static string EntryNameOf(ReadOnlySpan<byte> bytes) => Lantai.Words.EntryName.OfBytes(bytes).Display;

    private static ReadOnlySpan<byte> TakeCounted(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 4)
        {
            return [];
        }

        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(rest), (uint)rest.Length - 4);
        var bytes = rest.Slice(4, length);
        rest = rest[(4 + length)..];
        return bytes;
    }

    private string NameOfAttachment(CompoundEntry entry)
    {
        var storage = entry.Path[..(entry.Path.LastIndexOf('/') + 1)];
        var name = LongNames.Select(n => file.Entries.FirstOrDefault(e => e.Path.Equals(storage + n, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(e => e is not null);
        return name is null ? CompoundExaminer.Shown(entry) : Encoding.Unicode.GetString(file.ReadStart(name, 500)).TrimEnd('\0');
    }
}
