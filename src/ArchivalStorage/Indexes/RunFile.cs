using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>A sorted run that is looked up in. Nothing of it is held but what was asked for: heads of sections, in a bounded pool.</summary>
/// <remarks>
/// spec/formats/index.md, "Runs". Immutable and safe for concurrent use by whoever holds it by <see cref="Hold"/>; the last
/// <see cref="Release"/> closes it. Damage is an exception, met when the block is read.
/// </remarks>
internal sealed class RunFile
{
    private readonly IDiskFile _file;
    private readonly SortedRun _shape;
    private readonly HeadPool _pool;
    private readonly ulong[] _firsts;
    private readonly byte[]?[] _heads;
    private int _holders = 1;

    private RunFile(IDiskFile file, string path, SortedRun shape, RunPlace place, HeadPool pool, ulong[] firsts)
    {
        (_file, Path, _shape, Place, _pool, _firsts) = (file, path, shape, place, pool, firsts);
        _heads = new byte[]?[firsts.Length];
    }

    public string Path { get; }

    public RunPlace Place { get; }

    public int Sections => _firsts.Length;

    /// <summary>Opens a run and reads its tail: eight bytes for each section.</summary>
    /// <exception cref="StorageException">It is not there, or it is not the run that the manifest names.</exception>
    public static RunFile Open(IDisk disk, string path, SortedRun shape, RunPlace place, HeadPool pool)
    {
        var file = disk.Open(path, DiskAccess.Read);
        try
        {
            var at = shape.TailOffset(place.Entries);
            var tail = new byte[(8 * shape.Sections(place.Entries)) + RunFooter.Size];
            var isWhole = file.Length == shape.FileLength(place.Entries) && file.Read(at, tail) == tail.Length;
            var firsts = isWhole ? RunFooter.TryReadFirsts(tail, place, shape) : null;
            return firsts is null ? throw Damaged(path, at) : new RunFile(file, path, shape, place, pool, firsts);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static StorageException Damaged(string path, long offset, Exception? cause = null) =>
        new(StorageProblem.Damaged, path, cause, Finding.Warning(StorageCodes.IndexDamaged, path, ("offset", offset)));

    public void Hold() => Interlocked.Increment(ref _holders);

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _file.Dispose();
            foreach (var head in _heads)
            {
                if (head is not null)
                {
                    _pool.Return(head);
                }
            }
        }
    }

    /// <summary>Adds the values of a key.</summary>
    /// <exception cref="StorageException">A block that had to be read is damaged: nothing is known of the key.</exception>
    public void Find(ReadOnlySpan<byte> key, ref FoundValues found)
    {
        var prefix = SortedRun.Prefix(key);
        for (var section = FirstSection(prefix); section < _firsts.Length && _firsts[section] <= prefix && !found.IsDone; section++)
        {
            if (_heads[section] is { } kept)
            {
                FindIn(section, kept, key, prefix, ref found);
            }
            else
            {
                FindInRead(section, key, prefix, ref found);
            }
        }
    }

    /// <summary>Reads a section's blocks, each checked; gives the number of entries.</summary>
    /// <param name="section">Its number.</param>
    /// <param name="buffer">Room for <see cref="SortedRun.SectionSize"/> bytes; the head comes first.</param>
    public int ReadSection(int section, Span<byte> buffer)
    {
        var entries = _shape.EntriesInSectionAt(Place.Entries, section);
        var blocks = (entries + _shape.EntriesInBlock - 1) / _shape.EntriesInBlock;
        var bytes = buffer[..(SortedRun.HeadSize + (blocks * SortedRun.BlockSize))];
        Read(SortedRun.HeadOffset(section), bytes);
        if (!RunSection.IsSound(bytes[..SortedRun.HeadSize], _shape, Place.Salt, section, entries))
        {
            throw Damaged(Path, SortedRun.HeadOffset(section));
        }

        for (var block = 0; block < blocks; block++)
        {
            if (!SortedRun.IsSound(bytes.Slice(SortedRun.HeadSize + (block * SortedRun.BlockSize), SortedRun.BlockSize), Place.Salt, SortedRun.BlockOffset(section, block)))
            {
                throw Damaged(Path, SortedRun.BlockOffset(section, block));
            }
        }

        return entries;
    }

