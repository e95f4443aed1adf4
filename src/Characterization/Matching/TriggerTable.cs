using System.Buffers.Binary;

namespace Lantai.Characterization.Matching;

/// <summary>
/// Finds the signatures that a file may match by a few bytes at fixed places, all in one hash table: the cost grows with
/// the number of places, not of signatures.
/// </summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
internal sealed class TriggerTable
{
    private readonly ulong[] _places; // where to look and how many bytes, each once
    private readonly ulong[] _slots;  // open addressing: a key, or 0
    private readonly int[] _first;    // slot → its first place in _signatures, count in _counts
    private readonly int[] _counts;
    private readonly int[] _signatures;

    private TriggerTable(ulong[] places, ulong[] slots, int[] first, int[] counts, int[] signatures) =>
        (_places, _slots, _first, _counts, _signatures) = (places, slots, first, counts, signatures);

    /// <summary>Number of places that are looked at in each file.</summary>
    public int Places => _places.Length;

    /// <summary>Builds the table.</summary>
    /// <param name="keys">Keys and the signatures that they point to.</param>
    public static TriggerTable Build(IEnumerable<(TriggerKey Key, int Signature)> keys)
    {
        var groups = keys.Distinct().GroupBy(k => k.Key.Value, k => k.Signature).OrderBy(g => g.Key).ToList();
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, groups.Count * 2));
        var (slots, first, counts) = (new ulong[size], new int[size], new int[size]);
        var signatures = new List<int>();
        foreach (var group in groups)
        {
            var slot = SlotOf(slots, group.Key);
            slots[slot] = group.Key;
            first[slot] = signatures.Count;
            signatures.AddRange(group.Order());
            counts[slot] = signatures.Count - first[slot];
        }

        return new TriggerTable([.. groups.Select(g => new TriggerKey(g.Key).PlaceOnly).Distinct()], slots, first, counts, [.. signatures]);
    }

    /// <summary>Reads a table as <see cref="Write"/> wrote it.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static TriggerTable Read(BinaryReader reader)
    {
        var table = new TriggerTable(
            TableFile.ReadArray<ulong>(reader), TableFile.ReadArray<ulong>(reader), TableFile.ReadArray<int>(reader), TableFile.ReadArray<int>(reader), TableFile.ReadArray<int>(reader));
        return System.Numerics.BitOperations.IsPow2(table._slots.Length) && table._first.Length == table._slots.Length && table._counts.Length == table._slots.Length
            ? table
            : throw new InvalidDataException("The table of triggers does not fit together.");
    }

    /// <summary>Writes the table.</summary>
    public void Write(BinaryWriter writer)
    {
        TableFile.WriteArray(writer, _places);
        TableFile.WriteArray(writer, _slots);
        TableFile.WriteArray(writer, _first);
        TableFile.WriteArray(writer, _counts);
        TableFile.WriteArray(writer, _signatures);
    }

    /// <summary>Adds the signatures that the file may match; one may be added more than once.</summary>
    public void Find(in FileWindows windows, List<int> found)
    {
        foreach (var place in _places)
        {
            var offset = (long)((place >> 36) & 0x7FF_FFFF);
            var length = (int)((place >> 32) & 7);
            var isFromEnd = place >> 63 != 0;
            var window = isFromEnd ? windows.Tail : windows.Head;
            var start = isFromEnd ? window.Length - offset - length : offset;
            if (start < 0 || start + length > window.Length)
            {
                continue;
            }

            var slot = SlotOf(_slots, place | Value(window[(int)start..], length));
            for (int i = _first[slot], end = i + _counts[slot]; i < end; i++)
            {
                found.Add(_signatures[i]);
            }
        }
    }

    private static uint Value(ReadOnlySpan<byte> bytes, int length) => length switch
    {
        4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        3 => BinaryPrimitives.ReadUInt16LittleEndian(bytes) | ((uint)bytes[2] << 16),
        2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        _ => bytes[0],
    };

    // The slot that holds the key, or the free one where it would stand; a free slot has no signatures.
    private static int SlotOf(ulong[] slots, ulong key)
    {
        unchecked
        {
            var slot = (int)((key * 0x9E37_79B9_7F4A_7C15) >> 32) & (slots.Length - 1);
            while (slots[slot] != key && slots[slot] != 0)
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            return slot;
        }
    }
}
