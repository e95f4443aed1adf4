using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Makes a new store.</summary>
/// <remarks>spec/formats/layout.md.</remarks>
public static class VaultCreation
{
    /// <summary>
    /// Writes everything a store needs into an empty root. The descriptor comes last but one: what has none is no store,
    /// so a crash before leaves a folder that <c>init</c> refuses as not empty and no command takes for a store.
    /// </summary>
    /// <param name="disk">The empty root.</param>
    /// <param name="descriptor">Id and sizes.</param>
    /// <param name="signer">The log key; it is kept outside the root.</param>
    /// <param name="copies">Path below the root → bytes: the specification, the reader, the first page.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="sm2">A key of SM2 that shall sign checkpoints too; null for none.</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public static void Create(IDisk disk, StoreDescriptor descriptor, NoteSigner signer, IReadOnlyDictionary<string, byte[]> copies, Actor actor, TimeProvider time, Sm2NoteSigner? sm2 = null)
    {
        if (!descriptor.HasValidSizes)
        {
            throw new ArgumentException("Pack, segment or large-object size is out of range.", nameof(descriptor));
        }

        var files = new JsonMap();
        foreach (var (path, bytes) in copies)
        {
            disk.Replace(path, bytes);
            _ = files.Set(path, Digest.Of(bytes));
        }

        var verifier = System.Text.Encoding.UTF8.GetBytes(signer.Verifier + "\n");
        disk.Replace(StoreLayout.VerifierKey, verifier);
        Ledger.Create(disk, descriptor);
        var descriptorBytes = descriptor.ToBytes();
        _ = files.Set(StoreLayout.Descriptor, Digest.Of(descriptorBytes));
        disk.Replace(StoreLayout.Descriptor, descriptorBytes);

        using var vault = Vault.Open(disk, new VaultSettings(time, actor), signer);
        vault.AppendFirst(
            new EventDraft(EventTypes.StoreCreated, descriptor.Store.ToString("D"))
            {
                Body = new JsonMap().Set("files", files).Set("vkey", signer.Verifier.ToString()),
            },
            actor);
        if (sm2 is not null)
        {
            vault.AddKey(sm2, actor);
        }

        vault.Publish();
    }
}
