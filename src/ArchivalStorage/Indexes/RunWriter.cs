using System.Buffers;
using System.Security.Cryptography;
using System.Buffers.Binary;
using Lantai.StoreFormat;

namespace Lantai.ArchivalStorage;

/// <summary>Writes a sorted run, section by section. Nothing counts before <see cref="Finish"/>: until a manifest names it, it is litter.</summary>
/// <remarks>spec/formats/index.md, "Runs".</remarks>
internal sealed class RunWriter : IDisposable
{
    private const int SyncEvery = 64;

    private readonly IDiskFile _file;
    private readonly SortedRun _shape;
    private readonly ulong _salt;
    private readonly long _number;
    private readonly byte[] _section = ArrayPool<byte>.Shared.Rent(SortedRun.SectionSize);
    private readonly List<ulong> _firsts = [];
    private long _entries;
    private int _inSection;

    public RunWriter(IDisk disk, string path, SortedRun shape, long number)
    {
        _file = disk.Open(path, DiskAccess.Create);
        (_shape, _number) = (shape, number);
        _salt = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
    }

    /// <summary>Adds an entry, which sorts after the one before. True when a section was filled: a good moment for other work.</summary>
    public bool Add(ReadOnlySpan<byte> entry)
    {
        var section = _section.AsSpan(0, SortedRun.SectionSize);
        var (block, place) = Math.DivRem(_inSection, _shape.EntriesInBlock);
        if (_inSection == 0)
        {
            RunSection.Begin(section[..SortedRun.HeadSize]);
            _firsts.Add(SortedRun.Prefix(entry));
        }

        var bytes = section.Slice(SortedRun.HeadSize + (block * SortedRun.BlockSize), SortedRun.BlockSize);
        if (place == 0)
        {
            bytes.Clear();
            RunSection.SetFence(section, block, entry);
        }

        entry.CopyTo(bytes[(place * _shape.EntrySize)..]);
        RunSection.Add(section, entry);
        _inSection++;
        _entries++;
        if (_inSection < _shape.EntriesInSection)
        {
            return false;
        }

        WriteSection();
        return true;
    }

    /// <summary>Writes the rest and fsyncs; null when there was no entry.</summary>
    public RunPlace? Finish()
    {
        if (_inSection > 0)
        {
            WriteSection();
        }

        if (_entries == 0)
        {
            return null;
        }

        var tail = new RunFooter(_salt, _entries, _shape.ValueLength).ToTail(_firsts);
        _file.Write(_shape.TailOffset(_entries), tail);
        _file.Sync();
        return new RunPlace(_number, _salt, _entries, RunFooter.CheckOf(tail));
    }

    public void Dispose()
    {
        _file.Dispose();
        ArrayPool<byte>.Shared.Return(_section);
    }

    private void WriteSection()
    {
        var number = _firsts.Count - 1;
        var blocks = (_inSection + _shape.EntriesInBlock - 1) / _shape.EntriesInBlock;
        var bytes = _section.AsSpan(0, SortedRun.HeadSize + (blocks * SortedRun.BlockSize));
        for (var block = 0; block < blocks; block++)
        {
            SortedRun.SealBlock(bytes.Slice(SortedRun.HeadSize + (block * SortedRun.BlockSize), SortedRun.BlockSize), _salt, SortedRun.BlockOffset(number, block));
        }

        RunSection.End(bytes[..SortedRun.HeadSize], _shape, _salt, number, _inSection);
        _file.Write(SortedRun.HeadOffset(number), bytes);
        if (_firsts.Count % SyncEvery == 0)
        {
            _file.Sync(); // many small waits: a commit beside us must never wait for gigabytes
        }

        _inSection = 0;
    }
}
