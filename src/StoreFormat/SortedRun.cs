using System.Buffers.Binary;
using System.IO.Hashing;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>The geometry of a sorted run: where its sections and blocks lie, and how many entries each holds.</summary>
/// <param name="ValueLength">Bytes that follow the 32 bytes of a key, 1 to 224.</param>
/// <remarks>
/// spec/formats/index.md, "Runs". A section is a head (filter and first keys of its blocks) and up to 80 blocks. Heads and
/// blocks lie at multiples of 4096, so that a look-up touches one page of the medium for each.
/// </remarks>
public readonly record struct SortedRun(int ValueLength)
{
    /// <summary>Length of a block in bytes.</summary>
    public const int BlockSize = 4096;

    /// <summary>Length of a section's head in bytes.</summary>
    public const int HeadSize = 8192;

    /// <summary>The most blocks in a section.</summary>
    public const int BlocksInSection = 80;

    /// <summary>Length of a check: XXH3-64.</summary>
    public const int CheckSize = 8;

    /// <summary>Length of a whole section in bytes.</summary>
    public const int SectionSize = HeadSize + (BlocksInSection * BlockSize);

    /// <summary>Length of an entry in bytes.</summary>
    public int EntrySize => Digest.Size + ValueLength;

    /// <summary>Entries in a full block.</summary>
    public int EntriesInBlock => (BlockSize - CheckSize) / EntrySize;

    /// <summary>Entries in a full section.</summary>
    public int EntriesInSection => EntriesInBlock * BlocksInSection;

    /// <summary>Sections of a run with so many entries.</summary>
    public int Sections(long entries) => checked((int)((entries + EntriesInSection - 1) / EntriesInSection));

    /// <summary>Entries in one section of a run with so many entries.</summary>
    public int EntriesInSectionAt(long entries, int section) => (int)Math.Min(EntriesInSection, entries - ((long)section * EntriesInSection));

    /// <summary>Offset of a section's head.</summary>
    public static long HeadOffset(int section) => (long)section * SectionSize;

    /// <summary>Offset of a block.</summary>
    public static long BlockOffset(int section, int block) => HeadOffset(section) + HeadSize + ((long)block * BlockSize);

    /// <summary>Offset of what follows the sections: the first keys of all sections and the footer.</summary>
    public long TailOffset(long entries)
    {
        var sections = Sections(entries);
        var last = entries - ((long)(sections - 1) * EntriesInSection);
        return sections == 0 ? 0 : HeadOffset(sections - 1) + HeadSize + ((last + EntriesInBlock - 1) / EntriesInBlock * BlockSize);
    }

    /// <summary>Length of the file of a run with so many entries.</summary>
    public long FileLength(long entries) => TailOffset(entries) + (8L * Sections(entries)) + RunFooter.Size;

    /// <summary>Puts the check at a block's end.</summary>
    /// <param name="block">The whole block.</param>
    /// <param name="salt">The run's salt.</param>
    /// <param name="offset">Where the block lies: a block that is whole but lies elsewhere is refused.</param>
    public static void SealBlock(Span<byte> block, ulong salt, long offset) =>
        BinaryPrimitives.WriteUInt64LittleEndian(block[^CheckSize..], Check(block[..^CheckSize], salt, offset));

    /// <summary>Whether a block, or a head, is as it was written there.</summary>
    public static bool IsSound(ReadOnlySpan<byte> block, ulong salt, long offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(block[^CheckSize..]) == Check(block[..^CheckSize], salt, offset);

    /// <summary>The first eight bytes of a key as a number: numbers sort as keys do.</summary>
    public static ulong Prefix(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt64BigEndian(key);

    private static ulong Check(ReadOnlySpan<byte> bytes, ulong salt, long offset) => XxHash3.HashToUInt64(bytes, unchecked((long)(salt + (ulong)offset)));
}
