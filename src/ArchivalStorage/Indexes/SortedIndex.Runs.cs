using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <content>Tables become runs, runs are merged: one thread, which lives only while there is something to do.</content>
/// <remarks>
/// Order on disk, for a table as for a merge: the new run whole and fsynced, then the manifest that names it, then the
/// runs that it replaces go. A crash before the manifest leaves litter, a crash after it leaves litter: the next owner
/// removes both.
/// </remarks>
public sealed partial class SortedIndex
{
    private const int MaxWaiting = 2;
    private const int MaxMerged = 16;
    private const int MaxRuns = 48;
    private const int Smallest = 1024;

    private readonly Queue<(EntryTable Table, IndexMark? Mark, long Count)> _waiting = [];
    private readonly SemaphoreSlim _room = new(MaxWaiting);
    private Thread? _worker;
    private volatile StorageException? _failure;
    private volatile bool _stopping;
    private long _nextRun;
    private long _markedCount;
    private bool _isChanged;

    /// <summary>
    /// Makes all that was put durable, under a mark that its caller knows to hold. Goes on to be used.
    /// </summary>
    /// <exception cref="StorageException">The disk failed: what was on disk before still counts.</exception>
    public void Save(IndexMark mark)
    {
        if (!_settings.Writes)
        {
            throw new InvalidOperationException("This index is only read.");
        }

        Stop();
        _stopping = false;
        if (_active.Count > 0)
        {
            MoveActive(null);
        }

        while (TryPeek(out var waiting))
        {
            Flush(waiting, null); // one manifest for all, below
        }

        if (_isChanged || Mark is null || mark.LedgerSize != Mark.LedgerSize || mark.LastLeaf != Mark.LastLeaf || !mark.Attachment.Span.SequenceEqual(Mark.Attachment.Span))
        {
            WriteManifest(_list.Runs, mark, Count);
        }

        // Commands that end soon never see their background merge through: small ones are done here.
        while (FindWindow() is { } window && Entries(window) <= (long)_settings.TableCapacity * _settings.FanOut && Merge(window))
        {
        }
    }

    /// <summary>
    /// The place where keys are dropped after a destruction: all runs become one that lacks the entries which
    /// <paramref name="isDropped"/> names, and the old ones are removed.
    /// </summary>
    /// <param name="isDropped">Told key and value of each entry.</param>
    /// <param name="mark">As for <see cref="Save"/>.</param>
    public void Drop(Func<Digest, ReadOnlyMemory<byte>, bool> isDropped, IndexMark mark)
    {
        Save(mark);
        if (_list.Runs.Count == 0)
        {
            return;
        }

        var dropped = 0L;
        _ = Merge((0, _list.Runs.Count), entry =>
        {
            var isGone = isDropped(new Digest(entry[..Digest.Size]), entry[Digest.Size..].ToArray());
            dropped += isGone ? 1 : 0;
            return !isGone;
        });
        _count -= dropped;
        WriteManifest(_list.Runs, mark, Count);
    }

    private void Freeze()
    {
        if (!_settings.Writes)
        {
            lock (_gate)
            {
                Swap([.. _list.Tables, _active], _list.Runs);
                _active.Release();
                _active = NextTable();
            }

            return;
        }

        const int Patience = 100;
        while (!_room.Wait(Patience))
        {
            StartWorker(); // it may have given up over a full disk that has room again
            if (_failure is { } failure)
            {
                throw new StorageException(failure.Problem, failure.Path, failure, failure.Finding);
            }
        }

        MoveActive(MarkNow?.Invoke());
        StartWorker();
    }

    private void MoveActive(IndexMark? mark)
    {
        lock (_gate)
        {
            Swap([.. _list.Tables, _active], _list.Runs);
            _waiting.Enqueue((_active, mark, _count));
            _active.Release(); // the list holds it now
            _active = NextTable();
        }
    }

    private void StartWorker()
    {
        lock (_gate)
        {
            if (_worker is null && !_stopping && _damage is null && (_waiting.Count > 0 || FindWindow() is not null))
            {
                _worker = new Thread(Work) { IsBackground = true, Name = "index runs" };
                _worker.Start();
            }
        }
    }

    private void Work()
    {
        try
        {
            _failure = null;
            while (!_stopping && WorkOnce())
            {
            }
        }
        catch (StorageException problem)
        {
            _failure = problem; // tables stay in memory and are looked up there; the next one that fills tries again
            _damage = problem.Problem == StorageProblem.Damaged ? problem : _damage;
        }
        finally
        {
            lock (_gate)
            {
                _worker = null;
            }
        }

        if (!_stopping && _failure is null)
        {
            StartWorker(); // something may have come while we were leaving
        }
    }

    private bool WorkOnce()
    {
        var window = FindWindow();
        if (TryPeek(out var waiting) && (window is null || _list.Runs.Count < MaxRuns))
        {
            Flush(waiting, waiting.Mark);
            return true;
        }

        return window is { } due && Merge(due);
    }

    private bool TryPeek(out (EntryTable Table, IndexMark? Mark, long Count) waiting)
    {
        lock (_gate)
        {
            return _waiting.TryPeek(out waiting);
        }
    }

    private void Flush((EntryTable Table, IndexMark? Mark, long Count) waiting, IndexMark? mark)
    {
        using var sorted = new TableCursor(waiting.Table);
        var run = Write(sorted, null)!;
        try
        {
            if (mark is not null)
            {
                WriteManifest([.. _list.Runs, run], mark, waiting.Mark is null ? _markedCount : waiting.Count);
            }

            _isChanged |= mark is null;
            lock (_gate)
            {
                Swap([.. _list.Tables.Skip(1)], [.. _list.Runs, run]);
                _ = _waiting.Dequeue();
                if (_room.CurrentCount < MaxWaiting)
                {
                    _ = _room.Release();
                }
            }
        }
        finally
        {
            run.Release();
        }
    }

