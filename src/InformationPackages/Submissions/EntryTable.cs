using System.Buffers.Binary;
using System.Text;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>
/// The entries of a tar as rows: 32 bytes and the name for each, in blocks that never move, so that a million of them
/// cost what they hold.
/// </summary>
internal sealed class EntryTable(Encoding? declaredNames) : IContainerRows
{
    private const int BlockRows = 4096;
    private const int BlockNames = 1 << 20;

    private readonly List<Row[]> _rows = [];
    private readonly List<byte[]> _names = [];
    private int _namesUsed = BlockNames;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> NameOf(int row)
    {
        var at = Find(row).Name;
        var block = _names[(int)(at >> 32)].AsSpan((int)(at & uint.MaxValue));
        return block.Slice(4, BinaryPrimitives.ReadInt32LittleEndian(block));
    }

    public EntryName EntryNameOf(int row) => EntryName.OfBytes(NameOf(row), declaredNames);

    public bool IsFolder(int row) => Find(row).Length == -1;

    public long LengthOf(int row) => Math.Max(0, Find(row).Length);

    internal DateTimeOffset? ModifiedOf(int row) => Find(row).Modified is var ticks && ticks < 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);

    internal long StartOf(int row) => Find(row).Start;

    /// <summary>Adds the entry that a pass stands on; gives its number.</summary>
    internal int Add(ContainerPass pass)
    {
        if (Count % BlockRows == 0)
        {
            _rows.Add(new Row[BlockRows]);
        }

        _rows[^1][Count % BlockRows] = new Row
        {
            Name = Store(pass.Name), Length = pass.IsFolder ? -1 : pass.Length ?? 0, Modified = pass.Modified?.UtcTicks ?? -1, Start = pass.ContentStart,
        };
        return Count++;
    }

    /// <summary>Corrects the length of a file that only reading told.</summary>
    internal void SetLength(int row, long length) => Find(row).Length = length;

    private ref Row Find(int row) => ref _rows[row / BlockRows][row % BlockRows];

    private long Store(ReadOnlySpan<byte> name)
    {
        var size = name.Length + 4;
        if (size > BlockNames - _namesUsed)
        {
            _names.Add(new byte[Math.Max(BlockNames, size)]);
            _namesUsed = 0;
        }

        var at = ((long)(_names.Count - 1) << 32) | (long)_namesUsed;
        var target = _names[^1].AsSpan(_namesUsed);
        BinaryPrimitives.WriteInt32LittleEndian(target, name.Length);
        name.CopyTo(target[4..]);
        _namesUsed = Math.Min(BlockNames, _namesUsed + size);
        return at;
    }

    private struct Row
    {
        internal long Name;
        internal long Length;
        internal long Modified;
        internal long Start;
    }
}
