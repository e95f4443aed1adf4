using System.Collections.Concurrent;

namespace Lantai.ArchivalStorage;

/// <content>
/// Group commit: whoever comes while a commit is under way joins the next one, so that many deposits share one fsync.
/// A lone deposit is committed at once; while others are being read it waits a few milliseconds for them.
/// </content>
public sealed partial class Vault
{
    private const int MostTogether = 64;
    private const long MostWaiting = 32L << 20;
    private const long Enough = 8L << 20; // stored bytes for which nobody waits any longer
    private const int MostWaits = 10;
    private static readonly TimeSpan WaitStep = TimeSpan.FromMilliseconds(2);

    private readonly ConcurrentQueue<PendingCommit> _queue = new();
    private readonly List<PendingCommit> _putOff = [];
    private int _signals;
    private int _preparing;
    private long _waiting;

    /// <summary>Commits an event in the next group. The pending commit's frames may be disposed when it returns.</summary>
    internal async Task<CommittedEvent> CommitInGroupAsync(PendingCommit pending)
    {
        _queue.Enqueue(pending);
        Nudge();
        return await pending.Done.Task.ConfigureAwait(false);
    }

    /// <summary>Sees to it that somebody commits what is queued, now or once a lane is free again.</summary>
    private void Nudge()
    {
        if (Interlocked.Increment(ref _signals) == 1)
        {
            _ = Task.Run(CommitQueuedAsync, CancellationToken.None);
        }
    }

    private async Task CommitQueuedAsync()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _signals);
            do
            {
                await GatherAsync().ConfigureAwait(false);
            }
            while (CommitNext());
        }
        while (Interlocked.CompareExchange(ref _signals, 0, seen) != seen);
    }

    /// <summary>Waits a few milliseconds for deposits that are still being read: an fsync costs the same for one and for many.</summary>
    private async Task GatherAsync()
    {
        for (var waited = 0; waited < MostWaits && Volatile.Read(ref _preparing) > 0 && !IsGathered; waited++)
        {
            await Task.Delay(WaitStep).ConfigureAwait(false);
        }
    }

    private bool IsGathered => _queue.IsEmpty || _queue.Count >= MostTogether || Volatile.Read(ref _waiting) > Enough;

    /// <summary>Commits one group; false when there is nothing that can be committed now.</summary>
    private bool CommitNext()
    {
        List<PendingCommit> ready = [];
        try
        {
            lock (_commit)
            {
                var lanes = new Dictionary<OpenPack, long>();
                try
                {
                    Choose(ready, lanes);
                    if (ready.Count == 0)
                    {
                        return false;
                    }

                    ThrowIfStopped();
                    EnsureEpoch();
                    var done = CommitTogether(ready);
                    for (var i = 0; i < done.Count; i++)
                    {
                        ready[i].Done.SetResult(done[i]);
                    }

                    AfterCommit(lanes.Keys);
                }
                catch
                {
                    lanes.Keys.ToList().ForEach(TryRollBack);
                    throw;
                }
                finally
                {
                    lanes.Keys.ToList().ForEach(l => l.Turn.Release());
                }
            }

        }
        catch (Exception problem)
        {
            // Nothing of the group was acknowledged: each of its deposits hears why.
            ready.ForEach(r => r.Done.TrySetException(problem));
        }

        return true;
    }

    /// <summary>Takes what is queued and the turns of its lanes; what needs a lane that somebody holds is put off.</summary>
    private void Choose(List<PendingCommit> ready, Dictionary<OpenPack, long> lanes)
    {
        var candidates = new Queue<PendingCommit>(_putOff);
        _putOff.Clear();
        try
        {
            while (ready.Count < MostTogether && (candidates.TryDequeue(out var pending) || _queue.TryDequeue(out pending)))
            {
                ready.Add(pending); // first of all: a failure below is told to it
                if (!HasLane(pending, lanes))
                {
                    ready.RemoveAt(ready.Count - 1);
                    _putOff.Add(pending);
                }
            }
        }
        finally
        {
            _putOff.AddRange(candidates);
        }
    }

    /// <summary>Whether an event's lane is at hand: its own, the permanent one, or one whose turn is or can be taken.</summary>
    private bool HasLane(PendingCommit pending, Dictionary<OpenPack, long> lanes)
    {
        if (pending.Held is not null || pending.Draft.Group == PermanentGroup || _stop is not null)
        {
            return true;
        }

        var lane = Lane(pending.Draft.Group);
        if (!lanes.TryGetValue(lane, out var end))
        {
            if (!lane.Turn.Wait(0))
            {
                return false;
            }

            end = lane.End;
        }
        else if (end >= Descriptor.PackSize)
        {
            return false; // the pack is full with what goes before: it is sealed first
        }

        lanes[lane] = end + pending.Frames.Sum(f => f.Length);
        return true;
    }

    /// <summary>Counts the deposits that are being filled: +1 when one begins, -1 when it is committed or given up.</summary>
    internal void Prepare(int change) => _ = Interlocked.Add(ref _preparing, change);

    /// <summary>Lets one deposit at a time hold a content of many megabytes in memory.</summary>
    internal SemaphoreSlim BigContents { get; } = new(1, 1);

    /// <summary>Whether so much waits in memory for its commit that deposits should write it to their packs.</summary>
    internal bool IsCrowded => Volatile.Read(ref _waiting) > MostWaiting;

    /// <summary>Counts stored bytes that wait in memory.</summary>
    internal void Wait(long bytes) => _ = Interlocked.Add(ref _waiting, bytes);

    /// <summary>The open pack of a group, for a caller under the commit lock that holds its turn.</summary>
    internal OpenPack LaneOf(string group) => Lane(group);

    private static void TryRollBack(OpenPack lane)
    {
        try
        {
            lane.RollBack();
        }
        catch (StorageException)
        {
            // The disk failed while cleaning up: recovery cuts the same at the next opening.
        }
    }
}
