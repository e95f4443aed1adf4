using System.Buffers.Binary;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>Where a digest's frame lies in its pack.</summary>
/// <param name="Digest">SHA-256 of the frame's original bytes.</param>
/// <param name="Offset">Offset of the frame.</param>
/// <param name="Length">Length of the whole frame.</param>
/// <param name="Kind">What it carries.</param>
/// <param name="Codec">How it is stored.</param>
/// <remarks>spec/formats/pack.md, "Sealing".</remarks>
public readonly record struct PackIndexEntry(Digest Digest, long Offset, long Length, FrameKind Kind, FrameCodec Codec);

/// <summary>The index frame's content: entries sorted by digest, then offset.</summary>
/// <remarks>spec/formats/pack.md, "Sealing".</remarks>
public static class PackIndex
{
    /// <summary>Length of an entry in bytes.</summary>
    public const int EntrySize = 56;

    /// <summary>Whether frames of a kind stand in the index.</summary>
    public static bool Lists(FrameKind kind) => kind is FrameKind.Blob or FrameKind.Manifest or FrameKind.Record or FrameKind.Detail;

    /// <summary>Writes entries in canonical order.</summary>
    public static byte[] Write(IEnumerable<PackIndexEntry> entries)
    {
        var sorted = entries.ToList();
        Sort(sorted);
        var bytes = new byte[checked(sorted.Count * EntrySize)];
        Write(sorted, 0, bytes);
        return bytes;
    }

    /// <summary>Puts entries into canonical order.</summary>
    public static void Sort(List<PackIndexEntry> entries) =>
        entries.Sort(static (x, y) => x.Digest != y.Digest ? x.Digest.CompareTo(y.Digest) : x.Offset.CompareTo(y.Offset));

    /// <summary>Writes as many sorted entries as fit, from one on, so that an index of millions is never held as bytes.</summary>
    /// <returns>Number of bytes.</returns>
    public static int Write(List<PackIndexEntry> sorted, int from, Span<byte> destination)
    {
        var count = Math.Min(sorted.Count - from, destination.Length / EntrySize);
        for (var i = 0; i < count; i++)
        {
            var entry = sorted[from + i];
            var at = destination.Slice(i * EntrySize, EntrySize);
            at.Clear();
            entry.Digest.CopyTo(at);
            BinaryPrimitives.WriteInt64LittleEndian(at[32..], entry.Offset);
            BinaryPrimitives.WriteInt64LittleEndian(at[40..], entry.Length);
            at[48] = (byte)entry.Kind;
            at[49] = (byte)entry.Codec;
        }

        return count * EntrySize;
    }

    /// <summary>Reads entries; false when the bytes have not the form or are not sorted.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out PackIndexEntry[] entries)
    {
        entries = [];
        if (bytes.Length % EntrySize != 0)
        {
            return false;
        }

        var read = new PackIndexEntry[bytes.Length / EntrySize];
        for (var i = 0; i < read.Length; i++)
        {
            if (!TryReadEntry(bytes.Slice(i * EntrySize, EntrySize), out read[i]) || (i > 0 && !Follows(read[i - 1], read[i])))
            {
                return false;
            }
        }

        entries = read;
        return true;
    }

    /// <summary>Reads one entry; false when the bytes have not the form.</summary>
    public static bool TryReadEntry(ReadOnlySpan<byte> bytes, out PackIndexEntry entry)
    {
        entry = default;
        if (bytes.Length != EntrySize || bytes[50..].ContainsAnyExcept((byte)0) || !Lists((FrameKind)bytes[48]))
        {
            return false;
        }

        entry = new PackIndexEntry(
            new Digest(bytes[..32]), BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]), (FrameKind)bytes[48], (FrameCodec)bytes[49]);
        return true;
    }

    /// <summary>Whether an entry may come after another.</summary>
    public static bool Follows(in PackIndexEntry before, in PackIndexEntry after) =>
        before.Digest < after.Digest || (before.Digest == after.Digest && before.Offset < after.Offset);
}
