using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Lantai.Words;

namespace Lantai.Containers;

/// <summary>An entry of a zip as its central directory tells it; nothing of it was checked.</summary>
/// <param name="Name">The name, as UTF-8 when its bytes are that, else byte by byte.</param>
/// <param name="Flags">General purpose flags; bit 0 says encrypted (APPNOTE 4.4.4).</param>
/// <param name="Method">Compression method; 99 is AES (APPNOTE 7).</param>
/// <param name="PackedLength">Declared packed length in bytes.</param>
/// <param name="Length">Declared length in bytes.</param>
/// <param name="LocalOffset">Declared place of the local header.</param>
public sealed record GlancedEntry(string Name, int Flags, int Method, long PackedLength, long Length, long LocalOffset)
{
    /// <summary>Whether its content is encrypted.</summary>
    public bool IsEncrypted => (Flags & 1) != 0 || Method == 99;

    /// <summary>Whether it is encrypted by AES rather than by the classic cipher.</summary>
    public bool IsAes => Method == 99;
}

/// <summary>
/// What a zip says of itself, taken at its word: to tell what kind of file it is, not to unpack it. For that, and for
/// every doubt, there is <see cref="ZipContainer"/>.
/// </summary>
/// <remarks>Bounded: at most 4 MiB of directory and 20,000 entries are looked at. Not safe for concurrent use.</remarks>
public sealed class ZipGlance
{
    /// <summary>The most entries that are looked at.</summary>
    public const int MostEntries = 20_000;

    private const int MostDirectory = 4 << 20;
    private const int EndSize = 22;
    private const int RecordSize = 46;
    private const int LocalSize = 30;

    private readonly Stream _stream;
    private readonly Dictionary<string, GlancedEntry> _byName = new(StringComparer.OrdinalIgnoreCase);

    private ZipGlance(Stream stream, List<GlancedEntry> entries, List<string> comments)
    {
        (_stream, Entries, Comments) = (stream, entries, comments);
        foreach (var entry in entries)
        {
            _ = _byName.TryAdd(entry.Name, entry);
        }
    }

    /// <summary>The entries in the order of the directory.</summary>
    public IReadOnlyList<GlancedEntry> Entries { get; }

    /// <summary>What people wrote beside the zip and its entries, that of the whole first; none when they wrote nothing.</summary>
    public IReadOnlyList<string> Comments { get; }

    /// <summary>Reads the list of entries; null when there is none that makes sense.</summary>
    /// <param name="seekable">The file; stays the caller's, and is read by <see cref="ReadStart"/> and <see cref="Open"/>.</param>
    /// <exception cref="IOException">The source failed.</exception>
    public static ZipGlance? TryRead(Stream seekable)
    {
        var tail = Part(seekable, seekable.Length - EndSize - 4096, EndSize + 4096);
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 && seekable.Length > tail.Length)
        {
            tail = Part(seekable, seekable.Length - EndSize - ushort.MaxValue, EndSize + ushort.MaxValue);
            end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        }

        if (end < 0 || tail.Length - end < EndSize)
        {
            return null;
        }

