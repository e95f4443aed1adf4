using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// Walks several cursors as one. Of entries that are the same the newest is given; with one value per key also of entries
/// that share a key.
/// </summary>
internal sealed class MergeCursor : EntryCursor
{
    private readonly List<EntryCursor> _cursors;
    private readonly bool _onePerKey;
    private readonly int[] _heap;
    private readonly ulong[] _prefixes;
    private readonly byte[] _entry = new byte[256];
    private int _live;
    private int _length = -1;

    /// <param name="cursors">The newest first; they become this one's.</param>
    /// <param name="onePerKey">Whether a key has one value.</param>
    public MergeCursor(List<EntryCursor> cursors, bool onePerKey)
    {
        (_cursors, _onePerKey) = (cursors, onePerKey);
        _heap = new int[cursors.Count];
        _prefixes = new ulong[cursors.Count];
    }

    public override ReadOnlySpan<byte> Entry => _entry.AsSpan(0, _length);

    public override bool MoveNext()
    {
        if (_length < 0)
        {
            Begin();
        }

        while (_live > 0)
        {
            var first = _heap[0];
            var entry = _cursors[first].Entry;
            var isNew = _length == 0 || !(_onePerKey ? entry[..Digest.Size].SequenceEqual(Entry[..Digest.Size]) : entry.SequenceEqual(Entry));
            if (isNew)
            {
                entry.CopyTo(_entry);
                _length = entry.Length;
            }

            if (!Advance(first))
            {
                _heap[0] = _heap[--_live];
            }

            Sink(0);
            if (isNew)
            {
                return true;
            }
        }

        return false;
    }

    public override void Dispose() => _cursors.ForEach(c => c.Dispose());

    private void Begin()
    {
        _length = 0;
        for (var i = 0; i < _cursors.Count; i++)
        {
            if (Advance(i))
            {
                _heap[_live++] = i;
            }
        }

        for (var i = (_live / 2) - 1; i >= 0; i--)
        {
            Sink(i);
        }
    }

    private bool Advance(int cursor)
    {
        if (!_cursors[cursor].MoveNext())
        {
            return false;
        }

        _prefixes[cursor] = SortedRun.Prefix(_cursors[cursor].Entry);
        return true;
    }

    private void Sink(int at)
    {
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= _live)
            {
                return;
            }

            if (child + 1 < _live && IsBefore(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!IsBefore(_heap[child], _heap[at]))
            {
                return;
            }

            (_heap[at], _heap[child]) = (_heap[child], _heap[at]);
            at = child;
        }
    }

    private bool IsBefore(int x, int y)
    {
        if (_prefixes[x] != _prefixes[y])
        {
            return _prefixes[x] < _prefixes[y];
        }

        var (left, right) = (_cursors[x], _cursors[y]);
        var order = _onePerKey ? left.Entry[..Digest.Size].SequenceCompareTo(right.Entry[..Digest.Size]) : left.Entry.SequenceCompareTo(right.Entry);
        return order != 0 ? order < 0 : x < y; // the newer first
    }
}
