using System.Buffers;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Walks entries in the order of their bytes.</summary>
internal abstract class EntryCursor : IDisposable
{
    /// <summary>The entry that was moved to.</summary>
    public abstract ReadOnlySpan<byte> Entry { get; }

    public abstract bool MoveNext();

    public abstract void Dispose();
}

/// <summary>Walks a table that is no longer written to.</summary>
internal sealed class TableCursor : EntryCursor
{
    private readonly EntryTable _table;
    private readonly int[] _order;
    private int _at = -1;

    public TableCursor(EntryTable table)
    {
        (_table, _order) = (table, table.Sorted());
        table.Hold();
    }

    public override ReadOnlySpan<byte> Entry => _table.At(_order[_at]);

    public override bool MoveNext() => ++_at < _table.Count;

    public override void Dispose()
    {
        ArrayPool<int>.Shared.Return(_order);
        _table.Release();
    }
}

/// <summary>Walks a run, a section in memory at a time, every block checked.</summary>
internal sealed class RunCursor : EntryCursor
{
    private readonly RunFile _run;
    private readonly SortedRun _shape;
    private readonly byte[] _section = ArrayPool<byte>.Shared.Rent(SortedRun.SectionSize);
    private int _number = -1;
    private int _entries;
    private int _at;
    private int _offset;

    public RunCursor(RunFile run, SortedRun shape)
    {
        (_run, _shape) = (run, shape);
        run.Hold();
    }

    public override ReadOnlySpan<byte> Entry => _section.AsSpan(_offset, _shape.EntrySize);

    public override bool MoveNext()
    {
        if (++_at >= _entries)
        {
            if (++_number >= _run.Sections)
            {
                return false;
            }

            _entries = _run.ReadSection(_number, _section);
            _at = 0;
        }

        var (block, place) = Math.DivRem(_at, _shape.EntriesInBlock);
        _offset = SortedRun.HeadSize + (block * SortedRun.BlockSize) + (place * _shape.EntrySize);
        return true;
    }

    public override void Dispose()
    {
        _run.Release();
        ArrayPool<byte>.Shared.Return(_section);
    }
}
