using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;

namespace Lantai.Administration;

/// <summary>The folder, outside every store's root, that holds the keys: one file a store, one more for a key of SM2, and one for the key of its waiting room, mode 0600.</summary>
/// <param name="folder">The folder; it is made, mode 0700, when a key is saved.</param>
/// <remarks>spec/formats/key-file.md.</remarks>
public sealed class KeyStore(string folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The folder's full path.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>Path of a store's key.</summary>
    public string PathOf(Guid store) => Path.Combine(Folder, store.ToString("D") + ".key");

    /// <summary>Whether the folder lies inside a root, where a thief of the store would find the keys.</summary>
    public bool IsInside(string root)
    {
        var inner = Path.TrimEndingDirectorySeparator(Folder) + Path.DirectorySeparatorChar;
        var outer = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)) + Path.DirectorySeparatorChar;
        return inner.StartsWith(outer, StringComparison.Ordinal);
    }

    /// <summary>Reads a store's key; null when it is absent or cannot be opened, and why.</summary>
    public NoteSigner? Load(Guid store, string? passphrase, out KeyFileProblem problem)
    {
        problem = KeyFileProblem.None;
        if (!File.Exists(PathOf(store)))
        {
            return null;
        }

        return NoteSigner.TryImport(File.ReadAllBytes(PathOf(store)), passphrase, out var signer, out problem) ? signer : null;
    }

    /// <summary>Writes a store's key, replacing one that is there; a crash leaves the old or the new.</summary>
    public void Save(Guid store, NoteSigner signer, string? passphrase)
    {
        _ = Directory.CreateDirectory(Folder, OwnerOnly | UnixFileMode.UserExecute);
        new Lantai.ArchivalStorage.LocalDisk(Folder).ReplaceSecret(store.ToString("D") + ".key", signer.Export(passphrase), OwnerOnly);
    }

    /// <summary>Path of a store's key of SM2.</summary>
    public string PathOfSm2(Guid store) => Path.Combine(Folder, store.ToString("D") + ".sm2.key");

    /// <summary>Reads a store's key of SM2; null when it is absent or cannot be opened, and why.</summary>
    public Sm2NoteSigner? LoadSm2(Guid store, string? passphrase, out KeyFileProblem problem) => LoadSm2(PathOfSm2(store), passphrase, out problem);

    /// <summary>Writes a store's key of SM2, replacing one that is there; a crash leaves the old or the new.</summary>
    public void SaveSm2(Guid store, Sm2NoteSigner signer, string? passphrase) => SaveSm2(PathOfSm2(store), signer, passphrase);

    /// <summary>Path of the key of a store's waiting room.</summary>
    public string PathOfWaiting(Guid store) => Path.Combine(Folder, store.ToString("D") + ".waiting.key");

    /// <summary>Writes the key of a store's waiting room, replacing one that is there; a crash leaves the old or the new.</summary>
    internal void SaveWaiting(StoreDescriptor store, ReadOnlySpan<byte> secret, string? passphrase)
    {
        _ = Directory.CreateDirectory(Folder, OwnerOnly | UnixFileMode.UserExecute);
        new Lantai.ArchivalStorage.LocalDisk(Folder).ReplaceSecret(Path.GetFileName(PathOfWaiting(store.Store)), SecretKeyFile.Write(store.Origin + "/waiting", secret, passphrase), OwnerOnly);
    }

    internal static Sm2NoteSigner? LoadSm2(string path, string? passphrase, out KeyFileProblem problem)
    {
        problem = KeyFileProblem.None;
        return File.Exists(path) && Sm2NoteSigner.TryImport(File.ReadAllBytes(path), passphrase, out var signer, out problem) ? signer : null;
    }

    internal void SaveSm2(string path, Sm2NoteSigner signer, string? passphrase)
    {
        _ = Directory.CreateDirectory(Folder, OwnerOnly | UnixFileMode.UserExecute);
        new Lantai.ArchivalStorage.LocalDisk(Folder).ReplaceSecret(Path.GetFileName(path), signer.Export(passphrase), OwnerOnly);
    }

    /// <summary>Path where a key of SM2 that is being added waits until the ledger names it.</summary>
    internal string PathOfNextSm2(Guid store) => PathOfSm2(store) + ".next";

    /// <summary>Path where the key that is being rotated in waits until the ledger names it.</summary>
    internal string PathOfNext(Guid store) => PathOf(store) + ".next";
}
