using System.Collections.Concurrent;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// A large map from digests to small values: a table in memory that becomes a sorted run when it is full, and runs that
/// are merged in the background. Memory stays flat however much is put. A cache: damage is never answered with, it is an
/// exception, and the owner makes the index again.
/// </summary>
/// <remarks>
/// spec/formats/index.md. Look-ups are safe at any time; <see cref="Put"/> and <see cref="Save"/> by one caller at a time.
/// Put and look-ups never wait for a merge; Put waits when runs cannot be written as fast as entries come.
/// </remarks>
public sealed partial class SortedIndex : IDisposable
{
    private readonly Lock _gate = new();
    private readonly IDisk? _disk;
    private readonly IndexSettings _settings;
    private readonly SortedRun _shape;
    private readonly HeadPool _pool;
    private readonly ConcurrentBag<EntryTable> _spare = [];
    private EntryTable _active;
    private RunList _list;
    private long _count;
    private volatile StorageException? _damage;
    private bool _isClosed;

    private SortedIndex(IDisk? disk, IndexSettings settings)
    {
        (_disk, _settings, _shape) = (disk, settings, settings.Shape);
        _pool = new HeadPool((int)(settings.HeadMemory / SortedRun.HeadSize));
        _active = FirstTable();
        _list = new RunList([], []);
    }

    /// <summary>
    /// Asked when a table becomes a run: for which beginning of the ledger all entries have been put by now. Null while
    /// that cannot be said, as during a rebuild: then nothing on disk counts before <see cref="Save"/>.
    /// </summary>
    public Func<IndexMark>? MarkNow { get; set; }

    /// <summary>What it stood for when it was opened or last saved; null when it was just made.</summary>
    public IndexMark? Mark { get; private set; }

    /// <summary>Number of entries; of keys when a key has one value.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Number of runs on disk.</summary>
    public int Runs
    {
        get
        {
            lock (_gate)
            {
                return _list.Runs.Count;
            }
        }
    }

