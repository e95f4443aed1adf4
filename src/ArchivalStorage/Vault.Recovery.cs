using System.Buffers.Binary;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <content>Recovery: runs the functions of normal work, cuts nothing that anything vouches for, and may itself be cut off anywhere.</content>
/// <remarks>spec/formats/pack.md, large-object.md, "Recovery".</remarks>
public sealed partial class Vault
{
    /// <summary>
    /// A large object gets its name before the ledger entry, and its name in staging goes away after it. What is still
    /// in staging was cut off: its name in <c>large/</c> goes too, but only when every record can be read and none refers to it.
    /// </summary>
    private void RecoverLargeObjects()
    {
        var staged = Disk.List(StoreLayout.Staging);
        if (staged.Count == 0)
        {
            return;
        }

        var referred = new HashSet<Guid>();
        var isCertain = true;
        foreach (var stored in ReadEvents(0))
        {
            isCertain &= stored.Record is not null;
            referred.UnionWith(stored.Record?.Objects ?? []);
        }

        foreach (var path in staged)
        {
            if (isCertain && TryReadLargeId(path) is { } id && !referred.Contains(id) && ReadLargeTrailer(path) is { } trailer
                && Disk.Exists(StoreLayout.LargeObject(trailer.Content)) && TryReadLargeId(StoreLayout.LargeObject(trailer.Content)) == id)
            {
                Disk.Delete(StoreLayout.LargeObject(trailer.Content));
            }

            Disk.Delete(path);
        }
    }

    /// <summary>Brings each open pack to the state that the last ledger trailer vouches for.</summary>
    private void RecoverOpenPacks()
    {
        foreach (var path in Disk.List(StoreLayout.OpenPacks))
        {
            var file = Disk.Open(path, _owner is null ? DiskAccess.Read : DiskAccess.Write);
            if (!RecoverOpenPack(file, path))
            {
                file.Dispose();
            }
        }
    }

    /// <summary>True when the file was taken over and stays open.</summary>
    private bool RecoverOpenPack(IDiskFile file, string path)
    {
        var head = new byte[PackHeader.Size];
        if (PackHeader.TryRead(head.AsSpan(0, file.Read(0, head)), out var header) is { } code)
        {
            if (IsVouched(path))
            {
                SetAside(path, Finding.Error(code, path));
            }
            else
            {
                DeleteAsOwner(path); // cut off while its header was written: nothing was ever committed to it
            }

            return false;
        }

        var vouched = Ledger.Vouched.FirstOrDefault(v => v.Pack == header.Pack);
        var isVouched = vouched.Pack == header.Pack;
        if (SealedPathOf(header.Pack) is { } named)
        {
            // Two names of one file, which must not be written any more. While the trailer still speaks of it, its event is
            // missing (RecoverSealing appends it); after that only the old name was left.
            if (isVouched)
            {
                _sealing.Add(vouched);
                _unfinished.Add((header, named));
            }
            else
            {
                DeleteAsOwner(path);
            }

            return false;
        }

        return isVouched ? ResumeVouched(file, path, header, vouched) : ResumeUnvouched(file, path, header, Digest.Of(head));
    }

    private bool ResumeVouched(IDiskFile file, string path, PackHeader header, VouchedPack known)
    {
        if (!EndsInCommit(file, header.Pack, known))
        {
            SetAside(path, Finding.Error(Codes.PackNotAsVouched, path, ("end", known.End)));
            return false;
        }

        if (_owner is not null && IsEndedBy(file, header.Pack, known))
        {
            // It was being sealed: index and footer are on disk, the name or its event is missing.
            _sealing.Add(known);
            _unfinished.Add((header, path));
            return false;
        }

        // Whole batches behind the vouched end are orphans: kept, since they may be all that is left of a lost ledger tail.
        var orphans = PackWalk.RunHeaders(file, path, header, known, file.Length, static _ => { });
        return Adopt(file, header, orphans);
    }

    /// <summary>A pack that no trailer names: if it holds whole batches they are orphans and stay; if not, it was never committed to.</summary>
    private bool ResumeUnvouched(IDiskFile file, string path, PackHeader header, Digest start)
    {
        var walk = PackWalk.RunHeaders(file, path, header, new VouchedPack(header.Pack, PackHeader.Size, 0, start), file.Length, static _ => { });
        if (walk.Batches > 0)
        {
            return Adopt(file, header, walk);
        }

        DeleteAsOwner(path);
        return false;
    }