    private void FindInRead(int section, ReadOnlySpan<byte> key, ulong prefix, ref FoundValues found)
    {
        if (_pool.TryTake() is { } room)
        {
            try
            {
                ReadHead(section, room);
            }
            catch
            {
                _pool.Return(room);
                throw;
            }

            if (Interlocked.CompareExchange(ref _heads[section], room, null) is { } other)
            {
                _pool.Return(room); // another reader was first
                room = other;
            }

            FindIn(section, room, key, prefix, ref found);
            return;
        }

        Span<byte> head = stackalloc byte[SortedRun.HeadSize];
        ReadHead(section, head);
        FindIn(section, head, key, prefix, ref found);
    }

    private void ReadHead(int section, Span<byte> head)
    {
        Read(SortedRun.HeadOffset(section), head);
        if (!RunSection.IsSound(head, _shape, Place.Salt, section, _shape.EntriesInSectionAt(Place.Entries, section)))
        {
            throw Damaged(Path, SortedRun.HeadOffset(section));
        }
    }

    private void FindIn(int section, ReadOnlySpan<byte> head, ReadOnlySpan<byte> key, ulong prefix, ref FoundValues found)
    {
        if (!RunSection.MayHold(head, key))
        {
            return;
        }

        var entries = _shape.EntriesInSectionAt(Place.Entries, section);
        var blocks = (entries + _shape.EntriesInBlock - 1) / _shape.EntriesInBlock;
        Span<byte> bytes = stackalloc byte[SortedRun.BlockSize];
        for (var block = FirstBlock(head, blocks, prefix); block < blocks && RunSection.Fence(head, block) <= prefix && !found.IsDone; block++)
        {
            var offset = SortedRun.BlockOffset(section, block);
            Read(offset, bytes);
            if (!SortedRun.IsSound(bytes, Place.Salt, offset))
            {
                throw Damaged(Path, offset);
            }

            FindInBlock(bytes, Math.Min(_shape.EntriesInBlock, entries - (block * _shape.EntriesInBlock)), key, prefix, ref found);
        }
    }

    private void FindInBlock(ReadOnlySpan<byte> block, int entries, ReadOnlySpan<byte> key, ulong prefix, ref FoundValues found)
    {
        var size = _shape.EntrySize;
        var (low, high) = (0, entries);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (SortedRun.Prefix(block[(middle * size)..]) < prefix)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        for (; low < entries && SortedRun.Prefix(block[(low * size)..]) == prefix; low++)
        {
            if (block.Slice(low * size, Digest.Size).SequenceEqual(key))
            {
                found.Add(block.Slice((low * size) + Digest.Size, _shape.ValueLength));
            }
        }
    }

    // The last one that begins before the prefix: keys that share it may begin there.
    private int FirstSection(ulong prefix)
    {
        var (low, high) = (0, _firsts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_firsts[middle] < prefix)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return Math.Max(0, low - 1);
    }

    private static int FirstBlock(ReadOnlySpan<byte> head, int blocks, ulong prefix)
    {
        var (low, high) = (0, blocks);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (RunSection.Fence(head, middle) < prefix)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return Math.Max(0, low - 1);
    }

    private void Read(long offset, Span<byte> bytes)
    {
        try
        {
            if (_file.Read(offset, bytes) == bytes.Length)
            {
                return;
            }
        }
        catch (StorageException problem) when (problem.Problem == StorageProblem.ReadFailed)
        {
            throw Damaged(Path, offset, problem); // a cache that cannot be read is made again as one that is damaged
        }

        throw Damaged(Path, offset);
    }
}
