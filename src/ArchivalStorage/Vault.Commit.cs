using System.Collections.Concurrent;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <content>Appending: frames → commit frames → fsync → ledger → fsync → acknowledged.</content>
public sealed partial class Vault
{
    /// <summary>Appends an event of the store itself, whose detail is kept for ever; it is on disk when this returns.</summary>
    /// <exception cref="ArgumentException">Its detail belongs to another group.</exception>
    /// <exception cref="StorageException">The key is missing, or the disk failed.</exception>
    public CommittedEvent Append(EventDraft draft, Actor actor)
    {
        if (draft.Group != PermanentGroup)
        {
            throw new ArgumentException($"The detail belongs to {draft.Group}: append it with AppendAsync.", nameof(draft));
        }

        lock (_commit)
        {
            ThrowIfStopped();
            return Commit(draft, actor);
        }
    }

    /// <summary>Appends events of the store itself in order, as one group: all are on disk when this returns, and none of them before the others.</summary>
    /// <param name="drafts">At most 1,000 at a time become durable together; more are several groups.</param>
    /// <param name="actor">Who acts.</param>
    /// <exception cref="ArgumentException">A detail belongs to another group.</exception>
    /// <exception cref="StorageException">The key is missing, or the disk failed: groups before the failing one have happened.</exception>
    public IReadOnlyList<CommittedEvent> Append(IReadOnlyList<EventDraft> drafts, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        if (drafts.FirstOrDefault(d => d.Group != PermanentGroup) is { } other)
        {
            throw new ArgumentException($"The detail belongs to {other.Group}: append it with AppendAsync.", nameof(drafts));
        }

        lock (_commit)
        {
            ThrowIfStopped();
            return [.. drafts.Chunk(MostAppended).SelectMany(some => Commit(some, actor))];
        }
    }

    /// <summary>Appends an event without a deposit, whose detail lies in its draft's group; it is on disk when this returns.</summary>
    /// <exception cref="StorageException">The key is missing, or the disk failed.</exception>
    public async Task<CommittedEvent> AppendAsync(EventDraft draft, Actor actor, CancellationToken cancellation)
    {
        if (draft.Body is null || draft.Group == PermanentGroup)
        {
            return Append(draft with { Group = PermanentGroup }, actor);
        }

        ThrowIfStopped();
        cancellation.ThrowIfCancellationRequested();
        using var pending = Prepare(draft, actor);
        return await CommitInGroupAsync(pending).ConfigureAwait(false);
    }

    /// <summary>Waits for the open pack of a group and holds it: the caller releases its turn.</summary>
    internal async Task<OpenPack> TakeLaneAsync(string group, CancellationToken cancellation)
    {
        while (true)
        {
            OpenPack lane;
            lock (_commit)
            {
                ThrowIfStopped();
                lane = Lane(group);
            }

            await lane.Turn.WaitAsync(cancellation).ConfigureAwait(false);
            if (_lanes.TryGetValue(group, out var current) && ReferenceEquals(lane, current))
            {
                return lane;
            }

            _ = lane.Turn.Release(); // it was sealed while we waited
        }
    }

    /// <summary>Gives a lane back that was waited for, to whoever commits or waits next.</summary>
    internal void GiveBackLane(OpenPack lane)
    {
        try
        {
            if (lane.End >= Descriptor.PackSize && _stop is null)
            {
                lock (_commit)
                {
                    if (_lanes.TryGetValue(lane.Header.Group, out var current) && ReferenceEquals(lane, current))
                    {
                        AfterCommit([lane]); // not before: the deposit that filled it has let its memory go by now
                    }
                }
            }
        }
        finally
        {
            GiveBackTurn(lane);
        }
    }

    private void GiveBackTurn(OpenPack lane)
    {
        _ = lane.Turn.Release();
        Nudge(); // commits may have been put off because of it
    }

    /// <summary>Number of a pack, for frames that are being appended to it.</summary>
    internal uint NumberOf(OpenPack lane) => _packs.Put(new PackPlace(lane.Header.Pack, lane.Header.Group, null));

    /// <summary>Makes the part of an event ready that needs no lock: its detail, salted and coded.</summary>
    internal PendingCommit Prepare(EventDraft draft, Actor actor)
    {
        var account = AccountOf(actor.AccountName);
        var detail = draft.Body is null ? null : new EventDetail(account, actor.AccountName, actor.Software, draft.Body);
        return new PendingCommit(draft, account, detail, detail is null ? null : Frame.Prepare(FrameKind.Detail, Salted.Seal(detail.ToBytes())));
    }

    /// <summary>Upkeep after an acknowledged commit: its failure stops the vault, and is not the deposits' failure.</summary>
    /// <param name="lanes">The lanes that were written to; their turns are held.</param>
    private void AfterCommit(IEnumerable<OpenPack> lanes)
    {
        try
        {
            foreach (var lane in lanes.Where(l => l.End >= Descriptor.PackSize))
            {
                Guarded(() => SealLane(lane));
            }

            if (_lanes.TryGetValue(PermanentGroup, out var permanent) && permanent.End >= Descriptor.PackSize)
            {
                Guarded(() => SealLane(permanent));
            }

            if (Time.GetElapsedTime(_published) >= PublishEvery)
            {
                Guarded(() => Ledger.Publish(Signers)); // an unsigned tail is a window: a second, not a whole batch
                _published = Time.GetTimestamp();
            }
        }
        catch (StorageException)
        {
            // Kept in _stop: the next call throws it as the true cause.
        }
    }

    private static readonly TimeSpan PublishEvery = TimeSpan.FromSeconds(1);
    private long _published;

