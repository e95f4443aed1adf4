using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Administration;

/// <summary>Makes a new repository: a store and its key.</summary>
public static class RepositoryCreation
{
    /// <summary>Makes the store in an empty or absent folder and its key in the key folder.</summary>
    /// <param name="settings">Root, key folder, passphrase for the new key, actor, clock.</param>
    /// <param name="sizes">Pack size, large-object limit and segment size in bytes; store id and time are made here.</param>
    /// <param name="copies">The specification, reader and first page that the root carries: path → bytes.</param>
    /// <param name="why">When null is returned: why it was refused, and nothing was made.</param>
    /// <param name="national">Whether each file's manifest entry shall hold the SM3 of its content; whether a key of SM2 shall sign checkpoints too.</param>
    /// <param name="records">The records profile that the store follows for ever; null for none.</param>
    /// <returns>The verifier key, to be kept on paper; null when refused.</returns>
    /// <exception cref="StorageException">The disk failed.</exception>
    public static VerifierKey? Create(
        RepositorySettings settings, (long PackSize, long LargeFrom, long SegmentSize) sizes, IReadOnlyDictionary<string, byte[]> copies, out Finding? why, (bool Sm3, bool Sm2) national = default, string? records = null)
    {
        var keys = new KeyStore(settings.KeyFolder);
        var descriptor = new StoreDescriptor(Guid.NewGuid(), StoreTime.Cut(settings.Time.GetUtcNow()), sizes.PackSize, sizes.LargeFrom, sizes.SegmentSize) { KeepsSm3 = national.Sm3, Records = records };
        why = !descriptor.HasValidSizes ? Finding.Error("ADM-001", settings.Root, ("pack", sizes.PackSize), ("large", sizes.LargeFrom), ("segment", sizes.SegmentSize))
            : keys.IsInside(settings.Root) ? Finding.Error("ADM-002", keys.Folder, ("root", settings.Root))
            : Directory.Exists(settings.Root) && Directory.EnumerateFileSystemEntries(settings.Root).Any() ? Finding.Error("ADM-003", settings.Root)
            : null;
        if (why is not null)
        {
            return null;
        }

        _ = Directory.CreateDirectory(settings.Root);
        using var signer = NoteSigner.Generate(descriptor.Origin);
        keys.Save(descriptor.Store, signer, settings.Passphrase); // first: a store whose key was lost before its first use is no store
        var sm2 = national.Sm2 ? Sm2NoteSigner.Generate(descriptor.Sm2KeyName) : null;
        if (sm2 is not null)
        {
            keys.SaveSm2(descriptor.Store, sm2, settings.Passphrase);
        }

        VaultCreation.Create(new LocalDisk(settings.Root), descriptor, signer, copies, settings.Actor, settings.Time, sm2);
        return signer.Verifier;
    }
}