    private bool Adopt(IDiskFile file, PackHeader header, PackWalkResult walk)
    {
        if (_owner is not null && file.Length > walk.End)
        {
            file.Truncate(walk.End); // a torn tail: no whole batch follows it and nothing vouches for it
            file.Sync();
        }

        var lane = OpenPack.Resume(header, file, walk.LastCommit, walk.Batches, walk.End);
        if (_lanes.TryAdd(header.Group, lane))
        {
            _ = _packs.Put(new PackPlace(header.Pack, header.Group, null));
            return true;
        }

        // Two open packs of one group: one was suspect before. Keep vouching for it, write to the other.
        _suspects.Add(lane.Vouched);
        return false;
    }

    private static bool EndsInCommit(IDiskFile file, Guid pack, VouchedPack known)
    {
        Span<byte> back = stackalloc byte[8];
        if (file.Length < known.End || known.End < PackHeader.Size + 8 || file.Read(known.End - 8, back) != 8)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt64LittleEndian(back);
        return length is > 0 and < 4096
            && FrameReader.ReadHeader(file, pack, known.End - length, known.End, out var frame) is null
            && frame.Kind == FrameKind.Commit && frame.Length == length
            && FrameReader.ReadOriginal(file, frame, out var payload) is null
            && CommitMark.TryRead(payload.Span, out var mark) && mark.Hash == known.Commit && mark.Batch == known.Batch;
    }

    private static bool IsEndedBy(IDiskFile file, Guid pack, VouchedPack known)
    {
        var bytes = new byte[PackFooter.Size];
        return file.Length > known.End + PackFooter.Size
            && file.Read(file.Length - PackFooter.Size, bytes) == bytes.Length
            && PackFooter.TryRead(bytes, out var footer)
            && footer.Pack == pack && footer.IndexOffset == known.End && footer.FileLength == file.Length && footer.LastCommit == known.Commit;
    }

    /// <summary>A damaged open pack is left as it is and never written to again; its group gets a new one.</summary>
    private void SetAside(string path, Finding finding)
    {
        _findings.Add(finding);
        _suspects.AddRange(Ledger.Vouched.Where(v => StoreLayout.OpenPack(v.Pack) == path));
    }

    private void DeleteAsOwner(string path)
    {
        if (_owner is not null)
        {
            Disk.Delete(path);
        }
    }

    private readonly List<(PackHeader Header, string Path)> _unfinished = [];

    /// <summary>Finishes sealings: those with a footer but no name, and those with a name but no event.</summary>
    private void RecoverSealing()
    {
        foreach (var vouched in Ledger.Vouched.Where(v => !IsAccountedFor(v.Pack)))
        {
            // Sealed and its old name gone, but its event is missing.
            if (SealedPathOf(vouched.Pack) is { } path && ReadPackHeader(path) is { } header)
            {
                _sealing.Add(vouched);
                _unfinished.Add((header, path));
                continue;
            }

            _findings.Add(Finding.Error(Codes.PackNotAsVouched, StoreLayout.OpenPack(vouched.Pack), ("end", vouched.End)));
            _suspects.Add(vouched);
        }

        if (!CanAppend)
        {
            return;
        }

        foreach (var (header, path) in _unfinished)
        {
            lock (_commit)
            {
                Guarded(() => FinishSealing(header, path, vouched: _sealing.First(s => s.Pack == header.Pack)));
            }
        }

        _unfinished.Clear();
    }

    private bool IsAccountedFor(Guid pack) =>
        _lanes.Values.Any(l => l.Header.Pack == pack) || _sealing.Any(s => s.Pack == pack) || _suspects.Any(s => s.Pack == pack);

    /// <summary>Gives the pack its name if it lacks it, and its event. The frames are counted from its own index.</summary>
    private void FinishSealing(PackHeader header, string path, VouchedPack vouched)
    {
        using (var file = Disk.Open(path, DiskAccess.Read))
        {
            if (PackIndexFrame.Open(file) is not { } index)
            {
                _ = _sealing.RemoveAll(s => s.Pack == header.Pack);
                SetAside(path, Finding.Error(Codes.PackFooterBad, path));
                return;
            }

            if (path.StartsWith(StoreLayout.OpenPacks + "/", StringComparison.Ordinal))
            {
                var walk = PackWalk.Run(file, path, vouched.End, WalkDepth.Stored);
                if (walk.Problem is not null || walk.Damage.Count > 0)
                {
                    _ = _sealing.RemoveAll(s => s.Pack == header.Pack);
                    SetAside(path, walk.Problem ?? walk.Damage[0]);
                    return;
                }

                GiveName(header, path);
            }

            RecordSealing(header, index.Count);
        }

        Disk.Delete(StoreLayout.OpenPack(header.Pack));
    }

    private PackHeader? ReadPackHeader(string path)
    {
        using var file = Disk.Open(path, DiskAccess.Read);
        var head = new byte[PackHeader.Size];
        return PackHeader.TryRead(head.AsSpan(0, file.Read(0, head)), out var header) is null ? header : null;
    }
}
