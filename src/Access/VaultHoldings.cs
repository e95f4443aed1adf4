using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access;

/// <summary>A vault as a dissemination sees it.</summary>
/// <param name="vault">The store; its owner disposes of it.</param>
/// <remarks>Safe for concurrent use, as the vault is.</remarks>
public sealed class VaultHoldings(Vault vault) : IHoldings
{
    /// <inheritdoc/>
    public byte[] ReadManifest(Digest digest) => vault.ReadFrame(digest, FrameKind.Manifest);

    /// <inheritdoc/>
    public Stream OpenContent(Digest content) => vault.OpenContent(content);

    /// <inheritdoc/>
    public Finding? Judge(IOException problem) => problem switch
    {
        StorageException { Finding: { } finding } => finding,
        StorageException { Problem: StorageProblem.NotFound } absent => Finding.Error(Codes.ManifestMissing, absent.Path),
        _ => null,
    };
}
