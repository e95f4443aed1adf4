using System.Security.Cryptography;
using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Administration;

/// <summary>The key under which packages wait: made when the first one does, beside the keys that sign, and locked as they are.</summary>
/// <remarks>spec/formats/waiting.md, spec/formats/key-file.md.</remarks>
internal static class KeyOfWaiting
{
    /// <summary>The key; null when it is not there and may not be made.</summary>
    /// <exception cref="StorageException">It cannot be opened (ADM-010), or the disk failed.</exception>
    public static byte[]? Take(KeyStore keys, StoreDescriptor store, string? passphrase, bool mayMake)
    {
        var path = keys.PathOfWaiting(store.Store);
        if (!File.Exists(path))
        {
            return mayMake ? Make(keys, store, passphrase) : null;
        }

        var problem = SecretKeyFile.TryRead(File.ReadAllBytes(path), passphrase, out var secret);
        return problem == KeyFileProblem.None
            ? secret
            : throw new StorageException(StorageProblem.KeyMissing, path, null, Finding.Error("ADM-010", path, ("cause", problem)));
    }

    /// <summary>Locks the key by another passphrase, where there is one that the old passphrase opens; of another it is told when it is needed.</summary>
    public static void Relock(KeyStore keys, StoreDescriptor store, string? before, string? now)
    {
        var path = keys.PathOfWaiting(store.Store);
        if (File.Exists(path) && SecretKeyFile.TryRead(File.ReadAllBytes(path), before, out var secret) == KeyFileProblem.None)
        {
            keys.SaveWaiting(store, secret, now);
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private static byte[] Make(KeyStore keys, StoreDescriptor store, string? passphrase)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        keys.SaveWaiting(store, secret, passphrase);
        return secret;
    }
}