    private const int MostAppended = 1000;

    private CommittedEvent Commit(EventDraft draft, Actor actor) => Commit([draft], actor)[0];

    private List<CommittedEvent> Commit(IReadOnlyList<EventDraft> drafts, Actor actor)
    {
        EnsureEpoch();
        var pending = drafts.Select(d => Prepare(d, actor)).ToList();
        try
        {
            return CommitTogether(pending);
        }
        finally
        {
            pending.ForEach(p => p.Dispose());
        }
    }

    /// <summary>Before the first append of this process: who holds the lock now is on record.</summary>
    private void EnsureEpoch()
    {
        if (!_epochWritten)
        {
            _epochWritten = true; // a failure below stops the vault
            var body = new JsonMap().Set("epoch", Ledger.Size); // grows with every owner that appends: enough to fence, and readable
            using var pending = Prepare(new EventDraft(EventTypes.OwnerEpoch, Descriptor.Store.ToString("D")) { Body = body }, _actor);
            _ = CommitTogether([pending]);
        }
    }

    /// <summary>
    /// One group under the commit lock: frames and details to their lanes, records to the permanent one, a commit frame and
    /// one fsync for each lane, then one batch of the ledger. The turns of all lanes are held by the caller.
    /// </summary>
    private List<CommittedEvent> CommitTogether(IReadOnlyList<PendingCommit> group)
    {
        var committed = new List<CommittedEvent>(group.Count);
        Guarded(() =>
        {
            var now = Now();
            var permanent = Lane(PermanentGroup);
            var writing = new GroupWriting(this, permanent);
            var records = group.Select(pending => writing.Write(pending, RecordOf(pending, now))).ToList();
            writing.CommitLanes();

            // The index first: whoever sees the leaf finds its record. If the ledger fails, nothing refers to these places and
            // the vault stops.
            writing.Placed.ForEach(p => _index.Add(p.Digest, p.Place));
            foreach (var (digest, place) in group.Where(p => p.Placed is not null).SelectMany(p => p.Placed!.Written))
            {
                _index.Add(digest, place);
            }

            var leaves = Ledger.Append([.. records.Select(r => new LedgerEntry(0, r.Record.Type, now, r.Subject, default, r.Commitment))], VouchedNow()); // crash after: acknowledged by replay
            for (var i = 0; i < leaves.Count; i++)
            {
                var (leaf, bytes) = leaves[i];
                var stored = new StoredEvent(leaf, bytes, records[i].Record, records[i].Json, records[i].Salt, group[i].Detail, []);
                committed.Add(new CommittedEvent(stored));
                _recent.Add(stored, group[i].DetailFrame?.OriginalLength ?? 0);
            }
        });
        return committed;
    }

    private static EventRecord RecordOf(PendingCommit pending, DateTimeOffset now) => RecordOf(
        pending.Names is { } names ? pending.Draft with { Objects = [.. pending.Draft.Objects, .. names()] } : pending.Draft, // a crash from here on leaves two names for a large object, which recovery sorts out
        now, pending.Account, pending.DetailFrame?.Digest);

    private static EventRecord RecordOf(EventDraft draft, DateTimeOffset now, Guid account, Digest? detail) =>
        new(draft.Type, now, draft.Outcome, account)
        {
            Aip = draft.Aip,
            Version = draft.Version,
            Manifest = draft.Manifest,
            Counts = draft.Counts,
            Objects = draft.Objects,
            Pack = draft.Pack,
            Basis = draft.Basis,
            ReferenceCode = draft.ReferenceCode,
            Detail = detail,
        };

    // An id that was given out is kept, used or not: a commit that fails stops the vault.
    private readonly ConcurrentDictionary<string, Guid> _accounts = new(StringComparer.Ordinal);

    private Guid AccountOf(string name) => _accounts.GetOrAdd(name, n => AccountIds(n) ?? Guid.NewGuid());

    private DateTimeOffset Now() => StoreTime.Cut(Time.GetUtcNow());

    // Packs between their footer and their "pack sealed" event are vouched for like open ones: until the event is in, a
    // crash must find them by the trailer.
    private IReadOnlyList<VouchedPack> VouchedNow() => [.. _lanes.Values.Where(l => l.HoldsSomething).Select(l => l.Vouched), .. _sealing, .. _suspects];

    private readonly List<VouchedPack> _sealing = [];

    private OpenPack Lane(string group)
    {
        if (_lanes.TryGetValue(group, out var lane))
        {
            return lane;
        }

        if (_lanes.Count >= MaxOpenPacks)
        {
            MakeRoomForALane();
            if (_lanes.TryGetValue(group, out lane))
            {
                return lane; // recording a sealing needed the permanent pack, and made it
            }
        }

        Guarded(() => lane = OpenPack.Create(Disk, Descriptor.Store, group, Now()));
        _lanes[group] = lane!;
        return lane!;
    }

    private void MakeRoomForALane()
    {
        foreach (var lane in _lanes.Values.Where(l => l.Header.Group != PermanentGroup).OrderBy(l => l.Header.Created))
        {
            if (lane.Turn.Wait(0))
            {
                try
                {
                    if (lane.HoldsSomething)
                    {
                        Guarded(() => SealLane(lane));
                    }
                    else
                    {
                        _ = _lanes.TryRemove(lane.Header.Group, out _); // a refused submission made it and nothing came of it
                        Guarded(() => Disk.Delete(lane.Path));
                    }

                    return;
                }
                finally
                {
                    lane.Turn.Release();
                }
            }
        }
    }
}
