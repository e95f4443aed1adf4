using System.Buffers.Binary;
using System.Text;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;
using Lantai.Containers;

namespace Lantai.Characterization.Compound;

/// <summary>Finds what lies inside a compound file as a file of its own: OLE objects, packages, attachments of a message.</summary>
/// <remarks>Many entries may name the same bytes, so what is read of all of them is bounded by the limits.</remarks>
internal sealed class EmbeddedObjects
{
    private const string Native = "\x01" + "Ole10Native";
    private const string Attachment = "__attach_version1.0_";
    private const string AttachedBytes = "__substg1.0_37010102";
    private const int MostNative = 64 << 20;

    private static readonly string[] LongNames = ["__substg1.0_3707001F", "__substg1.0_3704001F", "__substg1.0_3001001F"];

    private readonly CompoundFile _file;
    private readonly ExaminationNotes _notes;
    private readonly NestedFiles _nested;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, CompoundEntry> _byPath = new(StringComparer.OrdinalIgnoreCase);
    private long _left;

    public EmbeddedObjects(CompoundFile file, ExaminationNotes notes, ExaminationLimits limits, NestedFiles nested, CancellationToken cancellation)
    {
        (_file, _notes, _nested, _cancellation, _left) = (file, notes, nested, cancellation, limits.MaxUnpacked);
        foreach (var entry in file.Entries)
        {
            _ = _byPath.TryAdd(entry.Path, entry);
        }
    }

    /// <summary>Notes them and looks into those that are files.</summary>
    public void Note()
    {
        var attachments = 0;
        foreach (var entry in _file.Entries)
        {
            _cancellation.ThrowIfCancellationRequested();
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

        if (_file.Find("__properties_version1.0") is not null)
        {
            _notes.Set("attachments", attachments);
        }
    }

    // Word keeps objects in a pool; Excel in storages with numbers in their names.
    private void NoteStorage(CompoundEntry entry)
    {
        if (entry.Path.StartsWith("ObjectPool/", StringComparison.OrdinalIgnoreCase) && entry.Path.AsSpan().Count('/') == 1
            || (entry.Path == entry.Name && entry.Name.StartsWith("MBD", StringComparison.Ordinal) && entry.Name.Length == 11))
        {
            _notes.Active("embedded-file", CompoundExaminer.Shown(entry));
        }
    }

    private void Look(CompoundEntry entry, string place, string? kind)
    {
        using var stream = _file.Open(entry);
        if (IsAllowed(stream.Length))
        {
            _nested.Look(stream, stream.Length, place, kind);
        }
    }

    // A size, a type, label and path that end in zero, four bytes, the path it was copied from, then the file (MS-OLEDS §2.3.6 and practice).
    private void LookAtNative(CompoundEntry entry)
    {
        if (!IsAllowed(Math.Min(entry.Length, MostNative)))
        {
            return;
        }

        var place = CompoundExaminer.Shown(entry);
        var bytes = _file.ReadStart(entry, MostNative);
        ReadOnlySpan<byte> rest = bytes.AsSpan(Math.Min(bytes.Length, 6));
        var label = TakeText(ref rest);
        var path = TakeText(ref rest);
        rest = rest[Math.Min(4, rest.Length)..];
        var copied = TakeCounted(ref rest);
        var inner = TakeCounted(ref rest);
        var name = label.Length > 0 ? label : path;
        if (ProgramNames.IsProgram(path) || ProgramNames.IsProgram(Encoding.Latin1.GetString(copied).TrimEnd('\0')))
        {
            _notes.Active("embedded-executable", place + "/" + name);
        }

        if (inner.Length > 0)
        {
            using var stream = new MemoryStream(inner.ToArray(), writable: false);
            _nested.Look(stream, inner.Length, place + "/" + name, "embedded-file");
        }
    }

    private bool IsAllowed(long length)
    {
        if (length > _left)
        {
            _notes.NotCheckable("too-large");
            return false;
        }

        _left -= length;
        return true;
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
        var name = LongNames.Select(n => _byPath.GetValueOrDefault(storage + n)).FirstOrDefault(e => e is not null);
        return name is null ? CompoundExaminer.Shown(entry) : Encoding.Unicode.GetString(_file.ReadStart(name, 500)).TrimEnd('\0');
    }
}
