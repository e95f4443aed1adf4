using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <content>Opening and recovery. Recovery runs the functions of normal work and may itself be cut off anywhere.</content>
public sealed partial class Vault
{
    /// <summary>Opens a store as its owner and finishes what a crash left.</summary>
    /// <param name="disk">The disk below the root.</param>
    /// <param name="settings">Clock and actor.</param>
    /// <param name="signer">The log key; null to read only: nothing can be appended then.</param>
    /// <exception cref="StorageException">
    /// NotAStore, Locked (another process owns it), or Damaged: the ledger is corrupt and was not touched.
    /// </exception>
    public static Vault Open(IDisk disk, VaultSettings settings, NoteSigner? signer)
    {
        var descriptor = ReadDescriptor(disk);
        var owner = disk.TryLock(StoreLayout.Run + "/lock") ?? throw new StorageException(StorageProblem.Locked, disk.Root);
        try
        {
            var ledger = Ledger.Load(disk, descriptor);
            var vault = new Vault(disk, descriptor, ledger, settings, signer, owner);
            ledger.Recover();
            vault.RecoverLargeObjects();
            vault.LoadPacks();
            vault.RecoverOpenPacks();
            vault.RecoverSealing();
            vault.KeepReserve();
            if (vault.CanAppend)
            {
                vault.SealOld();
            }

            return vault;
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    /// <summary>Opens a store to read what is acknowledged: no lock is taken, nothing is recovered or written.</summary>
    public static Vault OpenReadOnly(IDisk disk, TimeProvider time)
    {
        var descriptor = ReadDescriptor(disk);
        var vault = new Vault(disk, descriptor, Ledger.Load(disk, descriptor), new VaultSettings(time, new Actor("", "")), null, null);
        vault.LoadPacks();
        vault.RecoverOpenPacks();
        return vault;
    }

    /// <summary>Reads the descriptor of a store.</summary>
    /// <exception cref="StorageException">NotAStore: absent or not readable by this version.</exception>
    public static StoreDescriptor ReadDescriptor(IDisk disk)
    {
        if (!disk.Exists(StoreLayout.Descriptor))
        {
            throw new StorageException(StorageProblem.NotAStore, disk.Root);
        }

        return StoreDescriptor.TryRead(LedgerFiles.Bytes(disk, StoreLayout.Descriptor), out var descriptor)
            ? descriptor
            : throw new StorageException(StorageProblem.Damaged, StoreLayout.Descriptor, null, Finding.Error(Codes.DescriptorBad, StoreLayout.Descriptor));
    }

    /// <summary>
    /// A large object gets its name before the ledger entry, and its name in staging goes away after it. What is still
    /// in staging was cut off: its name in <c>large/</c> goes too, unless the last events refer to it.
    /// </summary>
    private void RecoverLargeObjects()
    {
        var staged = Disk.List(StoreLayout.Staging);
        if (staged.Count == 0)
        {
            return;
        }

        var referred = new HashSet<Guid>();
        foreach (var path in staged)
        {
            if (ReadLargeHeader(path) is not { } header || ReadLargeTrailer(path) is not { } trailer)
            {
                continue; // it was not finished, so it never had another name
            }

            if (referred.Count == 0)
            {
                LoadPacksOnce();
                referred.UnionWith(ReadEvents(Math.Max(0, Ledger.Size - 256)).SelectMany(e => e.Record?.Objects ?? []));
                _ = referred.Add(Guid.Empty);
            }

            var named = StoreLayout.LargeObject(trailer.Content);
            if (!referred.Contains(header.Id) && Disk.Exists(named) && ReadLargeHeader(named)?.Id == header.Id)
            {
                Disk.Delete(named);
            }
        }

        foreach (var path in staged)
        {
            Disk.Delete(path);
        }
    }

    private bool _packsLoaded;

    private void LoadPacksOnce()
    {
        if (!_packsLoaded)
        {
            LoadPacks();
        }
    }

    /// <summary>Takes the digest index if its watermark is the ledger's, else makes it from the packs.</summary>
    private void LoadPacks()
    {
        if (_packsLoaded)
        {
            return;
        }

        _packsLoaded = true;
        if (Disk.Exists(DigestIndexFile.Path) && DigestIndexFile.TryRead(LedgerFiles.Bytes(Disk, DigestIndexFile.Path)) is { } file
            && file.LedgerSize == Ledger.Size && file.LastLeaf == Ledger.LastLeaf)
        {
            foreach (var pack in file.ReadPacks())
            {
                _ = _packs.Put(pack);
            }

            _index = new DigestIndex(file);
            return;
        }

        RebuildIndex();
    }

    /// <summary>Makes the digest index anew from packs alone. Damage becomes a finding; what is whole is indexed.</summary>
    public void RebuildIndex()
    {
        var index = new DigestIndex(null);
        foreach (var path in Disk.List(StoreLayout.Packs).Concat(Disk.List(StoreLayout.OpenPacks)))
        {
            using var file = Disk.Open(path, DiskAccess.Read);
            var content = PackContent.Read(file, path, Limit(path));
            if (content.Header is not { } header)
            {
                if (IsVouched(path))
                {
                    _findings.Add(content.Problem ?? Finding.Error(Codes.PackHeaderBad, path));
                }

                continue;
            }

            var name = Digest.TryParse(Path.GetFileNameWithoutExtension(path), out var digest) && path.StartsWith(StoreLayout.Packs, StringComparison.Ordinal) ? digest : (Digest?)null;
            var number = _packs.Put(new PackPlace(header.Pack, header.Group, name));
            foreach (var entry in content.Entries)
            {
                index.Add(entry.Digest, new FramePlace(number, entry.Offset, entry.Length));
            }
        }

        _index = index;
    }

    /// <summary>Whether the ledger speaks of the file: sealed packs by their place, open ones by the last trailer.</summary>
    private bool IsVouched(string path) =>
        path.StartsWith(StoreLayout.Packs + "/", StringComparison.Ordinal) || Ledger.Vouched.Any(v => StoreLayout.OpenPack(v.Pack) == path);

    private long? Limit(string path)
    {
        var open = Ledger.Vouched.FirstOrDefault(v => StoreLayout.OpenPack(v.Pack) == path);
        return open.Pack == Guid.Empty ? null : open.End;
    }

    /// <summary>Brings each open pack to the state that the last ledger trailer vouches for.</summary>
    private void RecoverOpenPacks()
    {
        var vouched = Ledger.Vouched.ToDictionary(v => v.Pack);
        foreach (var path in Disk.List(StoreLayout.OpenPacks))
        {
            var access = _owner is null ? DiskAccess.Read : DiskAccess.Write;
            var file = Disk.Open(path, access);
            var head = new byte[PackHeader.Size];
            if (PackHeader.TryRead(head.AsSpan(0, file.Read(0, head)), out var header) is { } code)
            {
                file.Dispose();
                if (IsVouched(path))
                {
                    SetAside(path, Finding.Error(code, path), vouched);
                }
                else if (_owner is not null)
                {
                    Disk.Delete(path); // cut off while its header was written: nothing was ever committed to it
                }

                continue;
            }

            if (vouched.TryGetValue(header.Pack, out var known))
            {
                ResumeVouched(file, path, header, known);
            }
            else
            {
                ResumeUnvouched(file, path, header, Digest.Of(head));
            }
        }
    }

    private void ResumeVouched(IDiskFile file, string path, PackHeader header, VouchedPack known)
    {
        if (!EndsInCommit(file, header.Pack, known))
        {
            file.Dispose();
            SetAside(path, Finding.Error(Codes.PackNotAsVouched, path, ("end", known.End)), Ledger.Vouched.ToDictionary(v => v.Pack));
            return;
        }

        if (_owner is not null && IsEndedBy(file, header.Pack, known))
        {
            // It was being sealed: index and footer are on disk, the name or its event is missing.
            file.Dispose();
            _unfinished.Add((header, path));
            return;
        }

        Adopt(file, header, known.Commit, known.Batch, known.End, cut: file.Length > known.End);
    }

    /// <summary>
    /// A pack that no trailer names: if it holds whole batches they are orphans and stay; if not, it was never committed to.
    /// </summary>
    private void ResumeUnvouched(IDiskFile file, string path, PackHeader header, Digest start)
    {
        var walk = PackWalk.Run(file, path, file.Length, WalkDepth.Headers);
        if (walk.Batches == 0)
        {
            file.Dispose();
            if (_owner is not null && !_packs.All.Any(p => p.Id == header.Pack && p.Sealed is not null))
            {
                Disk.Delete(path);
            }

            return;
        }

        if (_packs.All.Any(p => p.Id == header.Pack && p.Sealed is not null))
        {
            // It was sealed and named, and only its old name was left.
            file.Dispose();
            if (_owner is not null)
            {
                Disk.Delete(path);
            }

            return;
        }

        Adopt(file, header, walk.LastCommit, walk.Batches, walk.End, cut: file.Length > walk.End);
    }

    private void Adopt(IDiskFile file, PackHeader header, Digest commit, ulong batches, long end, bool cut)
    {
        if (_owner is not null && cut)
        {
            file.Truncate(end); // a torn tail, or orphans that nothing refers to
            file.Sync();
        }

        var lane = OpenPack.Resume(header, file, commit, batches, end);
        if (_lanes.TryAdd(header.Group, lane))
        {
            _ = _packs.Put(new PackPlace(header.Pack, header.Group, null));
            return;
        }

        // Two open packs of one group: one was suspect before. Keep vouching for it, write to the other.
        _suspects.Add(lane.Vouched);
        lane.Dispose();
    }

    private static bool EndsInCommit(IDiskFile file, Guid pack, VouchedPack known)
    {
        Span<byte> back = stackalloc byte[8];
        if (file.Length < known.End || file.Read(known.End - 8, back) != 8)
        {
            return false;
        }

        var length = System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(back);
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
    private void SetAside(string path, Finding finding, Dictionary<Guid, VouchedPack> vouched)
    {
        _findings.Add(finding);
        if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "N", out var id) && vouched.TryGetValue(id, out var known))
        {
            _suspects.Add(known);
        }
    }

    private readonly List<(PackHeader Header, string Path)> _unfinished = [];

    /// <summary>Finishes sealings: first those with a footer but no name, then those with a name but no event.</summary>
    private void RecoverSealing()
    {
        foreach (var vouched in Ledger.Vouched)
        {
            if (_unfinished.All(u => u.Header.Pack != vouched.Pack) && _lanes.Values.All(l => l.Header.Pack != vouched.Pack)
                && _suspects.All(s => s.Pack != vouched.Pack) && !Disk.Exists(StoreLayout.OpenPack(vouched.Pack)))
            {
                var path = _packs.All.FirstOrDefault(p => p.Id == vouched.Pack && p.Sealed is not null)?.Path;
                if (path is null || ReadPackHeader(path) is not { } header)
                {
                    _findings.Add(Finding.Error(Codes.PackNotAsVouched, StoreLayout.OpenPack(vouched.Pack), ("end", vouched.End)));
                    _suspects.Add(vouched);
                    continue;
                }

                _unfinished.Add((header, path));
            }
        }

        if (_signer is null || _unfinished.Count == 0)
        {
            return;
        }

        foreach (var (header, path) in _unfinished)
        {
            lock (_commit)
            {
                Guarded(() =>
                {
                    _ = path.StartsWith(StoreLayout.OpenPacks, StringComparison.Ordinal) ? FinishSealing(header, path) : default;
                    RecordSealing(header, _index.Count);
                    Disk.Delete(StoreLayout.OpenPack(header.Pack));
                });
            }
        }

        _unfinished.Clear();
    }

    private void KeepReserve()
    {
        var size = (int)Math.Min(8 << 20, Descriptor.PackSize / 4);
        if (!Disk.Exists(StoreLayout.Reserve) && Disk.FreeBytes > size * 16L)
        {
            Disk.Replace(StoreLayout.Reserve, new byte[size]);
        }
    }

    private PackHeader? ReadPackHeader(string path)
    {
        using var file = Disk.Open(path, DiskAccess.Read);
        var head = new byte[PackHeader.Size];
        return PackHeader.TryRead(head.AsSpan(0, file.Read(0, head)), out var header) is null ? header : null;
    }
}
