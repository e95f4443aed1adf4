using System.Buffers.Binary;

namespace Lantai.Containers;

/// <summary>A run of bytes of the file that lie together.</summary>
internal readonly record struct Extent(long Start, long Length);

/// <summary>
/// The sectors of a compound file and the chains they form (MS-CFB §2.2 to §2.4). A chain ends where the file, or the sense,
/// ends: it never holds more sectors than the file has.
/// </summary>
internal sealed class CompoundSectors
{
    private const int HeaderSize = 512;
    private const int HeaderTables = 109;
    private const uint LastRegular = 0xFFFFFFFA;

    private readonly Stream _stream;
    private readonly int _shift;
    private readonly List<uint> _tables = [];
    private readonly uint[]?[] _read;

    private CompoundSectors(Stream stream, byte[] header, int shift)
    {
        (_stream, _shift) = (stream, shift);
        Count = Math.Max(0, (stream.Length - 1) >> shift);
        FindTables(header);
        _read = new uint[]?[_tables.Count];
    }

    /// <summary>How many sectors the file holds, the last perhaps in part.</summary>
    internal long Count { get; }

    /// <summary>Bytes of a sector.</summary>
    internal int Size => 1 << _shift;

    /// <summary>The sectors of a file; null when its header makes no sense.</summary>
    internal static CompoundSectors? TryOpen(Stream stream, out byte[] header)
    {
        header = new byte[HeaderSize];
        stream.Position = 0;
        if (stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize
            || !header.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            return null;
        }

        var shift = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
        return shift is 9 or 12 ? new CompoundSectors(stream, header, shift) : null;
    }

    /// <summary>The sectors of a chain, at most so many.</summary>
    /// <param name="first">Where it begins.</param>
    /// <param name="most">How many sectors are wanted at most.</param>
    /// <param name="isWhole">Whether it ended by its mark, or gave all that were wanted.</param>
    internal List<uint> Chain(uint first, long most, out bool isWhole)
    {
        var sectors = new List<uint>();
        var bound = Math.Min(most, Count);
        var next = first;
        for (; next < LastRegular && next < Count && sectors.Count < bound; next = Next(next))
        {
            sectors.Add(next);
        }

        isWhole = sectors.Count == most || next == 0xFFFFFFFE;
        return sectors;
    }

    /// <summary>Where a sector lies in the file, cut where the file ends.</summary>
    internal Extent Place(uint sector)
    {
        var start = (sector + 1L) << _shift;
        return new Extent(start, Math.Clamp(_stream.Length - start, 0, Size));
    }

    private uint Next(uint sector)
    {
        var perTable = Size / 4;
        var table = (int)(sector / perTable);
        if (table >= _tables.Count || _tables[table] >= Count)
        {
            return uint.MaxValue;
        }

        var entries = _read[table] ??= ReadTable(_tables[table]);
        return entries[sector % perTable];
    }

    // What lies beyond the end of the file reads as free.
    private uint[] ReadTable(uint sector)
    {
        var bytes = new byte[Size];
        var place = Place(sector);
        _stream.Position = place.Start;
        var count = _stream.ReadAtLeast(bytes, (int)place.Length, throwOnEndOfStream: false);
        bytes.AsSpan(count).Fill(0xFF);
        var entries = new uint[Size / 4];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * 4));
        }

        return entries;
    }

    // More tables than the sectors of the file need are not read, so neither a declared number nor a cycle costs anything.
    private void FindTables(byte[] header)
    {
        var needed = (Count + (Size / 4) - 1) / (Size / 4);
        var first = new uint[HeaderTables];
        for (var i = 0; i < first.Length; i++)
        {
            first[i] = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(76 + (i * 4)));
        }

        AddTables(first, needed);
        var next = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(68));
        for (var steps = 0L; next < LastRegular && next < Count && steps <= needed && _tables.Count < needed; steps++)
        {
            var list = ReadTable(next);
            AddTables(list.AsSpan(0, list.Length - 1), needed);
            next = list[^1];
        }
    }

    private void AddTables(ReadOnlySpan<uint> numbers, long needed)
    {
        foreach (var sector in numbers)
        {
            // The tables are counted by their place: one that is not in the file may not move those behind it.
            if (sector != uint.MaxValue && _tables.Count < needed)
            {
                _tables.Add(sector < Count ? sector : LastRegular);
            }
        }
    }
}