    /// <summary>
    /// Runs that are due to become one, or null: the newest ones back to the oldest that is of no larger class, when
    /// there are enough of that class (or far too many small ones among them). A row, so that newer values stay newer.
    /// </summary>
    private (int Start, int Count)? FindWindow()
    {
        lock (_gate)
        {
            var runs = _list.Runs;
            var (largest, start) = (0, runs.Count);
            while (start > 0)
            {
                largest = Math.Max(largest, Class(runs[start - 1].Place.Entries));
                while (start > 0 && Class(runs[start - 1].Place.Entries) <= largest)
                {
                    start--;
                }

                var row = runs.Skip(start);
                if (row.Count(r => Class(r.Place.Entries) == largest) >= _settings.FanOut || runs.Count - start >= _settings.FanOut * _settings.FanOut)
                {
                    return (start, Math.Min(MaxMerged, runs.Count - start)); // each costs a buffer
                }
            }

            return null;
        }
    }

    private int Class(long entries)
    {
        var level = 0;
        for (var size = entries / Smallest; size >= _settings.FanOut; size /= _settings.FanOut)
        {
            level++;
        }

        return level;
    }

    private long Entries((int Start, int Count) window) => _list.Runs.Skip(window.Start).Take(window.Count).Sum(r => r.Place.Entries);

    /// <summary>Makes one run of several. False when it was told to stop.</summary>
    private bool Merge((int Start, int Count) window, EntryTest? keeps = null)
    {
        RunFile[] old = [.. _list.Runs.Skip(window.Start).Take(window.Count)];
        List<EntryCursor> cursors = [.. old.Select(r => new RunCursor(r, _shape))];
        cursors.Reverse();
        using var merged = new MergeCursor(cursors, _settings.HasOneValue);
        var run = Write(merged, keeps);
        if (run is null && (_stopping || keeps is null))
        {
            return false;
        }

        // Tables may have become runs meanwhile: they came behind, so the window is where it was.
        RunFile[] runs = [.. _list.Runs.Take(window.Start), .. run is null ? (RunFile[])[] : [run], .. _list.Runs.Skip(window.Start + window.Count)];
        try
        {
            if (Mark is not null)
            {
                WriteManifest(runs, Mark, _markedCount);
            }

            lock (_gate)
            {
                Swap(_list.Tables, runs);
            }
        }
        finally
        {
            run?.Release();
        }

        foreach (var gone in old)
        {
            Disk.Delete(gone.Path); // whoever looks up in it still has it open
        }

        return true;
    }

    private IDisk Disk => _disk ?? throw new InvalidOperationException("This index is not kept on disk.");

    private delegate bool EntryTest(ReadOnlySpan<byte> entry);

    /// <summary>Writes a run; null when nothing was to be written or the index is closing.</summary>
    private RunFile? Write(EntryCursor cursor, EntryTest? keeps)
    {
        var number = _nextRun++;
        var path = _settings.RunPath(number);
        RunPlace? place = null;
        var isMerge = cursor is MergeCursor;
        try
        {
            using var writer = new RunWriter(Disk, path, _shape, number);
            while (cursor.MoveNext())
            {
                if ((keeps is null || keeps(cursor.Entry)) && writer.Add(cursor.Entry) && isMerge && !GoOn())
                {
                    break;
                }
            }

            place = _stopping && isMerge ? null : writer.Finish();
        }
        finally
        {
            if (place is null)
            {
                RemoveUnfinished(path);
            }
        }

        return place is { } done ? RunFile.Open(Disk, path, _shape, done, _pool) : null;
    }

    /// <summary>
    /// Between two sections of a merge: tables that wait go first, unless they come so fast that runs pile up. Then whoever
    /// puts has to wait; a rebuild does, an ingest is a hundred times too slow for it. False when the index is closing.
    /// </summary>
    private bool GoOn()
    {
        while (!_stopping && _list.Runs.Count < MaxRuns && TryPeek(out var waiting))
        {
            Flush(waiting, waiting.Mark);
        }

        return !_stopping;
    }

    private void RemoveUnfinished(string path)
    {
        try
        {
            Disk.Delete(path);
        }
        catch (StorageException)
        {
            // Litter: the next owner removes it.
        }
    }

    private void RemoveLitter(HashSet<string> runs)
    {
        foreach (var path in Disk.List(_settings.Folder).Where(p => p != _settings.Manifest && !runs.Contains(p)))
        {
            RemoveUnfinished(path);
        }
    }

    private void WriteManifest(IReadOnlyList<RunFile> runs, IndexMark mark, long count)
    {
        var manifest = new IndexManifest(_settings.ValueLength, count, mark.LedgerSize, mark.LastLeaf, _nextRun, [.. runs.Select(r => r.Place)], mark.Attachment);
        Disk.Replace(_settings.Manifest, manifest.ToBytes());
        (Mark, _markedCount, _isChanged) = (mark, count, false);
    }

    /// <summary>Under the gate: puts another list in the place of the present one.</summary>
    private void Swap(IReadOnlyList<EntryTable> tables, IReadOnlyList<RunFile> runs)
    {
        var old = _list;
        _list = new RunList(tables, runs);
        old.Release();
    }
}
