using System.Buffers.Binary;
using System.Text;

namespace Lantai.Containers;

/// <summary>Reads the directory of a compound file: a tree of siblings for each storage, numbered in one table (MS-CFB §2.6).</summary>
internal sealed class CompoundDirectory
{
    private const int RecordSize = 128;
    private const int MostEntries = 20_000;
    private const int MostLevels = 64;
    private const uint None = 0xFFFFFFFF;

    private readonly byte[] _records;
    private readonly bool[] _seen;
    private readonly long _all;
    private readonly bool _isWide;

    internal CompoundDirectory(byte[] records, long allBytes, bool isWide)
    {
        (_records, _all, _isWide) = (records, allBytes / RecordSize, isWide);
        _seen = new bool[records.Length / RecordSize];
    }

    /// <summary>The most bytes of a directory that are read.</summary>
    internal static int MostBytes => MostEntries * RecordSize;

    /// <summary>Whether every number named an entry that was not met before.</summary>
    internal bool IsWhole { get; private set; } = true;

    /// <summary>Whether entries were left out that lie deeper, or further behind in the table, than is read here.</summary>
    internal bool IsTooLarge { get; private set; }

    /// <summary>The root, and all that it holds, each storage before what lies in it.</summary>
    internal List<CompoundEntry> Read()
    {
        var entries = new List<CompoundEntry>();
        if (_seen.Length == 0)
        {
            IsWhole = false;
            return entries;
        }

        _seen[0] = true;
        entries.Add(Entry(0, "", "", isStorage: true));
        var open = new Stack<(uint Number, string Folder, int Level)>();
        open.Push((Field(0, 76), "", 1));
        while (open.TryPop(out var next))
        {
            Visit(next.Number, next.Folder, next.Level, open, entries);
        }

        return entries;
    }

    private void Visit(uint number, string folder, int level, Stack<(uint Number, string Folder, int Level)> open, List<CompoundEntry> entries)
    {
        if (number == None)
        {
            return;
        }

        // What lies beyond the limits may be sound: that says nothing against the file.
        var isBehind = number >= MostEntries && number < _all;

        // A number met twice is a cycle, or an entry in two storages: it is told once.
        if (!isBehind && (number >= _seen.Length || _seen[number]))
        {
            IsWhole = false;
            return;
        }

        if (isBehind || level > MostLevels)
        {
            IsTooLarge = true;
            return;
        }

        _seen[number] = true;
        open.Push((Field(number, 72), folder, level));
        open.Push((Field(number, 68), folder, level));
        var kind = Record(number)[66];
        if (kind is 1 or 2)
        {
            var name = Name(number);
            entries.Add(Entry(number, folder + name, name, kind == 1));
            if (kind == 1)
            {
                open.Push((Field(number, 76), folder + name + "/", level + 1));
            }
        }
    }

    private CompoundEntry Entry(uint number, string path, string name, bool isStorage)
    {
        var record = Record(number);

        // With sectors of 512 bytes the upper half of the length is not always written as zero (MS-CFB §2.6.1).
        var length = _isWide ? BinaryPrimitives.ReadInt64LittleEndian(record[120..]) : BinaryPrimitives.ReadUInt32LittleEndian(record[120..]);
        return new CompoundEntry(path, name, isStorage, isStorage && number != 0 ? 0 : Math.Max(0, length), isStorage ? new Guid(record.Slice(80, 16)) : Guid.Empty, Field(number, 116));
    }

    private string Name(uint number)
    {
        var record = Record(number);
        var length = Math.Min((int)BinaryPrimitives.ReadUInt16LittleEndian(record[64..]), 64) & ~1;
        return Encoding.Unicode.GetString(record[..length]).TrimEnd('\0');
    }

    private uint Field(uint number, int at) => BinaryPrimitives.ReadUInt32LittleEndian(Record(number)[at..]);

    private ReadOnlySpan<byte> Record(uint number) => _records.AsSpan((int)number * RecordSize, RecordSize);
}
