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
            return Commit(null, draft, actor);
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

        var lane = await TakeLaneAsync(draft.Group, cancellation).ConfigureAwait(false);
        try
        {
            lock (_commit)
            {
                ThrowIfStopped();
                return Commit(lane, draft, actor);
            }
        }
        finally
        {
            lane.Turn.Release();
        }
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

    /// <summary>Number of a pack, for frames that are being appended to it.</summary>
    internal uint NumberOf(OpenPack lane) => _packs.Put(new PackPlace(lane.Header.Pack, lane.Header.Group, null));

    /// <summary>Commits a deposit whose frames are in its lane; the lane's turn is held by the caller.</summary>
    /// <param name="lane">The deposit's pack.</param>
    /// <param name="name">Gives large objects their names and completes the draft.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="placed">Frames that were appended to the lane.</param>
    internal CommittedEvent CommitDeposit(OpenPack lane, Func<EventDraft> name, Actor actor, IReadOnlyList<(Digest, FramePlace)> placed)
    {
        lock (_commit)
        {
            ThrowIfStopped();
            EnsureEpoch();
            EventDraft? draft = null;
            Guarded(() => draft = name()); // a crash from here on leaves two names for a large object, which recovery sorts out
            var committed = WriteEvent(lane, draft!, actor, placed);
            AfterCommit(lane);
            return committed;
        }
    }

    /// <summary>Upkeep after an acknowledged commit: its failure stops the vault, and is not the deposit's failure.</summary>
    private void AfterCommit(OpenPack lane)
    {
        try
        {
            if (lane.End >= Descriptor.PackSize)
            {
                Guarded(() => SealLane(lane));
            }

            if (_lanes.TryGetValue(PermanentGroup, out var permanent) && permanent.End >= Descriptor.PackSize)
            {
                Guarded(() => SealLane(permanent));
            }

            if (Time.GetElapsedTime(_published) >= PublishEvery)
            {
                Guarded(() => Ledger.Publish(_signer!)); // an unsigned tail is a window: a second, not a whole batch
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

    private CommittedEvent Commit(OpenPack? lane, EventDraft draft, Actor actor)
    {
        EnsureEpoch();
        return WriteEvent(lane, draft, actor, null);
    }

    /// <summary>Before the first append of this process: who holds the lock now is on record.</summary>
    private void EnsureEpoch()
    {
        if (!_epochWritten)
        {
            var body = new JsonMap().Set("epoch", Ledger.Size); // grows with every owner that appends: enough to fence, and readable
            _ = WriteEvent(null, new EventDraft(EventTypes.OwnerEpoch, Descriptor.Store.ToString("D")) { Body = body }, _actor, null);
            _epochWritten = true;
        }
    }

    private CommittedEvent WriteEvent(OpenPack? lane, EventDraft draft, Actor actor, IReadOnlyList<(Digest Digest, FramePlace Place)>? placed)
    {
        CommittedEvent? committed = null;
        Guarded(() =>
        {
            var now = Now();
            var account = AccountOf(actor.AccountName);
            var permanent = Lane(PermanentGroup);
            var frames = new List<(Digest Digest, FramePlace Place)>(placed ?? []);

            EventDetail? detail = null;
            Digest? detailDigest = null;
            if (draft.Body is not null)
            {
                detail = new EventDetail(account, actor.AccountName, actor.Software, draft.Body);
                detailDigest = AppendSalted(lane ?? permanent, FrameKind.Detail, detail.ToBytes(), frames, out _);
            }

            var record = RecordOf(draft, now, account, detailDigest);
            var json = record.ToBytes();
            var commitment = AppendSalted(permanent, FrameKind.Record, json, frames, out var salt);

            if (lane is not null && !ReferenceEquals(lane, permanent))
            {
                lane.Commit(); // crash after: an orphan batch, kept and never referred to
            }

            permanent.Commit(); // crash after: two orphan batches
            var leaf = new LedgerEntry(0, draft.Type, now, draft.Subject, default, commitment);

            // The index first: whoever sees the leaf finds its record. If the ledger fails, nothing refers to these places and
            // the vault stops.
            foreach (var (digest, place) in frames)
            {
                _index.Add(digest, place);
            }

            var (written, bytes) = Ledger.Append([leaf], VouchedNow())[0]; // crash after: acknowledged by replay
            _accounts[actor.AccountName] = account;
            committed = new CommittedEvent(new StoredEvent(written, bytes, record, json, salt, detail, []));
        });
        return committed!;
    }

    private Digest AppendSalted(OpenPack lane, FrameKind kind, byte[] json, List<(Digest, FramePlace)> frames, out byte[] salt)
    {
        var bytes = Salted.Seal(json);
        salt = bytes[..Salted.SaltSize];
        var frame = Frame.Prepare(kind, bytes);
        frames.Add((frame.Digest, lane.Append(frame, NumberOf(lane))));
        return frame.Digest;
    }

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

    private readonly Dictionary<string, Guid> _accounts = new(StringComparer.Ordinal);

    private Guid AccountOf(string name) => _accounts.TryGetValue(name, out var id) ? id : AccountIds(name) ?? Guid.NewGuid();

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
