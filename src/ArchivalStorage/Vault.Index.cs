using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <content>The digest index: taken from its file when that is current, else made from the packs.</content>
public sealed partial class Vault
{
    /// <summary>Makes the digest index anew from packs alone. Damage becomes a finding; what is whole is indexed.</summary>
    public void RebuildIndex()
    {
        lock (_commit)
        {
            var index = new DigestIndex(null);
            foreach (var path in Disk.List(StoreLayout.Packs).Where(p => SealedName(p) is not null).Concat(Disk.List(StoreLayout.OpenPacks)))
            {
                try
                {
                    AddPack(index, path);
                }
                catch (StorageException problem) when (problem.Problem is StorageProblem.ReadFailed)
                {
                    _findings.Add(Finding.Error(StorageCodes.Unreadable, path, ("cause", problem.InnerException?.Message ?? problem.Message)));
                }
            }

            _index = index;
        }
    }

    /// <summary>Takes the digest index if its watermark is the ledger's, else makes it from the packs.</summary>
    private void LoadPacks()
    {
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

    private void AddPack(DigestIndex index, string path)
    {
        var name = SealedName(path);
        using var file = Disk.Open(path, DiskAccess.Read);
        var content = PackContent.Read(file, path, Limit(path));
        if (content.Header is not { } header)
        {
            if (IsVouched(path))
            {
                _findings.Add(content.Problem ?? Finding.Error(Codes.PackHeaderBad, path));
            }

            return;
        }

        if (name is null && SealedPathOf(header.Pack) is not null)
        {
            return; // the old name of a pack that is sealed already: two names, one file
        }

        var number = _packs.Put(new PackPlace(header.Pack, header.Group, name));
        foreach (var entry in content.Entries)
        {
            index.Add(entry.Digest, new FramePlace(number, entry.Offset, entry.Length));
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
