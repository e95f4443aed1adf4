using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <content>The digest index: opened and brought up to the ledger, else made from the packs.</content>
public sealed partial class Vault
{
    /// <summary>Makes the digest index anew from packs alone. Damage becomes a finding; what is whole is indexed.</summary>
    public void RebuildIndex()
    {
        lock (_commit)
        {
            _index.Stop(); // look-ups under way end in the old one, whose runs they hold open
            var index = DigestIndex.Create(Disk, _owner is not null);
            foreach (var path in Disk.List(StoreLayout.Packs).Where(p => SealedName(p) is not null).Concat(Disk.List(StoreLayout.OpenPacks)))
            {
                ReadPack(path, default, index.Add);
            }

            _index = index;
            SaveIndex();
            index.MarkNow = MarkIndex;
        }
    }

    /// <summary>Reads every byte of the digest index's runs. Each finding is a reason to make it anew; nothing else depends on it.</summary>
    public IReadOnlyList<Finding> CheckIndex() => _index.Check();

    /// <summary>Where a digest's frames lie. A damaged index is made anew on the spot: it is never taken for an answer.</summary>
    private IReadOnlyList<FramePlace> Places(Digest digest)
    {
        var index = _index;
        try
        {
            return index.Find(digest);
        }
        catch (StorageException damage) when (damage.Finding is { Code: StorageCodes.IndexDamaged } finding)
        {
            // Whoever holds the commit lock may be waiting for what our caller holds: do not wait for ever.
            if (!_commit.TryEnter(RenewalPatience))
            {
                throw;
            }

            try
            {
                if (ReferenceEquals(index, _index))
                {
                    _findings.Add(finding);
                    RebuildIndex();
                }
            }
            finally
            {
                _commit.Exit();
            }

            return _index.Find(digest);
        }
    }

    private static readonly TimeSpan RenewalPatience = TimeSpan.FromSeconds(30);

    /// <summary>Takes the digest index if it stands for a beginning of this ledger, and reads what packs hold beyond it.</summary>
    private void LoadPacks()
    {
        var index = DigestIndex.Open(Disk, _owner is not null, out var finding);
        if (finding is not null)
        {
            _findings.Add(finding);
        }

        if (index?.Mark is not { } mark || IndexedPacks.Read(mark.Attachment.Span) is not { } packs || !IsOurs(mark))
        {
            index?.Dispose();
            RebuildIndex();
            return;
        }

        _index = index;
        foreach (var pack in packs)
        {
            _ = _packs.Put(pack.Place);
        }

        if (mark.LedgerSize != Ledger.Size || Ledger.Vouched.Any(v => !Disk.Exists(StoreLayout.OpenPack(v.Pack))))
        {
            CatchUp(index, packs);
        }

        index.MarkNow = MarkIndex;
    }

    /// <summary>After a batch that was killed: packs sealed since, and what lies in open ones beyond the known end.</summary>
    private void CatchUp(DigestIndex index, List<IndexedPack> packs)
    {
        var whole = packs.Where(p => p.Place.Sealed is not null).Select(p => p.Place.Sealed!.Value).ToHashSet();
        var open = packs.Where(p => p.Place.Sealed is null).ToDictionary(p => p.Place.Id, p => p.Known);
        foreach (var path in Disk.List(StoreLayout.Packs).Where(p => SealedName(p) is { } name && !whole.Contains(name)).Concat(Disk.List(StoreLayout.OpenPacks)))
        {
            var known = PackIdOf(path) is { } id ? open.GetValueOrDefault(id) : default;
            ReadPack(path, known, index.AddIfNew);
        }
    }

    private Guid? PackIdOf(string path)
    {
        try
        {
            return ReadPackHeader(path)?.Pack;
        }
        catch (StorageException)
        {
            return null; // reading it says why
        }
    }

