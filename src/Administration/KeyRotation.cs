using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Administration;

/// <summary>
/// Replaces the log key. The new key is saved beside the old one first, then the ledger names it, then it takes the old
/// one's place. A crash anywhere leaves both at hand, and the ledger says which one counts.
/// </summary>
internal static class KeyRotation
{
    public static VerifierKey Rotate(Vault vault, KeyStore keys, string? passphrase, Actor actor)
    {
        var store = vault.Descriptor.Store;
        if (!vault.CanAppend)
        {
            throw new StorageException(StorageProblem.KeyMissing, keys.PathOf(store)); // before a secret lies there that nothing names
        }

        using var successor = NoteSigner.Generate(vault.Descriptor.Origin);
        var disk = new LocalDisk(keys.Folder);
        disk.ReplaceSecret(Path.GetFileName(keys.PathOfNext(store)), successor.Export(passphrase), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        vault.RotateKey(successor, actor); // a crash after: opening finds the waiting key by the ledger and finishes
        keys.Save(store, successor, passphrase);
        disk.Delete(Path.GetFileName(keys.PathOfNext(store)));
        return successor.Verifier;
    }

    /// <summary>The key that the ledger names now, if it is at hand: a key that it does not name must not sign.</summary>
    /// <param name="keys">The key folder.</param>
    /// <param name="disk">The store's root.</param>
    /// <param name="store">The store.</param>
    /// <param name="settings">Passphrase and clock.</param>
    /// <param name="problem">ADM-004 when a key file cannot be opened, ADM-008 when the key is not the log's; else null.</param>
    public static NoteSigner? LoadCurrent(KeyStore keys, IDisk disk, Guid store, RepositorySettings settings, out Finding? problem)
    {
        var signer = keys.Load(store, settings.Passphrase, out var cause);
        problem = cause == KeyFileProblem.None ? null : Finding.Warning("ADM-004", keys.PathOf(store), ("cause", cause));
        if (!File.Exists(keys.PathOfNext(store)) && (signer is null || SignedTheCheckpoint(disk, signer)))
        {
            return signer;
        }

        using var look = Vault.OpenReadOnly(disk, settings.Time);
        var current = look.CurrentKey();
        if (signer is not null && signer.Verifier == current)
        {
            new LocalDisk(keys.Folder).Delete(Path.GetFileName(keys.PathOfNext(store))); // a rotation that did not get as far as the ledger
            return signer;
        }

        signer?.Dispose();
        return Promote(keys, disk, store, settings.Passphrase, current, ref problem);
    }

    /// <summary>Finishes a rotation that the ledger knows: the waiting key takes its place, in the key folder and in the root.</summary>
    private static NoteSigner? Promote(KeyStore keys, IDisk disk, Guid store, string? passphrase, VerifierKey? current, ref Finding? problem)
    {
        var next = keys.PathOfNext(store);
        if (!File.Exists(next) || !NoteSigner.TryImport(File.ReadAllBytes(next), passphrase, out var waiting, out var cause))
        {
            problem ??= Finding.Warning("ADM-008", keys.PathOf(store), ("key", current?.ToString() ?? ""));
            return null;
        }

        if (waiting.Verifier != current)
        {
            waiting.Dispose();
            problem ??= Finding.Warning("ADM-008", keys.PathOf(store), ("key", current?.ToString() ?? ""));
            return null;
        }

        keys.Save(store, waiting, passphrase);
        new LocalDisk(keys.Folder).Delete(Path.GetFileName(next));
        disk.Replace(StoreLayout.VerifierKey, System.Text.Encoding.UTF8.GetBytes(waiting.Verifier + "\n"));
        problem = null;
        return waiting;
    }

    private static bool SignedTheCheckpoint(IDisk disk, NoteSigner signer)
    {
        if (!disk.Exists(StoreLayout.Checkpoint))
        {
            return false;
        }

        using var file = disk.Open(StoreLayout.Checkpoint, DiskAccess.Read);
        var bytes = new byte[checked((int)Math.Min(file.Length, SignedNote.MaxLength))];
        _ = file.Read(0, bytes);
        return SignedNote.TryParse(bytes, out var note) && signer.Verifier.Verifies(note);
    }
}
