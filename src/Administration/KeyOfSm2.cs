using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.Words;

namespace Lantai.Administration;

/// <summary>
/// Adds the key of SM2, or puts a new one in its place. It is saved beside the old one first, then the ledger names it, then
/// it takes the old one's place: a crash anywhere leaves both at hand, and the ledger says which one counts.
/// </summary>
internal static class KeyOfSm2
{
    public static Sm2VerifierKey Add(Vault vault, KeyStore keys, string? passphrase, Actor actor)
    {
        var store = vault.Descriptor.Store;
        if (!vault.CanAppend)
        {
            throw new StorageException(StorageProblem.KeyMissing, keys.PathOf(store)); // before a secret lies there that nothing names
        }

        var added = Sm2NoteSigner.Generate(vault.Descriptor.Sm2KeyName);
        keys.SaveSm2(keys.PathOfNextSm2(store), added, passphrase);
        vault.AddKey(added, actor); // a crash after: opening finds the waiting key by the ledger and finishes
        keys.SaveSm2(store, added, passphrase);
        new LocalDisk(keys.Folder).Delete(Path.GetFileName(keys.PathOfNextSm2(store)));
        return added.Verifier;
    }

    /// <summary>The keys at hand, the waiting one too: the vault takes the one that the ledger names.</summary>
    /// <param name="keys">The key folder.</param>
    /// <param name="store">The store.</param>
    /// <param name="passphrase">Opens them when they are locked.</param>
    /// <param name="problem">ADM-009 when a key file cannot be opened; else null.</param>
    public static IReadOnlyList<Sm2NoteSigner> Load(KeyStore keys, Guid store, string? passphrase, out Finding? problem)
    {
        var found = new List<Sm2NoteSigner>();
        problem = null;
        foreach (var path in (string[])[keys.PathOfSm2(store), keys.PathOfNextSm2(store)])
        {
            if (KeyStore.LoadSm2(path, passphrase, out var cause) is { } signer)
            {
                found.Add(signer);
            }
            else if (cause != KeyFileProblem.None)
            {
                problem ??= Finding.Warning("ADM-009", path, ("cause", cause));
            }
        }

        return found;
    }

    /// <summary>Ends an addition that a crash cut off: the waiting key takes its place when the ledger names it, else it goes.</summary>
    public static void Finish(Vault vault, KeyStore keys, IReadOnlyList<Sm2NoteSigner> atHand, string? passphrase)
    {
        var next = keys.PathOfNextSm2(vault.Descriptor.Store);
        if (!vault.CanAppend || !File.Exists(next))
        {
            return;
        }

        var current = vault.AddedKey(vault.Ledger.Size);
        if (current is not null && !atHand.Any(k => k.Verifier.Equals(current)))
        {
            return; // perhaps the waiting one, which could not be opened
        }

        if (atHand.FirstOrDefault(k => k.Verifier.Equals(current)) is { } signer)
        {
            keys.SaveSm2(vault.Descriptor.Store, signer, passphrase);
        }

        new LocalDisk(keys.Folder).Delete(Path.GetFileName(next));
    }
}