    /// <summary>Whether the ledger at hand holds, at its place, the last leaf that the index stands for.</summary>
    private bool IsOurs(IndexMark mark)
    {
        if (mark.LedgerSize == 0 || mark.LedgerSize >= Ledger.Size)
        {
            return mark.LedgerSize == Ledger.Size && mark.LastLeaf == Ledger.LastLeaf;
        }

        try
        {
            return Ledger.ReadLeaves(mark.LedgerSize - 1).FirstOrDefault() is { Bytes: { } leaf } && Digest.Of(leaf) == mark.LastLeaf;
        }
        catch (StorageException)
        {
            return false; // the verification of the ledger says why; here it only means that nothing vouches for the index
        }
    }

    private IndexMark MarkIndex()
    {
        var (size, lastLeaf, vouched) = Ledger.Head;
        return new IndexMark(size, lastLeaf, IndexedPacks.Write(_packs.All, vouched));
    }

    private void SaveIndex()
    {
        try
        {
            if (_owner is not null && _stop is null)
            {
                _index.Save(MarkIndex());
            }
        }
        catch (Exception problem) when (problem is StorageException or OverflowException)
        {
            // The index is a cache: the next opening reads from the packs what is not in it.
        }
    }

    private void ReadPack(string path, VouchedPack known, Action<Digest, FramePlace> add)
    {
        try
        {
            using var file = Disk.Open(path, DiskAccess.Read);
            AddPack(file, path, known, add);
        }
        catch (StorageException problem) when (problem.Problem is StorageProblem.ReadFailed)
        {
            _findings.Add(Finding.Error(StorageCodes.Unreadable, path, ("cause", problem.InnerException?.Message ?? problem.Message)));
        }
    }

    private void AddPack(IDiskFile file, string path, VouchedPack known, Action<Digest, FramePlace> add)
    {
        var name = SealedName(path);
        if (PackContent.ReadHeader(file, out var header, out _) is { } bad)
        {
            if (IsVouched(path))
            {
                _findings.Add(Finding.Error(bad, path));
                AddHeadless(file, path, name, add);
            }

            return;
        }

        if (name is null && SealedPathOf(header.Pack) is not null)
        {
            return; // the old name of a pack that is sealed already: two names, one file
        }

        var number = _packs.Put(new PackPlace(header.Pack, header.Group, name));
        PackContent.Each(file, path, Limit(path), known, entry =>
        {
            if (entry.Offset >= known.End)
            {
                add(entry.Digest, new FramePlace(number, entry.Offset, entry.Length));
            }
        });
    }

    /// <summary>A pack whose header is lost: its frames say whose they are. Its group is lost too, so nothing is deduplicated onto it.</summary>
    private void AddHeadless(IDiskFile file, string path, Digest? name, Action<Digest, FramePlace> add)
    {
        var (pack, entries) = PackScan.Run(file, null, 0, Math.Min(Limit(path) ?? file.Length, file.Length));
        if (pack is { } id && (name is not null || StoreLayout.OpenPack(id) == path))
        {
            var number = _packs.Put(new PackPlace(id, "", name));
            entries.ForEach(e => add(e.Digest, new FramePlace(number, e.Offset, e.Length)));
        }
    }

    private static Digest? SealedName(string path) =>
        path.StartsWith(StoreLayout.Packs + "/", StringComparison.Ordinal) && Digest.TryParse(Path.GetFileNameWithoutExtension(path), out var name) ? name : null;

    /// <summary>Whether the ledger speaks of the file: sealed packs by their place, open ones by the last trailer.</summary>
    private bool IsVouched(string path) =>
        path.StartsWith(StoreLayout.Packs + "/", StringComparison.Ordinal) || Ledger.Vouched.Any(v => StoreLayout.OpenPack(v.Pack) == path);

    private long? Limit(string path)
    {
        var open = Ledger.Vouched.FirstOrDefault(v => StoreLayout.OpenPack(v.Pack) == path);
        return open.Pack == Guid.Empty ? null : open.End;
    }
}
