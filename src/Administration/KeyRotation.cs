using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Administration;

/// <summary>
/// Replaces the log key. The new key is saved beside the old one first, then the ledger names it, then it takes the old
/// one's place: a crash anywhere leaves a store whose current key is at hand.
/// </summary>
internal static class KeyRotation
{
    public static VerifierKey Rotate(Vault vault, KeyStore keys, string? passphrase, Actor actor)
    {
        var store = vault.Descriptor.Store;
        using var successor = NoteSigner.Generate(vault.Descriptor.Origin);
        var disk = new LocalDisk(keys.Folder);
        disk.ReplaceSecret(Path.GetFileName(keys.PathOfNext(store)), successor.Export(passphrase), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        vault.RotateKey(successor, actor);
        keys.Save(store, successor, passphrase);
        disk.Delete(Path.GetFileName(keys.PathOfNext(store)));
        return successor.Verifier;
    }

    /// <summary>The key that the store names now: the saved one, or the one that a rotation left waiting.</summary>
    public static NoteSigner? LoadCurrent(KeyStore keys, IDisk disk, Guid store, string? passphrase, ref KeyFileProblem problem)
    {
        var signer = keys.Load(store, passphrase, out problem);
        var next = keys.PathOfNext(store);
        if (!File.Exists(next) || !NoteSigner.TryImport(File.ReadAllBytes(next), passphrase, out var waiting, out _))
        {
            return signer;
        }

        using var file = disk.Open(StoreLayout.VerifierKey, DiskAccess.Read);
        var stated = new byte[checked((int)Math.Min(file.Length, 4096))];
        _ = file.Read(0, stated);
        if (System.Text.Encoding.UTF8.GetString(stated).Trim() != waiting.Verifier.ToString())
        {
            waiting.Dispose(); // the rotation did not get as far as the ledger
            return signer;
        }

        signer?.Dispose();
        keys.Save(store, waiting, passphrase);
        File.Delete(next);
        problem = KeyFileProblem.None;
        return waiting;
    }
}
