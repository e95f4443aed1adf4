using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>The frames of one group commit on their way to their lanes.</summary>
/// <remarks>Used under the commit lock; nothing of it is acknowledged before the ledger says so.</remarks>
internal sealed class GroupWriting(Vault vault, OpenPack permanent)
{
    private readonly List<OpenPack> _touched = [];
    private readonly Dictionary<(Digest, FrameKind), string> _written = [];

    /// <summary>Where the group's frames will lie once it is committed.</summary>
    public List<(Digest Digest, FramePlace Place)> Placed { get; } = [];

    /// <summary>Appends an event's frames, its detail and its record.</summary>
    public WrittenRecord Write(PendingCommit pending, EventRecord record)
    {
        var group = pending.Draft.Group;
        var lane = pending.Held ?? (group == Vault.PermanentGroup ? permanent : vault.LaneOf(group));
        foreach (var frame in pending.Frames)
        {
            // Others may have brought the same bytes since the deposit asked: in an earlier group, or in this one.
            if (!IsInGroup(frame, group) && !vault.IsHeldFor(group, frame.Digest, frame.Kind))
            {
                _written[(frame.Digest, frame.Kind)] = group;
                Append(lane, frame);
            }
        }

        if (pending.DetailFrame is { } detail)
        {
            Append(lane, detail);
        }

        Touch(lane);
        var json = record.ToBytes();
        var bytes = Salted.Seal(json);
        using var prepared = Frame.Prepare(FrameKind.Record, bytes);
        Append(permanent, prepared);
        return new WrittenRecord(pending.Draft.Subject, record, json, bytes[..Salted.SaltSize], prepared.Digest);
    }

    /// <summary>Ends the batch in every lane that was written to, the permanent one last.</summary>
    public void CommitLanes()
    {
        foreach (var lane in _touched)
        {
            lane.Commit(); // crash after: an orphan batch, kept and never referred to
        }

        permanent.Commit(); // crash after: orphan batches
    }

    private bool IsInGroup(PreparedFrame frame, string group) =>
        _written.TryGetValue((frame.Digest, frame.Kind), out var holder) && Vault.Shares(holder, group);

    private void Append(OpenPack lane, PreparedFrame frame) => Placed.Add((frame.Digest, lane.Append(frame, vault.NumberOf(lane))));

    private void Touch(OpenPack lane)
    {
        if (!ReferenceEquals(lane, permanent) && !_touched.Contains(lane))
        {
            _touched.Add(lane);
        }
    }
}

/// <summary>A record as it lies in its frame.</summary>
internal readonly record struct WrittenRecord(string Subject, EventRecord Record, byte[] Json, byte[] Salt, Digest Commitment);
