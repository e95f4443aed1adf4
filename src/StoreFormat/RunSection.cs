using System.Buffers.Binary;

namespace Lantai.StoreFormat;

/// <summary>The head of a section: number of entries, first keys of its blocks, a filter over its keys.</summary>
/// <remarks>
/// spec/formats/index.md, "Runs". The filter is a Bloom filter in lines of 64 bytes, 5 bits for each key, all in one line:
/// one touch of memory. Keys are SHA-256, so their own bits are the hash. It says "not here" or "perhaps".
/// </remarks>
public static class RunSection
{
    private const int FencesAt = 64;
    private const int FilterAt = FencesAt + (SortedRun.BlocksInSection * 8);
    private const int Lines = 116;
    private const int LineSize = 64;
    private const int Bits = 5;

    private static ReadOnlySpan<byte> Magic => "LANTAI RUN 1\r\n\x1A\n"u8;

    /// <summary>Begins a head in cleared bytes.</summary>
    public static void Begin(Span<byte> head)
    {
        head.Clear();
        Magic.CopyTo(head);
    }

    /// <summary>Notes the first key of a block.</summary>
    public static void SetFence(Span<byte> head, int block, ReadOnlySpan<byte> key) => key[..8].CopyTo(head[(FencesAt + (block * 8))..]);

    /// <summary>The first eight bytes of a block's first key, as a number.</summary>
    public static ulong Fence(ReadOnlySpan<byte> head, int block) => BinaryPrimitives.ReadUInt64BigEndian(head[(FencesAt + (block * 8))..]);

    /// <summary>Puts a key into the filter.</summary>
    public static void Add(Span<byte> head, ReadOnlySpan<byte> key)
    {
        var line = head.Slice(Line(key), LineSize);
        var bits = BinaryPrimitives.ReadUInt64BigEndian(key[16..]);
        for (var i = 0; i < Bits; i++, bits >>= 9)
        {
            line[(int)(bits & 511) >> 3] |= (byte)(1 << (int)(bits & 7));
        }
    }

    /// <summary>False when a key is certainly not in the section.</summary>
    public static bool MayHold(ReadOnlySpan<byte> head, ReadOnlySpan<byte> key)
    {
        var line = head.Slice(Line(key), LineSize);
        var bits = BinaryPrimitives.ReadUInt64BigEndian(key[16..]);
        for (var i = 0; i < Bits; i++, bits >>= 9)
        {
            if ((line[(int)(bits & 511) >> 3] & (1 << (int)(bits & 7))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Ends a head: number, entries, check.</summary>
    public static void End(Span<byte> head, SortedRun run, ulong salt, int section, int entries)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(head[16..], salt);
        BinaryPrimitives.WriteInt32LittleEndian(head[24..], section);
        BinaryPrimitives.WriteInt32LittleEndian(head[28..], entries);
        BinaryPrimitives.WriteInt32LittleEndian(head[32..], run.ValueLength);
        SortedRun.SealBlock(head, salt, SortedRun.HeadOffset(section));
    }

    /// <summary>Whether a head is as it was written for this place of this run.</summary>
    public static bool IsSound(ReadOnlySpan<byte> head, SortedRun run, ulong salt, int section, int entries) =>
        SortedRun.IsSound(head, salt, SortedRun.HeadOffset(section)) && head.StartsWith(Magic)
        && BinaryPrimitives.ReadUInt64LittleEndian(head[16..]) == salt && BinaryPrimitives.ReadInt32LittleEndian(head[24..]) == section
        && BinaryPrimitives.ReadInt32LittleEndian(head[28..]) == entries && BinaryPrimitives.ReadInt32LittleEndian(head[32..]) == run.ValueLength;

    private static int Line(ReadOnlySpan<byte> key) =>
        FilterAt + ((int)Math.BigMul(BinaryPrimitives.ReadUInt64BigEndian(key[8..]), Lines, out _) * LineSize);
}
