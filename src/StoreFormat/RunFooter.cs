using System.Buffers.Binary;

namespace Lantai.StoreFormat;

/// <summary>The last 64 bytes of a sorted run; its check covers the sections' first keys, which stand before it, too.</summary>
/// <param name="Salt">The run's salt: 8 random bytes, part of every check in it.</param>
/// <param name="Entries">Entries in the run, 1 or more.</param>
/// <param name="ValueLength">Length of a value.</param>
/// <remarks>spec/formats/index.md, "Runs".</remarks>
public sealed record RunFooter(ulong Salt, long Entries, int ValueLength)
{
    /// <summary>Length of the footer in bytes.</summary>
    public const int Size = 64;

    private static ReadOnlySpan<byte> Magic => "LANTAI RUN END 1"u8;

    /// <summary>Writes first keys and footer: the end of a run's file. The check at its end names these bytes.</summary>
    /// <param name="firsts">First eight bytes of each section's first key.</param>
    public byte[] ToTail(IReadOnlyList<ulong> firsts)
    {
        var bytes = new byte[(8 * firsts.Count) + Size];
        for (var i = 0; i < firsts.Count; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8 * i), firsts[i]);
        }

        var footer = bytes.AsSpan(8 * firsts.Count);
        Magic.CopyTo(footer);
        BinaryPrimitives.WriteUInt64LittleEndian(footer[16..], Salt);
        BinaryPrimitives.WriteInt64LittleEndian(footer[24..], Entries);
        BinaryPrimitives.WriteInt32LittleEndian(footer[32..], ValueLength);
        SortedRun.SealBlock(bytes, Salt, new SortedRun(ValueLength).TailOffset(Entries));
        return bytes;
    }

    /// <summary>The check of a tail.</summary>
    public static ulong CheckOf(ReadOnlySpan<byte> tail) => BinaryPrimitives.ReadUInt64LittleEndian(tail[^SortedRun.CheckSize..]);

    /// <summary>Reads a tail; null when it is not that of this run.</summary>
    public static ulong[]? TryReadFirsts(ReadOnlySpan<byte> tail, RunPlace place, SortedRun run)
    {
        var sections = run.Sections(place.Entries);
        if (tail.Length != (8 * sections) + Size || CheckOf(tail) != place.Check || !SortedRun.IsSound(tail, place.Salt, run.TailOffset(place.Entries))
            || !tail.SequenceEqual(new RunFooter(place.Salt, place.Entries, run.ValueLength).Again(tail[..^Size])))
        {
            return null;
        }

        var firsts = new ulong[sections];
        for (var i = 0; i < sections; i++)
        {
            firsts[i] = BinaryPrimitives.ReadUInt64BigEndian(tail[(8 * i)..]);
        }

        return firsts;
    }

    private byte[] Again(ReadOnlySpan<byte> firsts)
    {
        var numbers = new ulong[firsts.Length / 8];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadUInt64BigEndian(firsts[(8 * i)..]);
        }

        return ToTail(numbers);
    }
}
