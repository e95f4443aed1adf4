using System.Buffers;
using System.Collections.Concurrent;
using System.Numerics;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Entries that lie in no run yet: one array and a hash chain over it, no object for an entry.</summary>
/// <param name="shape">Its entries.</param>
/// <param name="capacity">The most of them.</param>
/// <param name="first">Room for as many at first.</param>
/// <param name="spare">Where it goes when nobody holds it any more, to be filled again; null when it is for one use.</param>
/// <remarks>One writer; readers beside it only under the index's lock, or when the table is no longer written to.</remarks>
internal sealed class EntryTable(SortedRun shape, int capacity, int first, ConcurrentBag<EntryTable>? spare)
{
    private const int FewestHeads = 256;

    private readonly int _entrySize = shape.EntrySize;
    private byte[] _entries = new byte[Math.Min(first, capacity) * shape.EntrySize];
    private int[] _next = new int[Math.Min(first, capacity)];
    private int[] _heads = Empty(Math.Max(FewestHeads, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(first, capacity))));
    private int _holders = 1;

    public int Count { get; private set; }

    public bool IsFull => Count == capacity;

    public ReadOnlySpan<byte> At(int index) => _entries.AsSpan(index * _entrySize, _entrySize);

    public void Hold() => Interlocked.Increment(ref _holders);

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            spare?.Add(this);
        }
    }

    /// <summary>A table that was given back, empty again.</summary>
    public EntryTable Again()
    {
        (Count, _holders) = (0, 1);
        Array.Fill(_heads, -1);
        return this;
    }

    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (Count == _next.Length)
        {
            Grow();
        }

        var at = _entries.AsSpan(Count * _entrySize, _entrySize);
        key.CopyTo(at);
        value.CopyTo(at[Digest.Size..]);
        var head = Bucket(key);
        (_next[Count], _heads[head]) = (_heads[head], Count);
        Count++;
    }

    /// <summary>Puts another value in the place of a key's; false when the key is not here.</summary>
    public bool Replace(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        for (var i = _heads[Bucket(key)]; i >= 0; i = _next[i])
        {
            if (At(i)[..Digest.Size].SequenceEqual(key))
            {
                value.CopyTo(_entries.AsSpan((i * _entrySize) + Digest.Size));
                return true;
            }
        }

        return false;
    }

    public void Find(ReadOnlySpan<byte> key, ref FoundValues found)
    {
        for (var i = _heads[Bucket(key)]; i >= 0; i = _next[i])
        {
            if (At(i)[..Digest.Size].SequenceEqual(key))
            {
                found.Add(At(i)[Digest.Size..]);
            }
        }
    }

    /// <summary>A copy that stays as this one is now.</summary>
    public EntryTable Copy()
    {
        var copy = new EntryTable(shape, Math.Max(Count, 1), Count, null);
        for (var i = 0; i < Count; i++)
        {
            copy.Add(At(i)[..Digest.Size], At(i)[Digest.Size..]);
        }

        return copy;
    }

    /// <summary>Numbers of the entries in the order of their bytes, from the shared pool: more room than entries.</summary>
    public int[] Sorted()
    {
        var (order, prefixes) = (ArrayPool<int>.Shared.Rent(Count), ArrayPool<ulong>.Shared.Rent(Count));
        for (var i = 0; i < Count; i++)
        {
            (order[i], prefixes[i]) = (i, SortedRun.Prefix(At(i)));
        }

        Array.Sort(prefixes, order, 0, Count);
        for (var from = 0; from < Count;)
        {
            var end = from + 1;
            while (end < Count && prefixes[end] == prefixes[from])
            {
                end++;
            }

            if (end - from > 1)
            {
                Array.Sort(order, from, end - from, Comparer<int>.Create((x, y) => At(x).SequenceCompareTo(At(y))));
            }

            from = end;
        }

        ArrayPool<ulong>.Shared.Return(prefixes);
        return order;
    }

    private int Bucket(ReadOnlySpan<byte> key) => (int)(SortedRun.Prefix(key[24..]) & (uint)(_heads.Length - 1));

    private void Grow()
    {
        var size = (int)Math.Min(capacity, Math.Max(16, Count * 2L));
        Array.Resize(ref _entries, checked(size * _entrySize));
        Array.Resize(ref _next, size);
        if (_heads.Length >= size)
        {
            return;
        }

        _heads = Empty(_heads.Length * 2);
        for (var i = 0; i < Count; i++)
        {
            var head = Bucket(At(i));
            (_next[i], _heads[head]) = (_heads[head], i);
        }
    }

    private static int[] Empty(int size)
    {
        var heads = new int[size];
        Array.Fill(heads, -1);
        return heads;
    }
}

/// <summary>Values found for one key, the newest first. Costs nothing while nothing is found.</summary>
internal struct FoundValues(int valueLength, bool onlyFirst)
{
    private byte[]? _bytes;

    public int Count { get; private set; }

    /// <summary>Whether there is nothing more to look for.</summary>
    public readonly bool IsDone => onlyFirst && Count > 0;

    public readonly ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(index * valueLength, valueLength);

    public void Add(ReadOnlySpan<byte> value)
    {
        if (IsDone)
        {
            return;
        }

        for (var i = 0; i < Count; i++)
        {
            if (this[i].SequenceEqual(value))
            {
                return;
            }
        }

        _bytes ??= new byte[valueLength];
        if (_bytes.Length == Count * valueLength)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        value.CopyTo(_bytes.AsSpan(Count * valueLength));
        Count++;
    }
}
