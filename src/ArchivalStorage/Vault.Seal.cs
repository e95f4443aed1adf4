using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <content>Sealing: an open pack gets its index, its footer and the SHA-256 of its bytes as its name.</content>
public sealed partial class Vault
{
    private static readonly TimeSpan OldestOpen = TimeSpan.FromHours(1);

    /// <summary>Seals what is an hour old. A pack that somebody writes to just now is left for the next time.</summary>
    private void SealOld()
    {
        foreach (var lane in _lanes.Values)
        {
            if (lane.Turn.Wait(0))
            {
                _ = SealHeld(lane, l => l.HoldsSomething && Now() - l.Header.Created >= OldestOpen && HoldsMoreThanBookkeeping(l));
            }
        }
    }

    private async Task<bool> SealIfAsync(string group, Func<OpenPack, bool> condition, CancellationToken cancellation)
    {
        if (!_lanes.TryGetValue(group, out var lane))
        {
            return false;
        }

        await lane.Turn.WaitAsync(cancellation).ConfigureAwait(false);
        return SealHeld(lane, condition);
    }

    /// <summary>Seals a lane whose turn is held, if it is still the group's and the condition holds; gives the turn back.</summary>
    private bool SealHeld(OpenPack lane, Func<OpenPack, bool> condition)
    {
        var group = lane.Header.Group;
        try
        {
            lock (_commit)
            {
                ThrowIfStopped();
                if (!_lanes.TryGetValue(group, out var current) || !ReferenceEquals(lane, current) || !condition(lane))
                {
                    return false;
                }

                Guarded(() => SealLane(lane));
                return true;
            }
        }
        finally
        {
            GiveBackTurn(lane);
        }
    }

    /// <summary>
    /// Seals a lane whose turn is held (the permanent one is only used under the commit lock). Order: every frame read
    /// from the medium, index and footer, fsync, new name, ledger event, old name away. A crash anywhere is finished by the
    /// next opening, which calls the same functions. A damaged pack gets no good name: it is set aside as it is.
    /// </summary>
    private void SealLane(OpenPack lane)
    {
        EnsureEpoch();
        MakeRoomFor(lane);
        _sealBuffers ??= new AuditBuffers(new Lock());
        using var medium = Disk.Open(lane.Path, DiskAccess.ReadMedium); // the name is the digest of what the disk gives back, not of what we meant to write
        using var reader = new ForwardReader(medium, lane.End, _sealBuffers.Window, digests: true, null, CancellationToken.None);
        var walk = new PackPass(lane.Path, reader, lane.End, WalkDepth.Stored, _sealBuffers) { Expected = lane.Expected }.Run(); // checked and digested in one pass
        _ = _lanes.TryRemove(lane.Header.Group, out _);
        if (walk.Problem is not null || walk.Damage.Count > 0 || walk.LastCommit != lane.LastCommit)
        {
            _findings.AddRange(walk.Damage);
            _findings.Add(walk.Problem ?? Finding.Error(Codes.PackNotAsVouched, lane.Path, ("end", lane.End)));
            _suspects.Add(lane.Vouched);
            return;
        }

        _sealing.Add(lane.Vouched);
        lane.WriteEnd(walk.Entries);
        reader.Extend(lane.File.Length);
        GiveName(lane.Header, lane.Path, reader.Finish());
        RecordSealing(lane.Header, walk.Entries.Count);
        Disk.Delete(lane.Path);
        lane.File.Dispose();
    }

    private AuditBuffers? _sealBuffers;

    /// <summary>Gives a pack that ends in its footer its name, read from the disk. Doing it twice does it once.</summary>
    private void GiveName(PackHeader header, string path)
    {
        using var file = Disk.Open(path, DiskAccess.ReadMedium);
        GiveName(header, path, FileDigest.Compute(file, file.Length, CancellationToken.None));
    }

    private void GiveName(PackHeader header, string path, Digest name)
    {
        if (!Disk.Exists(StoreLayout.Pack(name)))
        {
            Disk.Link(path, StoreLayout.Pack(name));
        }

        _ = _packs.Put(new PackPlace(header.Pack, header.Group, name));
    }

    private void RecordSealing(PackHeader header, long frames)
    {
        var name = _packs.All.Single(p => p.Id == header.Pack).Sealed!.Value;
        var length = LengthOf(StoreLayout.Pack(name));
        EnsureEpoch();
        _ = _sealing.RemoveAll(v => v.Pack == header.Pack); // the event's own trailer is the first that no longer speaks of it
        _ = Commit(new EventDraft(EventTypes.PackSealed, name.ToString())
        {
            Pack = name,
            Counts = new Dictionary<string, long> { ["bytes"] = length, ["frames"] = frames },
        }, _actor);
    }

    // Records of sealing and of owners alone are no reason to seal the permanent pack again every hour.
    private bool HoldsMoreThanBookkeeping(OpenPack lane)
    {
        const int Sample = 4096;
        if (lane.Header.Group != PermanentGroup || lane.Batches > Sample)
        {
            return true;
        }

        return Ledger.ReadLeaves(Math.Max(0, Ledger.Size - Sample)).Any(l =>
            LedgerEntry.TryRead(l.Bytes, out var leaf) && leaf.Time >= lane.Header.Created
            && leaf.Type is not (EventTypes.PackSealed or EventTypes.OwnerEpoch));
    }

    /// <summary>On a full disk the reserve is given up so that sealing can finish.</summary>
    private void MakeRoomFor(OpenPack lane)
    {
        var need = 65536 + (lane.End / 100);
        if (Disk.FreeBytes < need && Disk.Exists(StoreLayout.Reserve))
        {
            Disk.Delete(StoreLayout.Reserve);
        }
    }
}