    /// <summary>Whether runs are being written or merged in the background.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return _worker is not null;
            }
        }
    }

    /// <summary>Makes an empty index; what its folder held is removed first, so that a crash from here on means to begin again.</summary>
    /// <param name="disk">The disk below the store's root; null for an index that is never kept.</param>
    /// <param name="settings">What kind it is.</param>
    public static SortedIndex Create(IDisk? disk, IndexSettings settings)
    {
        if (settings.Writes)
        {
            ArgumentNullException.ThrowIfNull(disk);
            disk.Delete(settings.Manifest); // first: runs without a manifest are litter, a manifest without runs is damage
            foreach (var path in disk.List(settings.Folder))
            {
                disk.Delete(path);
            }
        }

        return new SortedIndex(disk, settings);
    }

    /// <summary>Opens the index of a folder: its manifest and the tail of each run are read, nothing else.</summary>
    /// <param name="disk">The disk below the store's root.</param>
    /// <param name="settings">What kind it is.</param>
    /// <param name="finding">Why null is given although something is there.</param>
    /// <returns>Null when there is none, or none that can be used.</returns>
    public static SortedIndex? Open(IDisk disk, IndexSettings settings, out Finding? finding)
    {
        finding = null;
        const int Attempts = 3;
        for (var attempt = 1; disk.Exists(settings.Manifest); attempt++)
        {
            try
            {
                return OpenOnce(disk, settings);
            }
            catch (StorageException problem) when (problem.Problem == StorageProblem.NotFound && attempt < Attempts)
            {
                // Beside an owner that has merged meanwhile: its new manifest names other runs.
            }
            catch (StorageException problem) when (problem.Problem is StorageProblem.Damaged or StorageProblem.NotFound or StorageProblem.ReadFailed)
            {
                finding = problem.Finding ?? Finding.Warning(StorageCodes.IndexDamaged, problem.Path, ("offset", 0));
                return null;
            }
        }

        return null;
    }

    /// <summary>Puts an entry. With one value per key it takes the place of the key's older value.</summary>
    /// <exception cref="StorageException">Runs cannot be written, or an older value had to be looked for in a damaged one.</exception>
    public void Put(Digest key, ReadOnlySpan<byte> value)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        key.CopyTo(bytes);
        var isNew = true;
        if (_settings.HasOneValue)
        {
            var found = new FoundValues(_settings.ValueLength, onlyFirst: true);
            Find(bytes, ref found);
            isNew = found.Count == 0;
        }

        if (_active.IsFull)
        {
            Freeze();
        }

        lock (_gate)
        {
            if (isNew || !_active.Replace(bytes, value))
            {
                _active.Add(bytes, value);
            }

            _count += isNew ? 1 : 0;
        }
    }

    /// <summary>The value of a key, one of them when it has several; false when it has none.</summary>
    /// <exception cref="StorageException">A block that had to be read is damaged: nothing is known of the key.</exception>
    public bool TryFind(Digest key, Span<byte> value)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        key.CopyTo(bytes);
        var found = new FoundValues(_settings.ValueLength, onlyFirst: true);
        Find(bytes, ref found);
        if (found.Count == 0)
        {
            return false;
        }

        found[0].CopyTo(value);
        return true;
    }

    /// <summary>All entries in order, as they are now.</summary>
    /// <exception cref="StorageException">While walking: a run is damaged.</exception>
    public IEnumerable<(Digest Key, byte[] Value)> Entries()
    {
        using var cursor = Walk();
        while (cursor.MoveNext())
        {
            yield return (new Digest(cursor.Entry[..Digest.Size]), cursor.Entry[Digest.Size..].ToArray());
        }
    }

    /// <summary>Reads every byte of every run: one finding for each run that is damaged or not what a writer makes.</summary>
    public IReadOnlyList<Finding> Check()
    {
        var findings = new List<Finding>();
        var list = HoldList();
        try
        {
            foreach (var run in list.Runs)
            {
                try
                {
                    RunCheck.Run(run, _shape, _settings.HasOneValue);
                }
                catch (StorageException problem) when (problem.Finding is { } damage)
                {
                    findings.Add(damage);
                }
            }

            return findings;
        }
        finally
        {
            list.Release();
        }
    }

    /// <summary>Ends the background work after the section that is being written; look-ups go on, and nothing is written from then on.</summary>
    public void Stop()
    {
        _stopping = true;
        Thread? worker;
        lock (_gate)
        {
            worker = _worker;
        }

        worker?.Join();
    }

    /// <summary>Ends the background work and closes the runs. What was put since the last run is lost unless it was saved.</summary>
    public void Dispose()
    {
        Stop();
        lock (_gate)
        {
            if (!_isClosed)
            {
                _isClosed = true; // a look-up from now on must not take nothing for an answer
                _list.Release();
            }
        }
    }

    internal void Find(ReadOnlySpan<byte> key, ref FoundValues found)
    {
        if (_damage is { } damage)
        {
            throw new StorageException(damage.Problem, damage.Path, damage, damage.Finding);
        }

        RunList list;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _active.Find(key, ref found);
            list = _list;
            list.Hold();
        }

        try
        {
            for (var i = list.Tables.Count - 1; i >= 0 && !found.IsDone; i--)
            {
                list.Tables[i].Find(key, ref found);
            }

            for (var i = list.Runs.Count - 1; i >= 0 && !found.IsDone; i--)
            {
                list.Runs[i].Find(key, ref found);
            }
        }
        catch (StorageException problem) when (problem.Problem == StorageProblem.Damaged)
        {
            _damage = problem; // the whole index: nobody shall take what is left of it for all
            throw;
        }
        finally
        {
            list.Release();
        }
    }

    private static SortedIndex OpenOnce(IDisk disk, IndexSettings settings)
    {
        if (!IndexManifest.TryRead(LedgerFiles.Bytes(disk, settings.Manifest), out var manifest) || manifest.ValueLength != settings.ValueLength)
        {
            throw RunFile.Damaged(settings.Manifest, 0);
        }

        var index = new SortedIndex(disk, settings) { _count = manifest.Count, _nextRun = manifest.NextRun };
        var runs = new List<RunFile>();
        try
        {
            foreach (var place in manifest.Runs)
            {
                runs.Add(RunFile.Open(disk, settings.RunPath(place.Number), settings.Shape, place, index._pool));
            }
        }
        catch
        {
            runs.ForEach(r => r.Release());
            throw;
        }

        index._list = new RunList([], runs);
        runs.ForEach(r => r.Release()); // the list holds them now
        index.Mark = new IndexMark(manifest.LedgerSize, manifest.LastLeaf, manifest.Attachment);
        index._markedCount = manifest.Count;
        if (settings.Writes)
        {
            index.RemoveLitter([.. runs.Select(r => r.Path)]);
            index.StartWorker();
        }

        return index;
    }

    private EntryTable FirstTable() => new(_shape, Capacity, 256, _spare);

    // Who fills one will fill the next; tables are used in turn, so that they are no work for the collector.
    private EntryTable NextTable() => _spare.TryTake(out var spare) ? spare.Again() : new(_shape, Capacity, Capacity, _spare);

    // What is never written stays in its tables: few enough of them to ask, small enough that the last one wastes little.
    private int Capacity => _settings.Writes ? _settings.TableCapacity : Math.Max(_settings.TableCapacity, 512 << 10);

    private RunList HoldList()
    {
        lock (_gate)
        {
            _list.Hold();
            return _list;
        }
    }

    private MergeCursor Walk()
    {
        lock (_gate)
        {
            List<EntryCursor> cursors = [.. _list.Runs.Select(r => (EntryCursor)new RunCursor(r, _shape)), .. _list.Tables.Select(t => new TableCursor(t)), new TableCursor(_active.Copy())];
            cursors.Reverse();
            return new MergeCursor(cursors, _settings.HasOneValue);
        }
    }
}