        var (length, start) = Extent(seekable, tail, end);
        var comments = new List<string>();
        Note(tail.AsSpan(end + EndSize), BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + EndSize - 2)), comments);

        // A 64-bit place may be any number: only one within the file can be reckoned with.
        if (length <= 0 || length > seekable.Length || start < 0 || start > seekable.Length)
        {
            return length == 0 ? new ZipGlance(seekable, [], comments) : null;
        }

        // What was put in front of the zip shifts every offset: the directory ends where its end record begins.
        var endPlace = seekable.Length - tail.Length + end;
        var shift = start + length <= endPlace && IsRecord(seekable, start) ? 0 : endPlace - length - start;
        var directory = Part(seekable, start + shift, (int)Math.Min(length, MostDirectory));
        return new ZipGlance(seekable, ReadEntries(directory, shift, seekable.Length, comments), comments);
    }

    /// <summary>The first entry of this name, in upper or lower case; null when there is none.</summary>
    public GlancedEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The first bytes of an entry's content; null when it is encrypted, packed by another method than deflate, or broken.</summary>
    /// <exception cref="IOException">The source failed.</exception>
    public byte[]? ReadStart(GlancedEntry entry, int most)
    {
        using var content = Open(entry);
        if (content is null)
        {
            return null;
        }

        try
        {
            var bytes = new byte[(int)Math.Clamp(entry.Length, 0, most)];
            var count = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return count == bytes.Length ? bytes : bytes[..count];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>
    /// The content of an entry, unchecked and at most as long as declared; null when it is encrypted, packed by another
    /// method than deflate, or not where it is said to be. Reading may throw <see cref="InvalidDataException"/>.
    /// </summary>
    /// <exception cref="IOException">The source failed.</exception>
    public Stream? Open(GlancedEntry entry)
    {
        var local = Part(_stream, entry.LocalOffset, LocalSize);
        if (entry.IsEncrypted || entry.Method is not (0 or 8) || local.Length < LocalSize || !local.AsSpan().StartsWith("PK\x03\x04"u8))
        {
            return null;
        }

        var start = entry.LocalOffset + LocalSize + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(28));
        var packed = new SliceStream(_stream, new Lock(), start, Math.Clamp(entry.PackedLength, 0, Math.Max(0, _stream.Length - start)));
        return entry.Method == 0 ? packed : new DeflateStream(packed, CompressionMode.Decompress);
    }

    private static (long Length, long Start) Extent(Stream stream, byte[] tail, int end)
    {
        var record = tail.AsSpan(end);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        long start = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        if ((length == uint.MaxValue || start == uint.MaxValue) && end >= 20 && tail.AsSpan(end - 20).StartsWith("PK\x06\x07"u8))
        {
            var wide = Part(stream, BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - 12)), 56);
            if (wide.Length == 56 && wide.AsSpan().StartsWith("PK\x06\x06"u8))
            {
                return (BinaryPrimitives.ReadInt64LittleEndian(wide.AsSpan(40)), BinaryPrimitives.ReadInt64LittleEndian(wide.AsSpan(48)));
            }
        }

        return (length, start);
    }

    private static bool IsRecord(Stream stream, long place) => Part(stream, place, 4).AsSpan().SequenceEqual("PK\x01\x02"u8);

    private static List<GlancedEntry> ReadEntries(byte[] directory, long shift, long fileLength, List<string> comments)
    {
        var entries = new List<GlancedEntry>();
        var rest = directory.AsSpan();
        while (rest.Length >= RecordSize && rest.StartsWith("PK\x01\x02"u8) && entries.Count < MostEntries)
        {
            var (name, extra, comment) = (BinaryPrimitives.ReadUInt16LittleEndian(rest[28..]), BinaryPrimitives.ReadUInt16LittleEndian(rest[30..]), BinaryPrimitives.ReadUInt16LittleEndian(rest[32..]));
            if (rest.Length < RecordSize + name + extra)
            {
                break;
            }

            entries.Add(Entry(rest, rest.Slice(RecordSize, name), rest.Slice(RecordSize + name, extra), shift, fileLength));
            Note(rest[(RecordSize + name + extra)..], comment, comments);
            rest = rest[Math.Min(rest.Length, RecordSize + name + extra + comment)..];
        }

        return entries;
    }

    private static void Note(ReadOnlySpan<byte> rest, int length, List<string> comments)
    {
        if (length > 0 && !rest.IsEmpty)
        {
            comments.Add(EntryName.OfBytes(rest[..Math.Min(length, rest.Length)]).Display);
        }
    }

    private static GlancedEntry Entry(ReadOnlySpan<byte> record, ReadOnlySpan<byte> name, ReadOnlySpan<byte> extra, long shift, long fileLength)
    {
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(record[20..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(record[24..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(record[42..]);
        Widen(extra, ref length, ref packed, ref offset);
        var text = System.Text.Unicode.Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : Encoding.Latin1.GetString(name);
        return new GlancedEntry(text, BinaryPrimitives.ReadUInt16LittleEndian(record[8..]), BinaryPrimitives.ReadUInt16LittleEndian(record[10..]), packed, length, offset < 0 || offset > fileLength ? -1 : offset + shift);
    }

    // The 64-bit field holds only those that did not fit, in this order (APPNOTE 4.5.3).
    private static void Widen(ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long offset)
    {
        while (extra.Length >= 4)
        {
            var (id, size) = (BinaryPrimitives.ReadUInt16LittleEndian(extra), BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
            var field = extra[4..Math.Min(extra.Length, 4 + size)];
            if (id == 1)
            {
                Take(ref field, ref length);
                Take(ref field, ref packed);
                Take(ref field, ref offset);
                return;
            }

            extra = extra[Math.Min(extra.Length, 4 + size)..];
        }
    }

    private static void Take(ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value == uint.MaxValue && field.Length >= 8)
        {
            value = Math.Max(0, BinaryPrimitives.ReadInt64LittleEndian(field));
            field = field[8..];
        }
    }

    private static byte[] Part(Stream stream, long start, int most)
    {
        if (start >= stream.Length)
        {
            return [];
        }

        var from = Math.Max(0, start);
        var bytes = new byte[(int)Math.Clamp(stream.Length - from, 0, Math.Max(0, most + Math.Min(0, start)))];
        stream.Position = from;
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return count == bytes.Length ? bytes : bytes[..count];
    }
}
